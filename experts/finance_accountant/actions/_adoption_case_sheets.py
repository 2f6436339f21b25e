"""The workbook of a technology's business case: flows and assumptions to change, the case and the stop option follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, SheetCell
from experts.core.drafting import at, figure_sheet, helper
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.finance_accountant.actions.technology_investment_analysis import Brief, Inputs, Output

Row = dict[str, "str | SheetCell"]
FLOWS, VALUES, GATE = "Tech flows", "Tech case", "Tech stop option"
ALL = "all"


def sheets_of(brief: Brief, inputs: Inputs, output: Output) -> list[Sheet | None]:
    """The rows of cash flow, the case by scenario and year, and the right to stop at the gate."""
    years = list(next(iter(output.scenarios.values())).years)
    return [_flows(brief), _values(brief, inputs, output, years), _gate(brief, inputs, output, years)]


def _flows(brief: Brief) -> Sheet | None:
    rows: dict[str, Row] = {}
    for key, row in brief.cash_flows.items():
        base = f"fact:cash_flows.{key}"
        rows[key] = {
            "item": row.item or key,
            "scenario": helper("text", f'"{ALL}"') if row.scenario is None else at(f"{base}.scenario", "text"),
            "year": helper("ratio", str(row.year)),
            "kind": at(f"{base}.kind", "text"),
            "amount": at(f"{base}.amount", "money"),
        }
    return figure_sheet(
        FLOWS,
        "Cash flows as they were given",
        {
            "item": ("Item", "text"),
            "scenario": ("Scenario", "text"),
            "year": ("Year", "ratio"),
            "kind": ("Kind", "text"),
            "amount": ("Amount", "money"),
        },
        rows,
        "Change an amount, a year, a kind or a scenario in place: the case and the stop option follow. Costs are "
        "positive. A row of the scenario “all” counts in every scenario.",
    )


def _sum(kind: str, scenario: str, year: str) -> str:
    flows = "cell:tech-flows/*"
    parts = [
        f'SUMIFS([[fact:cash_flows.*.amount]],[[{flows}/kind]],"{kind}",[[{flows}/year]],{year},'
        f'[[{flows}/scenario]],"{name}")'
        for name in (scenario, ALL)
    ]
    return "+".join(parts)


def _values(brief: Brief, inputs: Inputs, output: Output, years: list[str]) -> Sheet | None:
    """A row for each scenario and year, and the NPV of each scenario; `pv` is not rounded."""
    digits = minor_units(output.currency)
    rows: dict[str, Row] = {"rate": {"name": "Discount rate a year", "pv": at("fact:case.discount_rate", "rate")}}
    if inputs.change is not None:
        rows["before"] = {"name": "Training up to the gate", "pv": at("change#training_before_gate", "money")}
        rows["after"] = {"name": "Training after the gate", "pv": at("change#training_after_gate", "money")}
    gate = len([year for year in years if int(year) <= brief.case.gate_year])
    for key, each in output.scenarios.items():
        base = f"self#scenarios.{key}"
        for number, year in enumerate(years):
            path = f"{base}.years.{year}"
            here = f"cell:tech-case/{key}-{year}"
            training = "0"
            if inputs.change is not None and number in (0, gate):
                training = f"[[change#training_{'before' if number == 0 else 'after'}_gate]]"
            rows[f"{key}-{year}"] = {
                "name": each.label,
                "year": helper("ratio", year),
                **{
                    kind: at(f"{path}.{kind}", "money", _sum(kind, key, f"[[{here}/year]]"))
                    for kind in ("investment", "running_cost")
                },
                "training": at(f"{path}.training", "money", training),
                "benefit": at(f"{path}.benefit", "money", _sum("benefit", key, f"[[{here}/year]]")),
                "net": at(
                    f"{path}.net",
                    "money",
                    f"[[{path}.benefit]]-[[{path}.investment]]-[[{path}.running_cost]]-[[{path}.training]]",
                ),
                "factor": helper("ratio", f"1/(1+[[fact:case.discount_rate]])^{number}"),
                "pv": helper("money", f"[[{path}.net]]*[[{here}/factor]]"),
            }
        rows[f"npv-{key}"] = {
            "name": f"{each.label}: net present value",
            "pv": at(f"{base}.npv", "money", f"ROUND({_parts(key, years)},{digits})"),
        }
    return figure_sheet(
        VALUES,
        "The case by scenario and year",
        {
            "name": ("Scenario", "text"),
            "year": ("Year", "ratio"),
            "investment": ("Investment", "money"),
            "running_cost": ("Running cost", "money"),
            "training": ("Training", "money"),
            "benefit": ("Benefit", "money"),
            "net": ("Net", "money"),
            "factor": ("Discount factor", "ratio"),
            "pv": ("Present value", "money"),
        },
        rows,
        "Before tax. The amounts of a year are the sums of the rows of cash flow for it.",
    )


def _parts(key: str, years: list[str]) -> str:
    return "SUM(" + ",".join(f"[[cell:tech-case/{key}-{year}/pv]]" for year in years) + ")"


def _gate(brief: Brief, inputs: Inputs, output: Output, years: list[str]) -> Sheet | None:
    digits = minor_units(output.currency)
    before = [year for year in years if int(year) <= brief.case.gate_year]
    after = [year for year in years if year not in before]
    states = list(output.scenarios)
    chances = "[[cell:tech-stop-option/probability/s-*]]"
    columns = {"name": ("", "text"), **{f"s-{key}": (output.scenarios[key].label, "money") for key in states}}
    columns["sum"] = ("Expected", "money")
    stop_pv = f"([[fact:case.stop_value]]-[[fact:case.stop_cost]])*[[cell:tech-case/{states[0]}-{before[-1]}/factor]]"
    rows: dict[str, Row] = {
        "probability": {
            "name": "Probability",
            **{f"s-{key}": at(f"adoption#states.{key}.probability", "rate") for key in states},
        },
        "raw-before": {
            "name": "Up to the gate, exact",
            **{f"s-{key}": helper("money", _parts(key, before)) for key in states},
            "sum": helper("money", f"SUMPRODUCT({chances},[[cell:tech-stop-option/raw-before/s-*]])"),
        },
        "raw-after": {
            "name": "After the gate, exact",
            **{f"s-{key}": helper("money", _parts(key, after)) for key in states},
            "sum": helper("money", f"SUMPRODUCT({chances},[[cell:tech-stop-option/raw-after/s-*]])"),
        },
        "before": {
            "name": "Up to the gate",
            **{
                f"s-{key}": at(
                    f"self#scenarios.{key}.before_gate",
                    "money",
                    f"ROUND([[cell:tech-stop-option/raw-before/s-{key}]],{digits})",
                )
                for key in states
            },
        },
        "after": {
            "name": "After the gate",
            **{
                f"s-{key}": at(
                    f"self#scenarios.{key}.after_gate",
                    "money",
                    f"ROUND([[cell:tech-stop-option/raw-after/s-{key}]],{digits})",
                )
                for key in states
            },
        },
        "stop-cost": {"name": "Cost of stopping", "sum": at("fact:case.stop_cost", "money")},
        "stop-value": {"name": "Brought back by stopping", "sum": at("fact:case.stop_value", "money")},
        "stop": {"name": "Stopping, present value", "sum": helper("money", stop_pv)},
    }
    for key, each in output.results.items():
        rows |= _result_rows(inputs, key, each.label, states, chances, digits)
    values = ",".join(f"[[cell:tech-stop-option/v-{key}/sum]]" for key in output.results)
    first, rest = (f"[[cell:tech-stop-option/raw-{part}/sum]]" for part in ("before", "after"))
    rows |= {
        "committed": {
            "name": "Expected NPV, carried out whatever the pilot shows",
            "sum": at("self#committed_npv", "money", f"ROUND({first}+{rest},{digits})"),
        },
        "staged": {
            "name": "Expected NPV with the right to stop",
            "sum": at("self#staged_npv", "money", f"ROUND({first}+SUM({values}),{digits})"),
        },
        "option": {
            "name": "Value of the right to stop",
            "sum": at("self#stop_option_value", "money", f"ROUND(SUM({values})-{rest},{digits})"),
        },
        "rollout": {
            "name": "Probability of the roll-out",
            "sum": at(
                "self#rollout_probability",
                "rate",
                "ROUND("
                + "+".join(
                    f"IF([[self#results.{key}.continue_value]]>[[self#results.{key}.stop_value]],"
                    f"[[cell:tech-stop-option/p-{key}/sum]],0)"
                    for key in output.results
                )
                + ",6)",
            ),
        },
    }
    return figure_sheet(
        GATE,
        "The right to stop at the pilot gate",
        columns,
        rows,
        "The gate stands where the brief puts it. Present values of today.",
    )


def _result_rows(inputs: Inputs, key: str, label: str, states: list[str], chances: str, digits: int) -> dict[str, Row]:
    at_gate = "[[cell:tech-stop-option/stop/sum]]"
    given = f"[[cell:tech-stop-option/p-{key}/s-*]]"
    likely: Row = {"name": f"Chance of “{label}” in each scenario"}
    for state in states:
        if inputs.adoption.signals:
            likely[f"s-{state}"] = at(f"adoption#signals.{key}.chances.{state}", "rate")
        else:
            likely[f"s-{state}"] = helper("rate", "1" if state == key else "0")
    likely["sum"] = helper("rate", f"SUMPRODUCT({chances},{given})")
    raw = f"SUMPRODUCT({chances},{given},[[cell:tech-stop-option/raw-after/s-*]])"
    share = f"[[cell:tech-stop-option/p-{key}/sum]]"
    return {
        f"p-{key}": likely,
        f"g-{key}": {
            "name": f"  Rolling out after “{label}”",
            "sum": at(f"self#results.{key}.continue_value", "money", f"ROUND({raw}/{share},{digits})"),
        },
        f"t-{key}": {
            "name": f"  Stopping after “{label}”",
            "sum": at(f"self#results.{key}.stop_value", "money", f"ROUND({at_gate},{digits})"),
        },
        f"v-{key}": {
            "name": "  The better of the two, times its chance",
            "sum": helper("money", f"MAX({raw},{share}*{at_gate})"),
        },
    }
