"""Step of product_launch_coordination: palette, contrast, type, logo concepts, and how the packaging is printed."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.art_design.actions._launch_identity_document import Identity, document_of, narrative_of, pictures_of
from experts.art_design.actions._launch_identity_models import Colour, Concept, Pack, Pair, SimilarName, TypeStep
from experts.art_design.tools._color import read_opaque
from experts.art_design.tools.build_logo_concepts import LogoConcepts, LogoKind, build_logo_concepts
from experts.art_design.tools.build_palette import Palette, build_palette
from experts.art_design.tools.build_type_scale import TypeScale, build_type_scale
from experts.art_design.tools.check_contrast import ColorPair, ContrastReport, Level, check_contrast
from experts.art_design.tools.spec_print_layout import Fold, PrintLayout, spec_print_layout
from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import row_grounds, title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Ratio
from experts.core.worksheet import Worksheet

KIND = "VisualIdentity"
VERSION = 1
NEEDS = {"go_to_market": "GoToMarket"}

MOST_PACKS = 20
_LONGEST_NAME = 60
"""Of a name beside a mark."""


class Product(Model):
    name: Text
    initials: Annotated[str, Field(max_length=20)] | None = None


class UseFacts(Model):
    """Where two colours meet: ids of brand colours, or colours themselves. Sizes in points."""

    label: Text | None = None
    foreground: Text
    background: Text
    text_size_pt: Ratio = Field(
        Decimal(12), json_schema_extra={"reason": "running text; larger text may need less contrast, never more"}
    )
    bold: bool = Field(False, json_schema_extra={"reason": "text is of normal weight unless the brief says bold"})
    kind: Literal["text", "graphic"] = Field(
        "text", json_schema_extra={"reason": "text needs at least as much contrast as a graphic"}
    )


class Brand(Model):
    """Colours by id, where they meet, the colour of the mark, and names that are known to exist."""

    colors: dict[Key, Text] = Field({}, max_length=60)
    uses: dict[Key, UseFacts] = Field({}, max_length=200)
    mark_color: Key | None = None
    mark_accent: Key | None = None
    mark_background: Key | None = None
    known_names: list[Text] = []
    type_base_px: Ratio = Field(
        Decimal(16), json_schema_extra={"reason": "the size browsers and most readers start from"}
    )
    type_ratio: Ratio = Field(
        Decimal("1.25"), json_schema_extra={"reason": "a major third: steps that differ clearly without shouting"}
    )


class PackFacts(Model):
    """A printed piece of packaging: its trimmed size in words ("210 x 148 mm"), its product, and how it is printed."""

    label: Text | None = None
    size: Annotated[str, Field(max_length=60)]
    sku: Key | None = None
    fold: Fold = Field("none", json_schema_extra={"reason": "no fold is named"})
    bleed_mm: Ratio = Field(Decimal(3), json_schema_extra={"reason": "what most printers ask for"})
    safe_mm: Ratio = Field(Decimal(5), json_schema_extra={"reason": "what most printers ask for"})
    dpi: Count = Field(300, json_schema_extra={"reason": "what most printers ask for"})


class Brief(Model):
    product: Product
    brand: Brand
    packaging: dict[Key, PackFacts] = Field({}, max_length=MOST_PACKS)


class SkuView(Model):
    label: str


class GoToMarketView(Model):
    skus: dict[Key, SkuView]


class Inputs(Model):
    go_to_market: GoToMarketView


class Judgement(Model):
    """How strict the check of contrast is, and which marks are drawn."""

    level: Level = Field(
        "AA",
        json_schema_extra={"reason": "the level that most accessibility rules and contracts name; AAA is stricter"},
    )
    concepts: list[LogoKind] = Field(
        ["roundel", "ring", "arches", "monogram"],
        json_schema_extra={"reason": "four directions that differ in kind are enough to choose one to go on with"},
    )


class Output(Model):
    """What can be checked of the identity. `packed` lists the products that have packaging, if any is named."""

    product: str
    colors: dict[Key, Colour] = {}
    confusion_count: Count | None = None
    pairs: dict[Key, Pair] = {}
    contrast_checked: Count | None = None
    contrast_failed: Count | None = None
    type_steps: dict[Key, TypeStep]
    packaging: dict[Key, Pack] = {}
    packed: list[str] | None = None
    concepts: dict[Key, Concept] = {}
    clear_space_units: Count | None = None
    grid_units: Count | None = None
    similar_names: dict[Key, SimilarName] = {}


_PACK = (
    *("trim_width_mm", "trim_height_mm", "bleed_mm", "safe_mm", "artwork_width_mm", "artwork_height_mm"),
    *("pixel_width", "pixel_height", "dpi"),
)


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Specify a product's look: palette, contrast of every use, type scale, logo concepts, packaging for print.

    Taste stays with people: concepts stand in no order of merit. Raises InvalidInput for what is no colour, a
    use of a colour that is not there, a size that no press prints, and packaging of an unknown product.
    """
    sheet = Worksheet()
    palette = _palette(sheet, brief)
    contrast = _contrast(sheet, brief, judgement)
    scale = sheet.run(
        "type",
        {"base_px": "fact:brand.type_base_px", "ratio": "fact:brand.type_ratio"},
        build_type_scale,
        base_px=brief.brand.type_base_px,
        ratio=brief.brand.type_ratio,
    )
    packs = {key: _pack(sheet, key, pack, inputs) for key, pack in brief.packaging.items()}
    logos = _logos(sheet, brief, judgement)
    output = _output(brief, palette, contrast, scale, packs, logos)
    identity = Identity(
        brief=brief,
        inputs=inputs,
        output=output,
        palette=palette,
        contrast=contrast,
        scale=scale,
        packs=packs,
        logos=logos,
        level=judgement.level,
        logo_arguments=next((dict(working.arguments) for working in sheet.workings if working.key == "logos"), {}),
    )
    pictures = pictures_of(identity)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(packs, logos),
        narrative=narrative_of(identity),
        document=document_of(identity, pictures),
        pictures=pictures,
        warnings=_warnings(brief, inputs, contrast, packs, logos),
    )


def _palette(sheet: Worksheet, brief: Brief) -> Palette | None:
    if not brief.brand.colors:
        return None
    return sheet.run("palette", {}, build_palette, colors=dict(brief.brand.colors))


def _contrast(sheet: Worksheet, brief: Brief, judgement: Judgement) -> ContrastReport | None:
    if not brief.brand.uses:
        return None
    return sheet.run(
        "contrast",
        {"pairs.*.text_size_pt": "fact:brand.uses.*.text_size_pt"},
        check_contrast,
        pairs={
            key: ColorPair(
                foreground=_color(brief, use.foreground, f"brand.uses.{key}.foreground"),
                background=_color(brief, use.background, f"brand.uses.{key}.background"),
                text_size_pt=use.text_size_pt,
                bold=use.bold,
                kind=use.kind,
            )
            for key, use in brief.brand.uses.items()
        },
        level=judgement.level,
    )


def _color(brief: Brief, named: str, field: str) -> str:
    """The colour that a name or a code stands for; an unknown one is refused with the nearest id."""
    if named in brief.brand.colors:
        return brief.brand.colors[named]
    try:
        return read_opaque(named, field).hex
    except InvalidInput as error:
        raise InvalidInput(
            f"{field} {named!r} is neither one of the brand's colours nor a colour"
            f"{did_you_mean(named, brief.brand.colors)}",
            field=field,
            seen=named,
        ) from error


def _pack(sheet: Worksheet, key: str, pack: PackFacts, inputs: Inputs) -> PrintLayout:
    if pack.sku is not None and pack.sku not in inputs.go_to_market.skus:
        raise InvalidInput(
            f"packaging {key!r} is for the product {pack.sku!r}, which is not one of the plan's"
            f"{did_you_mean(pack.sku, inputs.go_to_market.skus)}",
            field=f"packaging.{key}.sku",
            seen=pack.sku,
        )
    try:
        return sheet.run(
            f"pack_{list(sheet_keys(sheet)).count('pack') + 1}",
            {name: f"fact:packaging.{key}.{name}" for name in ("bleed_mm", "safe_mm", "dpi")},
            spec_print_layout,
            size=pack.size,
            fold=pack.fold,
            bleed_mm=pack.bleed_mm,
            safe_mm=pack.safe_mm,
            dpi=pack.dpi,
        )
    except InvalidInput as error:
        error.field = f"packaging.{key}.{error.field}"
        raise


def sheet_keys(sheet: Worksheet) -> list[str]:
    """The kinds of working so far: "pack" for "pack_2"."""
    return [working.key.partition("_")[0] for working in sheet.workings]


def _logos(sheet: Worksheet, brief: Brief, judgement: Judgement) -> LogoConcepts | None:
    brand, colors = brief.brand, brief.brand.colors
    if not brief.product.initials or not colors:
        return None
    for name in ("mark_color", "mark_accent", "mark_background"):
        named = getattr(brand, name)
        if named is not None and named not in colors:
            raise InvalidInput(
                f"brand.{name} {named!r} is not one of the brand's colours{did_you_mean(named, colors)}",
                field=f"brand.{name}",
                seen=named,
            )
    return sheet.run(
        "logos",
        {},
        build_logo_concepts,
        initials=brief.product.initials,
        color=colors[brand.mark_color or next(iter(colors))],
        accent=colors[brand.mark_accent] if brand.mark_accent else None,
        background=colors[brand.mark_background] if brand.mark_background else "#FFFFFF",
        name=brief.product.name[:_LONGEST_NAME],
        concepts=judgement.concepts,
        known_names=list(brand.known_names) or None,
    )


def _output(
    brief: Brief,
    palette: Palette | None,
    contrast: ContrastReport | None,
    scale: TypeScale,
    packs: dict[str, PrintLayout],
    logos: LogoConcepts | None,
) -> Output:
    return Output(
        product=brief.product.name,
        colors={
            key: Colour(hex=c.hex, role=c.role, lightness=c.lightness, chroma=c.chroma)
            for key, c in (palette.colors.items() if palette else ())
        },
        confusion_count=palette.confusion_count if palette else None,
        pairs={
            key: Pair(
                label=title_of(key, brief.brand.uses[key].label),
                **{name: getattr(pair, name) for name in Pair.model_fields if name != "label"},
            )
            for key, pair in (contrast.pairs.items() if contrast else ())
        },
        contrast_checked=contrast.checked if contrast else None,
        contrast_failed=contrast.failed if contrast else None,
        type_steps={key: TypeStep(px=step.px, rem=step.rem) for key, step in scale.steps.items()},
        packaging={
            key: Pack(
                label=title_of(key, brief.packaging[key].label),
                sku=brief.packaging[key].sku,
                fold=layout.fold,
                **{name: getattr(layout, name) for name in _PACK},
            )
            for key, layout in packs.items()
        },
        packed=sorted({pack.sku for pack in brief.packaging.values() if pack.sku}) if brief.packaging else None,
        concepts={
            each.kind: Concept(
                idea=each.idea, contrast=each.contrast, smallest_px=each.smallest_px, smallest_mm=each.smallest_mm
            )
            for each in (logos.concepts if logos else [])
        },
        clear_space_units=logos.clear_space_units if logos else None,
        grid_units=logos.grid_units if logos else None,
        similar_names={
            f"name-{number}": SimilarName(name=each.name, similarity=each.similarity)
            for number, each in enumerate(logos.similar_names if logos else [], 1)
        },
    )


def _grounds(packs: dict[str, PrintLayout], logos: LogoConcepts | None) -> dict[str, str]:
    found = {
        "colors.*.lightness": "working:palette#colors.*.lightness",
        "colors.*.chroma": "working:palette#colors.*.chroma",
        "confusion_count": "working:palette#confusion_count",
        **{f"pairs.*.{n}": f"working:contrast#pairs.*.{n}" for n in ("ratio", "required", "suggestion_ratio")},
        "contrast_checked": "working:contrast#checked",
        "contrast_failed": "working:contrast#failed",
        "type_steps.*.px": "working:type#steps.*.px",
        "type_steps.*.rem": "working:type#steps.*.rem",
        "clear_space_units": "working:logos#clear_space_units",
        "grid_units": "working:logos#grid_units",
    }
    for number, key in enumerate(packs, 1):
        found |= {f"packaging.{key}.{name}": f"working:pack_{number}#{name}" for name in _PACK}
    if logos is not None:
        kinds = [each.kind for each in logos.concepts]
        for name in ("contrast", "smallest_px", "smallest_mm"):
            found |= row_grounds(f"concepts.{{}}.{name}", f"working:logos#concepts.{{}}.{name}", kinds)
        names = [f"name-{number}" for number in range(1, len(logos.similar_names) + 1)]
        found |= row_grounds("similar_names.{}.similarity", "working:logos#similar_names.{}.similarity", names)
    return found


def _warnings(
    brief: Brief,
    inputs: Inputs,
    contrast: ContrastReport | None,
    packs: dict[str, PrintLayout],
    logos: LogoConcepts | None,
) -> list[str]:
    found = [f"{title_of(key, brief.packaging[key].label)}: {text}." for key, p in packs.items() for text in p.warnings]
    if not brief.brand.colors:
        found.append("The brief names no brand colours, so nothing is said of palette, contrast and marks.")
    elif contrast is None:
        found.append("The brief does not say where its colours meet, so no contrast was checked.")
    if brief.brand.colors and logos is None:
        found.append("The brief gives no initials of the product, so no mark was drawn.")
    if logos is not None and logos.similar_names:
        found.append(f"The name {brief.product.name!r} reads like {logos.similar_names[0].name!r}, which is in use.")
    bare = [
        sku.label
        for key, sku in inputs.go_to_market.skus.items()
        if key not in {p.sku for p in brief.packaging.values()}
    ]
    if bare:
        found.append(f"No packaging is named for {', '.join(bare)}.")
    return found
