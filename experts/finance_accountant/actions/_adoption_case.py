"""The text and tables of a technology's business case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    draft,
    few,
    figure_table,
    headline,
    monday,
    own,
    picture,
    shown,
    text,
    would_change,
)
from experts.finance_accountant.actions._adoption_case_sheets import sheets_of

if TYPE_CHECKING:
    from experts.core.blocks import Cell
    from experts.finance_accountant.actions.technology_investment_analysis import Brief, Inputs, Output

Cells = dict[str, "Cell"]


def narrative_of(output: Output, inputs: Inputs) -> str:
    """The value, the right to stop, the gate, training."""
    return " ".join(part for part in (_value(output), _stop(output), _gate(output), _training(output)) if part)


def _value(output: Output) -> str:
    verdict = "worth starting" if output.worth_starting else "not worth starting"
    return (
        f"With the right to stop after the pilot the plan is worth {own('staged_npv')} on average (net present value, "
        f"before tax), so it is {verdict}."
    )


def _stop(output: Output) -> str:
    if not output.stop_option_value:
        return "The right to stop adds nothing: whatever the pilot shows, going on is worth more than stopping."
    return (
        f"Carried out whatever the pilot shows, it would be worth {own('committed_npv')}; the right to stop adds "
        f"{own('stop_option_value')}."
    )


def _gate(output: Output) -> str:
    go = [each.label for each in output.results.values() if each.continues]
    stop = [each.label for each in output.results.values() if not each.continues]
    if not go:
        return "After no result of the pilot is the roll-out worth its cost."
    said = f"Roll out after {_either(go)}"
    if stop:
        said += f", stop after {_either(stop)}"
    return f"{said}; the roll-out happens with a probability of {own('rollout_probability')}."


def _either(labels: list[str]) -> str:
    names = [f"“{label}”" for label in labels]
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def _training(output: Output) -> str:
    if output.training is None:
        return "Training is not in the case yet."
    said = f"Training costs {own('training')} and is in the case"
    if output.training_room is None:
        return f"{said}."
    return f"{said}; for the roll-out it may cost up to {own('training_room')} before the plan is worth nothing."


def document_of(brief: Brief, inputs: Inputs, output: Output) -> list[Block]:
    """Headline, scenarios, gate, drivers, comparison, sheets."""
    parts = [
        headline(f"{_value(output)} {_gate(output)}", "good" if output.worth_starting else "warning"),
        _scenarios(output),
        picture(
            "techcase_value",
            "Value over time",
            "Lines: discounted value so far in each scenario, with the pilot gate as a dashed line.",
        ),
        _results(output),
        text(
            f"At the gate the roll-out goes on if it is then expected to be worth more than stopping. Stopping costs "
            f"[[fact:case.stop_cost]] and brings back [[fact:case.stop_value]]. The plan ends below zero with a "
            f"probability of {own('chance_of_loss')}."
        ),
        _costs(output),
        picture(
            "techcase_drivers",
            "What moves the value",
            "Bars: the expected value of the plan when one driver alone is lower or higher.",
        ),
        _drivers(output),
        text(_estimate(inputs, output, brief)) if output.difference is not None else None,
        would_change(_changes(output)),
        monday(_first(brief, output)),
        *sheets_of(brief, inputs, output),
    ]
    return draft(*parts)


def _scenarios(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.scenarios.items():
        at = f"self#scenarios.{key}"
        rows[key] = {
            "name": each.label,
            "chance": shown(True, f"{at}.probability"),
            "before": shown(True, f"{at}.before_gate"),
            "after": shown(True, f"{at}.after_gate"),
            "npv": shown(True, f"{at}.npv"),
            "irr": shown(each.irr, f"{at}.irr"),
            "payback": shown(each.payback_years, f"{at}.payback_years"),
        }
    return figure_table(
        "Scenarios, carried out to the end",
        {
            "name": ("Scenario", "text"),
            "chance": ("Probability", "rate"),
            "before": ("Up to the gate", "money"),
            "after": ("After the gate", "money"),
            "npv": ("NPV", "money"),
            "irr": ("IRR", "rate"),
            "payback": ("Payback, years", "count"),
        },
        rows,
        "Present values at the discount rate of [[fact:case.discount_rate]] a year; payback is not discounted.",
    )


def _results(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.results.items():
        at = f"self#results.{key}"
        rows[key] = {
            "name": each.label,
            "chance": shown(True, f"{at}.probability"),
            "go": shown(True, f"{at}.continue_value"),
            "stop": shown(True, f"{at}.stop_value"),
            "then": "roll out" if each.continues else "stop",
        }
    return figure_table(
        "What to do at the pilot gate",
        {
            "name": ("The pilot shows", "text"),
            "chance": ("Chance", "rate"),
            "go": ("Rolling out is then worth", "money"),
            "stop": ("Stopping is then worth", "money"),
            "then": ("So", "text"),
        },
        rows,
        "Present values of today; what is spent before the gate is not in them.",
    )


def _costs(output: Output) -> Any:
    rows: dict[str, Cells] = {
        "invest": {
            "what": "Investment",
            "before": shown(True, "self#investment_before"),
            "after": shown(True, "self#investment_after"),
            "all": shown(True, "self#investment"),
        }
    }
    if output.training is not None:
        rows["training"] = {
            "what": "Training",
            "before": shown(True, "self#training_before"),
            "after": shown(True, "self#training_after"),
            "all": shown(True, "self#training"),
        }
    return figure_table(
        "What has to be spent",
        {
            "what": ("Cost", "text"),
            "before": ("Up to the gate", "money"),
            "after": ("After the gate", "money"),
            "all": ("In all", "money"),
        },
        rows,
        "Undiscounted; where scenarios differ, the dearest. Running costs are in the workbook by year.",
    )


def _drivers(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {
            "name": each.label,
            "low": shown(True, f"self#drivers.{key}.low"),
            "high": shown(True, f"self#drivers.{key}.high"),
        }
        for key, each in _ordered(output)
    }
    return figure_table(
        "Expected NPV when one driver moves",
        {
            "name": ("Driver", "text"),
            "low": ("Lower", "money"),
            "high": ("Higher", "money"),
        },
        rows,
        "Each moves by [[judgement:swing]] of itself, the others stay; the decision at the gate follows.",
    )


def _ordered(output: Output) -> list[tuple[str, Any]]:
    return sorted(output.drivers.items(), key=lambda item: (-abs(item[1].high - item[1].low), item[0]))


def _estimate(inputs: Inputs, output: Output, brief: Brief) -> str:
    label = inputs.adoption.options[brief.case.option or ""].label
    return (
        f"The decision was weighed with an estimate of {own('estimate')} for “{label}”; the case, year by year and with "
        f"training, gives {own('committed_npv')}, a difference of {own('difference')}. If that is much, put the case's "
        "NPV by scenario into the payoffs and decide again."
    )


def _changes(output: Output) -> list[str]:
    found = []
    for key, each in _ordered(output)[:3]:
        turns = (each.low > 0) != (each.high > 0)
        said = (
            f"{each.label} [[judgement:swing]] lower or higher: the plan is worth {own(f'drivers.{key}.low')} or "
            f"{own(f'drivers.{key}.high')}"
        )
        found.append(f"{said}, so this alone can turn the verdict." if turns else f"{said}.")
    if output.training_room is not None and output.training is not None:
        found.append(f"Roll-out training above {own('training_room')} would leave the plan worth nothing.")
    return found


def _first(brief: Brief, output: Output) -> list[str]:
    if not output.worth_starting:
        return ["Do not sign for the pilot on these figures; find what would change the largest driver first."]
    found = [f"Release {own('investment_before')} for the pilot, and nothing beyond it."]
    items = sorted({row.item for row in brief.cash_flows.values() if row.kind == "benefit" and row.item})
    if items:
        found.append(f"Let the owners of the benefits confirm them in writing: {few(items, 'the rest', most=3)}.")
    return found
