"""Acceptance sampling by attributes: sample size, acceptance number, and what the plan lets through.

Single sampling by ISO 2859-1:1999: normal inspection (Tables 1 and 2-A; table iso_2859_1_normal_single),
tightened and reduced (Tables 2-B and 2-C, switching rules of clause 9.3; table iso_2859_1_switching).
Lot size and inspection level give a code letter, letter and AQL a plan; an arrow leads to the next plan
below or above, whose own sample size is then used. A sample as large as the lot is inspection of every
item. The operating characteristic is binomial (type B): the chance that a lot from a process with share
p nonconforming is accepted, P = sum C(n, k) p^k (1-p)^(n-k), k <= Ac.

Limits: AQLs above 10 (nonconformities per hundred items), double and multiple sampling are not covered;
ANSI/ASQ Z1.4 differs on reduced inspection. An AQL is no target and no promise for a single lot.
"""

from decimal import Decimal
from math import comb
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, Share, plain, round_to
from experts.core.tables import load_table

METHOD = (
    "ISO 2859-1:1999, single sampling, Tables 1, 2-A, 2-B and 2-C and clause 9.3 (reference://iso_2859_1_normal_single, "
    "reference://iso_2859_1_switching, in force in that edition from 1999-11-15); operating characteristic by the binomial "
    "distribution (type B)."
)
_CURVE = ("0", "0.25", "0.5", "0.75", "1", "1.5", "2", "3", "4", "5", "6", "8", "10", "15")
LARGEST_LOT = 10**9
Inspection = Literal["normal", "tightened", "reduced"]


class OcPoint(Model):
    """Chance that a lot is accepted whose process makes this share of nonconforming items."""

    nonconforming: Share
    accepted: Share


class SamplingPlan(Model):
    """Inspect `sample_size` items; accept up to `accept` nonconforming ones, refuse from `refuse` on.

    `first_letter` is the code letter by lot size, `letter` the one after an arrow of the table;
    `switching` says when the next lots are inspected otherwise.
    `quality_95`, `quality_10`: nonconforming share at which 95% and 10% of lots are accepted.
    """

    sample_size: Count
    accept: Count
    refuse: Count
    letter: str
    first_letter: str
    every_item: bool
    aql: Ratio
    accepted_at_aql: Share
    quality_95: Share
    quality_10: Share
    curve: list[OcPoint]
    verdict: Literal["accept", "refuse"] | None
    inspection: Inspection = "normal"
    switching: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_acceptance_sampling(
    lot_size: Annotated[Count, Field(description="items in the lot")],
    aql: Annotated[Ratio, Field(description="percent nonconforming: 0.010 to 10, a step of the table ('1.0')")],
    level: Annotated[Literal["I", "II", "III", "S-1", "S-2", "S-3", "S-4"], Field(description="of inspection")] = "II",
    found: Annotated[Count | None, Field(description="nonconforming items in the sample, for a verdict")] = None,
    inspection: Inspection = "normal",
) -> SamplingPlan:
    """Plan acceptance sampling of a lot (ISO 2859-1, single): sample, acceptance number, OC curve, switching rules.

    Use when deliveries are checked by a sample. It does not keep a history of lots.
    """
    if not 2 <= lot_size <= LARGEST_LOT:
        raise InvalidInput(f"lot_size {lot_size} must be from 2 to {LARGEST_LOT:,}", field="lot_size", seen=lot_size)
    table = _table("iso_2859_1_normal_single")
    switching = _table("iso_2859_1_switching")
    plans = _plans(table, switching, inspection)
    steps = [Decimal(text) for text in table["aql_percent"]]
    if aql not in steps:
        near = min(steps, key=lambda step: (abs(step - aql), step))
        raise InvalidInput(
            f"aql {plain(aql)} is not a step of ISO 2859-1 for percent nonconforming; the nearest is {near}. Steps: "
            f"{', '.join(table['aql_percent'])}",
            field="aql",
            seen=aql,
        )
    first = _letter(table, lot_size, level)
    place = _follow(plans, first, steps.index(aql))
    size, accept = plans["sample_sizes"][place], plans["acceptance"][str(place + steps.index(aql))]
    every = size >= lot_size
    if every:
        size = lot_size
    if found is not None and found > size:
        raise InvalidInput(
            f"found {found} is more than the {size} items of the sample; count the sample only", field="found"
        )
    letters = plans["letters"]
    warnings = []
    if every:
        warnings.append(f"The plan's sample is as large as the lot: inspect all {lot_size} items.")
    if place != first:
        warnings.append(
            f"The table has no plan for letter {letters[first]} at this AQL; its arrow leads to letter {letters[place]}."
        )
    return SamplingPlan(
        sample_size=size,
        accept=accept,
        refuse=accept + 1,
        letter=letters[place],
        first_letter=letters[first],
        every_item=every,
        aql=aql,
        accepted_at_aql=_share(chance(size, accept, float(aql) / 100)),
        quality_95=_share(_quality(size, accept, 0.95)),
        quality_10=_share(_quality(size, accept, 0.10)),
        curve=[
            OcPoint(nonconforming=Decimal(text) / 100, accepted=_share(chance(size, accept, float(text) / 100)))
            for text in _CURVE
        ],
        verdict=None if found is None else "accept" if found <= accept else "refuse",
        inspection=inspection,
        switching=switching["rules"][inspection],
        method=METHOD,
        assumptions=["The sample is drawn at random from the lot, and the lot from a running process."],
        warnings=warnings,
    )


def chance(size: int, accept: int, share: float) -> float:
    """P(at most `accept` nonconforming in `size` items) at `share` nonconforming."""
    return min(1.0, sum(comb(size, k) * share**k * (1.0 - share) ** (size - k) for k in range(accept + 1)))


def _letter(table: dict[str, Any], lot: int, level: str) -> int:
    column = table["levels"].index(level)
    row = next(letters for most, letters in table["lots"] if not most or lot <= most)
    return int(table["letters"].index(row[column]))


def _table(name: str) -> dict[str, Any]:
    return load_table(Path(__file__).parent.parent / "tables" / f"{name}.toml").current()


def _plans(normal: dict[str, Any], others: dict[str, Any], inspection: Inspection) -> dict[str, Any]:
    """Letters, sample sizes, acceptance numbers and arrows of one severity."""
    if inspection != "normal":
        return dict(others[inspection])
    return {**normal, "up": normal["arrow_up"]}


def _follow(plans: dict[str, Any], first: int, step: int) -> int:
    """The position of the letter whose plan is used: along the arrow, or against it at the edge of the table."""
    has = [place for place in range(len(plans["letters"])) if str(place + step) in plans["acceptance"]]
    if first in has:
        return first
    above, below = [place for place in has if place < first], [place for place in has if place > first]
    if above and (first + step in plans["up"] or not below):
        return above[-1]
    return below[0]


def _quality(size: int, accept: int, wanted: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if chance(size, accept, middle) > wanted else (low, middle)
    return low


def _share(value: float) -> Decimal:
    return round_to(Decimal(value), 4)
