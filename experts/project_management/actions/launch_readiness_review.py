"""Step of product_launch_coordination: go or no-go, every criterion against its limit, and the launch calendar."""

from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney, Rate
from experts.core.worksheet import Worksheet
from experts.project_management.actions._launch_gate_document import Review, document_of, narrative_of, pictures_of
from experts.project_management.tools.review_launch_gate import (
    CountCriterion,
    DateCriterion,
    Decision,
    GateReview,
    MoneyCriterion,
    RateCriterion,
    review_launch_gate,
)

KIND = "LaunchDecision"
VERSION = 1
NEEDS = {
    "launch_plan": "LaunchPlan",
    "identity": "VisualIdentity",
    "clearance": "ClearanceChecklist",
    "economics": "LaunchEconomics",
}

LaunchDate = Annotated[Day, Field(json_schema_extra={"x-metric": "launch_date"})]
LaunchBudget = Annotated[Money, Field(json_schema_extra={"x-metric": "launch_budget"})]


class Product(Model):
    name: Text


class Launch(Model):
    """Limits of the gate."""

    budget: NonNegativeMoney | None = None
    open_blockers_allowed: Count = Field(
        0, json_schema_extra={"reason": "nothing that can stop the sale is left open on the day of the launch"}
    )
    contrast_failures_allowed: Count = Field(
        0, json_schema_extra={"reason": "text that many people cannot read is mended before it is printed"}
    )
    minimum_margin_of_safety: Rate | None = None


class Schedule(Model):
    deadline: Day | None = None


class Funding(Model):
    minimum_cash: Money = Field("0", validate_default=True, json_schema_extra={"reason": "the cash set aside must not run out"})  # fmt: skip


class Brief(Model):
    currency: str
    product: Product
    launch: Launch
    schedule: Schedule
    funding: Funding


class LaunchPlanView(Model):
    launch_date: Day
    finish: Day


class PairView(Model):
    label: str
    passes: bool


class IdentityView(Model):
    contrast_failed: Count | None = None
    pairs: dict[Key, PairView] = {}


class ItemView(Model):
    label: str
    owner: str | None = None
    why: str = ""
    clear: Day | None = None
    blocking: bool
    blocks_launch: bool


class ClearanceView(Model):
    open_blockers: Count
    clearance_date: Day | None = None
    items: dict[Key, ItemView]


class ScenarioView(Model):
    label: str
    profit: Money
    margin_of_safety: Rate | None = None
    lowest: Money
    lowest_balance: Money | None = None
    payback_month: Day | None = None


class EconomicsView(Model):
    base: str
    launch_budget: Money
    scenarios: dict[Key, ScenarioView]


class Inputs(Model):
    launch_plan: LaunchPlanView
    identity: IdentityView
    clearance: ClearanceView
    economics: EconomicsView


class Judgement(Model):
    """Nothing is left open: the criteria are the brief's, the figures the experts'."""


class Criterion(Model):
    """One criterion: value and limit, in the unit it has, and by how much it holds or fails."""

    label: str
    holds: bool
    must: bool
    value_date: Day | None = None
    limit_date: Day | None = None
    value_count: Count | None = None
    limit_count: Count | None = None
    value_money: Money | None = None
    limit_money: Money | None = None
    value_rate: Rate | None = None
    limit_rate: Rate | None = None
    spare_days: Days | None = None
    spare_money: Money | None = None
    spare_rate: Rate | None = None


class Output(Model):
    """The proposed decision. `ready_date` is the day all work is done, `clearance_date` the last blocking clearance."""

    decision: Decision
    launch_date: LaunchDate
    ready_date: Day
    clearance_date: Day | None = None
    launch_budget: LaunchBudget
    criteria: dict[Key, Criterion]
    checked: Count
    holding: Count
    failing: Count


LABELS = {
    "ready": "All work is done by the launch",
    "cleared": "Every blocking clearance with a lead time is in hand by the launch",
    "deadline": "The launch is no later than the deadline",
    "blockers": "No more open blockers than allowed",
    "contrast": "No more unreadable colour pairs than allowed",
    "budget": "The launch costs no more than its budget",
    "cash": "The cash set aside covers the lowest point of the base scenario",
    "safety": "The base scenario has the margin of safety asked for",
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Hold the launch against its gate: dates, blockers, budget, cash, margin; propose go, conditions or no-go.

    Criteria whose limit or figure is not known are left out and named. The people who approve decide.
    """
    sheet = Worksheet()
    sources: dict[str, str] = {}
    dates, counts = _dates(brief, inputs, sources), _counts(brief, inputs, sources)
    amounts, rates = _amounts(brief, inputs, sources), _rates(brief, inputs, sources)
    found = sheet.run("gate", sources, review_launch_gate, dates=dates, counts=counts, amounts=amounts, rates=rates)
    output = _output(inputs, found, dates, counts, amounts, rates)
    review = Review(brief=brief, inputs=inputs, output=output, left_out=[k for k in LABELS if k not in found.criteria])
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(sources),
        narrative=narrative_of(review),
        document=document_of(review),
        pictures=pictures_of(review),
        warnings=[
            *(f"Not met: {each.label}." for each in output.criteria.values() if not each.holds),
            *([] if inputs.clearance.items else ["Nothing was judged of clearances: the brief lists none."]),
        ],
    )


def _dates(brief: Brief, inputs: Inputs, sources: dict[str, str]) -> dict[str, DateCriterion]:
    plan, cleared = inputs.launch_plan, inputs.clearance.clearance_date
    found = {"ready": DateCriterion(value=plan.finish, limit=plan.launch_date)}
    sources |= {"dates.ready.value": "launch_plan#finish", "dates.ready.limit": "launch_plan#launch_date"}
    if cleared is not None:
        found["cleared"] = DateCriterion(value=cleared, limit=plan.launch_date)
        sources |= {"dates.cleared.value": "clearance#clearance_date", "dates.cleared.limit": "launch_plan#launch_date"}
    if brief.schedule.deadline is not None:
        found["deadline"] = DateCriterion(value=plan.launch_date, limit=brief.schedule.deadline)
        sources |= {"dates.deadline.value": "launch_plan#launch_date", "dates.deadline.limit": "fact:schedule.deadline"}
    return found


def _counts(brief: Brief, inputs: Inputs, sources: dict[str, str]) -> dict[str, CountCriterion]:
    found = {"blockers": CountCriterion(value=inputs.clearance.open_blockers, limit=brief.launch.open_blockers_allowed)}
    sources |= {
        "counts.blockers.value": "clearance#open_blockers",
        "counts.blockers.limit": "fact:launch.open_blockers_allowed",
    }
    failed = inputs.identity.contrast_failed
    if failed is not None:
        found["contrast"] = CountCriterion(value=failed, limit=brief.launch.contrast_failures_allowed, must=False)
        sources |= {
            "counts.contrast.value": "identity#contrast_failed",
            "counts.contrast.limit": "fact:launch.contrast_failures_allowed",
        }
    return found


def _amounts(brief: Brief, inputs: Inputs, sources: dict[str, str]) -> dict[str, MoneyCriterion]:
    economics = inputs.economics
    base = economics.scenarios[economics.base]
    at = f"economics#scenarios.{economics.base}"
    found = {}
    if brief.launch.budget is not None:
        found["budget"] = MoneyCriterion(value=economics.launch_budget, at_most=brief.launch.budget)
        sources |= {"amounts.budget.value": "economics#launch_budget", "amounts.budget.at_most": "fact:launch.budget"}
    if base.lowest_balance is not None:
        found["cash"] = MoneyCriterion(value=base.lowest_balance, at_least=brief.funding.minimum_cash)
        sources |= {"amounts.cash.value": f"{at}.lowest_balance", "amounts.cash.at_least": "fact:funding.minimum_cash"}
    return found


def _rates(brief: Brief, inputs: Inputs, sources: dict[str, str]) -> dict[str, RateCriterion]:
    economics = inputs.economics
    safety = economics.scenarios[economics.base].margin_of_safety
    if safety is None or brief.launch.minimum_margin_of_safety is None:
        return {}
    sources |= {
        "rates.safety.value": f"economics#scenarios.{economics.base}.margin_of_safety",
        "rates.safety.at_least": "fact:launch.minimum_margin_of_safety",
    }
    return {"safety": RateCriterion(value=safety, at_least=brief.launch.minimum_margin_of_safety)}


def _output(
    inputs: Inputs,
    found: GateReview,
    dates: dict[str, DateCriterion],
    counts: dict[str, CountCriterion],
    amounts: dict[str, MoneyCriterion],
    rates: dict[str, RateCriterion],
) -> Output:
    criteria = {}
    for key in LABELS:
        if key not in found.criteria:
            continue
        verdict = found.criteria[key]
        day, count, amount, rate = dates.get(key), counts.get(key), amounts.get(key), rates.get(key)
        criteria[key] = Criterion(
            label=LABELS[key],
            **dict(verdict),
            value_date=day.value if day else None,
            limit_date=day.limit if day else None,
            value_count=count.value if count else None,
            limit_count=count.limit if count else None,
            value_money=amount.value if amount else None,
            limit_money=(amount.at_most if amount.at_most is not None else amount.at_least) if amount else None,
            value_rate=rate.value if rate else None,
            limit_rate=rate.at_least if rate else None,
        )
    return Output(
        decision=found.decision,
        launch_date=inputs.launch_plan.launch_date,
        ready_date=inputs.launch_plan.finish,
        clearance_date=inputs.clearance.clearance_date,
        launch_budget=inputs.economics.launch_budget,
        criteria=criteria,
        checked=found.checked,
        holding=found.holding,
        failing=found.failing,
    )


_UNITS = {"dates": "date", "counts": "count", "amounts": "money", "rates": "rate"}


def _grounds(sources: dict[str, str]) -> dict[str, str]:
    """Values and limits come from where the tool's arguments came from; the rest from the tool."""
    found = {
        "launch_date": "launch_plan#launch_date",
        "ready_date": "launch_plan#finish",
        "clearance_date": "clearance#clearance_date",
        "launch_budget": "economics#launch_budget",
        **{
            f"criteria.*.{name}": f"working:gate#criteria.*.{name}"
            for name in ("spare_days", "spare_money", "spare_rate")
        },
        **{name: f"working:gate#{name}" for name in ("checked", "holding", "failing")},
    }
    for path, ref in sources.items():
        table, key, side = path.split(".")
        found[f"criteria.{key}.{'value' if side == 'value' else 'limit'}_{_UNITS[table]}"] = ref
    return found
