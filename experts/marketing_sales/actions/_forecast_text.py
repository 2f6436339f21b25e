"""The sentences of a KPI forecast. Figures are cited; labels are the brief's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from experts.marketing_sales.actions._words import RESULTS, joined

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_kpi_forecast import Brief, Inputs, KpiForecastRow, Output

Tone = Literal["good", "note", "warning"]

AT_MOST = ("cost_per_result", "payback_months")
MOST_LISTED = 5
FIGURES = {
    "results": ("results_low", "results_expected", "results_high"),
    "cost_per_result": ("cost_per_result_low", "cost_per_result", "cost_per_result_high"),
    "payback_months": ("payback_months_low", "payback_months", "payback_months_high"),
    "return_on_spend": ("return_on_spend_low", "return_on_spend", "return_on_spend_high"),
}
"""Low, expected and high figure of each measure, as numbers."""


def own(path: str) -> str:
    """A citation of a figure of this artifact."""
    return f"[[self#{path}]]"


def without_forecast(inputs: Inputs) -> list[str]:
    """Labels of the channels that get money but have no curve."""
    return [
        channel.label
        for key, channel in inputs.channel_plan.channels.items()
        if channel.curve is None and (line := inputs.allocation.lines.get(key)) and line.spend
    ]


def target_text(key: str, row: KpiForecastRow) -> str:
    """ "at most USD 16", "at least 90"."""
    value = f"[[self#kpis.{key}.target]]"
    if row.measure == "cost_per_result":
        value = f"[[fact:currency]] {value}"
    elif row.measure == "payback_months":
        value = f"{value} {'month' if row.target == 1 else 'months'}"
    return f"{'at most' if row.measure in AT_MOST else 'at least'} {value}"


def _with_verdict(output: Output, verdict: str) -> list[str]:
    return [row.label for row in output.kpis.values() if row.verdict == verdict]


def verdict_sentence(output: Output) -> str:
    """Which targets are met, at risk and missed."""
    rows = list(output.kpis.values())
    met, risk, missed, unknown = (_with_verdict(output, v) for v in ("met", "at risk", "missed", "not forecast"))
    if not rows:
        return "No targets were set."
    if len(met) == len(rows):
        which = "The target is" if len(rows) == 1 else "Both targets are" if len(rows) == 2 else "All targets are"
        return f"{which} met even at the low end of the results."
    words = {
        "Met even at the low end": met,
        "Met as expected, but not at the low end": risk,
        "Missed": missed,
        "Without a forecast": unknown,
    }
    return " ".join(f"{how}: {joined(labels)}." for how, labels in words.items() if labels)


def headline_of(inputs: Inputs, output: Output) -> tuple[Tone, str]:
    """Tone and text of the first sentence a reader sees."""
    if output.results_expected is None:
        return "warning", (
            "No channel has a response curve, so this plan makes no forecast of results: spend is planned, what it "
            "brings has to be measured first."
        )
    text = (
        f"The plan expects {own('results_expected')} {RESULTS}, between {own('results_low')} and {own('results_high')}"
    )
    if output.cost_per_result is not None:
        text += f", at {own('cost_per_result')} each with production included"
    tone: Tone = "note"
    if _with_verdict(output, "missed") or without_forecast(inputs):
        tone = "warning"
    elif output.kpis and len(_with_verdict(output, "met")) == len(output.kpis):
        tone = "good"
    return tone, f"{text}. {verdict_sentence(output)}"


def narrative_of(inputs: Inputs, output: Output) -> str:
    """Two or three paragraphs: the forecast and its range, the targets, the page test."""
    return "\n\n".join(part for part in (_results(inputs, output), _targets(output), _test(output)) if part)


def _results(inputs: Inputs, output: Output) -> str:
    if output.results_expected is None:
        return headline_of(inputs, output)[1]
    used = sorted((c for c in output.channels.values() if c.expected), key=lambda c: (-c.expected, c.label))
    text = (
        f"With the budget as allocated, the campaign should bring {own('results_expected')} {RESULTS}. It may turn out "
        f"as few as {own('results_low')} or as many as {own('results_high')}, if all channels fall short or do well "
        "together."
    )
    if len(used) > 1:
        top = next(key for key, channel in output.channels.items() if channel is used[0])
        text += f" Most come from {used[0].label} ({own(f'channels.{top}.expected')})."
    bare = without_forecast(inputs)
    if bare:
        text += f" What {joined(bare)} will bring is not known and not counted, though the money is."
    return text


def _targets(output: Output) -> str:
    if output.results_expected is None:
        return ""
    text = ""
    if output.cost_per_result_low is not None and output.cost_per_result_high is not None:
        text = (
            f"Media and production together cost {own('cost_per_result')} for each of the {RESULTS}, between "
            f"{own('cost_per_result_low')} and {own('cost_per_result_high')} over the range. "
        )
    if output.payback_months == 1:
        text += "A customer's first order already covers that. "
    elif output.payback_months is not None:
        text += f"A customer's orders cover that within {own('payback_months')}. "
    return text + verdict_sentence(output)


def _test(output: Output) -> str:
    test = output.test
    if test is None:
        return ""
    text = (
        f"To tell {own('test.detect_rate')} from {own('test.baseline_rate')} on the landing page takes "
        f"{own('test.sample_per_variant')} visitors for each of the two variants"
    )
    if test.days is None:
        return f"{text}. How long that takes depends on the visitors a day, which are not known."
    return (
        f"{text}, which {own('test.daily_visitors')} visitors a day bring in {own('test.days')}. Let the test run for "
        f"{own('test.run_days')}, in whole weeks, because weekdays differ."
    )


def warnings_of(brief: Brief, inputs: Inputs, output: Output) -> list[str]:
    """Warnings in plain words, for lists that show no citations."""
    made = []
    bare = without_forecast(inputs)
    if bare and output.results_expected is not None:
        made.append(
            f"Results of {joined(bare)} are not forecast and not counted, though the money is: the true cost per "
            "result is lower if they bring any."
        )
    for row in output.kpis.values():
        if row.verdict == "missed":
            made.append(f"{row.label}: the expected value misses the target.")
        if row.verdict == "not forecast":
            made.append(f"{row.label} has a target but no forecast: {_missing(row)}.")
    test = output.test
    if test is not None and test.run_days is not None and test.run_days > 7 * brief.schedule.campaign_weeks:
        made.append("The landing-page test needs longer than the campaign runs; detect a larger difference.")
    if test is not None and test.days is None and test.daily_visitors is not None:
        made.append("The landing page has too few visitors to reach the test's sample within years.")
    return made


def _missing(row: KpiForecastRow) -> str:
    if row.forecast is None and row.measure in ("payback_months", "return_on_spend"):
        return "it takes a response curve, order value and gross margin, and repeat orders where the first does not pay"
    return "no channel has a response curve"


def would_change(brief: Brief, inputs: Inputs, output: Output) -> list[str]:
    """What would change the forecast or a verdict."""
    items = [
        _verdict_item(output, key, row)
        for key, row in output.kpis.items()
        if row.verdict in ("at risk", "missed") and row.headroom is not None
    ][:MOST_LISTED]
    if output.results_low and output.cost_per_result_high is not None:
        items.append(
            f"Results below the low end of the forecast ({own('results_low')}): each would then cost more than "
            f"{own('cost_per_result_high')}."
        )
    if output.channels and any(inputs.channel_plan.channels[key].evidence == "given" for key in output.channels):
        items.append(
            "Measured results in place of the given curves: the range takes them to be wrong by up to "
            "[[judgement:curve_uncertainty]] either way, which is a choice and not a measurement."
        )
    if without_forecast(inputs):
        items.append(
            f"Any evidence for {joined(without_forecast(inputs))}, which is counted as cost but not as results."
        )
    if output.test is not None and output.test.lift > 0:
        items.append(
            f"A better landing page: if the new variant converts {own('test.detect_rate')} of visitors, the same "
            f"visitors bring {own('test.lift')} more {RESULTS}."
        )
    return items


def _verdict_item(output: Output, key: str, row: KpiForecastRow) -> str:
    """How near a target that is missed or at risk is."""
    room, target = own(f"kpis.{key}.headroom"), target_text(key, row)
    if row.verdict == "missed":
        return f"{row.label} misses its target ({target}): the room to the target is {room} of it."
    end = FIGURES[row.measure][2 if row.measure in AT_MOST else 0]
    worst = f"would be {own(end)}" if getattr(output, end) is not None else "would never reach it"
    return f"{row.label} has {room} of room to its target ({target}); at the low end of the results it {worst}."


def monday(brief: Brief, output: Output) -> list[str]:
    """What marketing does first."""
    items = []
    if output.channels:
        items.append(
            f"Marketing: set up one weekly sheet of spend and {RESULTS} by channel beside this forecast; when a "
            "channel stays below its low end, plan again with what was measured."
        )
    test = output.test
    if test is not None:
        until = own("test.run_days") if test.run_days is not None else f"{own('test.sample_total')} visitors"
        items.append(
            f"Marketing: set up the landing-page test with an even, random split, and write down now that it runs for "
            f"{until} and is read once, at the end."
        )
        if brief.landing_test is not None and brief.landing_test.daily_visitors is None:
            items.append(
                "Marketing: read the landing page's visitors a day from the analytics and add them to the brief"
                + ("; until then they are derived from the forecast." if test.daily_visitors is not None else ".")
            )
    return items


def basis(brief: Brief, inputs: Inputs, output: Output) -> list[str]:
    """The conventions and assumptions behind the figures."""
    views = {key: inputs.channel_plan.channels[key] for key in output.channels}
    items = []
    if any(view.evidence == "given" for view in views.values()):
        items.append(
            "Curves given without an uncertainty may be wrong by up to [[judgement:curve_uncertainty]] either way."
        )
    for key, view in views.items():
        if view.fit is not None:
            items.append(
                f"{view.label}: the range holds the results of one period like the past ones with "
                f"[[channel_plan#channels.{key}.fit.confidence]] confidence (prediction interval of a log-log line)."
            )
    answered = [view.label for view in views.values() if view.answers is not None]
    if answered:
        items.append(
            f"{joined(answered)}: the range is everything that a response can be that passes through both answers and "
            "rises ever more slowly; the answers themselves are taken as right."
        )
    if views:
        items.append("The total's ends add those of the channels: all fall short together, or all do well together.")
        items.append("Cost per result counts media and production, and not the reserve, which nobody plans to spend.")
    if output.return_on_spend is not None:
        items.append(
            "Return on spend is the sales of the first orders for each unit of money spent; repeats are left out."
        )
    if output.payback_months is not None:
        items.append(
            "Payback: customers order once a month, first in the first month; later orders are not discounted."
        )
    if output.test is not None:
        items.append(
            "The test is a two-proportion z test by the normal approximation, without continuity correction, at "
            "[[fact:landing_test.power]] power and [[fact:landing_test.significance]] significance, "
            + ("two-sided." if brief.landing_test and brief.landing_test.sides == 2 else "one-sided.")
        )
        if brief.landing_test and brief.landing_test.daily_visitors is None and output.test.daily_visitors is not None:
            items.append(
                f"Visitors a day are the expected {RESULTS}, divided by today's conversion rate and by the days of a "
                "campaign of [[fact:schedule.campaign_weeks]] weeks: every result comes through the page, evenly."
            )
    return items
