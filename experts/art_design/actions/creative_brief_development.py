"""The creative brief: who is spoken to, what is said, what is made and for how much."""

from pydantic import Field

from experts.art_design.actions._creative_brief import document_of, narrative_of
from experts.art_design.tools.specify_formats import FormatKind, FormatRequest, specify_formats
from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.quantities import Count, NonNegativeMoney
from experts.core.worksheet import Worksheet

KIND = "CreativeBrief"
VERSION = 1
NEEDS = {"channel_plan": "ChannelPlan", "allocation": "BudgetAllocation"}


class Campaign(Model):
    name: Text
    goals: dict[Key, Text] = {}


class Brief(Model):
    """What the brief is headed with, and what the campaign is for."""

    campaign: Campaign


class FormatView(Model):
    label: str
    count: Count
    kind: FormatKind
    spec: str | None = None


class ChannelPlanView(Model):
    audience: str
    message: str
    formats: dict[Key, FormatView]


class AllocationView(Model):
    production: NonNegativeMoney


class Inputs(Model):
    channel_plan: ChannelPlanView
    allocation: AllocationView


class Judgement(Model):
    """What the brief leaves to taste: tone, what must be there, the one sentence."""

    tone: Text = Field(
        "Plain, warm and concrete: say what it is, what it costs and what happens next.",
        json_schema_extra={"reason": "nobody chose a tone, and a plain one suits most messages until somebody does"},
    )
    mandatories: list[Text] = Field(
        [
            "Text, controls and informative graphics meet WCAG 2.2 level AA for contrast.",
            "Every price, offer and claim is shown as it was cleared, with its conditions beside it.",
            "The same message, name and colours on every piece.",
        ],
        json_schema_extra={"reason": "what any campaign needs to be readable, lawful and recognised"},
    )
    proposition: Text | None = Field(
        None,
        json_schema_extra={"reason": "the campaign's message is taken as the one thing to say until it is sharpened"},
    )


class Format(Model):
    label: str
    count: Count
    kind: FormatKind


class Output(Model):
    """The creative brief. `open` lists by format what has to be stated before production."""

    audience: str
    message: str
    proposition: str
    tone: str
    mandatories: list[str]
    formats: dict[Key, Format]
    format_count: Count
    total_count: Count
    open: dict[Key, list[str]] = {}
    production: NonNegativeMoney


GROUNDS = {
    "formats.*.count": "channel_plan#formats.*.count",
    "format_count": "working:formats#format_count",
    "total_count": "working:formats#total_count",
    "production": "allocation#production",
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Write the creative brief: audience, one message, mandatories, formats and counts, production money.

    Formats are those of the channel plan. It states what is not decided yet, format by
    format, and leaves lines for the people who agree it. Raises InvalidInput for a format
    whose size or resolution cannot be produced.
    """
    plan = inputs.channel_plan
    sheet = Worksheet()
    specs = sheet.run(
        "formats",
        {"formats.*.count": "channel_plan#formats.*.count"},
        specify_formats,
        formats={
            key: FormatRequest(kind=each.kind, count=each.count, label=each.label, spec=each.spec)
            for key, each in plan.formats.items()
        },
    )
    output = Output(
        audience=plan.audience,
        message=plan.message,
        proposition=judgement.proposition or plan.message,
        tone=judgement.tone,
        mandatories=judgement.mandatories,
        formats={key: Format(label=e.label, count=e.count, kind=e.kind) for key, e in plan.formats.items()},
        format_count=specs.format_count,
        total_count=specs.total_count,
        open={key: spec.open for key, spec in specs.formats.items() if spec.open},
        production=inputs.allocation.production,
    )
    names = {key: spec.kind_name for key, spec in specs.formats.items()}
    sharpened = judgement.proposition is not None
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS,
        narrative=narrative_of(output, sharpened),
        document=document_of(output, list(brief.campaign.goals), names, sharpened),
        warnings=[
            *specs.warnings,
            *([] if output.formats else ["No formats are named, so there is nothing to make yet."]),
        ],
    )
