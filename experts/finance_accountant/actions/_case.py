"""An investment case from rows of cash flow: facts, workings, figures. Sheets and pictures are in `_case_*.py`.

An action calls `work_case` with its brief's tables and the costs that other experts planned by month, and builds its
Output on `CaseOutput` with `case_fields` and `case_grounds`. Everything is monthly: a row may name a month or a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from experts.core.drafting import row_grounds, title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import plain
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._case_models import (
    CaseFacts,
    CashFlowFacts,
    DriverCase,
    FundedMonth,
    FundingCase,
    FundingFacts,
    MonthEnd,
    MonthFigures,
    RateCase,
    ReceiptsYear,
    ScenarioCase,
    ScenarioFacts,
    YearFigures,
)
from experts.finance_accountant.tools.analyze_case_sensitivity import CaseSensitivity, analyze_case_sensitivity
from experts.finance_accountant.tools.cover_funding import Commitment, Coverage, cover_funding
from experts.finance_accountant.tools.total_cash_flows import CashRow, CashTotals, total_cash_flows
from experts.finance_accountant.tools.value_scenarios import ScenarioValues, value_scenarios

MOST_ROWS = 2500
LONGEST = 60


@dataclass(frozen=True)
class Costs:
    """Costs by month that another expert planned; `ref` has a `*` for the month."""

    label: str
    months: Mapping[str, Decimal]
    ref: str


@dataclass(frozen=True)
class Case:
    """A case with the answers it was made from."""

    currency: str
    facts: CaseFacts
    scenario_facts: Mapping[str, ScenarioFacts]
    rows: Mapping[str, CashFlowFacts]
    funding_facts: Mapping[str, FundingFacts]
    costs: Mapping[str, Costs]
    base: str
    flows: CashTotals
    values: ScenarioValues
    sensitivity: CaseSensitivity
    funding: Coverage | None
    opening_ref: str | None


def base_of(facts: CaseFacts, scenarios: Mapping[str, ScenarioFacts]) -> str:
    """The scenario that is planned on: the one named, else the most probable, else the first."""
    if not scenarios:
        raise InvalidInput("there are no scenarios; name at least one, for example scenarios.base", field="scenarios")
    if facts.base is not None:
        if facts.base not in scenarios:
            raise InvalidInput(
                f"case.base {facts.base!r} is not one of the scenarios{did_you_mean(facts.base, scenarios)}",
                field="case.base",
                seen=facts.base,
            )
        return facts.base
    return max(scenarios, key=lambda key: (scenarios[key].probability or Decimal(0), key == "base"))


def work_case(
    sheet: Worksheet,
    *,
    currency: str,
    facts: CaseFacts,
    scenarios: Mapping[str, ScenarioFacts],
    rows: Mapping[str, CashFlowFacts],
    funding: Mapping[str, FundingFacts],
    costs: Mapping[str, Costs],
    step: Decimal,
    planned_opening: date | None = None,
    opening: date | None = None,
    opening_ref: str | None = None,
) -> Case:
    """Add up, value, vary and fund the case; records the workings `flows`, `values`, `sensitivity` and `funding`.

    `step` comes from the judgement `sensitivity_step`. Raises InvalidInput naming the fact that is wrong.
    """
    base = base_of(facts, scenarios)
    _check(facts, rows, costs)
    try:
        flows = sheet.run(
            "flows",
            {
                "rows.*.amount": "fact:cash_flows.*.amount",
                "start": "fact:case.start",
                "planned_opening": "fact:schedule.planned_opening",
                **({"opening": opening_ref} if opening_ref else {}),
                **{f"monthly_costs.{key}.*": each.ref for key, each in costs.items()},
            },
            total_cash_flows,
            rows={
                key: CashRow(
                    period=row.period, amount=row.amount, line=row.line, scenario=row.scenario, moves=row.moves
                )
                for key, row in rows.items()
            },
            scenarios=list(scenarios),
            start=facts.start,
            months=facts.horizon_months,
            currency=currency,
            monthly_costs={key: dict(each.months) for key, each in costs.items()} or None,
            planned_opening=planned_opening,
            opening=opening if planned_opening is not None else None,
        )
        values = sheet.run(
            "values",
            {
                "flows.*.*": "working:flows#scenarios.*.net.*",
                "dates.*": "working:flows#ends.*",
                "rate": "fact:case.required_return",
                "probabilities.*": "fact:scenarios.*.probability",
            },
            value_scenarios,
            flows={key: each.net for key, each in flows.scenarios.items()},
            dates=flows.ends,
            rate=facts.required_return,
            currency=currency,
            probabilities={key: s.probability for key, s in scenarios.items() if s.probability is not None} or None,
        )
    except InvalidInput as error:
        error.field = {"probabilities": "scenarios"}.get(error.field, error.field.replace("rows.", "cash_flows.", 1))
        raise
    sensitivity = sheet.run(
        "sensitivity",
        {
            "lines.*.*": f"working:flows#scenarios.{base}.lines.*.*",
            "dates.*": "working:flows#ends.*",
            "rate": "fact:case.required_return",
            "step": "judgement:sensitivity_step",
        },
        analyze_case_sensitivity,
        lines=flows.scenarios[base].lines,
        dates=flows.ends,
        rate=facts.required_return,
        step=step,
        currency=currency,
    )
    covered = None
    if funding:
        covered = sheet.run(
            "funding",
            {
                "running.*": f"working:flows#scenarios.{base}.running.*",
                "ends.*": "working:flows#ends.*",
                "commitments.*.amount": "fact:funding.*.amount",
                "commitments.*.available": "fact:funding.*.available",
            },
            cover_funding,
            running=flows.scenarios[base].running,
            ends=flows.ends,
            commitments={key: Commitment(amount=f.amount, available=f.available) for key, f in funding.items()},
        )
    return Case(
        currency=currency,
        facts=facts,
        scenario_facts=scenarios,
        rows=rows,
        funding_facts=funding,
        costs=costs,
        base=base,
        flows=flows,
        values=values,
        sensitivity=sensitivity,
        funding=covered,
        opening_ref=opening_ref,
    )


def _check(facts: CaseFacts, rows: Mapping[str, CashFlowFacts], costs: Mapping[str, Costs]) -> None:
    if not 1 <= facts.horizon_months <= LONGEST:
        raise InvalidInput(
            f"case.horizon_months {facts.horizon_months} must be from 1 to {LONGEST}; choose how many months to look at",
            field="case.horizon_months",
        )
    if facts.required_return == 1:
        raise InvalidInput(
            f"case.required_return {plain(facts.required_return)} is 100 percent a year; write 12 percent as 0.12",
            field="case.required_return",
        )
    for key, row in rows.items():
        if row.line in costs:
            raise InvalidInput(
                f"cash_flows.{key} has the line {row.line!r}, which another expert plans and the case adds by itself; "
                "leave the row out, or give its line another name",
                field=f"cash_flows.{key}.line",
                seen=row.line,
            )


def label_of(case: Case, line: str) -> str:
    """A line's name as people read it."""
    return case.costs[line].label if line in case.costs else title_of(line, None)


def case_fields(case: Case) -> dict[str, Any]:
    """The fields of CaseOutput."""
    flows, values = case.flows, case.values
    found = {}
    for key, each in flows.scenarios.items():
        value = values.scenarios[key]
        found[key] = ScenarioCase(
            label=case.scenario_facts[key].label,
            probability=value.probability,
            npv=value.npv,
            irr=value.irr,
            total=each.total,
            funding_need=each.funding_need,
            need_month=each.need_month,
            payback_month=each.payback_month,
            years={year: YearFigures(**dict(sums)) for year, sums in each.years.items()},
            months={
                month: MonthFigures(net=each.net[at], running=each.running[at]) for at, month in enumerate(flows.months)
            },
        )
    base = flows.scenarios[case.base]
    funded = None
    if case.funding is not None:
        cover = case.funding
        funded = FundingCase(
            **{name: getattr(cover, name) for name in FundingCase.model_fields if name != "months"},
            months={
                month: FundedMonth(available=cover.available[at], headroom=cover.headroom[at])
                for at, month in enumerate(flows.months)
            },
        )
    return {
        "currency": case.currency,
        "base": case.base,
        "months": {month: MonthEnd(ends=flows.ends[at]) for at, month in enumerate(flows.months)},
        "shift": flows.shift,
        "scenarios": found,
        "receipts": {year: ReceiptsYear(receipts=sums.receipts) for year, sums in base.years.items()},
        "lowest_npv": values.lowest,
        "highest_npv": values.highest,
        "expected_npv": values.expected_npv,
        "standard_deviation": values.standard_deviation,
        "probability_of_loss": values.probability_of_loss,
        "decision_npv": values.scenarios[case.base].npv if values.expected_npv is None else values.expected_npv,
        "funding": funded,
        "drivers": {
            line: DriverCase(label=label_of(case, line), **dict(effect))
            for line, effect in case.sensitivity.lines.items()
        },
        "required_return": RateCase(**dict(case.sensitivity.rate)),
        "beyond": flows.beyond,
    }


def case_grounds(case: Case) -> dict[str, str]:
    """The grounds of CaseOutput's figures."""
    months = case.flows.months
    by_month: dict[str, str] = row_grounds("months.{}.ends", "working:flows#ends.{}", months)
    for key in case.flows.scenarios:
        for field in ("net", "running"):
            by_month |= row_grounds(
                f"scenarios.{key}.months.{{}}.{field}", f"working:flows#scenarios.{key}.{field}.{{}}", months
            )
    for field in ("available", "headroom"):
        by_month |= row_grounds(f"funding.months.{{}}.{field}", f"working:funding#{field}.{{}}", months)
    return {
        **by_month,
        "shift": "working:flows#shift",
        "beyond": "working:flows#beyond",
        **{f"scenarios.*.{name}": f"working:values#scenarios.*.{name}" for name in ("npv", "irr")},
        "scenarios.*.probability": "fact:scenarios.*.probability",
        **{
            f"scenarios.*.{name}": f"working:flows#scenarios.*.{name}"
            for name in ("total", "funding_need", "need_month", "payback_month")
        },
        **{
            f"scenarios.*.years.*.{name}": f"working:flows#scenarios.*.years.*.{name}"
            for name in YearFigures.model_fields
        },
        "receipts.*.receipts": f"working:flows#scenarios.{case.base}.years.*.receipts",
        "lowest_npv": "working:values#lowest",
        "highest_npv": "working:values#highest",
        **{name: f"working:values#{name}" for name in ("expected_npv", "standard_deviation", "probability_of_loss")},
        "decision_npv": f"working:values#scenarios.{case.base}.npv"
        if case.values.expected_npv is None
        else "working:values#expected_npv",
        **{
            f"funding.{name}": f"working:funding#{name}"
            for name in ("committed", "lowest_headroom", "lowest_month", "gap", "first_short_month", "short_months")
        },
        **{
            f"drivers.*.{name}": f"working:sensitivity#lines.*.{name}"
            for name in ("present_value", "low", "high", "swing", "break_even_change")
        },
        **{f"required_return.{name}": f"working:sensitivity#rate.{name}" for name in RateCase.model_fields},
    }
