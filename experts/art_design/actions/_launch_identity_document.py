"""How a visual identity reads: colours, contrast, type, marks, packaging for print."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experts.art_design.tools.build_logo_concepts import LogoConcepts
from experts.art_design.tools.build_palette import Palette
from experts.art_design.tools.build_type_scale import TypeScale
from experts.art_design.tools.check_contrast import ContrastReport
from experts.art_design.tools.spec_print_layout import PrintLayout
from experts.core.blocks import Cell, Picture, Prose, Sheet, SheetCell, Table
from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    few,
    figure_sheet,
    figure_table,
    heading,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    shown,
    text,
    title_of,
    would_change,
)
from experts.core.view import View

if TYPE_CHECKING:
    from experts.art_design.actions.product_visual_identity import Brief, Inputs, Output


@dataclass(frozen=True)
class Identity:
    """An identity with the answers it was made from."""

    brief: "Brief"
    inputs: "Inputs"
    output: "Output"
    palette: Palette | None
    contrast: ContrastReport | None
    scale: TypeScale
    packs: Mapping[str, PrintLayout]
    logos: LogoConcepts | None
    logo_arguments: Mapping[str, Any]
    level: str

    @property
    def failing(self) -> list[str]:
        return [key for key, pair in self.output.pairs.items() if not pair.passes]


def pictures_of(identity: Identity) -> dict[str, str]:
    """Palette, contrast, type, marks and each printed piece, as their tools draw them."""
    from experts.art_design.views import build_logo_concepts, build_palette, build_type_scale, check_contrast
    from experts.art_design.views import spec_print_layout as print_view

    def drawn(id: str, view: Callable[[Any, Mapping[str, Any]], View], result: Any, given: Mapping[str, Any]) -> None:
        found.update({id: next(iter(view(result, given).pictures.values()))} if result is not None else {})

    found: dict[str, str] = {}
    drawn("identity-palette", build_palette.view, identity.palette, {})
    drawn("identity-contrast", check_contrast.view, identity.contrast, {"level": identity.level})
    drawn("identity-type", build_type_scale.view, identity.scale, {"ratio": identity.brief.brand.type_ratio})
    drawn("identity-marks", build_logo_concepts.view, identity.logos, identity.logo_arguments)
    for key, layout in identity.packs.items():
        drawn(f"identity-pack-{key}", print_view.view, layout, {})
    return found


def narrative_of(identity: Identity) -> str:
    """Contrast first, then the name, then what is printed."""
    return " ".join([_contrast(identity), *_name(identity), *_packed(identity)])


def document_of(identity: Identity, pictures: Mapping[str, str]) -> list[Block]:
    """Colours, type, marks, packaging; then the sheet."""
    out = identity.output
    return draft(
        headline(_contrast(identity), "warning" if identity.failing else "good" if out.pairs else "note"),
        heading("Colours"),
        _shown(pictures, "identity-palette", "The palette with tints and shades, and how it is seen"),
        _confusion(identity),
        _shown(pictures, "identity-contrast", "Every use of two colours as it will be seen"),
        _pair_table(identity),
        heading("Type"),
        _shown(pictures, "identity-type", "Sizes of type, each a step above the one before"),
        _type_table(identity),
        heading("Mark"),
        _shown(pictures, "identity-marks", "Directions for the mark, in no order of merit"),
        _concept_table(identity),
        heading("Packaging for print") if out.packaging else text("The brief names no packaging."),
        *(
            _shown(pictures, f"identity-pack-{key}", f"{pack.label}: trim, bleed, safe area and folds")
            for key, pack in out.packaging.items()
        ),
        _pack_table(identity),
        items("Before artwork goes to print", _before_print(identity)),
        would_change(_changes(identity)),
        monday(_monday(identity)),
        _sheet(identity),
    )


def _shown(pictures: Mapping[str, str], id: str, title: str) -> Picture | None:
    return picture(id, title, f"{title}.") if id in pictures else None


def _contrast(identity: Identity) -> str:
    out = identity.output
    if not out.pairs:
        return "The brief does not say where its colours meet, so nothing is said of whether text can be read."
    if not identity.failing:
        return f"All uses of colour can be read: {own('contrast_checked')} checked against WCAG 2.2."
    first = identity.failing[0]
    labels = [out.pairs[key].label for key in identity.failing]
    measured = f"contrast {own(f'pairs.{first}.ratio')}, needed {own(f'pairs.{first}.required')}"
    if len(labels) == 1:
        return f"One use of colour of {own('contrast_checked')} cannot be read well enough, {labels[0]}: {measured}."
    return (
        f"Of {own('contrast_checked')} uses of colour {own('contrast_failed')} cannot be read well enough: "
        f"{few(labels, 'others')}. {labels[0]}: {measured}."
    )


def _name(identity: Identity) -> list[str]:
    out = identity.output
    if not identity.brief.brand.known_names:
        return []
    if not out.similar_names:
        return [
            f"The name {out.product} reads like none of the names given. That is a first screen, no search of marks."
        ]
    return [
        f"The name {out.product} reads like {joined([each.name for each in out.similar_names.values()])}, with a "
        f"similarity of {own('similar_names.name-1.similarity')} at most. That is a first screen: a trade mark lawyer "
        "has to say whether both can be used."
    ]


def _packed(identity: Identity) -> list[str]:
    if not identity.output.packaging:
        return []
    names = [pack.label for pack in identity.output.packaging.values()]
    return [f"Printed: {few(names, 'others')}."]


def _confusion(identity: Identity) -> Prose | None:
    out = identity.output
    if out.confusion_count is None or identity.palette is None:
        return None
    if not out.confusion_count:
        return text("All colours can be told apart, also by people with a colour vision deficiency.")
    pairs = [
        f"{title_of(first, None)} and {title_of(second, None)}"
        for first, others in identity.palette.confusions.items()
        for second in others
    ]
    return text(
        f"Some people cannot tell these colours apart: {few(pairs, 'others')}. Where they carry a meaning, add a word or a "
        "shape."
    )


def _pair_table(identity: Identity) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    for key, pair in identity.output.pairs.items():
        use, ref = identity.brief.brand.uses[key], f"self#pairs.{key}"
        rows[key] = {
            "use": pair.label,
            "colours": f"{_named(use.foreground)} on {_named(use.background)}",
            "ratio": shown(pair.ratio, f"{ref}.ratio"),
            "required": shown(pair.required, f"{ref}.required"),
            "verdict": "can be read" if pair.passes else "too faint",
            "instead": shown(pair.suggestion, f"{ref}.suggestion"),
            "new": shown(pair.suggestion_ratio, f"{ref}.suggestion_ratio"),
        }
    columns = {
        "use": ("Use", "text"),
        "colours": ("Colours", "text"),
        "ratio": ("Contrast", "ratio"),
        "required": ("Needed", "ratio"),
        "verdict": ("Verdict", "text"),
        "instead": ("Nearest colour that passes", "text"),
        "new": ("Its contrast", "ratio"),
    }
    return figure_table(
        "Contrast of every use", columns, rows, "Thresholds of WCAG 2.2; ratios are cut, never rounded up."
    )


def _named(color: str) -> str:
    return color if color.startswith("#") else color.replace("_", " ")


def _type_table(identity: Identity) -> Table | None:
    names = {
        "step_5": "Display",
        "step_4": "Title",
        "step_3": "Heading",
        "step_2": "Subheading",
        "step_1": "Lead",
        "step_0": "Text",
        "step_minus_1": "Small print",
        "step_minus_2": "Footnote",
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "use": names.get(key, title_of(key, None)),
            "px": shown(True, f"self#type_steps.{key}.px"),
            "rem": shown(True, f"self#type_steps.{key}.rem"),
        }
        for key in identity.output.type_steps
    }
    columns = {"use": ("Use", "text"), "px": ("Pixels", "ratio"), "rem": ("Times the base size (rem)", "ratio")}
    note = "Base [[fact:brand.type_base_px]] pixels, each step [[fact:brand.type_ratio]] times the one below."
    return figure_table("Type scale", columns, rows, note)


def _concept_table(identity: Identity) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "concept": title_of(key, None),
            "contrast": shown(True, f"self#concepts.{key}.contrast"),
            "px": shown(True, f"self#concepts.{key}.smallest_px"),
            "mm": shown(True, f"self#concepts.{key}.smallest_mm"),
        }
        for key in identity.output.concepts
    }
    columns = {
        "concept": ("Direction", "text"),
        "contrast": ("Contrast", "ratio"),
        "px": ("Smallest on screen, pixels", "count"),
        "mm": ("Smallest in print, millimetres", "ratio"),
    }
    note = (
        f"Clear space of {own('clear_space_units')} of {own('grid_units')} units on every side. Which direction is right "
        "is for people to choose."
    )
    return figure_table("What each direction can bear", columns, rows, note)


def _pack_table(identity: Identity) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    skus = identity.inputs.go_to_market.skus
    for key, pack in identity.output.packaging.items():
        ref = f"self#packaging.{key}"
        rows[key] = {
            "piece": pack.label,
            "product": skus[pack.sku].label if pack.sku else "all",
            **{
                name: shown(True, f"{ref}.{name}")
                for name in (
                    "trim_width_mm",
                    "trim_height_mm",
                    "bleed_mm",
                    "safe_mm",
                    "pixel_width",
                    "pixel_height",
                    "dpi",
                )
            },
            "fold": pack.fold,
        }
    columns = {
        "piece": ("Piece", "text"),
        "product": ("Product", "text"),
        "trim_width_mm": ("Width, mm", "ratio"),
        "trim_height_mm": ("Height, mm", "ratio"),
        "bleed_mm": ("Bleed, mm", "ratio"),
        "safe_mm": ("Safe area, mm", "ratio"),
        "pixel_width": ("Artwork width, px", "count"),
        "pixel_height": ("Artwork height, px", "count"),
        "dpi": ("Dots per inch", "count"),
        "fold": ("Fold", "text"),
    }
    return figure_table(
        "Packaging specification", columns, rows, "Width and height are trimmed; artwork includes the bleed."
    )


def _before_print(identity: Identity) -> list[str]:
    if not identity.output.packaging:
        return []
    return [
        "Have the printer confirm size, bleed, folds and colour profile; the printer's own sheet comes before this one.",
        "Have legal read every claim and mark on the artwork, and keep the copy it has read.",
        *(["Mend the colour pairs that are too faint, and check them again."] if identity.failing else []),
    ]


def _changes(identity: Identity) -> list[str]:
    found = []
    for key in identity.failing[:2]:
        pair = identity.output.pairs[key]
        if pair.suggestion:
            found.append(
                f"{pair.label} can be read with [[self#pairs.{key}.suggestion]] as its colour: contrast "
                f"{own(f'pairs.{key}.suggestion_ratio')}."
            )
    if identity.output.packaging:
        found.append(
            "Another size, fold or bleed of the packaging changes the artwork; fix them before artwork begins."
        )
    return found


def _monday(identity: Identity) -> list[str]:
    found = []
    if identity.failing:
        labels = [identity.output.pairs[key].label for key in identity.failing]
        found.append(f"Choose the colour for {few(labels, 'others')}.")
    if identity.output.concepts:
        found.append("Choose one direction for the mark.")
    if identity.output.packaging:
        found.append("Ask the printer for the cutting die and the colour profile.")
    return found


def _sheet(identity: Identity) -> Sheet | None:
    """Artwork sizes as live formulas: change a bleed and the artwork follows."""
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, pack in identity.output.packaging.items():
        ref = f"self#packaging.{key}"
        bleed = f"fact:packaging.{key}.bleed_mm"
        dpi = f"fact:packaging.{key}.dpi"
        rows[key] = {
            "piece": pack.label,
            "fold": pack.fold if pack.fold != "none" else NONE,
            "width": at(f"{ref}.trim_width_mm", "ratio"),
            "height": at(f"{ref}.trim_height_mm", "ratio"),
            "bleed": at(bleed, "ratio"),
            "dpi": at(dpi, "count"),
            "art_width": at(f"{ref}.artwork_width_mm", "ratio", f"=[[{ref}.trim_width_mm]]+2*[[{bleed}]]"),
            "art_height": at(f"{ref}.artwork_height_mm", "ratio", f"=[[{ref}.trim_height_mm]]+2*[[{bleed}]]"),
            "px": at(f"{ref}.pixel_width", "count", f"=ROUNDUP(ROUND([[{ref}.artwork_width_mm]]/25.4*[[{dpi}]],6),0)"),
            "py": at(
                f"{ref}.pixel_height", "count", f"=ROUNDUP(ROUND([[{ref}.artwork_height_mm]]/25.4*[[{dpi}]],6),0)"
            ),
        }
    columns = {
        "piece": ("Piece", "text"),
        "fold": ("Fold", "text"),
        "width": ("Width, mm", "ratio"),
        "height": ("Height, mm", "ratio"),
        "bleed": ("Bleed, mm", "ratio"),
        "dpi": ("Dots per inch", "count"),
        "art_width": ("Artwork width, mm", "ratio"),
        "art_height": ("Artwork height, mm", "ratio"),
        "px": ("Artwork width, px", "count"),
        "py": ("Artwork height, px", "count"),
    }
    return figure_sheet("Packaging", "Sizes of the printed packaging", columns, rows)
