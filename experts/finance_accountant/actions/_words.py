"""Small pieces of prose: joined names and sentences that choose their words by the data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experts.finance_accountant.actions.budget_analysis_and_optimization import Inputs, Output

RESULTS = "[[fact:campaign.result_name]]"


def own(path: str) -> str:
    """A citation of a figure of this artifact."""
    return f"[[self#{path}]]"


def joined(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def few(names: Sequence[str], rest: str = "others", most: int = 5) -> str:
    """The first names joined; `rest` stands for those beyond `most`."""
    return joined([*names[:most], rest] if len(names) > most else names)


def capitalised(text: str) -> str:
    """The text with its first letter as a capital and the rest as it is."""
    return text[:1].upper() + text[1:]


def by_spend(output: Output) -> list[str]:
    """Channel ids, largest spend first."""
    return sorted(output.lines, key=lambda key: (-output.lines[key].spend, key))


def used_channels(output: Output, amounts: bool) -> str:
    """The channels that get money, with their amounts if wanted; the smallest of many are not named."""
    used = [key for key in by_spend(output) if output.lines[key].used]
    words = [output.lines[key].label + (f" ({own(f'lines.{key}.spend')})" if amounts else "") for key in used]
    return few(words, "other channels")


def left_out(output: Output) -> list[str]:
    """Ids of channels with a minimum that are not used although they could be."""
    return [key for key, choice in output.alternatives.items() if not choice.chosen]


def moving(output: Output) -> list[str]:
    """Ids of the facts whose change moves the outcome, largest effect first."""
    if output.net_contribution is not None:
        base = output.net_contribution
        ends = {key: (effect.net_low, effect.net_high) for key, effect in output.sensitivities.items()}
    else:
        base = output.expected_results or Decimal(0)
        ends = {key: (effect.results_low, effect.results_high) for key, effect in output.sensitivities.items()}
    return [key for key, pair in ends.items() if any(end is not None and end != base for end in pair)]


def without_curve(inputs: Inputs) -> list[str]:
    """Ids of channels that are planned without a forecast."""
    return [key for key, channel in sorted(inputs.channel_plan.channels.items()) if channel.curve is None]


def choice_sentence(output: Output, key: str) -> str:
    """Why an optional channel is used or left out, in one or two sentences."""
    choice = output.alternatives[key]
    used, without = own(f"alternatives.{key}.results_if_used"), own(f"alternatives.{key}.results_if_left_out")
    if choice.chosen:
        if choice.results_if_left_out is None:
            return f"{choice.label} is used, and its minimum is worth paying."
        return f"{choice.label} is worth its minimum: with it the plan brings {used} {RESULTS}, without it {without}."
    if choice.results_if_used is None:
        sentence = f"{choice.label} is left out, because its minimum does not fit into the media money."
    else:
        sentence = f"{choice.label} is left out: with it the plan would bring {used} {RESULTS} instead of {without}."
    if choice.worth_from_total is not None:
        return (
            f"{sentence} It becomes worth using from a total budget of {own(f'alternatives.{key}.worth_from_total')}."
        )
    return sentence


def bound_sentence(output: Output, key: str) -> str:
    """What a binding bound costs, as the price of one further result there and elsewhere."""
    bound = output.binding[key]
    here, elsewhere = output.lines[key].marginal_cost, output.marginal_cost
    held = "keeps more money in it" if bound.bound == "minimum" else "keeps money out of it"
    sentence = f"The {bound.bound} of {bound.label} ({own(f'binding.{key}.amount')}) {held} than the curves alone would"
    if bound.bound == "maximum":
        sentence = f"The {bound.bound} of {bound.label} ({own(f'binding.{key}.amount')}) {held} that it could use well"
    if here is None or elsewhere is None:
        return sentence + "."
    return (
        f"{sentence}: one further result costs {own(f'lines.{key}.marginal_cost')} there, "
        f"against {own('marginal_cost')} where money can move freely."
    )
