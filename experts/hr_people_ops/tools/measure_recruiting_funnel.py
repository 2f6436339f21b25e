"""A recruiting funnel: pass-through by stage, time to fill, cost per hire, yield by source.

Conversion = stage / stage before; cumulative = stage / first stage. Cost per hire = (internal + external costs) / hires,
as in ANSI/SHRM 06001.2012. Time to fill = days from opening to acceptance, one figure per filled requisition: median,
mean and 90th percentile (nearest rank). Yield of a source = hires / applicants.

Limits: describes a period; stages must be the same people moving on (a cohort), or later stages can exceed earlier
ones and are refused. No comparison with other companies.
"""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.quantities import Money, NonNegativeMoney, Share, Volume, plain, round_to
from experts.hr_people_ops.tools._groups import mean, median

_Name = Annotated[str, Field(min_length=1, max_length=60)]
_People = Annotated[int, Field(ge=0, le=10_000_000)]


class Stage(Model):
    """People who reached a stage."""

    stage: _Name
    people: _People


class Source(Model):
    """A source's applicants, hires and cost."""

    source: _Name
    applicants: _People
    hires: _People
    cost: NonNegativeMoney = Decimal(0)


class StageRow(Model):
    """One stage."""

    stage: str
    people: int
    conversion: Share | None = None
    cumulative: Share
    lost: int


class SourceRow(Model):
    """One source."""

    source: str
    hires_share: Share | None = None
    yield_rate: Share | None = None
    cost_per_hire: Money | None = None


class RecruitingFunnel(Model):
    """Money in the given currency."""

    stages: list[StageRow]
    largest_drop: str
    applicants_per_hire: Volume | None = None
    cost_per_hire: Money | None = None
    days_median: Volume | None = None
    days_mean: Volume | None = None
    days_90th: Volume | None = None
    sources: list[SourceRow]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def measure_recruiting_funnel(
    stages: Annotated[list[Stage], Field(min_length=2, max_length=15, description="in order, hires last")],
    currency: str,
    internal_cost: NonNegativeMoney = Decimal(0),
    external_cost: NonNegativeMoney = Decimal(0),
    days_to_fill: Annotated[list[Annotated[int, Field(ge=0, le=2000)]], Field(max_length=2000)] | None = None,
    sources: Annotated[list[Source], Field(max_length=40)] | None = None,
) -> RecruitingFunnel:
    """Stage conversion, time to fill, cost per hire and source yield.

    Use when hiring is reviewed.
    """
    if sources is None:
        sources = []
    if days_to_fill is None:
        days_to_fill = []
    minor_units(currency)
    for before, after in pairwise(stages):
        if after.people > before.people:
            raise InvalidInput(
                f"stage {after.stage!r} has {after.people} people, more than {before.people} at {before.stage!r}; "
                "count the same people through all stages",
                field="stages",
            )
    if not stages[0].people:
        raise InvalidInput(f"stage {stages[0].stage!r} has nobody, so there are no rates", field="stages")
    for at, source in enumerate(sources):
        if source.hires > source.applicants:
            raise InvalidInput(
                f"source {source.source!r} has {source.hires} hires of {source.applicants} applicants",
                field=f"sources.{at}.hires",
            )
    hires = stages[-1].people
    rows = [_row(stages, at) for at in range(len(stages))]
    drop = min(rows[1:], key=lambda row: Decimal(1) if row.conversion is None else row.conversion)
    cost = internal_cost + external_cost
    days = [Decimal(value) for value in sorted(days_to_fill)]
    told = sum(source.hires for source in sources)
    warnings = []
    if sources and told != hires:
        warnings.append(f"Sources name {told} hires, the last stage has {hires}.")
    if hires < 10:
        warnings.append(f"{hires} hires are few; rates by source move with every hire.")
    return RecruitingFunnel(
        stages=rows,
        largest_drop=drop.stage,
        applicants_per_hire=round_to(Decimal(stages[0].people) / hires, 2) if hires else None,
        cost_per_hire=round_money(cost / hires, currency) if hires and cost else None,
        days_median=median(days) if days else None,
        days_mean=round_to(mean(days), 1) if days else None,
        days_90th=days[-(-9 * len(days) // 10) - 1] if days else None,
        sources=[
            SourceRow(
                source=source.source,
                hires_share=round_to(Decimal(source.hires) / told, 4) if told else None,
                yield_rate=round_to(Decimal(source.hires) / source.applicants, 4) if source.applicants else None,
                cost_per_hire=round_money(source.cost / source.hires, currency)
                if source.hires and source.cost
                else None,
            )
            for source in sources
        ],
        method="Conversion = stage / stage before; cost per hire = (internal + external) / hires (ANSI/SHRM 06001.2012); "
        f"time to fill from {len(days)} requisitions, 90th percentile by nearest rank.",
        assumptions=[f"Costs given: internal {plain(internal_cost)}, external {plain(external_cost)} {currency}."],
        warnings=warnings,
    )


def _row(stages: list[Stage], at: int) -> StageRow:
    here, before = stages[at].people, stages[at - 1].people if at else 0
    return StageRow(
        stage=stages[at].stage,
        people=here,
        conversion=round_to(Decimal(here) / before, 4) if at and before else None,
        cumulative=round_to(Decimal(here) / stages[0].people, 4),
        lost=before - here if at else 0,
    )
