"""Which initiatives to fund: scored, tested for readiness, and chosen within the budget with what they depend on."""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import row_grounds
from experts.core.quantities import Count, Money, NonNegativeMoney, NonNegativeVolume, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._innovation_choice import (
    barred,
    check,
    chosen_of,
    labels_of,
    radar_of,
    scores_of,
    why,
)
from experts.digital_business_think_tank.actions._innovation_portfolio import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.tools.score_weighted_options import Scoring
from experts.digital_business_think_tank.tools.select_innovation_portfolio import (
    Portfolio,
)

KIND = "InnovationPortfolio"
VERSION = 1
NEEDS = {"opportunity": "OpportunityAssessment", "values": "InitiativeValues"}

Horizon = Literal["core", "adjacent", "transformational"]


class Budget(Model):
    """`total`: the most that may be invested; running costs aside."""

    total: NonNegativeMoney


class InitiativeFacts(Model):
    label: Text | None = None
    horizon: Horizon = Field(
        "core", json_schema_extra={"reason": "no horizon is given, so it is taken as part of today's business"}
    )
    needs: list[Key] = []
    excludes: list[Key] = []


class Criterion(Model):
    """One criterion; weights are normalised to add up to one."""

    label: Text | None = None
    weight: NonNegativeVolume


class Technology(Model):
    """One technology on the radar; `initiative` is the one that uses it."""

    label: Text | None = None
    quadrant: Text
    ring: Literal["adopt", "trial", "assess", "hold"]
    moved: Literal["in", "out", "none", "new"] = "none"
    reason: Text | None = None
    initiative: Key | None = None


class ReadinessFacts(Model):
    minimum_trl: Annotated[int, Field(ge=1, le=9)] = Field(
        4,
        json_schema_extra={
            "reason": "below level 4 the critical function has not worked in a laboratory, so cash flows are guesses"
        },
    )


class Brief(Model):
    currency: str
    budget: Budget
    initiatives: dict[Key, InitiativeFacts] = Field(max_length=30)
    criteria: dict[Key, Criterion] = Field(max_length=15)
    scores: dict[Key, dict[Key, Ratio]]
    technologies: dict[Key, Technology] = Field({}, max_length=80)
    readiness: ReadinessFacts


class StandingView(Model):
    label: str
    trl: Count


class OpportunityView(Model):
    readiness_tested: bool
    initiatives: dict[Key, StandingView]


class ValueView(Model):
    investment: Money
    npv: Money
    expected_npv: Money


class ValuesView(Model):
    initiatives: dict[Key, ValueView]


class Inputs(Model):
    opportunity: OpportunityView
    values: ValuesView


class Judgement(Model):
    rank_by: Literal["expected_npv", "score"] = Field(
        "expected_npv",
        json_schema_extra={
            "reason": "money is what competes for the budget; the scores stand beside it and may rank instead"
        },
    )
    leave_out: list[Horizon] = Field(
        [], json_schema_extra={"reason": "no horizon is ruled out until somebody asks for it"}
    )
    mix_tolerance: Share | None = Field(
        None, json_schema_extra={"reason": "the mix of horizons is shown and not enforced until somebody asks for it"}
    )


class Initiative(Model):
    """One candidate. `standing`: funded, not funded, not ready, or ruled out."""

    label: str
    horizon: str
    standing: Literal["funded", "not_funded", "not_ready", "ruled_out"]
    why: str
    score: Ratio
    rank: Count
    trl: Count
    investment: Money
    npv: Money
    expected_npv: Money
    needs: list[str] = []
    excludes: list[str] = []


class Selected(Model):
    """One funded initiative."""

    label: str
    horizon: str
    investment: Money


class Mix(Model):
    """What is invested in one horizon, beside the usual split."""

    spent: Money
    share: Share
    usual: Share


class AtBudget(Model):
    """The best choice at another budget; `change` names what comes in or falls out."""

    budget: Money
    value: Ratio
    comes_in: list[str] = []
    falls_out: list[str] = []


class Weight(Model):
    label: str
    weight: Share
    flips_at: Share | None = None
    flips_to: str | None = None


class Output(Model):
    """All candidates, and those that are funded."""

    ranked_by: str
    initiatives: dict[Key, Initiative]
    selected: dict[Key, Selected]
    invested: Money
    left: Money
    budget: Money
    value: Ratio
    mix: dict[Key, Mix]
    other_budgets: dict[Key, AtBudget]
    criteria: dict[Key, Weight]


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Score the initiatives, hold back what is not ready, and choose the set of most value within the budget.

    The score is a weighted sum; the choice is exact (0/1 knapsack with dependencies and exclusions), by expected net
    present value or, if judged so, by score. An initiative whose evidence carries less than the minimum readiness
    level, and whatever needs it, is not a candidate. Raises InvalidInput naming the fact that does not fit.
    """
    check(brief, inputs)
    sheet = Worksheet()
    scores = scores_of(sheet, brief, inputs)
    out = barred(brief, inputs, judgement)
    chosen = chosen_of(sheet, brief, inputs, judgement, out, scores)
    radar = radar_of(sheet, brief)
    output = _output(brief, inputs, judgement, scores, out, chosen)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(brief, inputs, out, chosen, scores, output),
        narrative=narrative_of(output),
        document=document_of(brief, output, radar),
        pictures=pictures_of(brief, output, chosen, radar),
        warnings=[*scores.warnings, *chosen.warnings, *(radar.warnings if radar else []), *_warnings(brief, output)],
    )


def _output(
    brief: Brief,
    inputs: Inputs,
    judgement: Judgement,
    scores: Scoring,
    barred: dict[str, tuple[str, str]],
    chosen: Portfolio,
) -> Output:
    labels = dict(zip(brief.initiatives, labels_of(brief), strict=True))
    ranks = {row.option: row for row in scores.ranking}
    funded = set(chosen.chosen)
    initiatives = {}
    for key, each in brief.initiatives.items():
        standing, reason = barred.get(key, ("funded", "") if key in funded else ("not_funded", ""))
        value = inputs.values.initiatives[key]
        initiatives[key] = Initiative.model_validate(
            {
                "label": labels[key],
                "horizon": each.horizon,
                "standing": standing,
                "why": reason or why(brief, inputs, funded, labels, key),
                "score": ranks[labels[key]].total,
                "rank": ranks[labels[key]].rank,
                "trl": inputs.opportunity.initiatives[key].trl,
                "investment": value.investment,
                "npv": value.npv,
                "expected_npv": value.expected_npv,
                "needs": each.needs,
                "excludes": each.excludes,
            }
        )
    return Output(
        ranked_by=judgement.rank_by,
        initiatives=initiatives,
        selected={
            key: Selected(label=labels[key], horizon=brief.initiatives[key].horizon, investment=choice.cost)
            for key, choice in ((choice.project, choice) for choice in chosen.choices)
            if choice.chosen
        },
        invested=chosen.spent,
        left=chosen.left,
        budget=brief.budget.total,
        value=chosen.value,
        mix={row.horizon: Mix(spent=row.spent, share=row.share, usual=row.typical) for row in chosen.mix},
        other_budgets={
            f"b{at}": AtBudget(
                budget=row.budget,
                value=row.value,
                comes_in=[labels[key] for key in row.projects if key not in funded],
                falls_out=[labels[key] for key in chosen.chosen if key not in row.projects],
            )
            for at, row in enumerate(chosen.other_budgets, 1)
        },
        criteria={
            key: Weight(label=row.criterion, weight=row.weight, flips_at=row.flips_at, flips_to=row.flips_to or None)
            for key, row in zip(brief.criteria, scores.criteria, strict=True)
        },
    )


def _grounds(
    brief: Brief,
    inputs: Inputs,
    barred: dict[str, tuple[str, str]],
    chosen: Portfolio,
    scores: Scoring,
    output: Output,
) -> dict[str, str]:
    labels = {label: key for key, label in zip(brief.initiatives, labels_of(brief), strict=True)}
    found = {
        "initiatives.*.trl": "opportunity#initiatives.*.trl",
        "initiatives.*.investment": "values#initiatives.*.investment",
        "initiatives.*.npv": "values#initiatives.*.npv",
        "initiatives.*.expected_npv": "values#initiatives.*.expected_npv",
        "selected.*.investment": "values#initiatives.*.investment",
        "invested": "working:choice#spent",
        "left": "working:choice#left",
        "value": "working:choice#value",
        "budget": "fact:budget.total",
        **row_grounds("criteria.{}.weight", "working:scores#criteria.{}.weight", brief.criteria),
        **row_grounds("criteria.{}.flips_at", "working:scores#criteria.{}.flips_at", brief.criteria),
    }
    order = [labels[row.option] for row in scores.ranking]
    found |= row_grounds("initiatives.{}.score", "working:scores#ranking.{}.total", order)
    found |= row_grounds("initiatives.{}.rank", "working:scores#ranking.{}.rank", order)
    for field, name in (("spent", "spent"), ("share", "share"), ("usual", "typical")):
        found |= row_grounds(f"mix.{{}}.{field}", f"working:choice#mix.{{}}.{name}", output.mix)
    for name in ("budget", "value"):
        found |= row_grounds(
            f"other_budgets.{{}}.{name}", f"working:choice#other_budgets.{{}}.{name}", output.other_budgets
        )
    return found


def _warnings(brief: Brief, output: Output) -> list[str]:
    found = [
        f"{row.label} is no candidate: {row.why}." for row in output.initiatives.values() if row.standing == "not_ready"
    ]
    if not brief.technologies:
        found.append("The brief names no technologies, so there is no radar.")
    used = {each.initiative for each in brief.technologies.values() if each.ring == "hold"}
    found += [
        f"{row.label} is funded and uses a technology that the radar holds back."
        for key, row in output.initiatives.items()
        if row.standing == "funded" and key in used
    ]
    return found
