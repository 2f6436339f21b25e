"""The investment case of what is funded: value, budget, phasing by quarter, and what it withstands."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model
from experts.core.drafting import row_sources
from experts.core.errors import InvalidInput
from experts.core.quantities import Money, NonNegativeMoney, Rate, Share, Volume
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._innovation_case import document_of, narrative_of, pictures_of
from experts.finance_accountant.tools.combine_initiatives import Case, Part, combine_initiatives
from experts.finance_accountant.tools.evaluate_investment import Investment, evaluate_investment

KIND = "InvestmentCase"
VERSION = 1
NEEDS = {"portfolio": "InnovationPortfolio", "values": "InitiativeValues"}


class Budget(Model):
    """`quarterly_limit`: the most that may be invested in one quarter."""

    total: NonNegativeMoney
    quarterly_limit: NonNegativeMoney | None = None


class Brief(Model):
    currency: str
    budget: Budget


class SelectedView(Model):
    label: str
    horizon: str


class PortfolioView(Model):
    selected: dict[Key, SelectedView]
    left: Money


class YearView(Model):
    investment: Money
    running: Money
    benefit: Money
    net: Money


class ValueView(Model):
    investment: Money
    present_investment: Money
    present_running: Money
    present_benefit: Money
    npv: Money
    expected_npv: Money
    payback_years: Volume | None = None
    chance: Share
    years: dict[Key, YearView]
    quarters: dict[Key, Money]


class ValuesView(Model):
    discount_rate: Rate
    initiatives: dict[Key, ValueView]


class Inputs(Model):
    portfolio: PortfolioView
    values: ValuesView


class Judgement(Model):
    phasing: Literal["as_planned", "even"] = Field(
        "as_planned", json_schema_extra={"reason": "investment falls into the quarters that the brief gives"}
    )
    stress_step: Share = Field(
        Decimal("0.2"),
        json_schema_extra={"reason": "a fifth less benefit or more investment is what such cases usually have to bear"},
    )


class Line(Model):
    """One funded initiative."""

    label: str
    horizon: str
    investment: Money
    npv: Money
    expected_npv: Money
    chance: Share
    payback_years: Volume | None = None


class CaseYear(Model):
    investment: Money
    running: Money
    benefit: Money
    net: Money
    cumulative: Money


class CaseQuarter(Model):
    investment: Money
    cumulative: Money


class Stress(Model):
    """Net present value if one thing goes wrong."""

    label: str
    npv: Money


class AtRate(Model):
    rate: Rate
    npv: Money


class Output(Model):
    """The case of the funded set. Money in the brief's currency; the first year undiscounted."""

    initiatives: dict[Key, Line]
    discount_rate: Rate
    phasing: str
    investment: Annotated[Money, Field(json_schema_extra={"x-metric": "total_investment"})]
    left: Money
    present_cost: Money
    present_benefit: Money
    npv: Money
    expected_npv: Annotated[Money, Field(json_schema_extra={"x-metric": "expected_value"})]
    irr: Rate | None = None
    payback_years: Volume | None = None
    discounted_payback_years: Volume | None = None
    lowest_cumulative: Money
    break_even_share: Rate | None = None
    peak: Money
    peak_quarter: str
    years: dict[Key, CaseYear]
    quarters: dict[Key, CaseQuarter]
    stress: dict[Key, Stress]
    at_rates: dict[Key, AtRate] = {}


_CASE = (
    *("investment", "present_cost", "present_benefit", "npv", "expected_npv", "payback_years"),
    *("lowest_cumulative", "break_even_share", "peak"),
)
_STRESS = {
    "benefits_lower": "Benefits lower by the step",
    "investment_higher": "Investment higher by the step",
    "benefits_late": "All benefits a year later",
}
GROUNDS = {
    **{
        f"initiatives.*.{name}": f"values#initiatives.*.{name}"
        for name in ("investment", "npv", "expected_npv", "chance", "payback_years")
    },
    "discount_rate": "values#discount_rate",
    "left": "portfolio#left",
    **{name: f"working:case#{name}" for name in _CASE},
    "irr": "working:return#irr",
    "discounted_payback_years": "working:return#discounted_payback_periods",
    **{f"years.*.{name}": f"working:case#years.*.{name}" for name in CaseYear.model_fields},
    **{f"quarters.*.{name}": f"working:case#quarters.*.{name}" for name in CaseQuarter.model_fields},
    **{f"stress.{name}.npv": f"working:case#npv_if_{name}" for name in _STRESS},
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Make the investment case of the funded set: NPV by initiative and in all, IRR, payback, phasing, stress.

    Net present values add up; the rate of return is that of the summed flows. Investment by quarter is as planned in
    the brief or, if judged so, even within each year. Raises InvalidInput where nothing is funded.
    """
    chosen = inputs.portfolio.selected
    if not chosen:
        raise InvalidInput(
            "no initiative is funded, so there is no case; raise budget.total or look again at the cash flows",
            field="budget.total",
        )
    sheet = Worksheet()
    case = _case(sheet, brief, inputs, judgement)
    returns = _returns(sheet, brief, inputs, case)
    output = _output(inputs, judgement, case, returns)
    warnings = [*case.warnings, *(returns.warnings if returns else [])]
    limit = brief.budget.quarterly_limit
    if limit is not None and case.peak > limit:
        warnings.append(f"The investment of {case.peak_quarter} is above the limit of one quarter.")
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS
        | {f"at_rates.{k}.{n}": f"working:return#npv_at.{k[1:]}.{n}" for k in output.at_rates for n in ("rate", "npv")},
        narrative=narrative_of(brief, output),
        document=document_of(brief, inputs, output),
        pictures=pictures_of(brief, output),
        warnings=warnings,
    )


def _case(sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement) -> Case:
    money = ("investment", "present_investment", "present_running", "present_benefit", "npv", "expected_npv")
    return sheet.run(
        "case",
        {
            **{f"initiatives.*.{name}": f"values#initiatives.*.{name}" for name in money},
            **{
                f"initiatives.*.years.*.{name}": f"values#initiatives.*.years.*.{name}"
                for name in YearView.model_fields
            },
            "initiatives.*.quarters.*": "values#initiatives.*.quarters.*",
            "rate": "values#discount_rate",
            "step": "judgement:stress_step",
        },
        combine_initiatives,
        initiatives={
            key: Part.model_validate(inputs.values.initiatives[key].model_dump(exclude={"payback_years", "chance"}))
            for key in inputs.portfolio.selected
        },
        rate=inputs.values.discount_rate,
        currency=brief.currency,
        phasing=judgement.phasing,
        step=judgement.stress_step,
    )


def _returns(sheet: Worksheet, brief: Brief, inputs: Inputs, case: Case) -> Investment | None:
    """Rate of return and paybacks of the sum; None where its years all have one sign."""
    nets = [row.net for row in case.years.values()]
    if not (any(net > 0 for net in nets) and any(net < 0 for net in nets)):
        return None
    return sheet.run(
        "return",
        {
            **row_sources("flows.{}", "working:case#years.{}.net", case.years),
            "rate": "values#discount_rate",
        },
        evaluate_investment,
        flows=nets,
        rate=inputs.values.discount_rate,
        currency=brief.currency,
    )


def _output(inputs: Inputs, judgement: Judgement, case: Case, returns: Investment | None) -> Output:
    fields = case.model_dump(include={*_CASE, "peak_quarter"}, exclude_none=True)
    if returns is not None:
        fields |= {"irr": returns.irr, "discounted_payback_years": returns.discounted_payback_periods}
    lines = {}
    for key, each in inputs.portfolio.selected.items():
        value = inputs.values.initiatives[key]
        lines[key] = Line(
            label=each.label,
            horizon=each.horizon,
            investment=value.investment,
            npv=value.npv,
            expected_npv=value.expected_npv,
            chance=value.chance,
            payback_years=value.payback_years,
        )
    return Output.model_validate(
        {
            **fields,
            "initiatives": lines,
            "discount_rate": inputs.values.discount_rate,
            "phasing": judgement.phasing,
            "left": inputs.portfolio.left,
            "years": {key: CaseYear(**dict(row)) for key, row in case.years.items()},
            "quarters": {key: CaseQuarter(**dict(row)) for key, row in case.quarters.items()},
            "stress": {
                name: Stress(label=label, npv=getattr(case, f"npv_if_{name}")) for name, label in _STRESS.items()
            },
            "at_rates": {
                f"r{at}": AtRate(rate=row.rate, npv=row.npv) for at, row in enumerate(returns.npv_at if returns else [])
            },
        }
    )
