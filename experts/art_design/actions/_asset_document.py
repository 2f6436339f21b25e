"""The blocks and pictures of an asset manifest."""

from decimal import Decimal

from experts.art_design.actions import _asset_text as text
from experts.art_design.actions._asset_text import MOST_SPOKEN, Manifest
from experts.art_design.actions._palette_sheet import ShownAlike, ShownUse, palette_sheets
from experts.art_design.actions._prose import title_of
from experts.art_design.tools.build_palette import VISIONS
from experts.core.blocks import Callout, Cell, Cite, Column, Heading, ItemList, Picture, Prose, Table, block
from experts.core.contract import Block

MOST_ALIKE_ROWS = 15


def document_of(manifest: Manifest, pictures: list[str]) -> list[Block]:
    """Headline, what is made, whether its colours can be read (with `pictures`), what to watch and to do."""
    fine, sentence = text.headline(manifest)
    made = [block("headline", Callout(tone="good" if fine else "warning", text=sentence, slot="headline"))]
    if manifest.output.assets:
        made += _assets(manifest)
    made += _colors(manifest, pictures)
    made += [
        block(
            "would-change",
            ItemList(title="What would change this", items=text.would_change(manifest), slot="would_change"),
        ),
        block("monday", ItemList(title="What to do first", items=text.monday(manifest), slot="monday")),
    ]
    return made


def pictures_of(manifest: Manifest) -> dict[str, str]:
    """The palette sheet, in as many pictures as its uses need; none without colours and uses."""
    output = manifest.output
    if not (output.colors or output.pairs):
        return {}
    return palette_sheets(
        _finding(manifest),
        {key: (title_of(key, None), color.hex) for key, color in output.colors.items()},
        [_alike(manifest, first, second) for first, second in manifest.confused],
        [_shown(manifest, key) for key in output.pairs],
    )


def _assets(manifest: Manifest) -> list[Block]:
    output = manifest.output
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "asset": asset.label,
            "pieces": Cite(ref=f"self#assets.{key}.count"),
            "channel": manifest.channel_of(asset.channel),
            "maker": title_of(asset.made_by, None) if asset.made_by else "none named",
            "spec": Cite(ref=f"self#assets.{key}.spec"),
        }
        for key, asset in output.assets.items()
    }
    rows["all assets"] = {
        "asset": "All assets",
        "pieces": Cite(ref="self#total_count"),
        "channel": "",
        "maker": "",
        "spec": "",
    }
    columns: list[Column] = [
        {"key": "asset", "label": "Asset"},
        {"key": "pieces", "label": "Pieces", "unit": "count"},
        {"key": "channel", "label": "For channel"},
        {"key": "maker", "label": "Made by task"},
        {"key": "spec", "label": "Specification"},
    ]
    note = (
        "Sizes that networks and ad platforms ask for change often and are not assumed here; state them in the brief."
    )
    if any(asset.print for asset in output.assets.values()):
        note += (
            " Print has the trade\u2019s usual bleed and resolution unless the brief states others; ask the printer."
        )
    return [
        block("assets", Table(title="What is made", columns=columns, rows=rows, note=note)),
        block(
            "accessibility",
            ItemList(
                title="What each asset has to carry so that all can use it (success criteria of WCAG 2.2 in brackets)",
                items=[f"{asset.label}: [[self#assets.{key}.accessibility]]" for key, asset in output.assets.items()],
            ),
        ),
        block(
            "open",
            ItemList(
                title="Still to be stated before production",
                items=[f"{output.assets[key].label}: {'; '.join(points)}." for key, points in manifest.open.items()]
                or ["Nothing that production has to know is missing from the brief."],
            ),
        ),
    ]


def _colors(manifest: Manifest, pictures: list[str]) -> list[Block]:
    output = manifest.output
    made = [block("colors-heading", Heading(text="Colours and contrast"))]
    for number, picture in enumerate(pictures):
        made.append(block(picture, _picture(manifest, picture, number)))
    if not output.pairs:
        made.append(block("unchecked", Callout(tone="note", text=text.colors_text(manifest))))
    else:
        made.append(block("contrast", _contrast(manifest)))
    return [*made, *_alike_blocks(manifest)]


def _alike_blocks(manifest: Manifest) -> list[Block]:
    """A warning for each of a few look-alikes, or one warning and a table of the closest."""
    if not manifest.confused:
        return []
    made = []
    if len(manifest.confused) <= MOST_SPOKEN:
        for first, second in manifest.confused:
            said = (
                f"{text.confusion_text(manifest, first, second)} Where the two carry a meaning, such as a button "
                "against a price, do not rely on colour alone."
            )
            made.append(block(f"alike-{first}-{second}", Callout(tone="warning", text=said)))
    else:
        said = (
            "[[self#confusion_count]] pairs of the palette\u2019s colours are hard to tell apart for some people. "
            "Where they carry a meaning, do not rely on colour alone."
        )
        made += [block("alike", Callout(tone="warning", text=said)), block("alike-table", _alike_table(manifest))]
    note = (
        "A colour difference of about one is just noticeable side by side. What counts as hard to tell apart is a "
        "choice of this check; no standard sets the limit."
    )
    return [*made, block("alike-note", Prose(text=note))]


def _alike_table(manifest: Manifest) -> Table:
    rows: dict[str, dict[str, Cell]] = {
        f"{first} {second}": {
            "pair": f"{title_of(first, None)} and {title_of(second, None).lower()}",
            "vision": VISIONS[manifest.output.confusions[first][second].vision],
            "seen": Cite(ref=f"self#confusions.{first}.{second}.delta_e"),
            "normal": Cite(ref=f"self#confusions.{first}.{second}.normal_delta_e"),
        }
        for first, second in manifest.confused[:MOST_ALIKE_ROWS]
    }
    columns: list[Column] = [
        {"key": "pair", "label": "Colours"},
        {"key": "vision", "label": "Most alike with"},
        {"key": "seen", "label": "Difference then", "unit": "ratio"},
        {"key": "normal", "label": "With normal vision", "unit": "ratio"},
    ]
    note = "The closest pairs; the others are left out." if len(manifest.confused) > MOST_ALIKE_ROWS else ""
    return Table(title="Colours that are hard to tell apart", columns=columns, rows=rows, note=note)


def _picture(manifest: Manifest, picture: str, number: int) -> Picture:
    output = manifest.output
    if number:
        title = "Further uses of colour, as they will be seen"
    elif not output.pairs:
        title = "The brand\u2019s colours; no uses are named, so their contrast was not checked"
    elif manifest.failing and len(output.pairs) == 1:
        title = f"The one use of colour fails {manifest.standard}"
    elif manifest.failing:
        verb = "fails" if len(manifest.failing) == 1 else "fail"
        title = f"[[self#failed]] of [[self#checked]] uses of colour {verb} {manifest.standard}"
    elif len(output.pairs) == 1:
        title = f"The one use of colour passes {manifest.standard}"
    else:
        title = f"{text.all_uses(manifest)} of colour pass {manifest.standard}"
    alt = "Palette sheet: the brand\u2019s colours as swatches with their values"
    if number:
        alt = "Palette sheet, continued: further uses of colour with their contrast and verdict"
    elif output.pairs:
        alt += (
            ", and each use in its colours with its contrast, its verdict and, where it fails, the nearest that passes"
        )
    return Picture(picture=picture, title=title, alt=f"{alt}.")


def _contrast(manifest: Manifest) -> Table:
    rows: dict[str, dict[str, Cell]] = {}
    for key, pair in manifest.output.pairs.items():
        own = f"self#pairs.{key}"
        nearest: Cell = ""
        if pair.nearer == "foreground":
            nearest = f"[[{own}.suggestion]] ([[{own}.suggestion_ratio]])"
        elif pair.nearer == "background":
            nearest = f"background [[{own}.background_suggestion]] ([[{own}.background_suggestion_ratio]])"
        elif not pair.passes:
            nearest = "none by changing one colour"
        size = "graphic" if pair.kind == "graphic" else f"[[{own}.text_size_pt]] pt{', bold' if pair.bold else ''}"
        rows[key] = {
            "use": pair.label,
            "colors": f"{text.colors_of(key, pair)}, {size}",
            "ratio": Cite(ref=f"{own}.ratio"),
            "required": Cite(ref=f"{own}.required"),
            "verdict": "passes" if pair.passes else "fails",
            "nearest": nearest,
        }
    columns: list[Column] = [
        {"key": "use", "label": "Use"},
        {"key": "colors", "label": "Colours and size"},
        {"key": "ratio", "label": "Contrast", "unit": "ratio"},
        {"key": "required", "label": "Required", "unit": "ratio"},
        {"key": "verdict", "label": "Verdict"},
        {"key": "nearest", "label": "Nearest that passes"},
    ]
    note = (
        f"Contrast is the ratio of {manifest.standard}, compared unrounded and shown cut, never rounded up. The "
        "nearest colour keeps the hue and changes lightness as little as possible; its own contrast is in brackets."
    )
    return Table(title="Contrast of each use", columns=columns, rows=rows, note=note)


def _finding(manifest: Manifest) -> str:
    """The title inside the picture; it is drawn again with the figures, so it may hold them."""
    output = manifest.output
    total, failed = len(output.pairs), len(manifest.failing)
    if not total:
        many = len(output.colors)
        return f"{many} brand {'colour' if many == 1 else 'colours'}; no uses are named, so contrast was not checked"
    if not failed:
        named = {1: "The one use of colour passes", 2: "Both uses of colour pass"}.get(
            total, f"All {total} uses of colour pass"
        )
        return f"{named} {manifest.standard}"
    says = f"{failed} of {total} uses of colour {'fails' if failed == 1 else 'fail'} "
    if total == 1:
        says = "The one use of colour fails "
    named = f": {output.pairs[manifest.failing[0]].label}" if failed == 1 else ""
    return f"{says}{manifest.standard}{named}"


def _alike(manifest: Manifest, first: str, second: str) -> ShownAlike:
    found = manifest.output.confusions[first][second]
    names = f"{title_of(first, None)} and {title_of(second, None).lower()}"
    return ShownAlike(names, VISIONS[found.vision], found.first_seen, found.second_seen)


def _shown(manifest: Manifest, key: str) -> ShownUse:
    pair = manifest.output.pairs[key]
    behind = pair.nearer == "background"
    ratio: Decimal | None = pair.background_suggestion_ratio if behind else pair.suggestion_ratio
    return ShownUse(
        label=pair.label,
        foreground=pair.foreground,
        background=pair.background,
        foreground_name=text.color_name(pair.foreground_name, pair.foreground) or pair.foreground,
        background_name=text.color_name(pair.background_name, pair.background) or pair.background,
        size_pt=pair.text_size_pt,
        bold=pair.bold,
        graphic=pair.kind == "graphic",
        ratio=pair.ratio,
        required=pair.required,
        passes=pair.passes,
        suggestion=pair.background_suggestion if behind else pair.suggestion,
        suggestion_ratio=ratio,
        on_background=behind,
    )
