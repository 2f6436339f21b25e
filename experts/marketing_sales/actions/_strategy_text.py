"""The sentences of a channel plan. Figures and the user's own words are cited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from experts.marketing_sales.actions._words import RESULTS, capital, counted, joined
from experts.marketing_sales.tools._curves import Evidence

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_strategy_development import Output, PlannedChannel

EVIDENCE: Mapping[Evidence, str] = {
    "given": "a curve that was given",
    "fitted": "past spend and results",
    "two_answers": "two answers: results now, and at double the spend",
    "none": "no evidence yet",
}


def with_evidence(output: Output, kind: Evidence) -> list[str]:
    """Labels of the channels whose curve comes from this kind of evidence."""
    return [channel.label for channel in output.channels.values() if channel.evidence == kind]


def narrative_of(output: Output) -> str:
    """Two or three paragraphs: for whom and with what message, which channels, how they respond."""
    return "\n\n".join(part for part in (_promise(), _channels(output), _response(output)) if part)


def _promise() -> str:
    return (
        "The campaign speaks to one audience ([[fact:campaign.audience]]) and makes one promise: "
        "\u201c[[fact:campaign.message]]\u201d. [[judgement:positioning]]"
    )


def _channels(output: Output) -> str:
    labels = [channel.label for channel in output.channels.values()]
    number = len(labels)
    text = f"{capital(counted(number, 'channel', 'channels'))} can carry it: {joined(labels)}."
    if all(channel.evidence == "none" for channel in output.channels.values()):
        return (
            f"{text} Nothing is known yet about what spend on {'it' if number == 1 else 'any of them'} brings, so the "
            "plan makes no forecast of results and says where to begin measuring."
        )
    kinds: list[Evidence] = ["given", "fitted", "two_answers"]
    words = {"given": "given curves", "fitted": "past results", "two_answers": "two answers"}
    known = [f"{words[kind]} ({joined(labels)})" for kind in kinds if (labels := with_evidence(output, kind))]
    if len(known) == 1 and len(with_evidence(output, "none")) == 0:
        known = [known[0].partition(" (")[0]]
    text += f" How many {RESULTS} a channel brings for its spend comes from {joined(known)}."
    bare = with_evidence(output, "none")
    if bare:
        plural = "it is" if len(bare) == 1 else "they are"
        text += f" Nothing is known yet about {joined(bare)}, so {plural} planned without a forecast."
    return text


def _response(output: Output) -> str:
    with_curve = {key: channel for key, channel in output.channels.items() if channel.curve}
    if not with_curve:
        return ""
    text = "Each further amount spent on a channel brings less than the one before."
    key = next((key for key, channel in with_curve.items() if channel.gain_when_doubled is not None), None)
    if key:
        text += (
            f" Doubling the spend on {with_curve[key].label}, for example, adds only "
            f"[[self#channels.{key}.gain_when_doubled]] more {RESULTS}."
        )
    bounds = [sentence for key, channel in output.channels.items() if (sentence := bound_sentence(key, channel))]
    return " ".join([text, *bounds[:4]])


def bound_sentence(key: str, channel: PlannedChannel) -> str:
    """What the channel's bounds mean, or nothing where it has none that matter."""
    minimum, maximum = f"[[self#channels.{key}.minimum]]", f"[[self#channels.{key}.maximum]]"
    if channel.minimum and channel.minimum_applies == "if_used":
        text = f"Into {channel.label} goes either nothing or at least {minimum}"
        return f"{text}, and at most {maximum}." if channel.maximum is not None else f"{text}."
    if channel.minimum and channel.maximum is not None:
        return f"At least {minimum} and at most {maximum} goes into {channel.label}."
    if channel.minimum:
        return f"At least {minimum} goes into {channel.label}."
    return f"At most {maximum} goes into {channel.label}." if channel.maximum is not None else ""


def headline_of(output: Output) -> str:
    """One or two sentences: the channels, and whether their results can be forecast."""
    number = len(output.channels)
    bare = with_evidence(output, "none")
    start = f"{capital(counted(number, 'channel is', 'channels are'))} planned for {RESULTS}"
    if not bare:
        each = "it has" if number == 1 else "all of them have" if number > 2 else "both have"
        return f"{start}; {each} a response curve, so the budget can go where each further amount brings most."
    if len(bare) == number:
        return f"{start}; none has evidence of what spend brings, so the plan holds no forecast until one is measured."
    return (
        f"{start}, {counted(len(bare), 'of them', 'of them')} without a forecast ({joined(bare)}): nothing is known "
        "yet about what spend there brings."
    )


def would_change(output: Output) -> list[str]:
    """What would move money between the channels."""
    items = []
    given, answered = with_evidence(output, "given"), with_evidence(output, "two_answers")
    if given:
        items.append(
            f"A wrong curve. Those of {joined(given)} were given without an uncertainty: where, when and at what spend "
            "were they measured? A correction moves money to or from that channel."
        )
    for key, channel in output.channels.items():
        if channel.fit is not None:
            items.append(
                f"New rows for {channel.label}. Its exponent lies between [[self#channels.{key}.fit.exponent_low]] and "
                f"[[self#channels.{key}.fit.exponent_high]] with [[self#channels.{key}.fit.confidence]] confidence, "
                f"from [[self#channels.{key}.fit.rows]] past rows; a period at a spend not yet tried narrows this most."
            )
    if answered:
        items.append(f"Measured results for {joined(answered)}, in place of what somebody expects at double the spend.")
    items += [
        f"Any evidence for {label}: it would then compete for money on what it brings."
        for label in with_evidence(output, "none")
    ]
    optional = [c.label for c in output.channels.values() if c.minimum and c.minimum_applies == "if_used"]
    if optional:
        items.append(f"A lower minimum for {joined(optional)}, which would make it easier to include.")
    return items


def monday(output: Output) -> list[str]:
    """What marketing does first, so that the plan stands on evidence."""
    items = []
    given = with_evidence(output, "given")
    if given:
        items.append(
            f"Marketing: write down where the curves of {joined(given)} come from (period, region, offer), and correct "
            "them in the brief if this campaign differs."
        )
    fitted = with_evidence(output, "fitted")
    if fitted:
        items.append(f"Marketing: check the past rows of {joined(fitted)} against invoices and the order system.")
    thin = [*with_evidence(output, "two_answers"), *with_evidence(output, "none")]
    if thin:
        items.append(
            f"Marketing: keep a sheet of spend and {RESULTS} for {joined(thin)} from the first week, so that the next "
            "plan can rest on past results."
        )
    bare = [
        channel.label
        for key, channel in output.channels.items()
        if not any(item.channel == key for item in output.formats.values())
    ]
    if output.formats and bare:
        items.append(
            f"Marketing: name what has to be made for {joined(bare)}; the brief has no format for "
            f"{'it' if len(bare) == 1 else 'them'} alone, and what is not named is not made in time."
        )
    items.append(f"Marketing: make sure that each of the {RESULTS} can be traced to its channel before money is spent.")
    return items


def basis(assumptions: list[str]) -> list[str]:
    """What the plan rests on."""
    return [*assumptions, "Channels do not change what other channels bring."]
