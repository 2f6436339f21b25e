"""The agencies' own example (30, 30, 20, 20 gives 2,600) and both editions of the US guidelines."""

# mypy: disable-error-code="comparison-overlap"
from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.analyze_market_concentration import analyze_market_concentration

D = Decimal
DOJ = {"a": D("0.3"), "b": D("0.3"), "c": D("0.2"), "d": D("0.2")}
TODAY = date(2026, 11, 25)


def test_the_example_of_the_department_of_justice() -> None:
    """https://www.justice.gov/atr/herfindahl-hirschman-index: 30^2 + 30^2 + 20^2 + 20^2 = 2,600."""
    found = analyze_market_concentration(DOJ, TODAY)
    assert (found.hhi, found.hhi_high, found.cr4, found.level) == (2600, 2600, 1, "highly concentrated")
    assert found.presumption is None and "2023 Merger Guidelines" in found.source


def test_the_edition_in_force_on_the_day_decides() -> None:
    shares = {f"f{n}": D("0.1") for n in range(6)} | {"big": D("0.35"), "small": D("0.05")}
    old = analyze_market_concentration(shares, date(2023, 12, 17), ["big", "f0"])
    new = analyze_market_concentration(shares, date(2023, 12, 18), ["big", "f0"])
    assert (old.change, old.hhi_after) == (700, 2550) == (new.change, new.hhi_after)
    assert (old.level, new.level) == ("moderately concentrated", "highly concentrated")
    assert (old.presumption, new.presumption) == ("yes", "yes")
    assert len(new.grounds) == 2 and "merged share of 45 % above 30 %" in new.grounds[1]


def test_thresholds_are_strict() -> None:
    """Twenty of 5 %: 0.05 x 0.10 x 2 x 10,000 = 100, a change of exactly 100, which is not above it."""
    shares = {"a": D("0.1"), "b": D("0.05"), "c": D("0.4"), "d": D("0.45")}
    found = analyze_market_concentration(shares, TODAY, ["a", "b"])
    assert (found.change, found.presumption) == (100, "no")


def test_an_unnamed_rest_gives_a_range_and_may_leave_it_open() -> None:
    shares = {"a": D("0.14"), "b": D("0.14"), "c": D("0.2")}
    found = analyze_market_concentration(shares, TODAY, ["a", "b"])
    assert (found.hhi, found.unnamed_share) == (792, D("0.52"))
    assert found.hhi_high == 792 + (3 * D("0.14") ** 2 + D("0.1") ** 2) * 10000
    assert found.presumption == "unclear" and "could pass 1800" in found.grounds[0]


def test_more_than_the_market_and_days_without_guidelines_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"add up to 105 %"):
        analyze_market_concentration(DOJ | {"e": D("0.05")}, TODAY)
    with pytest.raises(InvalidInput, match="has no values for 2009-01-01"):
        analyze_market_concentration(DOJ, date(2009, 1, 1))
    with pytest.raises(InvalidInput, match="'z' has no share"):
        analyze_market_concentration(DOJ, TODAY, ["a", "z"])
    with pytest.raises(InvalidInput, match="two or more different"):
        analyze_market_concentration(DOJ, TODAY, ["a"])


def test_an_hhi_just_above_the_threshold_is_not_written_as_the_threshold() -> None:
    """17^2 + 38.75^2 + 3.12^2 = 1,800.2969 after the merger: "1800 above 1800" would say nothing."""
    shares = {"a": D("0.10"), "b": D("0.07"), "c": D("0.3875"), "d": D("0.0312")}
    exact = D("1800.3")
    found = analyze_market_concentration(shares, TODAY, ["a", "b"])
    assert found.hhi_after == exact
    assert any(str(exact) in ground for ground in found.grounds)


@pytest.mark.parametrize(
    ("shares", "level"),
    [
        (["0.1"] * 10, "moderately concentrated"),  # 1,000
        (["0.3", "0.3"] + ["0"] * 1, "moderately concentrated to highly concentrated"),  # 1,800 and an open rest
    ],
)
def test_the_levels_at_the_thresholds_themselves(shares: list[str], level: str) -> None:
    found = analyze_market_concentration({f"f{at}": D(share) for at, share in enumerate(shares)}, TODAY)
    assert found.level == level


def test_a_change_of_exactly_100_and_a_share_of_exactly_30_percent_presume_nothing() -> None:
    change = analyze_market_concentration({"a": D("0.05"), "b": D("0.1"), "c": D("0.85")}, TODAY, ["a", "b"])
    assert (change.change, change.presumption) == (100, "no")
    third = analyze_market_concentration(
        {"a": D("0.15"), "b": D("0.15"), **{f"f{at}": D("0.05") for at in range(14)}}, TODAY, ["a", "b"]
    )
    assert (third.merged_share, third.change, third.presumption) == (D("0.3"), 450, "no")
