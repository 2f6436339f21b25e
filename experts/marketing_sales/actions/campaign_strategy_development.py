"""Step of marketing_campaign_planning: from audience, message and channels to a channel plan."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import Infeasible, InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Count, NonNegativeMoney, Rate, plain
from experts.core.worksheet import Worksheet
from experts.marketing_sales.actions._strategy_document import document_of
from experts.marketing_sales.actions._strategy_picture import pictures_of
from experts.marketing_sales.actions._strategy_text import narrative_of
from experts.marketing_sales.actions._words import relabel, title_of
from experts.marketing_sales.tools._curves import Answers, Curve, Evidence, Fit
from experts.marketing_sales.tools.fit_response_curves import ChannelEvidence, ResponseCurves, fit_response_curves

KIND = "ChannelPlan"
VERSION = 1
NEEDS: dict[str, str] = {}

FormatKind = Literal["landing_page", "social_image", "film", "audio_script", "print", "email", "other"]


class Campaign(Model):
    name: Text
    audience: Text
    message: Text
    goals: dict[Key, Text] = {}
    result_name: Text = Field(
        "results", json_schema_extra={"reason": "the brief does not say what its curves and targets count"}
    )


class ChannelFacts(ChannelEvidence):
    """A channel: its bounds, and at most one kind of evidence of what spend brings."""

    label: Text | None = None
    minimum: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no smallest spend was named, so none is imposed"}
    )
    minimum_applies: Literal["required", "if_used"] = Field(
        "required", json_schema_extra={"reason": "a minimum is meant to be spent unless the brief says only if used"}
    )
    maximum: NonNegativeMoney | None = None


class FormatFacts(Model):
    """Something to be made, for one channel or for all."""

    label: Text | None = None
    count: Count = Field(1, json_schema_extra={"reason": "one piece, unless the brief says how many"})
    kind: FormatKind
    channel: Key | None = None
    made_by: Text | None = None
    spec: Text | None = None


class Brief(Model):
    """What the plan is made from."""

    campaign: Campaign
    currency: str
    channels: dict[Key, ChannelFacts] = Field(max_length=500)
    formats: dict[Key, FormatFacts] = {}


class Inputs(Model):
    """Nothing upstream."""


class Judgement(Model):
    """The wording that the facts leave open."""

    positioning: Text = Field(
        "One audience, one promise: every format opens with the message of the brief, and nothing competes with it.",
        json_schema_extra={"reason": "no positioning was given, and one message is what one campaign can teach"},
    )
    tone: Text = Field(
        "Plain and specific: what the customer gets, what it costs, what to do next; no claim that cannot be shown.",
        json_schema_extra={"reason": "no tone of voice was given, and claims that can be shown pass a legal read"},
    )


class PlannedChannel(Model):
    """A channel as others read it. `gain_when_doubled`: what double the spend adds (power curves)."""

    label: str
    minimum: NonNegativeMoney
    minimum_applies: str
    maximum: NonNegativeMoney | None = None
    evidence: Evidence
    curve: Curve | None = None
    gain_when_doubled: Rate | None = None
    fit: Fit | None = None
    answers: Answers | None = None


class PlannedFormat(Model):
    label: str
    count: Count
    kind: str
    channel: str | None = None
    made_by: str | None = None
    spec: str | None = None


class Output(Model):
    """Audience, message, channels with their response curves, and what is to be made."""

    audience: str
    message: str
    result_name: str
    channels: dict[Key, PlannedChannel]
    formats: dict[Key, PlannedFormat]
    goals: dict[Key, str]


GROUNDS = {
    "channels.*.minimum": "fact:channels.*.minimum",
    "channels.*.maximum": "fact:channels.*.maximum",
    "channels.*.curve.*": "working:curves#channels.*.curve.*",
    "channels.*.gain_when_doubled": "working:curves#channels.*.gain_when_doubled",
    "channels.*.fit.*": "working:curves#channels.*.fit.*",
    "channels.*.answers.*": "fact:channels.*.*",
    "formats.*.count": "fact:formats.*.count",
}

_EVIDENCE = ("curve", "past", "spend_now", "results_now", "results_at_double")


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Plan the channels of a campaign: bounds, response curves with their evidence, and formats.

    Each channel's curve comes from a formula, from past spend and results, or from two answers;
    a channel without evidence is planned without a forecast, and the plan says so. Raises
    Infeasible for a maximum below its minimum, InvalidInput for evidence that no concave and
    increasing curve fits and for a format whose channel is not in the brief.
    """
    minor_units(brief.currency)
    _check(brief)
    sheet = Worksheet()
    curves = _curves(sheet, brief)
    output = _output(brief, curves)
    labels = {key: channel.label for key, channel in output.channels.items()}
    warnings = relabel(curves.warnings, labels) + [
        f"Nothing is known yet about what spend on {channel.label} brings, so it is planned without a forecast."
        for channel in output.channels.values()
        if channel.evidence == "none"
    ]
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS,
        narrative=narrative_of(output),
        document=document_of(brief, output, curves.assumptions, warnings),
        pictures=pictures_of(brief, output),
        warnings=warnings,
    )


def _check(brief: Brief) -> None:
    if not brief.channels:
        raise InvalidInput("the brief has no channels; give at least one under [channels.<id>]", field="channels")
    for key, channel in brief.channels.items():
        if channel.maximum is not None and channel.maximum < channel.minimum:
            raise Infeasible(
                f"channel {key!r} has the maximum {plain(channel.maximum)} below its minimum {plain(channel.minimum)}; "
                "raise the maximum or lower the minimum",
                field=f"channels.{key}.maximum",
            )
    for key, item in brief.formats.items():
        if item.channel is not None and item.channel not in brief.channels:
            raise InvalidInput(
                f"format {key!r} names channel {item.channel!r}, which is not in the brief; use one of "
                f"{', '.join(sorted(brief.channels)[:8])}, or leave the channel out",
                field=f"formats.{key}.channel",
            )
        if item.count == 0:
            raise InvalidInput(
                f"format {key!r} has the count 0; give at least 1, or leave the format out",
                field=f"formats.{key}.count",
            )


def _curves(sheet: Worksheet, brief: Brief) -> ResponseCurves:
    sources = [
        *(f"channels.*.{field}" for field in ("spend_now", "results_now", "results_at_double")),
        *(f"channels.*.past.*.{field}" for field in ("spend", "results")),
    ]
    return sheet.run(
        "curves",
        {path: f"fact:{path}" for path in sources},
        fit_response_curves,
        channels={
            key: ChannelEvidence.model_validate({name: getattr(channel, name) for name in _EVIDENCE})
            for key, channel in brief.channels.items()
        },
    )


def _output(brief: Brief, curves: ResponseCurves) -> Output:
    channels = {}
    for key, facts in brief.channels.items():
        found = curves.channels[key]
        channels[key] = PlannedChannel(
            label=title_of(key, facts.label),
            minimum=facts.minimum,
            minimum_applies=facts.minimum_applies,
            maximum=facts.maximum,
            evidence=found.evidence,
            curve=found.curve,
            gain_when_doubled=found.gain_when_doubled,
            fit=found.fit,
            answers=found.answers,
        )
    return Output(
        audience=brief.campaign.audience,
        message=brief.campaign.message,
        result_name=brief.campaign.result_name,
        channels=channels,
        formats={
            key: PlannedFormat(
                label=title_of(key, item.label),
                count=item.count,
                kind=item.kind,
                channel=item.channel,
                made_by=item.made_by,
                spec=item.spec,
            )
            for key, item in brief.formats.items()
        },
        goals=dict(brief.campaign.goals),
    )
