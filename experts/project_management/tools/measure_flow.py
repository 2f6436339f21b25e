"""Flow: how long work takes, how much gets done, and what the work in progress implies.

Little's law: average work in progress = throughput x average cycle time (Little, A Proof for
the Queuing Formula L = lambda W, Operations Research 9, 1961), so any two give the third.
Percentiles by nearest rank: the p-th is the smallest cycle time that at least p percent of the
items did not exceed, an item that happened.

Limits: Little's law holds for averages over a time in which the work in progress is about the
same at both ends. Percentiles say what was, not what is promised.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, NonNegativeVolume, Ratio, Volume, round_to

METHOD = (
    "Little's law, WIP = throughput x cycle time (Little, Operations Research 9, 1961); percentiles by nearest rank. "
    "Figures to four places, half up."
)
MOST_ITEMS, FEW, LARGEST = 10_000, 20, 10**12


class Percentiles(Model):
    """Cycle times that so many percent of the items did not exceed."""

    p50: Volume
    p70: Volume
    p85: Volume
    p95: Volume
    shortest: Volume
    longest: Volume
    items: Count


class Flow(Model):
    """The averages, in items and in the one unit of time used; `derived` names the one that followed from the rest."""

    wip: Ratio
    throughput: Ratio
    cycle_time: Ratio
    derived: str
    implied_wip: Ratio | None = None
    percentiles: Percentiles | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def measure_flow(
    wip: Annotated[NonNegativeVolume | None, Field(description="average items in progress")] = None,
    throughput: Annotated[NonNegativeVolume | None, Field(description="items finished per unit of time")] = None,
    cycle_time: Annotated[NonNegativeVolume | None, Field(description="average time per item")] = None,
    cycle_times: Annotated[
        list[NonNegativeVolume] | None, Field(description="of each finished item, instead of the average")
    ] = None,
) -> Flow:
    """Apply Little's law to work in progress, throughput and cycle time, and give cycle-time percentiles.

    Use when two of the three are known. It does not hold while a backlog grows or shrinks fast.
    """
    percentiles = None
    if cycle_times:
        if cycle_time is not None:
            raise InvalidInput("cycle_time and cycle_times are both given; give one of them", field="cycle_time")
        if len(cycle_times) > MOST_ITEMS:
            raise InvalidInput(
                f"{len(cycle_times):,} items; give the last {MOST_ITEMS:,} or fewer", field="cycle_times"
            )
        cycle_time = sum(cycle_times, Decimal(0)) / len(cycle_times)
        percentiles = _percentiles(sorted(cycle_times))
    given = {"wip": wip, "throughput": throughput, "cycle_time": cycle_time}
    for name, value in given.items():
        if value == 0:
            raise InvalidInput(f"{name} 0 means that nothing flows; give an average above 0", field=name, seen=value)
    missing = [name for name, value in given.items() if value is None]
    if len(missing) > 1:
        raise InvalidInput(
            f"{' and '.join(missing)} are missing; Little's law needs two of wip, throughput and cycle time",
            field=missing[0],
        )
    warnings = []
    implied = None
    if cycle_time is None:
        assert wip is not None and throughput is not None  # one at most is missing
        cycle_time = wip / throughput
    elif throughput is None:
        assert wip is not None
        throughput = wip / cycle_time
    elif wip is None:
        wip = throughput * cycle_time
    else:
        implied = throughput * cycle_time
        if abs(implied - wip) > wip / 10:
            warnings.append(
                f"The law implies {round_to(implied, 2)} items in progress, not {wip}: the averages come from different "
                "times, or the work in progress is growing or shrinking."
            )
    for name, value in (("wip", wip), ("throughput", throughput), ("cycle_time", cycle_time)):
        if value > LARGEST:
            raise InvalidInput(
                f"{name} comes out above {LARGEST:,}; check the units", field=missing[0] if missing else name
            )
    if percentiles and percentiles.items < FEW:
        warnings.append(f"{percentiles.items} items are few: the upper percentiles rest on one or two of them.")
    return Flow(
        wip=round_to(wip, 4),
        throughput=round_to(throughput, 4),
        cycle_time=round_to(cycle_time, 4),
        derived=missing[0] if missing else "none",
        implied_wip=None if implied is None else round_to(implied, 4),
        percentiles=percentiles,
        method=METHOD,
        assumptions=["Averages over one span of time with about the same work in progress at both ends."],
        warnings=warnings,
    )


def _percentiles(times: list[Decimal]) -> Percentiles:
    def at(percent: int) -> Decimal:
        return times[-(-percent * len(times) // 100) - 1]

    return Percentiles(
        p50=at(50), p70=at(70), p85=at(85), p95=at(95), shortest=times[0], longest=times[-1], items=len(times)
    )
