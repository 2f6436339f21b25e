"""Step of product_launch_coordination: break-even, margin of safety, cash by month for every scenario, sensitivity."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, Share
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._launch_economics_document import (
    Economics,
    document_of,
    narrative_of,
    pictures_of,
)
from experts.finance_accountant.actions._launch_economics_models import Inputs
from experts.finance_accountant.tools.analyze_break_even import BreakEven, analyze_break_even
from experts.finance_accountant.tools.analyze_launch_sensitivity import LaunchSensitivity, analyze_launch_sensitivity
from experts.finance_accountant.tools.project_launch_cash import (
    ChannelSpend,
    LaunchCash,
    PaidClearance,
    SalesMonth,
    ScenarioSales,
    WorkMonth,
    project_launch_cash,
)

KIND = "LaunchEconomics"
VERSION = 1
NEEDS = {"go_to_market": "GoToMarket", "launch_plan": "LaunchPlan", "clearance": "ClearanceChecklist"}

LaunchDate = Annotated[Day, Field(json_schema_extra={"x-metric": "launch_date"})]
LaunchBudget = Annotated[Money, Field(json_schema_extra={"x-metric": "launch_budget"})]
UnitPrice = Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "unit_price"})]


class SkuCost(Model):
    """What a unit costs until it is in the warehouse."""

    unit_cost: NonNegativeMoney


class MarketTerms(Model):
    collection_months: Count = Field(
        0, json_schema_extra={"reason": "no term of payment is named, so sales count as paid in their month"}
    )


class RunningCost(Model):
    """A cost of every month of sales."""

    label: Text | None = None
    monthly: NonNegativeMoney


class Funding(Model):
    """Cash set aside for the launch, and how long before the sale a unit is paid for."""

    cash_available: Money | None = None
    production_lead_months: Count = Field(
        1,
        json_schema_extra={
            "reason": "units are paid for before they are sold; a month unless the brief says otherwise"
        },
    )


class Brief(Model):
    currency: str
    skus: dict[Key, SkuCost] = Field(max_length=60)
    markets: dict[Key, MarketTerms] = Field(max_length=60)
    running_costs: dict[Key, RunningCost] = Field({}, max_length=100)
    funding: Funding


class Judgement(Model):
    sensitivity_step: Share = Field(
        Decimal("0.10"),
        json_schema_extra={"reason": "a tenth down and up shows which figures matter most; any other may be chosen"},
    )


class Sku(Model):
    label: str
    price: UnitPrice
    unit_cost: NonNegativeMoney


class CashMonth(Model):
    """One calendar month; payments are positive amounts that leave."""

    begins: Day
    receipts: Money
    production: Money
    running: Money
    marketing: Money
    work: Money
    clearance: Money
    net: Money
    cumulative: Money


class Scenario(Model):
    """One scenario: profit, cash, and where it breaks even."""

    label: str
    units: Count
    revenue: Money
    unit_costs: Money
    contribution: Money
    running: Money
    fixed: Money
    profit: Money
    average_price: Money | None = None
    average_cost: Money | None = None
    break_even_units: Count | None = None
    margin_of_safety: Rate | None = None
    lowest: Money
    lowest_month: Day | None = None
    lowest_balance: Money | None = None
    payback_month: Day | None = None
    months: dict[str, CashMonth]


class DriverEffect(Model):
    label: str
    low: Money
    high: Money
    swing: NonNegativeMoney
    headroom: Rate | None = None


class Output(Model):
    """The economics of the launch. `launch_budget` = work + marketing + clearance."""

    currency: str
    launch_date: LaunchDate
    sales_begin: Day
    launch_budget: LaunchBudget
    work: Money
    marketing: Money
    clearance: Money
    base: str
    skus: dict[Key, Sku]
    scenarios: dict[Key, Scenario]
    drivers: dict[Key, DriverEffect] = {}


_SCENARIO = (
    *("units", "revenue", "unit_costs", "contribution", "running", "fixed", "profit", "average_price"),
    *("average_cost", "lowest", "lowest_month", "lowest_balance", "payback_month"),
)
DRIVERS = {
    "price": "Price",
    "volume": "Units sold",
    "unit_cost": "Cost of a unit",
    "running": "Running costs",
    "marketing": "Marketing",
    "work": "Launch work",
    "clearance": "Clearances",
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Work out what a launch earns: break-even, margin of safety, cash by month and scenario, sensitivity.

    Prices and volumes are those of the go-to-market plan, dates and cost of work those of the launch plan, fees
    those of the clearance checklist. Raises InvalidInput for a product without a unit cost.
    """
    sheet = Worksheet()
    cash = _cash(sheet, brief, inputs)
    even = {key: _break_even(sheet, number, key, brief, cash) for number, key in enumerate(cash.scenarios, 1)}
    sensitivity = _sensitivity(sheet, brief, inputs, cash, judgement)
    output = _output(brief, inputs, cash, even, sensitivity)
    economics = Economics(brief=brief, inputs=inputs, output=output, step=judgement.sensitivity_step)
    pictures = pictures_of(economics)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(inputs, even),
        narrative=narrative_of(economics),
        document=document_of(economics, pictures),
        pictures=pictures,
        warnings=_warnings(brief, cash, even, output),
    )


def _cash(sheet: Worksheet, brief: Brief, inputs: Inputs) -> LaunchCash:
    gtm, plan = inputs.go_to_market, inputs.launch_plan
    for key in gtm.skus:
        if key not in brief.skus:
            raise InvalidInput(
                f"skus.{key}.unit_cost is missing{did_you_mean(key, brief.skus)}", field=f"skus.{key}.unit_cost"
            )
    dated = {key: item for key, item in inputs.clearance.items.items() if item.cost and item.starts}
    months = "scenarios.*.months.*"
    return sheet.run(
        "cash",
        {
            f"{months}.number": f"go_to_market#{months}.number",
            f"{months}.skus.*": f"go_to_market#{months}.skus.*",
            f"{months}.markets.*": f"go_to_market#{months}.markets.*",
            "unit_costs.*": "fact:skus.*.unit_cost",
            "collection_months.*": "fact:markets.*.collection_months",
            "production_lead_months": "fact:funding.production_lead_months",
            "launch": "launch_plan#launch_date",
            "running.*": "fact:running_costs.*.monthly",
            **{f"marketing.*.{name}": f"go_to_market#channels.*.{name}" for name in ("spend", "lead_months", "months")},
            "work.*.begins": "launch_plan#months.*.begins",
            "work.*.planned": "launch_plan#months.*.planned",
            "clearances.*.cost": "clearance#items.*.cost",
            "clearances.*.paid": "clearance#items.*.starts",
            "opening_cash": "fact:funding.cash_available",
        },
        project_launch_cash,
        scenarios={
            name: ScenarioSales(
                months={
                    key: SalesMonth(number=month.number, skus=month.skus, markets=month.markets)
                    for key, month in scenario.months.items()
                }
            )
            for name, scenario in gtm.scenarios.items()
        },
        unit_costs={key: sku.unit_cost for key, sku in brief.skus.items()},
        collection_months={key: market.collection_months for key, market in brief.markets.items()},
        production_lead_months=brief.funding.production_lead_months,
        launch=plan.launch_date,
        currency=brief.currency,
        running={key: cost.monthly for key, cost in brief.running_costs.items()},
        marketing={
            key: ChannelSpend(spend=channel.spend, lead_months=channel.lead_months, months=channel.months)
            for key, channel in gtm.channels.items()
        },
        work={key: WorkMonth(begins=month.begins, planned=month.planned) for key, month in plan.months.items()},
        clearances={key: PaidClearance(cost=item.cost, paid=item.starts) for key, item in dated.items() if item.starts},
        opening_cash=brief.funding.cash_available,
    )


def _break_even(sheet: Worksheet, number: int, key: str, brief: Brief, cash: LaunchCash) -> BreakEven | None:
    scenario = cash.scenarios[key]
    price, cost = scenario.average_price, scenario.average_cost
    if price is None or cost is None or price <= cost:
        return None
    at = f"working:cash#scenarios.{key}"
    return sheet.run(
        f"even_{number}",
        {
            "fixed_costs": f"{at}.fixed",
            "unit_price": f"{at}.average_price",
            "unit_cost": f"{at}.average_cost",
            "expected_units": f"{at}.units",
        },
        analyze_break_even,
        fixed_costs=scenario.fixed,
        unit_price=price,
        unit_cost=cost,
        currency=brief.currency,
        expected_units=Decimal(scenario.units),
    )


def _sensitivity(
    sheet: Worksheet, brief: Brief, inputs: Inputs, cash: LaunchCash, judgement: Judgement
) -> LaunchSensitivity:
    base = inputs.go_to_market.base
    scenario = cash.scenarios[base]
    own = ("revenue", "unit_costs", "running")
    shared = ("marketing", "work", "clearance")
    return sheet.run(
        "sensitivity",
        {
            **{name: f"working:cash#scenarios.{base}.{name}" for name in own},
            **{name: f"working:cash#{name}" for name in shared},
            "step": "judgement:sensitivity_step",
        },
        analyze_launch_sensitivity,
        revenue=scenario.revenue,
        unit_costs=scenario.unit_costs,
        running=scenario.running,
        marketing=cash.marketing,
        work=cash.work,
        clearance=cash.clearance,
        currency=brief.currency,
        step=judgement.sensitivity_step,
    )


def _output(
    brief: Brief,
    inputs: Inputs,
    cash: LaunchCash,
    even: dict[str, BreakEven | None],
    sensitivity: LaunchSensitivity,
) -> Output:
    gtm = inputs.go_to_market
    return Output(
        currency=brief.currency,
        launch_date=inputs.launch_plan.launch_date,
        sales_begin=cash.sales_begin,
        launch_budget=cash.launch_budget,
        work=cash.work,
        marketing=cash.marketing,
        clearance=cash.clearance,
        base=gtm.base,
        skus={
            key: Sku(label=sku.label, price=sku.price, unit_cost=brief.skus[key].unit_cost)
            for key, sku in gtm.skus.items()
        },
        scenarios={
            key: Scenario(
                label=title_of(key, gtm.scenarios[key].label),
                **{name: getattr(each, name) for name in _SCENARIO},
                break_even_units=found.units if (found := even[key]) else None,
                margin_of_safety=found.margin_of_safety if found else None,
                months={month: CashMonth(**dict(row)) for month, row in each.months.items()},
            )
            for key, each in cash.scenarios.items()
        },
        drivers={key: DriverEffect(label=DRIVERS[key], **dict(driver)) for key, driver in sensitivity.drivers.items()},
    )


def _grounds(inputs: Inputs, even: dict[str, BreakEven | None]) -> dict[str, str]:
    found = {
        "launch_date": "launch_plan#launch_date",
        **{name: f"working:cash#{name}" for name in ("sales_begin", "launch_budget", "work", "marketing", "clearance")},
        "skus.*.price": "go_to_market#skus.*.price",
        "skus.*.unit_cost": "fact:skus.*.unit_cost",
        **{f"scenarios.*.{name}": f"working:cash#scenarios.*.{name}" for name in _SCENARIO},
        **{f"scenarios.*.months.*.{n}": f"working:cash#scenarios.*.months.*.{n}" for n in CashMonth.model_fields},
        **{f"drivers.*.{n}": f"working:sensitivity#drivers.*.{n}" for n in ("low", "high", "swing", "headroom")},
    }
    for number, key in enumerate(even, 1):
        found[f"scenarios.{key}.break_even_units"] = f"working:even_{number}#units"
        found[f"scenarios.{key}.margin_of_safety"] = f"working:even_{number}#margin_of_safety"
    return found


def _warnings(brief: Brief, cash: LaunchCash, even: dict[str, BreakEven | None], output: Output) -> list[str]:
    found = list(cash.warnings)
    for key, each in even.items():
        label = output.scenarios[key].label
        if each is None:
            sold = cash.scenarios[key].units
            found.append(
                f"{label}: a unit brings no more than it costs, so no number of units breaks even."
                if sold
                else f"{label}: no unit is sold."
            )
        balance = output.scenarios[key].lowest_balance
        if balance is not None and balance < 0:
            found.append(f"{label}: the cash set aside does not cover the lowest point; find funding before the work starts.")  # fmt: skip
    if not cash.work:
        found.append("No task has a cost, so the launch budget has no work in it.")
    if brief.funding.cash_available is None:
        found.append("The brief does not say how much cash is set aside, so nothing is said of whether it suffices.")
    if not brief.running_costs:
        found.append("The brief names no running costs of the months of sales; they count as zero.")
    return found
