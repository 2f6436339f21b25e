"""The prose of a budget allocation: narrative, headline and lists, with words chosen by its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.finance_accountant.actions._words import (
    RESULTS,
    bound_sentence,
    by_spend,
    choice_sentence,
    few,
    joined,
    left_out,
    moving,
    own,
    used_channels,
    without_curve,
)

if TYPE_CHECKING:
    from experts.finance_accountant.actions.budget_analysis_and_optimization import DriverEffect, Inputs, Output

MOST_LISTED = 5
STEP = "[[judgement:sensitivity_step]]"


def narrative_of(inputs: Inputs, output: Output) -> str:
    """Two or three paragraphs: what was decided, why it is the best split, what it earns."""
    return "\n\n".join(part for part in (_split(inputs, output), _why(output), _earnings(output)) if part)


def _split(inputs: Inputs, output: Output) -> str:
    aside = [f"{own('reserve')} is held in reserve"] if output.reserve else []
    aside += [f"{own('production')} is committed to production"] if output.production else []
    first = (
        f"Of {own('total')}, {joined(aside)}." if aside else f"The whole budget of {own('total')} may go into media."
    )
    if not output.media_available:
        return f"{first} Nothing is left for media, so no channel can be booked."
    if not output.media:
        return f"{first} No channel can use the remaining {own('media_available')}."
    text = f"{first} Media takes {own('media')}: {used_channels(output, amounts=True)}."
    if output.unallocated:
        text += (
            f" {own('unallocated')} stays unallocated, because every channel in use is at its maximum; "
            "it is yours to keep or to give to a new channel."
        )
    if output.expected_results is None:
        return (
            f"{text} No channel has a response curve yet, so the money is shared equally within the bounds of each "
            "channel, and the plan makes no forecast of results."
        )
    if output.cost_per_result is None:
        return f"{text} The plan expects {own('expected_results')} {RESULTS}."
    text += (
        f" The plan expects {own('expected_results')} {RESULTS}, at {own('cost_per_result')} each when media and "
        "production are counted."
    )
    bare = without_curve(inputs)
    if bare:
        named = few([output.lines[key].label for key in bare])
        takes, has = ("take", "have") if len(bare) > 1 else ("takes", "has")
        text += (
            f" {named} {has} no forecast yet and {takes} an equal share, which counts in this cost while its results "
            "cannot."
        )
    return text


def _why(output: Output) -> str:
    if output.expected_results is None or not output.media:
        return ""
    text = "No other split of this money brings more under the response curves of the plan."
    if output.marginal_cost is not None:
        text += f" One further result would cost {own('marginal_cost')} wherever money can still move."
    choices = [choice_sentence(output, key) for key in output.alternatives]
    return " ".join([text, *choices[:MOST_LISTED], *(bound_sentence(output, key) for key in list(output.binding)[:2])])


def _earnings(output: Output) -> str:
    customer = output.economics
    if customer is None:
        return ""
    profit = customer.first_order_profit
    text = f"An order contributes {own('economics.contribution_per_order')}"
    if profit >= 0:
        text += f", so the first one already leaves {own('economics.first_order_profit')} after the cost of winning it."
    elif customer.payback_months is not None:
        text += (
            f", less than the {own('economics.cost_per_result')} it costs to win it; with repeat orders a customer "
            f"pays back within {own('economics.payback_months')}."
        )
    else:
        text += (
            f", less than the {own('economics.cost_per_result')} it costs to win it, and on these figures a customer "
            "never pays that back."
        )
    if customer.lifetime_contribution is not None:
        text += f" Over a lifetime a customer contributes {own('economics.lifetime_contribution')}, undiscounted."
    if customer.break_even_results is not None and customer.margin_of_safety is not None:
        needed = own("economics.break_even_results")
        text += f" On first orders alone the campaign covers its media and production from {needed} {RESULTS}"
        if customer.margin_of_safety >= 0:
            text += (
                f"; results may fall {own('economics.margin_of_safety')} short of the forecast before it loses money."
            )
        else:
            text += ", more than the plan expects."
    return text


def headline_of(output: Output) -> str:
    """The step's main result in one or two sentences."""
    if not output.media:
        return f"The total of {own('total')} leaves no media money that a channel could use: the budget has to change."
    parts = [f"{own('media')} of {own('total')} goes into {used_channels(output, amounts=False)}"]
    parts += [f"{own('production')} into production"] if output.production else []
    text = f"{', '.join(parts)}; {own('reserve')} stays in reserve." if output.reserve else f"{joined(parts)}."
    if output.expected_results is None:
        return f"{text} Results are not forecast, because no channel has a response curve yet."
    if output.cost_per_result is None:
        return f"{text} The plan expects {own('expected_results')} {RESULTS}."
    return f"{text} The plan expects {own('expected_results')} {RESULTS} at {own('cost_per_result')} each, all in."


def would_change(inputs: Inputs, output: Output) -> list[str]:
    """What would change this advice: the facts that move the outcome most, thresholds, bounds, missing curves."""
    found = []
    picked = _picked(output)
    for key in picked:
        found += _driver_sentences(output, key, output.sensitivities[key])
    found += [
        f"{output.alternatives[key].label} becomes worth using from a total budget of "
        f"{own(f'alternatives.{key}.worth_from_total')}."
        for key in left_out(output)[:MOST_LISTED]
        if output.alternatives[key].worth_from_total is not None
    ]
    found += [bound_sentence(output, key) for key in list(output.binding)[:MOST_LISTED]]
    bare = without_curve(inputs)
    if bare:
        named = few([output.lines[key].label for key in bare])
        found.append(
            f"Past spend and results of {named}, or an estimate of results now and at double the spend, would let the "
            "plan weigh this money against the rest."
        )
    if output.unallocated:
        found.append(f"A higher maximum, or one more channel, would put {own('unallocated')} to work.")
    return found or ["Nothing in the facts given: with one fixed split there is nothing to weigh."]


def _picked(output: Output) -> list[str]:
    """The facts to name, largest effect first: one about customers, the total, the strongest curve, breaking ones."""
    effective = moving(output)
    keys = [key for key in output.sensitivities if key in effective or _breaks(output.sensitivities[key])]
    customer = [key for key in keys if key in ("order_value", "gross_margin", "monthly_retention")][:1]
    curves = [key for key in keys if key.startswith("curve_")][:1]
    breaking = [key for key in keys if _breaks(output.sensitivities[key])]
    wanted = {*customer, *curves, *breaking[:MOST_LISTED], "total"}
    return [key for key in keys if key in wanted]


def _breaks(effect: DriverEffect) -> bool:
    return effect.results_low is None or effect.results_high is None


def _driver_sentences(output: Output, key: str, effect: DriverEffect) -> list[str]:
    at = f"sensitivities.{key}"
    unit = "money" if effect.low_money is not None else "rate"
    low, high = own(f"{at}.low_{unit}"), own(f"{at}.high_{unit}")
    if key.startswith("curve_"):
        low, high = f"{STEP} weaker", f"{STEP} stronger"
    if _breaks(effect):
        sides = [word for word, results in ((low, effect.results_low), (high, effect.results_high)) if results is None]
        return [f"{effect.label} at {joined(sides)} leaves no possible budget: what is required no longer fits."]
    if key in ("order_value", "gross_margin", "monthly_retention"):
        if effect.net_low is None or effect.net_high is None:
            return []
        return [
            f"{effect.label} at {low} or {high} instead of [[fact:economics.{key}]]: the split stays the same, and "
            f"what customers contribute after the campaign's cost goes from {own('net_contribution')} to "
            f"{own(f'{at}.net_low')} or {own(f'{at}.net_high')}."
        ]
    results = f"{own(f'{at}.results_low')} or {own(f'{at}.results_high')} {RESULTS}, against {own('expected_results')}"
    if key.startswith("curve_"):
        return [f"{effect.label} {low} or {high} than its curve says: {results}, after re-planning the split."]
    return [f"{effect.label} at {low} or {high}: {results}."]


def basis(inputs: Inputs, assumptions: list[str]) -> list[str]:
    """What the budget rests on: the tool's assumptions and where each curve comes from."""
    channels = sorted(inputs.channel_plan.channels.items())
    found = list(assumptions)
    for evidence, words in (
        ("given", "{} as given in the brief, and not checked against past results here."),
        ("fitted", "{} as fitted to past spend and results; the forecast step shows how uncertain it is."),
        ("two_answers", "{} from two answers about results now and at double the spend: a rough guide."),
    ):
        labels = [
            channel.label for _, channel in channels if channel.evidence == evidence and channel.curve is not None
        ]
        if labels:
            found.append(f"Response curve{'s' if len(labels) > 1 else ''}: {words.format(few(labels))}")
    return found


def monday(inputs: Inputs, output: Output) -> list[str]:
    """Concrete actions with an owner."""
    reserve = f", including the reserve of {own('reserve')}," if output.reserve else ""
    found = [f"Budget owner: sign off the total of {own('total')}{reserve} before any channel is booked."]
    if not output.media:
        return ["Budget owner: raise the total, or lower production, the reserve or a minimum, and plan again."]
    for key in by_spend(output):
        line, channel = output.lines[key], inputs.channel_plan.channels[key]
        if not line.used or not channel.minimum:
            continue
        minimum, spend = f"[[channel_plan#channels.{key}.minimum]]", own(f"lines.{key}.spend")
        if line.spend == channel.minimum:
            found.append(f"Marketing: book {line.label} at its minimum of {minimum}.")
        else:
            found.append(f"Marketing: book {line.label} for {spend}; its minimum is {minimum}.")
    found = found[: MOST_LISTED + 1]
    free = [key for key in by_spend(output) if not inputs.channel_plan.channels[key].minimum and output.lines[key].used]
    rest = [f"{output.lines[key].label} ({own(f'lines.{key}.spend')})" for key in free]
    if rest:
        limits = "limits" if len(rest) > 1 else "limit"
        found.append(f"Marketing: set the spending {limits} of {few(rest, 'the other channels')}.")
    found.append("Finance: open one cost line a channel as in the workbook and report spend and results every week.")
    if output.reserve:
        found.append("Finance: keep the reserve on a line of its own; only the budget owner releases it.")
    bare = [output.lines[key].label for key in without_curve(inputs)]
    if bare:
        named = few(bare, "the other channels without a forecast")
        found.append(f"Marketing: record weekly spend and results of {named}, so that the next plan can forecast.")
    return found
