"""Little's law against Little & Graves, and percentiles against numpy."""

from decimal import Decimal as D

import numpy as np
import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.measure_flow import measure_flow


def test_a_wine_rack_of_160_bottles_at_8_a_month_keeps_a_bottle_20_months() -> None:
    # Little & Graves, Little's Law, in Building Intuition (2008): a rack two thirds full of 240, 96 bottles a year.
    found = measure_flow(wip=D(160), throughput=D(8))
    assert (found.cycle_time, found.derived) == (D(20), "cycle_time")
    assert measure_flow(wip=D(160), throughput=D(96)).cycle_time == D("1.6667")
    assert measure_flow(wip=D(160), cycle_time=D(20)).throughput == D(8)
    assert measure_flow(throughput=D(8), cycle_time=D(20)).wip == D(160)


def test_percentiles_are_items_that_happened_as_numpy_finds_them() -> None:
    times = [D(n) for n in (2, 9, 4, 1, 7, 3, 3, 15, 6, 5, 8, 2, 4, 30, 5, 6, 11, 3, 2, 7, 12)]
    found = measure_flow(throughput=D(2), cycle_times=times)
    assert found.percentiles is not None and not found.warnings
    ours = (found.percentiles.p50, found.percentiles.p70, found.percentiles.p85, found.percentiles.p95)
    theirs = np.percentile([float(time) for time in times], [50, 70, 85, 95], method="inverted_cdf")
    assert [float(one) for one in ours] == list(theirs)
    assert float(found.cycle_time) == pytest.approx(np.mean([float(time) for time in times]), abs=5e-5)


def test_averages_that_contradict_the_law_are_pointed_out() -> None:
    found = measure_flow(wip=D(30), throughput=D(2), cycle_time=D(10))
    assert (found.implied_wip, found.derived) == (D(20), "none")
    assert "implies 20.00 items in progress, not 30" in found.warnings[0]
    assert not measure_flow(wip=D(21), throughput=D(2), cycle_time=D(10)).warnings


def test_too_little_too_much_and_nothing_are_refused() -> None:
    with pytest.raises(InvalidInput, match="throughput and cycle_time are missing"):
        measure_flow(wip=D(3))
    with pytest.raises(InvalidInput, match="both given"):
        measure_flow(wip=D(3), cycle_time=D(1), cycle_times=[D(1)])
    with pytest.raises(InvalidInput, match="throughput 0 means"):
        measure_flow(wip=D(3), throughput=D(0))
