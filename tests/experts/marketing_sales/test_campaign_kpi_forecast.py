"""What a campaign should bring, against its targets."""

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from experts.core.blocks import Sheet, SheetCell, body_of
from experts.core.contract import ActionResult
from experts.core.errors import InvalidInput

Facts = dict[str, Any]
Plan = Callable[..., tuple[ActionResult, Facts, ActionResult]]


def test_tidewater_meets_both_targets_with_room(plan: Plan, tidewater: Facts) -> None:
    """By hand: sampling at its minimum, search and social share 66,900 as the squares of their factors."""
    _, _, result = plan(tidewater)
    search, social = 66_900 * 32**2 / (32**2 + 26**2), 66_900 * 26**2 / (32**2 + 26**2)
    expected = 32 * math.sqrt(search) + 26 * math.sqrt(social) + 11 * math.sqrt(5000)
    data = result.data
    assert float(data["results_expected"]) == pytest.approx(expected, abs=0.02)
    assert float(data["results_low"]) == pytest.approx(expected * 0.8, abs=0.02)
    assert float(data["results_high"]) == pytest.approx(expected * 1.2, abs=0.02)
    assert float(data["cost_per_result"]) == pytest.approx(86_400 / expected, abs=0.005)
    assert data["channels"]["podcast"]["expected"] == "0"
    assert {key: kpi["verdict"] for key, kpi in data["kpis"].items()} == {
        "cost_per_first_order": "met",
        "payback": "met",
    }


def test_expected_results_are_the_allocations_own(plan: Plan, studio: Facts) -> None:
    _, inputs, result = plan(studio)
    lines = inputs["allocation"]["lines"]
    for key, channel in result.data["channels"].items():
        assert channel["expected"] == lines[key]["expected_results"]
        assert Decimal(channel["low"]) <= Decimal(channel["expected"]) <= Decimal(channel["high"])
    assert result.data["results_expected"] == inputs["allocation"]["expected_results"]
    assert result.data["cost_per_result"] == inputs["allocation"]["cost_per_result"]
    assert result.data["payback_months"] == inputs["allocation"]["economics"]["payback_months"]


def test_this_experts_curves_give_what_the_allocation_expects(plan: Plan, studio: Facts, tidewater: Facts) -> None:
    for brief in (studio, tidewater):
        _, inputs, result = plan(brief)
        worked = next(working for working in result.workings if working.key == "forecast").result["channels"]
        for key, channel in worked.items():
            assert channel["expected"] == inputs["allocation"]["lines"][key]["expected_results"]


def test_a_channel_without_a_curve_is_counted_as_cost_and_named(plan: Plan, studio: Facts) -> None:
    _, _, result = plan(studio)
    assert "craft_fair" not in result.data["channels"]
    assert any("Stand at the craft fair" in text and "not counted" in text for text in result.warnings)
    assert "What Stand at the craft fair will bring is not known and not counted" in result.narrative


def test_targets_of_each_kind_are_judged(plan: Plan, studio: Facts) -> None:
    _, _, result = plan(studio)
    kpis = result.data["kpis"]
    assert set(kpis) == {"bookings", "cost", "payback", "sales"}
    assert kpis["payback"]["label"] == "Payback"
    assert kpis["sales"]["verdict"] == "missed"  # nobody sells ten times the spend here
    assert Decimal(kpis["sales"]["headroom"]) < 0
    assert any("Return on spend" in text for text in result.warnings)


def test_the_choice_of_uncertainty_widens_given_curves_only(plan: Plan, studio: Facts, tidewater: Facts) -> None:
    assert plan(studio)[2].data["channels"] == plan(studio, curve_uncertainty="0.5")[2].data["channels"]
    wide = plan(tidewater, curve_uncertainty="0.5")[2].data
    assert float(wide["results_low"]) == pytest.approx(float(wide["results_expected"]) / 2, abs=0.02)
    assert plan(tidewater)[2].reasons["curve_uncertainty"]


def test_visitors_a_day_are_derived_or_taken_as_given(plan: Plan, tidewater: Facts) -> None:
    test = plan(tidewater)[2].data["test"]
    assert (test["sample_per_variant"], test["days"], test["run_days"]) == (10671, 5, 7)
    assert float(test["daily_visitors"]) == pytest.approx(11442.25 / 0.031 / 84, abs=0.01)
    tidewater["landing_test"]["daily_visitors"] = 700
    test = plan(tidewater)[2].data["test"]
    assert (test["daily_visitors"], test["days"], test["run_days"]) == ("700", 31, 35)


def test_a_test_longer_than_the_campaign_is_warned_about(plan: Plan, tidewater: Facts) -> None:
    tidewater["landing_test"]["daily_visitors"] = 100
    result = plan(tidewater)[2]
    assert any("longer than the campaign" in text for text in result.warnings)


def test_a_test_without_traffic_or_difference_is_refused(plan: Plan, tidewater: Facts) -> None:
    tidewater["landing_test"]["daily_visitors"] = 0
    with pytest.raises(InvalidInput, match="daily_visitors 0"):
        plan(tidewater)
    tidewater["landing_test"] = {"baseline_rate": "0.031"}
    with pytest.raises(InvalidInput, match="both missing"):
        plan(tidewater)


def test_without_any_curve_there_is_no_forecast_and_no_number(plan: Plan, studio: Facts) -> None:
    studio["channels"] = {"flyers": {"maximum": "900"}, "posters": {}}
    studio["landing_test"] = {"baseline_rate": "0.02", "lift": "0.5"}
    _, _, result = plan(studio)
    assert "results_expected" not in result.data
    assert {kpi["verdict"] for kpi in result.data["kpis"].values()} == {"not forecast"}
    assert result.data["test"]["sample_per_variant"] > 0 and "days" not in result.data["test"]
    assert result.pictures == {}
    assert "makes no forecast" in result.narrative


def test_without_targets_economics_or_test_the_forecast_stands(plan: Plan, tidewater: Facts) -> None:
    for table in ("kpis", "economics", "landing_test"):
        tidewater.pop(table)
    _, _, result = plan(tidewater)
    assert result.data["kpis"] == {}
    assert "return_on_spend" not in result.data and "payback_months" not in result.data
    assert "test" not in result.data
    assert list(result.pictures) == ["results"]


def test_a_cost_that_never_comes_back_misses_its_target(plan: Plan, tidewater: Facts) -> None:
    tidewater["economics"] |= {"order_value": "2", "monthly_retention": "0.5"}
    _, _, result = plan(tidewater)
    assert result.data["kpis"]["payback"]["verdict"] == "missed"
    del tidewater["economics"]["monthly_retention"]
    assert plan(tidewater)[2].data["kpis"]["payback"]["verdict"] == "not forecast"


def test_the_same_facts_draw_the_same_bytes(plan: Plan, studio: Facts) -> None:
    first, second = plan(studio)[2].pictures, plan(studio)[2].pictures
    assert set(first) == {"results", "kpis"}
    assert first == second


@pytest.mark.parametrize("name", ["tidewater", "studio"])
def test_every_formula_of_the_workbook_gives_the_figure_it_stands_for(
    plan: Plan, name: str, request: pytest.FixtureRequest
) -> None:
    brief: Facts = request.getfixturevalue(name)
    brief["economics"]["monthly_retention"] = "0.78"
    _, inputs, result = plan(brief)
    values = (
        flat("self#", result.data)
        | flat("channel_plan#", inputs["channel_plan"])
        | flat("allocation#", inputs["allocation"])
        | flat("fact:", brief)
        | flat("judgement:", result.judgement)
    )
    seen = 0
    for piece in result.document:
        body = body_of(piece)
        for key, row in body.rows.items() if isinstance(body, Sheet) else ():
            for cell in row.values():
                if isinstance(cell, SheetCell) and cell.formula:
                    seen += 1
                    wanted = values[cell.ref] if cell.ref else result.data["kpis"][key[4:]]["verdict"]
                    assert calculated(cell.formula, values) == wanted, (cell.ref, cell.formula)
    assert seen > 20


def flat(prefix: str, tree: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            found |= flat(f"{prefix}{key}.", value)
        else:
            try:
                found[f"{prefix}{key}"] = float(value)
            except (TypeError, ValueError):
                found[f"{prefix}{key}"] = value
    return found


def calculated(formula: str, values: Facts) -> Any:
    """The value of a spreadsheet formula, by Python's own arithmetic."""

    def put(found: re.Match[str]) -> str:
        pattern = re.compile(re.escape(found[1]).replace(r"\*", "[a-z0-9_-]+"))
        return ",".join(repr(value) for ref, value in values.items() if pattern.fullmatch(ref))

    python = re.sub(r"\[\[([^\]]+)\]\]", put, formula).replace("^", "**")
    names = {
        "IF": lambda test, then, other: then if test else other,
        "AND": lambda *tests: all(tests),
        "ISNUMBER": lambda value: isinstance(value, float | int),
        "FALSE": False,
        "ROUND": lambda value, places: float(
            Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        ),
        "SUM": lambda *values: round(math.fsum(values), 9),
        "MIN": min,
        "MAX": max,
        "INT": math.floor,
        "SQRT": math.sqrt,
        "EXP": math.exp,
        "LN": lambda value: math.log(value) if value > 0 else math.nan,
    }
    return eval(python, {"__builtins__": {}}, names)
