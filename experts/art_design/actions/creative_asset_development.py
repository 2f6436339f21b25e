"""The asset manifest: every piece to be made, its specification, and whether its colours can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Literal

from pydantic import Field

from experts.art_design.actions._asset_document import document_of, pictures_of
from experts.art_design.actions._asset_text import Manifest, narrative_of, warnings_of
from experts.art_design.actions._prose import title_of
from experts.art_design.tools._color import read_ink, read_opaque
from experts.art_design.tools.build_palette import Confusion, Palette, Role, build_palette
from experts.art_design.tools.check_contrast import ColorPair, ContrastReport, Level, check_contrast
from experts.art_design.tools.specify_formats import FormatKind, FormatRequest, FormatSpecs, PrintSize, specify_formats
from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Ratio
from experts.core.worksheet import Worksheet

KIND = "AssetManifest"
VERSION = 1
NEEDS = {"creative_brief": "CreativeBrief", "channel_plan": "ChannelPlan"}


class Use(Model):
    """Where two of the colours meet: ids of brand colours, or colours themselves. Sizes in points."""

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
    colors: dict[Key, Text] = {}
    uses: dict[Key, Use] = {}


class TeamMember(Model):
    """Read only to name who decides on colours."""

    name: Text
    role: Text | None = None


class Brief(Model):
    """Brand colours and their uses. No money: a change of budget leaves the manifest as it is."""

    brand: Brand | None = None
    team: dict[Key, TeamMember] = {}


class FormatView(Model):
    label: str
    count: Count
    kind: FormatKind


class CreativeBriefView(Model):
    formats: dict[Key, FormatView]


class PlannedFormatView(Model):
    channel: str | None = None
    made_by: str | None = None
    spec: str | None = None


class ChannelView(Model):
    label: str


class ChannelPlanView(Model):
    formats: dict[Key, PlannedFormatView]
    channels: dict[Key, ChannelView] = {}


class Inputs(Model):
    creative_brief: CreativeBriefView
    channel_plan: ChannelPlanView


class Judgement(Model):
    """How strict the check of contrast is."""

    level: Level = Field(
        "AA",
        json_schema_extra={"reason": "the level that most accessibility rules and contracts name; AAA is stricter"},
    )


class Asset(Model):
    """One format to produce; `open` is what still has to be stated before production."""

    label: str
    count: Count
    kind: FormatKind
    channel: str | None = None
    made_by: str | None = None
    spec: str
    print: PrintSize | None = None
    accessibility: str
    open: list[str] = []


class Pair(Model):
    """One use of two colours and its contrast (see check_contrast). Names are ids of brand colours."""

    label: str
    foreground: str
    background: str
    foreground_name: str | None = None
    background_name: str | None = None
    text_size_pt: Ratio
    bold: bool
    kind: Literal["text", "graphic"]
    ratio: Ratio
    required: Ratio
    criterion: str
    passes: bool
    suggestion: str | None = None
    suggestion_ratio: Ratio | None = None
    suggestion_delta_e: Ratio | None = None
    background_suggestion: str | None = None
    background_suggestion_ratio: Ratio | None = None
    background_suggestion_delta_e: Ratio | None = None
    nearer: Literal["foreground", "background"] | None = None
    large_required: Ratio | None = None
    passes_if_large: bool | None = None


class BrandColor(Model):
    hex: str
    role: Role


class Output(Model):
    """The manifest. `confusions`: colours that are hard to tell apart, keyed by the two ids."""

    assets: dict[Key, Asset]
    format_count: Count
    total_count: Count
    level: Level
    colors: dict[Key, BrandColor] = {}
    pairs: dict[Key, Pair] = {}
    checked: Count | None = None
    passed: Count | None = None
    failed: Count | None = None
    large_text_pt: Ratio | None = None
    large_bold_text_pt: Ratio | None = None
    confusions: dict[Key, dict[Key, Confusion]] = {}
    confusion_count: Count | None = None


_RATIOS = (
    "ratio",
    "required",
    "suggestion_ratio",
    "suggestion_delta_e",
    "background_suggestion_ratio",
    "background_suggestion_delta_e",
    "large_required",
)
GROUNDS = {
    "assets.*.count": "creative_brief#formats.*.count",
    **{f"assets.*.print.{name}": f"working:specs#formats.*.print.{name}" for name in PrintSize.model_fields},
    "format_count": "working:specs#format_count",
    "total_count": "working:specs#total_count",
    "pairs.*.text_size_pt": "fact:brand.uses.*.text_size_pt",
    **{f"pairs.*.{name}": f"working:contrast#pairs.*.{name}" for name in _RATIOS},
    **{
        name: f"working:contrast#{name}"
        for name in ("checked", "passed", "failed", "large_text_pt", "large_bold_text_pt")
    },
    **{f"confusions.*.*.{name}": f"working:palette#confusions.*.*.{name}" for name in ("delta_e", "normal_delta_e")},
    "confusion_count": "working:palette#confusion_count",
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """List the assets to be made with their specifications, and check every named use of colour.

    Formats and counts come from the creative brief; channel, maker and specification from
    the channel plan. Colours are checked against WCAG 2.2; each failing use gets the nearest
    colour that passes, and colours that people may confuse are named. Without colours or
    uses it says that there was nothing to check.

    Raises InvalidInput for a colour that is none, a use of an unknown colour, and a format
    that the channel plan does not have.
    """
    brand = brief.brand or Brand()
    sheet = Worksheet()
    with _fact_fields():
        specs = sheet.run(
            "specs",
            {"formats.*.count": "creative_brief#formats.*.count"},
            specify_formats,
            formats={
                key: FormatRequest(kind=each.kind, count=each.count, label=each.label, spec=_planned(key, inputs).spec)
                for key, each in inputs.creative_brief.formats.items()
            },
        )
        palette = sheet.run("palette", {}, build_palette, colors=dict(brand.colors)) if brand.colors else None
        contrast = (
            sheet.run(
                "contrast",
                {"pairs.*.text_size_pt": "fact:brand.uses.*.text_size_pt"},
                check_contrast,
                pairs={key: _pair(key, use, brand.colors) for key, use in brand.uses.items()},
                level=judgement.level,
            )
            if brand.uses
            else None
        )
    output = _output(brand, inputs, judgement.level, specs, palette, contrast)
    channels = {key: channel.label for key, channel in inputs.channel_plan.channels.items()}
    manifest = Manifest(output=output, decides=_decides(brief), channels=channels)
    pictures = pictures_of(manifest)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS,
        narrative=narrative_of(manifest),
        document=document_of(manifest, list(pictures)),
        pictures=pictures,
        warnings=[*warnings_of(manifest), *specs.warnings],
    )


def _output(
    brand: Brand,
    inputs: Inputs,
    level: Level,
    specs: FormatSpecs,
    palette: Palette | None,
    contrast: ContrastReport | None,
) -> Output:
    assets = {}
    for key, each in inputs.creative_brief.formats.items():
        planned, spec = _planned(key, inputs), specs.formats[key]
        assets[key] = Asset(
            label=each.label,
            count=each.count,
            kind=each.kind,
            channel=planned.channel,
            made_by=planned.made_by,
            spec=spec.spec,
            print=spec.print,
            accessibility=spec.accessibility,
            open=spec.open,
        )
    output = Output(assets=assets, format_count=specs.format_count, total_count=specs.total_count, level=level)
    if palette:
        colors = {key: BrandColor(hex=swatch.hex, role=swatch.role) for key, swatch in palette.colors.items()}
        found = {"colors": colors, "confusions": palette.confusions, "confusion_count": palette.confusion_count}
        output = output.model_copy(update=found)
    if contrast:
        names = ("checked", "passed", "failed", "large_text_pt", "large_bold_text_pt")
        fields = {name: getattr(contrast, name) for name in names}
        output = output.model_copy(update={"pairs": _pairs(brand, contrast), **fields})
    return output


def _pairs(brand: Brand, contrast: ContrastReport) -> dict[str, Pair]:
    pairs = {}
    for key, use in brand.uses.items():
        found = contrast.pairs[key]
        pairs[key] = Pair(
            label=title_of(key, use.label),
            foreground_name=use.foreground if use.foreground in brand.colors else None,
            background_name=use.background if use.background in brand.colors else None,
            text_size_pt=use.text_size_pt,
            bold=use.bold,
            kind=use.kind,
            **found.model_dump(exclude={"large"}),
        )
    return pairs


def _planned(key: str, inputs: Inputs) -> PlannedFormatView:
    if key not in inputs.channel_plan.formats:
        raise InvalidInput(
            f"format {key!r} is in the creative brief but not in the channel plan; plan both from the same formats"
            f"{did_you_mean(key, inputs.channel_plan.formats)}",
            field=f"formats.{key}",
        )
    return inputs.channel_plan.formats[key]


def _pair(key: str, use: Use, colors: dict[str, str]) -> ColorPair:
    return ColorPair(
        foreground=_color(key, "foreground", use.foreground, colors),
        background=_color(key, "background", use.background, colors),
        text_size_pt=use.text_size_pt,
        bold=use.bold,
        kind=use.kind,
    )


def _color(key: str, side: str, written: str, colors: dict[str, str]) -> str:
    """The colour behind an id of the brand, or the colour itself."""
    field = f"brand.uses.{key}.{side}"
    if written in colors:
        return read_opaque(colors[written], f"brand.colors.{written}").hex
    try:
        read_ink(written, field)
    except InvalidInput as error:
        raise InvalidInput(
            f"use {key!r}: {side} {written[:60]!r} is neither one of the brand's colours nor a colour itself; write "
            f"the id of a brand colour or #RRGGBB{did_you_mean(written, colors)}",
            field=field,
            seen=written,
        ) from error
    return written


def _decides(brief: Brief) -> str | None:
    """The one member of the team whose role is design, if there is exactly one."""
    names = [member.name for member in brief.team.values() if member.role and "design" in member.role.casefold()]
    return names[0] if len(names) == 1 else None


@contextmanager
def _fact_fields() -> Iterator[None]:
    """Let errors of tools name facts instead of arguments."""
    try:
        yield
    except InvalidInput as error:
        head, dot, rest = error.field.partition(".")
        error.field = {"pairs": "brand.uses", "colors": "brand.colors"}.get(head, head) + dot + rest
        raise
