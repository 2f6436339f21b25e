"""From a budget and a channel plan to an allocation that adds up, with what it earns and what would change it."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Model
from experts.core.quantities import Count, Money, Months, NonNegativeMoney, Rate, Ratio, Share, Volume
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._allocation_document import document_of
from experts.finance_accountant.actions._allocation_pictures import pictures_of
from experts.finance_accountant.actions._allocation_text import narrative_of
from experts.finance_accountant.tools._curves import Channel, Curve
from experts.finance_accountant.tools.analyze_allocation_sensitivity import Sensitivity, analyze_allocation_sensitivity
from experts.finance_accountant.tools.analyze_break_even import BreakEven, analyze_break_even
from experts.finance_accountant.tools.analyze_unit_economics import UnitEconomics, analyze_unit_economics
from experts.finance_accountant.tools.optimize_budget_allocation import OptimizedBudget, optimize_budget_allocation

KIND = "BudgetAllocation"
VERSION = 1
NEEDS = {"channel_plan": "ChannelPlan"}


class Budget(Model):
    total: NonNegativeMoney
    production: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no production cost was given, so all but the reserve is media"}
    )
    reserve_rate: Share = Field(
        Decimal("0.10"),
        json_schema_extra={
            "reason": "a tenth held back that nobody plans against, until told otherwise",
            "x-unless": "reserve_amount",
        },
    )
    reserve_amount: NonNegativeMoney | None = None


class Campaign(Model):
    result_name: str


class Economics(Model):
    order_value: NonNegativeMoney
    gross_margin: Share
    monthly_retention: Share | None = None


class Brief(Model):
    campaign: Campaign
    currency: str
    budget: Budget
    economics: Economics | None = None


class ChannelView(Model):
    label: str
    minimum: NonNegativeMoney
    minimum_applies: str
    maximum: NonNegativeMoney | None = None
    evidence: str
    curve: Curve | None = None


class ChannelPlanView(Model):
    channels: dict[str, ChannelView]


class Inputs(Model):
    channel_plan: ChannelPlanView


class Judgement(Model):
    sensitivity_step: Share = Field(
        Decimal("0.10"),
        json_schema_extra={"reason": "a tenth down and up shows which facts matter most; the workbook takes any other"},
    )


class AllocationLine(Model):
    label: str
    used: bool
    spend: NonNegativeMoney
    expected_results: Volume | None = None
    cost_per_result: Money | None = None
    marginal_cost: Money | None = None


class BoundPrice(Model):
    label: str
    bound: str
    amount: Money
    gain_per_unit: Ratio


class ForcedChannel(Model):
    label: str
    chosen: bool
    results_if_used: Volume | None = None
    results_if_left_out: Volume | None = None
    difference: Volume | None = None
    worth_from_total: Money | None = None


class CustomerEconomics(Model):
    contribution_per_order: Money
    cost_per_result: Money
    first_order_profit: Money
    payback_months: Months | None = None
    lifetime_contribution: Money | None = None
    lifetime_to_cost: Ratio | None = None
    break_even_results: Count | None = None
    margin_of_safety: Rate | None = None


class DriverEffect(Model):
    label: str
    low_money: Money | None = None
    high_money: Money | None = None
    low_rate: Rate | None = None
    high_rate: Rate | None = None
    results_low: Volume | None = None
    results_high: Volume | None = None
    net_low: Money | None = None
    net_high: Money | None = None


class Output(Model):
    currency: str
    lines: dict[str, AllocationLine]
    media_available: Money
    media: Money
    reserve: Money
    production: Money
    unallocated: Money
    working_total: Money
    total: Annotated[Money, Field(json_schema_extra={"x-metric": "total_budget"})]
    expected_results: Volume | None = None
    cost_per_result: Money | None = None
    media_cost_per_result: Money | None = None
    marginal_results_per_unit: Ratio | None = None
    marginal_cost: Money | None = None
    net_contribution: Money | None = None
    binding: dict[str, BoundPrice] = {}
    alternatives: dict[str, ForcedChannel] = {}
    economics: CustomerEconomics | None = None
    sensitivities: dict[str, DriverEffect] = {}


GROUNDS = {
    **{
        f"lines.*.{field}": f"working:optimum#lines.*.{field}"
        for field in ("spend", "expected_results", "cost_per_result", "marginal_cost")
    },
    **{
        field: f"working:optimum#{field}"
        for field in (
            *("media_available", "media", "reserve", "unallocated", "working_total", "expected_results"),
            *("cost_per_result", "media_cost_per_result", "marginal_results_per_unit", "marginal_cost"),
        )
    },
    "production": "fact:budget.production",
    "total": "fact:budget.total",
    "net_contribution": "working:sensitivity#net_contribution",
    **{f"binding.*.{field}": f"working:optimum#binding.*.{field}" for field in ("amount", "gain_per_unit")},
    **{
        f"alternatives.*.{field}": f"working:optimum#alternatives.*.{field}"
        for field in ("results_if_used", "results_if_left_out", "difference", "worth_from_total")
    },
    **{
        f"economics.{field}": f"working:economics#{field}"
        for field in (
            *("contribution_per_order", "cost_per_result", "first_order_profit", "payback_months"),
            *("lifetime_contribution", "lifetime_to_cost"),
        )
    },
    "economics.break_even_results": "working:break_even#units",
    "economics.margin_of_safety": "working:break_even#margin_of_safety",
    **{
        f"sensitivities.*.{field}": f"working:sensitivity#drivers.*.{field}"
        for field in (
            *("low_money", "high_money", "low_rate", "high_rate"),
            *("results_low", "results_high", "net_low", "net_high"),
        )
    },
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Allocate a campaign's budget over its channels and show what it earns and what would change it.

    The split has the most expected results under the total, the reserve, production and every
    channel's bounds. Channels without a response curve get an equal share and no forecast; if none
    has a curve, the plan holds no results and no marginal figures. Raises Infeasible naming the
    bounds that collide.
    """
    sheet = Worksheet()
    channels = {key: _channel(view) for key, view in sorted(inputs.channel_plan.channels.items())}
    best = _optimum(sheet, brief, channels)
    economics = _economics(sheet, brief, best)
    break_even = _break_even(sheet, brief, best, economics)
    sensitivity = _sensitivity(sheet, brief, channels, judgement, best)
    output = _output(best, economics, break_even, sensitivity)
    warnings = _warnings(brief, best, economics)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS,
        narrative=narrative_of(inputs, output),
        document=document_of(brief, inputs, output, best.assumptions, warnings),
        pictures=pictures_of(brief, inputs, output),
        warnings=warnings,
    )


def _channel(view: ChannelView) -> Channel:
    return Channel.model_validate(view.model_dump(exclude={"evidence"}, exclude_none=True))


_CHANNEL_SOURCES = {
    f"channels.*.{field}": f"channel_plan#channels.*.{field}"
    for field in ("minimum", "maximum", "curve.a", "curve.b", "curve.scale")
}


def _optimum(sheet: Worksheet, brief: Brief, channels: dict[str, Channel]) -> OptimizedBudget:
    budget = brief.budget
    by_amount = budget.reserve_amount is not None
    reserve = "reserve_amount" if by_amount else "reserve_rate"
    sources = {
        "total": "fact:budget.total",
        "production": "fact:budget.production",
        reserve: f"fact:budget.{reserve}",
        **_CHANNEL_SOURCES,
    }
    return sheet.run(
        "optimum",
        sources,
        optimize_budget_allocation,
        total=budget.total,
        currency=brief.currency,
        channels=channels,
        production=budget.production,
        reserve_rate=None if by_amount else budget.reserve_rate,
        reserve_amount=budget.reserve_amount,
    )


def _economics(sheet: Worksheet, brief: Brief, best: OptimizedBudget) -> UnitEconomics | None:
    if brief.economics is None or best.cost_per_result is None:
        return None
    return sheet.run(
        "economics",
        {
            "order_value": "fact:economics.order_value",
            "gross_margin": "fact:economics.gross_margin",
            "monthly_retention": "fact:economics.monthly_retention",
            "cost_per_result": "working:optimum#cost_per_result",
        },
        analyze_unit_economics,
        order_value=brief.economics.order_value,
        gross_margin=brief.economics.gross_margin,
        cost_per_result=best.cost_per_result,
        currency=brief.currency,
        monthly_retention=brief.economics.monthly_retention,
    )


def _break_even(
    sheet: Worksheet, brief: Brief, best: OptimizedBudget, economics: UnitEconomics | None
) -> BreakEven | None:
    if brief.economics is None or economics is None or economics.contribution_per_order <= 0:
        return None
    return sheet.run(
        "break_even",
        {
            "fixed_costs": "working:optimum#working_total",
            "unit_price": "fact:economics.order_value",
            "unit_cost": "working:economics#cost_per_order",
            "expected_units": "working:optimum#expected_results",
        },
        analyze_break_even,
        fixed_costs=best.working_total,
        unit_price=brief.economics.order_value,
        unit_cost=economics.cost_per_order,
        currency=brief.currency,
        expected_units=best.expected_results,
    )


def _sensitivity(
    sheet: Worksheet, brief: Brief, channels: dict[str, Channel], judgement: Judgement, best: OptimizedBudget
) -> Sensitivity | None:
    if best.expected_results is None:
        return None
    budget, economics = brief.budget, brief.economics
    by_amount = budget.reserve_amount is not None
    facts = ("budget.total", "budget.production", "budget.reserve_amount" if by_amount else "budget.reserve_rate")
    customer = ("economics.order_value", "economics.gross_margin", "economics.monthly_retention") if economics else ()
    sources = {path.rpartition(".")[2]: f"fact:{path}" for path in (*facts, *customer)}
    return sheet.run(
        "sensitivity",
        {**sources, "step": "judgement:sensitivity_step", **_CHANNEL_SOURCES},
        analyze_allocation_sensitivity,
        total=budget.total,
        currency=brief.currency,
        channels=channels,
        production=budget.production,
        reserve_rate=None if by_amount else budget.reserve_rate,
        reserve_amount=budget.reserve_amount,
        order_value=economics.order_value if economics else None,
        gross_margin=economics.gross_margin if economics else None,
        monthly_retention=economics.monthly_retention if economics else None,
        step=judgement.sensitivity_step,
    )


def _output(
    best: OptimizedBudget,
    economics: UnitEconomics | None,
    break_even: BreakEven | None,
    sensitivity: Sensitivity | None,
) -> Output:
    """The artifact: what the tools found, in the fields that others read."""
    kept = set(Output.model_fields)
    fields = best.model_dump(include=kept - {"economics", "sensitivities"}, exclude_none=True)
    for line in fields["lines"].values():
        line.pop("marginal_results", None)
    if economics is not None:
        customer = economics.model_dump(include=set(CustomerEconomics.model_fields), exclude_none=True)
        if break_even is not None:
            customer["break_even_results"] = break_even.units
            if break_even.margin_of_safety is not None:
                customer["margin_of_safety"] = break_even.margin_of_safety
        fields["economics"] = customer
    if sensitivity is not None:
        effects = set(DriverEffect.model_fields)
        fields["sensitivities"] = {
            key: driver.model_dump(include=effects, exclude_none=True) for key, driver in sensitivity.drivers.items()
        }
        if sensitivity.net_contribution is not None:
            fields["net_contribution"] = sensitivity.net_contribution
    return Output.model_validate(fields)


def _warnings(brief: Brief, best: OptimizedBudget, economics: UnitEconomics | None) -> list[str]:
    budget = brief.budget
    found = list(best.warnings)
    if budget.reserve_amount is not None and budget.reserve_rate != Budget.model_fields["reserve_rate"].default:
        found.append("Both a reserve amount and a reserve rate are given; the amount is used.")
    return found + (economics.warnings if economics else [])
