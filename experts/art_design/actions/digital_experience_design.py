"""What customers will see and use: screens as wireframes, colours that can be read, tokens, and the test with users."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from experts.art_design.actions._innovation_concept import document_of, narrative_of, pictures_of
from experts.art_design.tools._components import ComponentKind, DeviceKind
from experts.art_design.tools.build_design_tokens import DesignTokens, build_design_tokens
from experts.art_design.tools.build_wireframe import Component, Screen, Wireframe, build_wireframe
from experts.art_design.tools.check_contrast import ColorPair, ContrastReport, check_contrast
from experts.art_design.tools.plan_usability_test import UsabilityPlan, plan_usability_test
from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Rate, Ratio, Share
from experts.core.worksheet import Worksheet

KIND = "ExperienceConcept"
VERSION = 1
NEEDS = {"portfolio": "InnovationPortfolio"}

MOST_SCREENS = 12


class ScreenFacts(Model):
    """One screen; `initiative`: the one that brings it. Screens of initiatives that are not funded are left out."""

    title: Text
    device: DeviceKind = Field("desktop", json_schema_extra={"reason": "no device is named for the screen"})
    initiative: Key | None = None


class ComponentFacts(Model):
    """One component of a screen, in order of `position`; `span` of twelve columns."""

    screen: Key
    position: int
    kind: ComponentKind
    label: Text | None = None
    span: Count = Field(12, json_schema_extra={"reason": "no width is given, so the component takes the full width"})
    count: Count | None = None
    primary: bool = False


class Use(Model):
    """Where two colours meet; a colour is an id of brand.colors or written out."""

    label: Text | None = None
    foreground: str
    background: str
    text_size_pt: Ratio = Field(
        Decimal(12), json_schema_extra={"reason": "no size is given, and 12 points is usual for running text"}
    )
    bold: bool = False
    kind: Literal["text", "graphic"] = "text"


class Brand(Model):
    colors: dict[Key, str] = Field(max_length=60)
    uses: dict[Key, Use] = Field({}, max_length=100)
    spacing: dict[Key, Ratio] = Field({}, max_length=40)
    fonts: dict[Key, str] = Field({}, max_length=10)


class Usability(Model):
    """The test with users: its groups, what they are asked to do, and the share of problems it should find."""

    groups: list[Text] = []
    tasks: list[Text] = []
    target: Share = Field(
        Decimal("0.85"), json_schema_extra={"reason": "such tests usually aim to find most problems, not all"}
    )
    chance: Share | None = None


class Brief(Model):
    screens: dict[Key, ScreenFacts] = Field(max_length=200)
    components: dict[Key, ComponentFacts] = Field(max_length=1000)
    brand: Brand
    usability: Usability


class SelectedView(Model):
    label: str


class PortfolioView(Model):
    selected: dict[Key, SelectedView]


class Inputs(Model):
    portfolio: PortfolioView


class Judgement(Model):
    use_suggested_colours: bool = Field(
        False, json_schema_extra={"reason": "brand colours stay as given until somebody agrees to change them"}
    )


class ScreenPlan(Model):
    """A laid-out screen in CSS px; `below_first_view` counts components that need scrolling."""

    title: str
    device: str
    initiative: str | None = None
    width: Count
    height: Count
    below_first_view: Count
    components: list[str]


class Pair(Model):
    """One use of colour; `suggestion`: the nearest colour for the foreground that can be read."""

    label: str
    foreground: str
    background: str
    ratio: Ratio
    required: Ratio
    passes: bool
    changed: bool = False
    suggestion: str | None = None


class Output(Model):
    """Screens, colours and the plan of the test."""

    screens: dict[Key, ScreenPlan]
    left_out: list[str] = []
    initiatives: dict[Key, str] = {}
    pairs: dict[Key, Pair]
    checked: Count
    passed: Count
    failed: Count
    tokens: dict[Key, str]
    token_count: Count
    css: str
    test_target: Share
    test_people: Count
    test_share_found: Rate
    test_people_if_half: Count | None = None
    test_groups: list[str]


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Lay out the screens of what is funded, check colours by WCAG, write tokens, and size the test with users.

    If judged so, each colour that cannot be read is replaced by the nearest one that can, in that use only. Raises
    InvalidInput naming the screen, component or colour that does not fit.
    """
    kept = _kept(brief, inputs)
    sheet = Worksheet()
    frames = _frames(sheet, brief, kept)
    first = _contrast(sheet, brief, "contrast", {})
    changes = {
        key: pair.suggestion for key, pair in first.pairs.items() if not pair.passes and pair.suggestion is not None
    }
    changed = changes if judgement.use_suggested_colours else {}
    report = _contrast(sheet, brief, "contrast_changed", changed) if changed else first
    tokens = _tokens(sheet, brief, changed)
    test = _test(sheet, brief)
    output = _output(brief, inputs, kept, frames, report, changed, tokens, test)
    checked = "contrast_changed" if changed else "contrast"
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(checked),
        narrative=narrative_of(output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output, frames, tokens),
        warnings=_warnings(brief, output, frames, report, test),
    )


def _kept(brief: Brief, inputs: Inputs) -> list[str]:
    for key, part in brief.components.items():
        if part.screen not in brief.screens:
            raise InvalidInput(
                f"components.{key} is on {part.screen!r}, which is no screen{did_you_mean(part.screen, brief.screens)}",
                field=f"components.{key}.screen",
            )
    kept = [
        key
        for key, screen in brief.screens.items()
        if screen.initiative is None or screen.initiative in inputs.portfolio.selected
    ]
    if not kept:
        raise InvalidInput(
            "no screen belongs to an initiative that is funded; give a screen for one, or leave its initiative out",
            field="screens",
        )
    if len(kept) > MOST_SCREENS:
        raise InvalidInput(
            f"{len(kept)} screens are to be laid out; give at most {MOST_SCREENS}, those that decide", field="screens"
        )
    return kept


def _parts(brief: Brief, screen: str) -> list[str]:
    found = [key for key, part in brief.components.items() if part.screen == screen]
    return sorted(found, key=lambda key: (brief.components[key].position, key))


def _frames(sheet: Worksheet, brief: Brief, kept: list[str]) -> Wireframe:
    sources = {}
    for screen in kept:
        for at, key in enumerate(_parts(brief, screen)):
            for name in ("span", "count"):
                sources[f"screens.{screen}.components.{at}.{name}"] = f"fact:components.{key}.{name}"
    try:
        return sheet.run(
            "wireframes",
            sources,
            build_wireframe,
            screens={
                screen: Screen(
                    title=brief.screens[screen].title[:80],
                    device=brief.screens[screen].device,
                    components=[
                        Component(
                            kind=part.kind,
                            label=(part.label or "")[:80],
                            span=part.span,
                            count=part.count,
                            primary=part.primary,
                        )
                        for part in (brief.components[key] for key in _parts(brief, screen))
                    ],
                )
                for screen in kept
            },
        )
    except InvalidInput as error:
        parts = error.field.split(".")
        if len(parts) >= 4 and parts[0] == "screens" and parts[3].isdigit():
            error.field = f"components.{_parts(brief, parts[1])[int(parts[3])]}.{'.'.join(parts[4:])}"
        raise


def _contrast(sheet: Worksheet, brief: Brief, key: str, changed: dict[str, str]) -> ContrastReport:
    colors, uses = brief.brand.colors, brief.brand.uses
    try:
        return sheet.run(
            key,
            {"pairs.*.text_size_pt": "fact:brand.uses.*.text_size_pt"},
            check_contrast,
            pairs={
                name: ColorPair(
                    foreground=changed.get(name, colors.get(use.foreground, use.foreground)),
                    background=colors.get(use.background, use.background),
                    text_size_pt=use.text_size_pt,
                    bold=use.bold,
                    kind=use.kind,
                )
                for name, use in uses.items()
            },
        )
    except InvalidInput as error:
        error.field = error.field.replace("pairs", "brand.uses", 1)
        raise


def _tokens(sheet: Worksheet, brief: Brief, changed: dict[str, str]) -> DesignTokens:
    brand = brief.brand
    colors = {**brand.colors, **{f"{use}-readable": color for use, color in changed.items()}}
    try:
        return sheet.run(
            "tokens",
            {"dimensions_px.*": "fact:brand.spacing.*"},
            build_design_tokens,
            colors=colors,
            dimensions_px={f"{key}": value for key, value in brand.spacing.items()} or None,
            font_families={f"font-{key}": value for key, value in brand.fonts.items()} or None,
        )
    except InvalidInput as error:
        names = {"colors": "brand.colors", "dimensions_px": "brand.spacing", "font_families": "brand.fonts"}
        head, _, rest = error.field.partition(".")
        error.field = f"{names.get(head, head)}.{rest.removeprefix('font-')}" if rest else names.get(head, head)
        raise


def _test(sheet: Worksheet, brief: Brief) -> UsabilityPlan:
    facts = brief.usability
    try:
        return sheet.run(
            "test",
            {"target": "fact:usability.target", "chance": "fact:usability.chance"},
            plan_usability_test,
            target=facts.target,
            chance=facts.chance,
        )
    except InvalidInput as error:
        error.field = f"usability.{error.field}"
        raise


def _output(
    brief: Brief,
    inputs: Inputs,
    kept: list[str],
    frames: Wireframe,
    report: ContrastReport,
    changed: dict[str, str],
    tokens: DesignTokens,
    test: UsabilityPlan,
) -> Output:
    funded = inputs.portfolio.selected
    used = {brief.screens[key].initiative for key in kept}
    colors = {**brief.brand.colors, **{f"{use}-readable": color for use, color in changed.items()}}
    return Output.model_validate(
        {
            "screens": {
                key: ScreenPlan(
                    title=frame.title,
                    device=frame.device,
                    initiative=brief.screens[key].initiative,
                    width=frame.width,
                    height=frame.height,
                    below_first_view=frame.below_first_view,
                    components=[part.label for part in frame.components],
                )
                for key, frame in frames.screens.items()
            },
            "left_out": [brief.screens[key].title for key in brief.screens if key not in kept],
            "initiatives": {key: each.label for key, each in funded.items() if key in used},
            "pairs": {
                key: Pair(
                    label=title_of(key, brief.brand.uses[key].label),
                    foreground=pair.foreground,
                    background=pair.background,
                    ratio=pair.ratio,
                    required=pair.required,
                    passes=pair.passes,
                    changed=key in changed,
                    suggestion=pair.suggestion,
                )
                for key, pair in report.pairs.items()
            },
            "checked": report.checked,
            "passed": report.passed,
            "failed": report.failed,
            "tokens": {
                **colors,
                **{key: f"{value.normalize():f} px" for key, value in brief.brand.spacing.items()},
                **{f"font-{key}": value for key, value in brief.brand.fonts.items()},
            },
            "token_count": tokens.token_count,
            "css": tokens.css,
            "test_target": brief.usability.target,
            "test_people": test.people_per_group,
            "test_share_found": test.share_found,
            "test_people_if_half": test.people_if_half,
            "test_groups": brief.usability.groups,
        }
    )


def _grounds(contrast: str) -> dict[str, str]:
    return {
        **{
            f"screens.*.{name}": f"working:wireframes#screens.*.{name}"
            for name in ("width", "height", "below_first_view")
        },
        **{f"pairs.*.{name}": f"working:{contrast}#pairs.*.{name}" for name in ("ratio", "required")},
        **{name: f"working:{contrast}#{name}" for name in ("checked", "passed", "failed")},
        "token_count": "working:tokens#token_count",
        "test_target": "fact:usability.target",
        "test_people": "working:test#people_per_group",
        "test_share_found": "working:test#share_found",
        "test_people_if_half": "working:test#people_if_half",
    }


def _warnings(
    brief: Brief, output: Output, frames: Wireframe, report: ContrastReport, test: UsabilityPlan
) -> list[str]:
    found = [*frames.warnings, *report.warnings, *test.warnings]
    if not brief.brand.uses:
        found.append("The brief does not say where colours meet, so nothing is said about contrast.")
    if not brief.usability.groups:
        found.append("No user groups are named, so the test is planned for one.")
    if output.left_out:
        found.append(f"Left out, because their initiatives are not funded: {', '.join(output.left_out)}.")
    return found
