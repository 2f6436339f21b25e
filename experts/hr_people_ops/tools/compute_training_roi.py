"""Return on a training programme by the Phillips method.

Each benefit is annual value x isolation (share due to the training) x confidence (of whoever estimated it). Net
benefits = benefits - costs; ROI = net benefits / costs; benefit-cost ratio = benefits / costs; payback = costs /
benefits in months. Source: Phillips & Phillips, Handbook of Training Evaluation and Measurement Methods; first-year
benefits only, as the method prescribes for short programmes. Levels 1 to 4 (Kirkpatrick) are listed as evidence given
or missing.

Limits: isolation and confidence are judgements; without a control group the effect is an estimate. Where benefits are
not worth converting into money, report them as intangible.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Rate, Ratio, Share, Volume, round_to

Level = Literal["reaction", "learning", "behaviour", "results"]


class Benefit(Model):
    """A yearly benefit."""

    value: NonNegativeMoney
    isolation: Annotated[Share, Field(description="share due to training")]
    confidence: Share = Decimal(1)


class TrainingRoi(Model):
    """Money in the given currency."""

    costs: Money
    benefits: Money
    adjusted: dict[str, Money]
    net_benefit: Money
    roi: Rate
    benefit_cost_ratio: Ratio
    payback_months: Volume | None = None
    break_even_isolation: Rate | None = None
    evidence_missing: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_training_roi(
    costs: Annotated[dict[Key, NonNegativeMoney], Field(min_length=1, max_length=30, description="include time lost")],
    benefits: Annotated[dict[Key, Benefit], Field(min_length=1, max_length=30)],
    currency: str,
    evidence: Annotated[list[Level], Field(max_length=4)] | None = None,
) -> TrainingRoi:
    """Training ROI, benefit-cost ratio and payback by Phillips.

    Use when a programme must be justified.
    """
    if evidence is None:
        evidence = []
    spent = sum((round_money(cost, currency) for cost in costs.values()), Decimal(0))
    if not spent:
        raise InvalidInput("costs add up to nothing, so there is no return on them", field="costs")
    adjusted = {
        key: round_money(item.value * item.isolation * item.confidence, currency) for key, item in benefits.items()
    }
    gained = sum(adjusted.values(), Decimal(0))
    full = sum((item.value * item.confidence for item in benefits.values()), Decimal(0))
    levels: tuple[Level, ...] = ("reaction", "learning", "behaviour", "results")
    missing = [level for level in levels if level not in evidence]
    warnings = ["The programme costs more than it brings in the first year."] if gained < spent else []
    if all(item.isolation == 1 for item in benefits.values()):
        warnings.append("Every benefit is put down to the training alone; a control group or estimate is needed.")
    if missing:
        warnings.append(f"No evidence is named for {', '.join(missing)}; a return without it is a claim.")
    return TrainingRoi(
        costs=spent,
        benefits=gained,
        adjusted=adjusted,
        net_benefit=gained - spent,
        roi=round_to((gained - spent) / spent, 4),
        benefit_cost_ratio=round_to(gained / spent, 4),
        payback_months=round_to(spent / gained * 12, 1) if gained else None,
        break_even_isolation=round_to(spent / full, 4) if full >= 1 else None,
        evidence_missing=list(missing),
        method="Phillips: benefit = value x isolation x confidence; ROI = (benefits - costs) / costs; first-year benefits.",
        assumptions=[
            "Isolation and confidence are estimates by the people asked; break_even_isolation is the share at which one "
            "isolation for all benefits just pays."
        ],
        warnings=warnings,
    )
