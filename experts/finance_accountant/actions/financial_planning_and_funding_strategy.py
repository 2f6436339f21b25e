"""Three statements by month and year, how much money the company needs from investors, and how long it lasts."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._startup_document import document_of, narrative_of
from experts.finance_accountant.actions._startup_pictures import pictures_of
from experts.finance_accountant.tools._projection_models import Month, StatementProjection, Stress, Year
from experts.finance_accountant.tools.project_statements import (
    CostLine,
    Funding,
    Hire,
    project_statements,
)

KIND = "FinancialPlan"
VERSION = 1
NEEDS = {"model": "BusinessModel", "formation": "FormationPack", "go_to_market": "GoToMarket"}
FRANCHISE = "delaware_franchise_tax"


class PlanFacts(Model):
    """The first month planned, how many, the month in which sales begin, and the cash to keep at all times."""

    begins: Day
    months: Count = Field(
        36, json_schema_extra={"reason": "three years by month are what founders and investors usually look at"}
    )
    sales_begin: Day
    opening_cash: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no cash at the beginning is named, so the plan starts from nothing"}
    )
    cash_buffer: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no least balance is named, so cash may fall to nothing but not below"}
    )


class Economics(Model):
    """What the founders think winning a customer costs; used until the channel plan has worked it out."""

    acquisition_cost: NonNegativeMoney


class Marketing(Model):
    """Money for channels a month once sales begin, and the share of last month's revenue that is added to it."""

    monthly: NonNegativeMoney
    reinvested: Share = Field(
        Decimal(0), json_schema_extra={"reason": "no share of revenue is put back into marketing"}
    )


class CostFacts(Model):
    """A cost a month, or a purchase of equipment, from the month of `first` to that of `last`."""

    label: Text | None = None
    kind: Literal["operating", "cost_of_sales", "equipment"] = Field(
        "operating", json_schema_extra={"reason": "a cost is an operating cost unless the brief says otherwise"}
    )
    amount: NonNegativeMoney
    first: Day
    last: Day | None = None
    growth: Rate = Field(
        Decimal(0), json_schema_extra={"reason": "no growth a month is named, so the cost stays the same"}
    )


class HireFacts(Model):
    """Somebody on the payroll: gross salary a month from the month of `starts`."""

    role: Text
    salary: NonNegativeMoney
    starts: Day
    ends: Day | None = None


class Payroll(Model):
    loading: Share


class Terms(Model):
    """Days until customers pay and suppliers are paid, life of equipment in months, tax on profit."""

    receivable_days: Ratio = Field(
        Decimal(0), json_schema_extra={"reason": "no payment term is named, so customers pay at once"}
    )
    payable_days: Ratio = Field(
        Decimal(0), json_schema_extra={"reason": "no payment term is named, so suppliers are paid at once"}
    )
    equipment_months: Count = Field(
        36, json_schema_extra={"reason": "computers and the like are usually written off over three years"}
    )
    tax_rate: Share = Field(
        Decimal("0.21"),
        json_schema_extra={"reason": "the US federal rate on corporations (IRC 11(b)); state tax comes on top"},
    )


class FundFacts(Model):
    """Money that is no investment for shares at a price: the founders' own, or a grant."""

    label: Text | None = None
    kind: Literal["founders", "grant"]
    amount: NonNegativeMoney
    received: Day


class InvestmentFacts(Model):
    """A SAFE or a priced round, as far as money goes."""

    label: Text | None = None
    amount: NonNegativeMoney
    received: Day


class Brief(Model):
    currency: str
    plan: PlanFacts
    economics: Economics
    marketing: Marketing
    costs: dict[Key, CostFacts] = Field({}, max_length=399)
    hires: dict[Key, HireFacts] = Field({}, max_length=400)
    payroll: Payroll
    terms: Terms
    funds: dict[Key, FundFacts] = Field({}, max_length=30)
    safes: dict[Key, InvestmentFacts] = Field({}, max_length=30)
    rounds: dict[Key, InvestmentFacts] = Field({}, max_length=8)


class ModelView(Model):
    price: Money
    variable_cost: Money
    churn: Share
    most_to_pay: NonNegativeMoney


class TaxView(Model):
    total_due: NonNegativeMoney
    due: Day


class FormationView(Model):
    tax: TaxView | None = None


class GoToMarketView(Model):
    acquisition_cost: Money


class Inputs(Model):
    model: ModelView
    formation: FormationView
    go_to_market: GoToMarketView | None = None


class Judgement(Model):
    """What may be done to the plan without changing a fact, and how hard it is stressed."""

    defer_hires: Count = Field(0, json_schema_extra={"reason": "hires begin as planned as long as the money lasts"})
    stress_step: Share = Field(
        Decimal("0.2"), json_schema_extra={"reason": "a fifth worse, one thing at a time, shows which one hurts most"}
    )


class MonthView(Month):
    """One month of the three statements."""


class YearView(Year):
    """One calendar year of the three statements."""


class StressView(Stress):
    """The plan with one thing worse."""

    label: str


class Output(Model):
    """The plan. `runway_ends` is the first month without cash; `spare` is what investors bring beyond the need."""

    months: dict[Key, MonthView]
    years: dict[Key, YearView]
    month_count: Count
    acquisition_cost: NonNegativeMoney
    acquisition_known: bool
    deferred_months: Count
    investor_money: Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "investor_money"})]
    other_money: NonNegativeMoney
    funding_need: NonNegativeMoney
    spare: Money
    lowest_cash: Money
    lowest_cash_month: Day
    closing_cash: Money
    runway_ends: Day | None = None
    runway_months: Count
    profit_from: Day | None = None
    peak_customers: Count
    closing_customers: Count
    marketing_per_month: NonNegativeMoney
    marketing_months: Count
    largest_burn: NonNegativeMoney
    before_sales: NonNegativeMoney
    headcount_last_month: Count
    sales_begin: Day
    stress: dict[Key, StressView]


STRESS_LABELS = {
    "price_lower": "Price lower",
    "churn_higher": "More customers leave",
    "acquisition_dearer": "A customer costs more to win",
    "costs_higher": "Costs and salaries higher",
    "sales_later": "Sales begin half a year later",
}

_SUMMARY = (
    *("investor_money", "other_money", "funding_need", "spare", "lowest_cash", "lowest_cash_month", "closing_cash"),
    *("runway_ends", "runway_months", "profit_from", "peak_customers", "closing_customers", "marketing_per_month"),
    *("marketing_months", "largest_burn", "before_sales", "headcount_last_month"),
)


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Project income statement, cash flow and balance sheet; say what investors must bring and when cash runs out.

    Driver-based monthly projection: marketing money wins customers at their cost, customers pay the average price. The cost
    of a customer is the channel plan's once it is known, the founders' guess before. Raises InvalidInput for a plan shorter
    than six or longer than sixty months, and for money that came before the plan begins.
    """
    sheet = Worksheet()
    _check(brief)
    found, fed = _project(sheet, brief, inputs, judgement)
    grounds = {
        **{f"months.*.{name}": f"working:plan#months.*.{name}" for name in Month.model_fields},
        **{f"years.*.{name}": f"working:plan#years.*.{name}" for name in Year.model_fields},
        **{f"stress.*.{name}": f"working:plan#stress.*.{name}" for name in Stress.model_fields},
        **{name: f"working:plan#{name}" for name in _SUMMARY},
        "month_count": "fact:plan.months",
        "acquisition_cost": fed,
        "deferred_months": "judgement:defer_hires",
        "sales_begin": "fact:plan.sales_begin",
    }
    output = Output(
        months={key: MonthView(**month.model_dump()) for key, month in found.months.items()},
        years={key: YearView(**year.model_dump()) for key, year in found.years.items()},
        month_count=brief.plan.months,
        acquisition_cost=_cost(brief, inputs),
        deferred_months=judgement.defer_hires,
        acquisition_known=inputs.go_to_market is not None,
        sales_begin=brief.plan.sales_begin,
        stress={key: StressView(label=STRESS_LABELS[key], **one.model_dump()) for key, one in found.stress.items()},
        **{name: getattr(found, name) for name in _SUMMARY},
    )
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(brief, output),
        document=document_of(brief, inputs, judgement, output),
        pictures=pictures_of(brief, output),
        warnings=_warnings(brief, inputs, found),
    )


def _check(brief: Brief) -> None:
    if not 6 <= brief.plan.months <= 60:
        raise InvalidInput(
            f"the plan has {brief.plan.months} months; plan from 6 to 60", field="plan.months", seen=brief.plan.months
        )
    if FRANCHISE in brief.costs:
        raise InvalidInput(
            f"the cost {FRANCHISE!r} is added by the formation step; give yours another id", field=f"costs.{FRANCHISE}"
        )
    keys = [*brief.funds, *brief.safes, *brief.rounds]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise InvalidInput(
            f"{twice!r} stands in two of funds, safes and rounds, so its money would count twice; give each its own id",
            field=f"safes.{twice}",
        )


def _cost(brief: Brief, inputs: Inputs) -> Decimal:
    return inputs.go_to_market.acquisition_cost if inputs.go_to_market else brief.economics.acquisition_cost


def _project(sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement) -> tuple[StatementProjection, str]:
    plan, terms, model = brief.plan, brief.terms, inputs.model
    fed = "go_to_market#acquisition_cost" if inputs.go_to_market else "fact:economics.acquisition_cost"
    costs = {
        key: CostLine(kind=each.kind, amount=each.amount, first=each.first, last=each.last, growth=each.growth)
        for key, each in brief.costs.items()
    }
    sources: dict[str, str] = {
        "begins": "fact:plan.begins",
        "months": "fact:plan.months",
        "sales_begin": "fact:plan.sales_begin",
        "price": "model#price",
        "variable_cost": "model#variable_cost",
        "churn": "model#churn",
        "acquisition_cost": fed,
        "marketing": "fact:marketing.monthly",
        "reinvested": "fact:marketing.reinvested",
        "opening_cash": "fact:plan.opening_cash",
        "receivable_days": "fact:terms.receivable_days",
        "payable_days": "fact:terms.payable_days",
        "loading": "fact:payroll.loading",
        "life_months": "fact:terms.equipment_months",
        "tax_rate": "fact:terms.tax_rate",
        "buffer": "fact:plan.cash_buffer",
        "deferred_months": "judgement:defer_hires",
        "step": "judgement:stress_step",
        **{f"costs.*.{name}": f"fact:costs.*.{name}" for name in ("amount", "first", "last", "growth")},
        **{f"hires.*.{name}": f"fact:hires.*.{name}" for name in ("salary", "starts", "ends")},
    }
    tax = inputs.formation.tax
    if tax is not None:
        costs[FRANCHISE] = CostLine(kind="operating", amount=tax.total_due, first=tax.due, last=tax.due)
        sources |= {
            f"costs.{FRANCHISE}.amount": "formation#tax.total_due",
            f"costs.{FRANCHISE}.first": "formation#tax.due",
            f"costs.{FRANCHISE}.last": "formation#tax.due",
        }
    funds: dict[str, Funding] = {}
    tables: tuple[tuple[str, Any, str], ...] = (
        ("funds", brief.funds, ""),
        ("safes", brief.safes, "safe"),
        ("rounds", brief.rounds, "round"),
    )
    for name, rows, kind in tables:
        for key, each in rows.items():
            funds[key] = Funding(kind=kind or each.kind, amount=each.amount, received=each.received)
            sources |= {f"funds.{key}.{f}": f"fact:{name}.{key}.{f}" for f in ("amount", "received")}
    found = sheet.run(
        "plan",
        sources,
        project_statements,
        currency=brief.currency,
        begins=plan.begins,
        months=plan.months,
        sales_begin=plan.sales_begin,
        price=model.price,
        variable_cost=model.variable_cost,
        churn=model.churn,
        acquisition_cost=_cost(brief, inputs),
        marketing=brief.marketing.monthly,
        costs=costs,
        hires={key: Hire(salary=each.salary, starts=each.starts, ends=each.ends) for key, each in brief.hires.items()},
        funds=funds,
        reinvested=brief.marketing.reinvested,
        opening_cash=plan.opening_cash,
        receivable_days=terms.receivable_days,
        payable_days=terms.payable_days,
        loading=brief.payroll.loading,
        life_months=terms.equipment_months,
        tax_rate=terms.tax_rate,
        buffer=plan.cash_buffer,
        deferred_months=judgement.defer_hires,
        step=judgement.stress_step,
    )
    return found, fed


def _warnings(brief: Brief, inputs: Inputs, found: StatementProjection) -> list[str]:
    made = list(found.warnings)
    if _cost(brief, inputs) > inputs.model.most_to_pay:
        made.append("Winning a customer costs more than the payback allows: find cheaper channels or charge more.")
    if not brief.hires:
        made.append("Nobody is on the payroll in this plan, the founders included.")
    if not brief.costs:
        made.append("No cost lines are given, so only salaries, marketing and the cost of serving customers count.")
    return made
