"""Each driver must equal a budget planned apart with the changed fact."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools._curves import Channel
from experts.finance_accountant.tools.analyze_allocation_sensitivity import analyze_allocation_sensitivity
from experts.finance_accountant.tools.optimize_budget_allocation import optimize_budget_allocation

D = Decimal
ECONOMICS: dict[str, Any] = {"order_value": D(34), "gross_margin": D("0.48"), "monthly_retention": D("0.78")}


def test_each_driver_is_a_budget_planned_anew(tidewater: dict[str, Any]) -> None:
    found = analyze_allocation_sensitivity(**tidewater)

    lower = optimize_budget_allocation(**tidewater | {"total": D(86400)})
    dearer = optimize_budget_allocation(**tidewater | {"production": D(15950)})
    search = tidewater["channels"]["paid_search"]
    stronger = search.model_copy(update={"curve": search.curve.model_copy(update={"a": D("35.2")})})
    better = optimize_budget_allocation(**tidewater | {"channels": tidewater["channels"] | {"paid_search": stronger}})
    assert found.drivers["total"].results_low == lower.expected_results
    assert (found.drivers["total"].low_money, found.drivers["total"].high_money) == (86400, 105600)
    assert found.drivers["production"].results_high == dearer.expected_results
    assert found.drivers["curve_paid_search"].results_high == better.expected_results
    assert found.drivers["reserve"].high_rate == D("0.11")
    assert found.drivers["curve_podcast"].swing_results == 0
    assert found.net_contribution is None


def test_with_economics_the_ranking_is_by_what_the_campaign_earns(tidewater: dict[str, Any]) -> None:
    """11,442.25 results at 74.1818 each less 86,400 is 762,407; at retention 0.858 it is 114.93 each."""
    found = analyze_allocation_sensitivity(**tidewater, **ECONOMICS)

    assert found.net_contribution == 762407
    assert found.value_per_result == D("74.18")
    assert found.ranking[0] == "monthly_retention"
    assert found.drivers["monthly_retention"].net_high == 1228653
    assert found.drivers["order_value"].swing_net == found.drivers["gross_margin"].swing_net
    swings = [found.drivers[key].swing_net or D(0) for key in found.ranking]
    assert swings == sorted(swings, reverse=True)


def test_a_change_that_leaves_no_budget_is_said_and_ranked_first(tidewater: dict[str, Any]) -> None:
    """At a total of 25,000 the required 9,000 do not fit after 10 percent reserve and 14,500 of production."""
    found = analyze_allocation_sensitivity(**tidewater | {"total": D(27000)})

    assert (found.drivers["total"].impossible, found.drivers["total"].results_low) == ("low", None)
    assert found.drivers["total"].results_high is not None
    assert found.ranking[0] in ("total", "production")


def test_rates_stay_rates(tidewater: dict[str, Any]) -> None:
    economics = ECONOMICS | {"gross_margin": D("0.95"), "monthly_retention": D("0.96")}

    found = analyze_allocation_sensitivity(**tidewater, **economics)

    assert found.drivers["gross_margin"].high_rate == 1
    assert found.drivers["monthly_retention"].high_rate == D("0.98")


def test_a_bad_step_half_an_economics_and_no_curve_are_refused(tidewater: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="step '1' must lie between 0 and 1"):
        analyze_allocation_sensitivity(**tidewater, step=D(1))
    with pytest.raises(InvalidInput, match="give both or neither"):
        analyze_allocation_sensitivity(**tidewater, order_value=D(34))
    with pytest.raises(InvalidInput, match="no channel has a response curve"):
        analyze_allocation_sensitivity(total=D(100), currency="USD", channels={"a": Channel()})
