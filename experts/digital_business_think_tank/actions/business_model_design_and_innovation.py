"""How the company earns: nine blocks, what an average customer pays and is worth, and other ways of earning beside it."""

from typing import get_args

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import (
    Count,
    Money,
    Months,
    NonNegativeMoney,
    NonNegativeVolume,
    Rate,
    Ratio,
    Share,
    Volume,
)
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._startup_model import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.tools.blend_price_plans import BlendedPlans, PricePlan, blend_price_plans
from experts.digital_business_think_tank.tools.build_business_model_canvas import (
    BlockName,
    Canvas,
    Stream,
    build_business_model_canvas,
)
from experts.digital_business_think_tank.tools.compare_business_models import (
    BusinessModel,
    ModelComparison,
    compare_business_models,
)

KIND = "BusinessModel"
VERSION = 1
NEEDS = {"market": "MarketSizing"}


class Company(Model):
    name: Text


class CanvasFacts(Model):
    """Notes for the blocks of the canvas; customer segments are the market's groups."""

    value_propositions: list[str] = []
    channels: list[str] = []
    customer_relationships: list[str] = []
    revenue_streams: list[str] = []
    key_resources: list[str] = []
    key_activities: list[str] = []
    key_partners: list[str] = []
    cost_structure: list[str] = []


class PlanFacts(Model):
    """What a group of customers pays a month, and what serving one costs a month."""

    label: Text | None = None
    group: Text
    price: NonNegativeMoney
    variable_cost: NonNegativeMoney


class Economics(Model):
    """Churn a month, and how many months a customer may take to pay back what winning one costs."""

    churn: Share
    payback_months: Count = Field(
        12,
        json_schema_extra={"reason": "a year to earn back what a customer costs, until the founders set another limit"},
    )


class Alternative(Model):
    """Another way of earning, figures a year."""

    label: Text | None = None
    customers: NonNegativeVolume
    price: NonNegativeMoney
    unit_cost: NonNegativeMoney
    fixed_costs: NonNegativeMoney
    acquisition_cost: NonNegativeMoney
    churn: Share


class Brief(Model):
    company: Company
    currency: str
    canvas: CanvasFacts = CanvasFacts()
    plans: dict[Key, PlanFacts] = Field(max_length=20)
    economics: Economics
    alternatives: dict[Key, Alternative] = Field({}, max_length=8)


class GroupView(Model):
    label: str
    obtainable_customers: Volume


class MarketView(Model):
    groups: dict[Key, GroupView]


class Inputs(Model):
    market: MarketView


class Judgement(Model):
    years: Count = Field(
        3, json_schema_extra={"reason": "three years are what founders and investors usually look at together"}
    )


class Plan(Model):
    """One price plan, with the revenue a year that its part of the obtainable market would bring."""

    label: str
    group: str
    group_label: str
    price: NonNegativeMoney
    variable_cost: NonNegativeMoney
    contribution: Money
    weight: Share
    revenue: Money
    revenue_share: Share


class ComparedView(Model):
    """One way of earning over the years looked at."""

    label: str
    result: Money
    break_even_customers: Count | None = None
    ltv_to_cac: Ratio | None = None
    cash: Money
    cash_if_customers_halve: Money


class Output(Model):
    """An average customer a month, and the canvas. `most_to_pay` is what winning a customer may cost."""

    plans: dict[Key, Plan]
    price: Money
    variable_cost: Money
    contribution: Money
    gross_margin: Rate
    churn: Share
    retention: Share
    expected_months: Months | None = None
    lifetime_contribution: Money | None = None
    most_to_pay: NonNegativeMoney
    payback_months: Count
    revenue_if_won: Money
    blocks_filled: int
    empty: list[str]
    alternatives: dict[Key, ComparedView] = {}
    leader: str | None = None
    flips: Ratio | None = None


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Build the business model: canvas, average customer, lifetime value, most to pay for one, alternatives compared.

    Nine blocks by Osterwalder & Pigneur (2010); plans are weighed by the customers that could be won in their group.
    Raises InvalidInput for a plan of a group that the market has not, and for two plans of one group.
    """
    sheet = Worksheet()
    _check(brief, inputs)
    blended = _blend(sheet, brief, inputs)
    canvas = _canvas(sheet, brief, inputs, blended)
    compared = _compare(sheet, brief, judgement)
    output, grounds = _output(brief, inputs, blended, canvas, compared)
    warnings = [*blended.warnings, *canvas.warnings, *(compared.warnings if compared else [])]
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(brief, output),
        document=document_of(brief, output, canvas),
        pictures=pictures_of(brief, canvas),
        warnings=warnings,
    )


def _check(brief: Brief, inputs: Inputs) -> None:
    if not brief.plans:
        raise InvalidInput("there is no price plan; give at least one with its price a month", field="plans")
    seen: dict[str, str] = {}
    for key, plan in brief.plans.items():
        if plan.group not in inputs.market.groups:
            raise InvalidInput(
                f"plan {key!r} is sold to {plan.group!r}, which is not a group of the market"
                f"{did_you_mean(plan.group, inputs.market.groups)}",
                field=f"plans.{key}.group",
            )
        if plan.group in seen:
            raise InvalidInput(
                f"plans {seen[plan.group]!r} and {key!r} are sold to one group, {plan.group!r}, whose customers would count twice; "
                "split the group, or join the plans at their average price",
                field=f"plans.{key}.group",
            )
        seen[plan.group] = key


def _blend(sheet: Worksheet, brief: Brief, inputs: Inputs) -> BlendedPlans:
    sources = {
        "plans.*.price": "fact:plans.*.price",
        "plans.*.variable_cost": "fact:plans.*.variable_cost",
        "churn": "fact:economics.churn",
        "payback_months": "fact:economics.payback_months",
        **{
            f"plans.{key}.customers": f"market#groups.{plan.group}.obtainable_customers"
            for key, plan in brief.plans.items()
        },
    }
    return sheet.run(
        "blend",
        sources,
        blend_price_plans,
        plans={
            key: PricePlan(
                price=plan.price,
                variable_cost=plan.variable_cost,
                customers=inputs.market.groups[plan.group].obtainable_customers,
            )
            for key, plan in brief.plans.items()
        },
        churn=brief.economics.churn,
        payback_months=brief.economics.payback_months,
        currency=brief.currency,
    )


def _canvas(sheet: Worksheet, brief: Brief, inputs: Inputs, blended: BlendedPlans) -> Canvas:
    notes: dict[BlockName, list[str]] = {
        name: getattr(brief.canvas, name) for name in get_args(BlockName) if name != "customer_segments"
    }
    for name, lines in notes.items():
        for line in lines:
            if not line.strip() or len(line) > 300:
                raise InvalidInput(
                    f"canvas.{name} has a note of {len(line)} characters; write from 1 to 300", field=f"canvas.{name}"
                )
    notes["customer_segments"] = [inputs.market.groups[plan.group].label for plan in brief.plans.values()]
    return sheet.run(
        "canvas",
        {
            f"streams.{n}.{name}": ref
            for n, (key, plan) in enumerate(brief.plans.items())
            for name, ref in (
                ("customers", f"market#groups.{plan.group}.obtainable_customers"),
                ("price", f"fact:plans.{key}.price"),
                ("per_year", "working:blend#bills_a_year"),
            )
        },
        build_business_model_canvas,
        title=brief.company.name,
        blocks=notes,
        currency=brief.currency,
        streams=[
            Stream(
                name=title_of(key, plan.label),
                segment=inputs.market.groups[plan.group].label,
                customers=inputs.market.groups[plan.group].obtainable_customers,
                price=plan.price,
                per_year=blended.bills_a_year,
            )
            for key, plan in brief.plans.items()
        ],
    )


def _compare(sheet: Worksheet, brief: Brief, judgement: Judgement) -> ModelComparison | None:
    if len(brief.alternatives) < 2:
        return None
    return sheet.run(
        "compare",
        {"models.*.*": "fact:alternatives.*.*", "years": "judgement:years"},
        compare_business_models,
        models={key: BusinessModel(**each.model_dump(exclude={"label"})) for key, each in brief.alternatives.items()},
        currency=brief.currency,
        years=judgement.years,
    )


def _output(
    brief: Brief, inputs: Inputs, blended: BlendedPlans, canvas: Canvas, compared: ModelComparison | None
) -> tuple[Output, dict[str, str]]:
    ranking = list(compared.ranking) if compared else []
    grounds = {
        "plans.*.price": "fact:plans.*.price",
        "plans.*.variable_cost": "fact:plans.*.variable_cost",
        "plans.*.contribution": "working:blend#plans.*.contribution",
        "plans.*.weight": "working:blend#plans.*.weight",
        **{f"plans.{key}.revenue": f"working:canvas#streams.{n}.revenue" for n, key in enumerate(brief.plans)},
        **{f"plans.{key}.revenue_share": f"working:canvas#streams.{n}.share" for n, key in enumerate(brief.plans)},
        **{
            name: f"working:blend#{name}"
            for name in (
                *("price", "variable_cost", "contribution", "gross_margin", "retention", "expected_months"),
                *("lifetime_contribution", "most_to_pay"),
            )
        },
        "churn": "fact:economics.churn",
        "payback_months": "fact:economics.payback_months",
        "revenue_if_won": "working:canvas#revenue",
        "flips": "working:compare#flips",
    }
    for n, row in enumerate(ranking):
        at = f"working:compare#ranking.{n}"
        grounds |= {
            f"alternatives.{row.model}.{name}": f"{at}.{name}"
            for name in ("result", "break_even_customers", "ltv_to_cac", "cash_if_customers_halve")
        }
        grounds[f"alternatives.{row.model}.cash"] = f"{at}.cash_by_year.{len(row.cash_by_year) - 1}"
    output = Output(
        plans={
            key: Plan(
                label=title_of(key, plan.label),
                group=plan.group,
                group_label=inputs.market.groups[plan.group].label,
                price=plan.price,
                variable_cost=plan.variable_cost,
                contribution=blended.plans[key].contribution,
                weight=blended.plans[key].weight,
                revenue=canvas.streams[n].revenue,
                revenue_share=canvas.streams[n].share,
            )
            for n, (key, plan) in enumerate(brief.plans.items())
        },
        **blended.model_dump(include=set(Output.model_fields) & set(BlendedPlans.model_fields) - {"plans"}),
        churn=brief.economics.churn,
        payback_months=brief.economics.payback_months,
        revenue_if_won=canvas.revenue,
        blocks_filled=canvas.filled,
        empty=canvas.empty,
        alternatives={
            row.model: ComparedView(
                label=title_of(row.model, brief.alternatives[row.model].label),
                result=row.result,
                break_even_customers=row.break_even_customers,
                ltv_to_cac=row.ltv_to_cac,
                cash=row.cash_by_year[-1],
                cash_if_customers_halve=row.cash_if_customers_halve,
            )
            for row in ranking
        },
        leader=ranking[0].model if ranking else None,
        flips=compared.flips if compared else None,
    )
    return output, grounds
