"""Control charts and Pareto: what varies by chance, which points do not, and which causes come first.

Individuals and moving range: mean +- 3 MR / d2 with d2 of two (NIST/SEMATECH e-Handbook of
Statistical Methods, 6.3.2.2). Mean and range of subgroups: grand mean +- A2 R; range D3 R to D4 R
(Shewhart; constants of ASTM E2587, sizes 2 to 10). Share defective: p +- 3 sqrt(p (1 - p) / n), the
lower limit not below 0 (6.3.3.2). Signals: a point beyond a limit, and eight in a row on one side of
the centre line (Western Electric rules 1 and 4).

Pareto (Juran): causes by count, largest first, with cumulative share; the vital few are the fewest
causes that together reach 80% of the count.

Limits: limits say what the process does, not what the customer needs. Data in order of time.
"""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, Share, round_to

METHOD = (
    "Shewhart control chart with three-sigma limits (NIST/SEMATECH e-Handbook 6.3; constants of ASTM E2587); Western "
    "Electric rules 1 and 4. Limits to four places, half up. Pareto: causes by count, vital few up to 80%."
)
# subgroup size: A2, D3, D4 (ASTM E2587)
_CONSTANTS = {
    2: ("1.880", "0", "3.267"),
    3: ("1.023", "0", "2.575"),
    4: ("0.729", "0", "2.282"),
    5: ("0.577", "0", "2.114"),
    6: ("0.483", "0", "2.004"),
    7: ("0.419", "0.076", "1.924"),
    8: ("0.373", "0.136", "1.864"),
    9: ("0.337", "0.184", "1.816"),
    10: ("0.308", "0.223", "1.777"),
}
_D2_OF_TWO = Decimal("1.128")
RUN, ENOUGH, MOST_VALUES, MOST_CAUSES = 8, 20, 5000, 60


class Limits(Model):
    """Centre line and limits of one chart."""

    lower: Ratio
    center: Ratio
    upper: Ratio


class Cause(Model):
    """A cause with its count, its share and the share of all causes down to it."""

    name: str
    count: Count
    share: Share
    cumulative: Share
    vital: bool


class ControlChart(Model):
    """Limits, the points charted, and the numbers (from 1) of those that signal; or the causes of a Pareto."""

    limits: Limits | None = None
    range_limits: Limits | None = None
    range_points: list[Ratio] = []
    pareto: list[Cause] = []
    points: list[Ratio] = []
    beyond_limits: list[Count] = []
    range_beyond_limits: list[Count] = []
    runs: list[Count] = []
    in_control: bool | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_quality(
    chart: Literal["individuals", "mean_range", "defective", "pareto"],
    values: Annotated[
        list[Ratio] | None, Field(description="in order of time; defective: bad items in each sample")
    ] = None,
    sample_size: Annotated[Count, Field(description="subgroup (2 to 10), or items in a sample")] = 1,
    counts: Annotated[
        dict[Annotated[str, Field(max_length=120)], Count] | None,
        Field(max_length=MOST_CAUSES, description="pareto: cause → count"),
    ] = None,
) -> ControlChart:
    """Make a control chart (I-MR, mean and range, share defective) with its signals, or a Pareto of causes.

    Use when a process is to be kept stable or defects to be cut. It does not know tolerances.
    """
    if chart == "pareto":
        if values:
            raise InvalidInput("a pareto takes counts by cause; move `values` to `counts`", field="values")
        return _pareto(counts or {})
    if counts:
        raise InvalidInput(f"{chart} takes `values` in order of time, not `counts`", field="counts")
    values = values or []
    if len(values) > MOST_VALUES:
        raise InvalidInput(f"{len(values):,} values; give the last {MOST_VALUES:,} or fewer", field="values")
    if chart == "individuals":
        points, limits, ranges, spread = _individuals(values, sample_size)
    elif chart == "mean_range":
        points, limits, ranges, spread = _mean_range(values, sample_size)
    else:
        points, limits, ranges, spread = _defective(values, sample_size)
    beyond = _beyond(points, limits)
    range_beyond = _beyond(ranges, spread)
    runs = _runs(points, limits[1])
    warnings = []
    if len(points) < ENOUGH:
        warnings.append(f"{len(points)} points are fewer than {ENOUGH}: take the limits as preliminary.")
    if beyond or range_beyond:
        warnings.append(
            "Points beyond the limits: find their cause, leave them out if it is found, set the limits anew."
        )
    return ControlChart(
        limits=_limits(limits),
        range_limits=_limits(spread),
        range_points=[round_to(point, 4) for point in ranges],
        points=[round_to(point, 4) for point in points],
        beyond_limits=beyond,
        range_beyond_limits=range_beyond,
        runs=runs,
        in_control=not (beyond or range_beyond or runs),
        method=METHOD,
        assumptions=[
            "Values are in order of time, and each was made under the same conditions.",
            "For defective items, `range_limits` are nil: that chart has one part."
            if chart == "defective"
            else "`range_limits` belong to the ranges, `limits` to the values or means.",
        ],
        warnings=warnings,
    )


def _pareto(counts: dict[str, int]) -> ControlChart:
    total = sum(counts.values())
    if not total:
        raise InvalidInput("there is nothing to order; give at least one cause with a count above 0", field="counts")
    made: list[Cause] = []
    reached = 0
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        vital = reached * 5 < total * 4  # 80% not reached before this cause
        reached += count
        made.append(
            Cause(
                name=name,
                count=count,
                share=round_to(Decimal(count) / total, 4),
                cumulative=round_to(Decimal(reached) / total, 4),
                vital=vital,
            )
        )
    few = sum(cause.vital for cause in made)
    return ControlChart(
        pareto=made,
        method=METHOD,
        assumptions=["Every count weighs the same; weigh by cost if causes cost differently."],
        warnings=["No few causes stand out: most of them are needed to reach 80%."] if 2 * few > len(made) > 3 else [],
    )


_Three = tuple[Decimal, Decimal, Decimal]
_Chart = tuple[list[Decimal], _Three, list[Decimal], _Three]


def _individuals(values: list[Decimal], size: int) -> _Chart:
    if size != 1 or len(values) < 2:
        raise InvalidInput(
            f"individuals: {len(values)} values with sample_size {size}; give two values or more and sample_size 1",
            field="values" if size == 1 else "sample_size",
        )
    ranges = [abs(after - before) for before, after in pairwise(values)]
    mean, spread = _mean(values), _mean(ranges)
    reach = 3 * spread / _D2_OF_TWO
    return values, (mean - reach, mean, mean + reach), ranges, (Decimal(0), spread, Decimal("3.267") * spread)


def _mean_range(values: list[Decimal], size: int) -> _Chart:
    if size not in _CONSTANTS:
        raise InvalidInput(f"mean_range: sample_size {size} must be from 2 to 10", field="sample_size", seen=size)
    if len(values) % size or len(values) < 2 * size:
        raise InvalidInput(
            f"mean_range: {len(values)} values do not make two or more full subgroups of {size}; complete the last one, "
            "or correct sample_size",
            field="values",
        )
    groups = [values[at : at + size] for at in range(0, len(values), size)]
    means, ranges = [_mean(group) for group in groups], [max(group) - min(group) for group in groups]
    a2, d3, d4 = (Decimal(text) for text in _CONSTANTS[size])
    center, spread = _mean(means), _mean(ranges)
    return means, (center - a2 * spread, center, center + a2 * spread), ranges, (d3 * spread, spread, d4 * spread)


def _defective(values: list[Decimal], size: int) -> _Chart:
    if size < 2 or len(values) < 2:
        raise InvalidInput(
            f"defective: {len(values)} samples of {size}; give two samples or more and their sample_size (2 or more)",
            field="sample_size" if size < 2 else "values",
        )
    for number, value in enumerate(values):
        if not 0 <= value <= size or value != int(value):
            raise InvalidInput(
                f"values.{number}: {value} defective items in a sample of {size}; give a whole number from 0 to {size}",
                field=f"values.{number}",
                seen=value,
            )
    share = _mean(values) / size
    reach = 3 * (share * (1 - share) / size).sqrt()
    nil = Decimal(0)
    limits = (max(nil, share - reach), share, min(Decimal(1), share + reach))
    return [value / size for value in values], limits, [], (nil, nil, nil)


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _beyond(points: list[Decimal], limits: _Three) -> list[int]:
    return [number for number, point in enumerate(points, 1) if not limits[0] <= point <= limits[2]]


def _runs(points: list[Decimal], center: Decimal) -> list[int]:
    """The points at which eight in a row or more have been on one side of the centre."""
    found, length, side = [], 0, 0
    for number, point in enumerate(points, 1):
        now = (point > center) - (point < center)
        length = length + 1 if now and now == side else int(bool(now))
        side = now
        if length >= RUN:
            found.append(number)
    return found


def _limits(three: _Three) -> Limits:
    lower, center, upper = (round_to(value, 4) for value in three)
    return Limits(lower=lower, center=center, upper=upper)
