"""The budget step on the Tidewater facts; expected figures as in test_optimize_budget_allocation."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from experts.core.contract import ActionResult
from experts.core.errors import Infeasible
from experts.finance_accountant.actions import budget_analysis_and_optimization as action

Facts = dict[str, Any]
Run = Callable[..., ActionResult]


def _block(result: ActionResult, id: str) -> dict[str, Any]:
    return next(block.body for block in result.document if block.id == id)


def _slots(result: ActionResult) -> list[str]:
    return [block.body["slot"] for block in result.document if "slot" in block.body]


def test_the_allocation_is_the_optimum_and_adds_up(run: Run, brief: Facts, channels: Facts) -> None:
    data = run(brief, channels).data

    assert {key: line["spend"] for key, line in data["lines"].items()} == {
        "paid_search": "40297.41",
        "paid_social": "26602.59",
        "podcast": "0",
        "sampling": "5000",
    }
    assert (data["media"], data["reserve"], data["production"], data["unallocated"]) == ("71900", "9600", "14500", "0")
    assert (data["total"], data["working_total"]) == ("96000", "86400")
    assert (data["expected_results"], data["cost_per_result"]) == ("11442.25", "7.55")
    assert data["marginal_results_per_unit"] == "0.0797042"
    assert data["alternatives"]["podcast"] == {
        "label": "Podcast sponsorship",
        "chosen": False,
        "results_if_used": "11236.98",
        "results_if_left_out": "11442.25",
        "difference": "-205.27",
        "worth_from_total": "243281",
    }


def test_the_economics_follow_from_the_all_in_cost_per_result(run: Run, brief: Facts, channels: Facts) -> None:
    """86,400 / 16.32 = 5,294.1 first orders cover the campaign; 1 - 5,295 / 11,442.25 = 53.7241 percent to spare."""
    assert run(brief, channels).data["economics"] == {
        "contribution_per_order": "16.32",
        "cost_per_result": "7.55",
        "first_order_profit": "8.77",
        "payback_months": "1",
        "lifetime_contribution": "74.18",
        "lifetime_to_cost": "9.825406",
        "break_even_results": 5295,
        "margin_of_safety": "0.537241",
    }


def test_the_same_input_gives_the_same_bytes(run: Run, brief: Facts, channels: Facts) -> None:
    once = run(brief, channels).model_dump_json()

    assert once == run(brief, channels).model_dump_json()
    assert once == run(brief, dict(reversed(channels.items()))).model_dump_json()


def test_defaults_are_facts_with_reasons_and_a_judgement_with_a_reason(run: Run, brief: Facts, channels: Facts) -> None:
    result = run({**brief, "budget": {"total": "96000"}}, channels)

    assert (result.data["reserve"], result.data["production"]) == ("9600", "0")
    assert result.judgement == {"sensitivity_step": "0.1"}
    assert result.reasons["sensitivity_step"]
    for field in ("production", "reserve_rate"):
        assert action.Budget.model_json_schema()["properties"][field]["reason"]


def test_the_total_is_the_shared_metric() -> None:
    assert action.Output.model_json_schema()["properties"]["total"]["x-metric"] == "total_budget"


def test_the_plan_says_what_was_decided_what_would_change_it_and_what_to_do(
    run: Run, brief: Facts, channels: Facts
) -> None:
    result = run(brief, channels)

    assert sorted(_slots(result)) == ["headline", "monday", "would_change"]
    assert "Paid search, Paid social and In-store sampling" in _block(result, "headline")["text"]
    change = " ".join(_block(result, "would-change")["items"])
    for named in ("Total budget", "Monthly retention", "Response of Paid search", "Podcast", "The minimum of In-store"):
        assert named in change
    assert _block(result, "monday")["items"][0].startswith("Budget owner: sign off")
    assert result.pictures.keys() == {"allocation", "response", "sensitivity"}
    assert all(svg.count("<svg") == 1 for svg in result.pictures.values())


def test_a_bigger_step_is_another_sensitivity(run: Run, brief: Facts, channels: Facts) -> None:
    result = run(brief, channels, sensitivity_step="0.25")

    assert result.data["sensitivities"]["total"]["low_money"] == "72000"
    assert result.reasons == {}


def test_without_any_curve_there_are_no_results_and_no_marginal_figures(
    run: Run, brief: Facts, channels: Facts
) -> None:
    bare = {
        key: {k: v for k, v in item.items() if k != "curve"} | {"evidence": "none"} for key, item in channels.items()
    }

    result = run(brief, bare)

    data = result.data
    for absent in ("expected_results", "cost_per_result", "marginal_results_per_unit", "marginal_cost", "economics"):
        assert absent not in data
    assert data["alternatives"] == data["sensitivities"] == data["binding"] == {}
    assert all(line.keys() == {"label", "used", "spend"} for line in data["lines"].values())
    assert "no forecast of results" in result.narrative
    assert result.pictures.keys() == {"allocation"}


def test_some_channels_without_a_curve_are_named_as_such(run: Run, brief: Facts, channels: Facts) -> None:
    del channels["sampling"]["curve"]
    channels["sampling"]["evidence"] = "none"
    channels["podcast"]["evidence"] = "two_answers"

    result = run(brief, channels)

    assert "In-store sampling has no forecast yet" in result.narrative
    assert any("two answers" in item for item in _block(result, "basis")["items"])
    assert any("record weekly spend and results of In-store" in item for item in _block(result, "monday")["items"])


def test_without_economics_nothing_is_said_about_customers(run: Run, brief: Facts, channels: Facts) -> None:
    del brief["economics"]

    result = run(brief, channels)

    assert "economics" not in result.data
    assert "net_contribution" not in result.data
    assert "contributes" not in result.narrative
    assert next(iter(result.data["sensitivities"])) == "total"


def test_a_loss_on_the_first_order_and_no_payback_are_said_plainly(run: Run, brief: Facts, channels: Facts) -> None:
    brief["economics"] = {"order_value": "10", "gross_margin": "0.3"}

    result = run(brief, channels)

    assert "never pays that back" in result.narrative
    assert any("does not cover the cost" in warning for warning in result.warnings)
    assert "payback_months" not in result.data["economics"]
    assert "more than the plan expects" in result.narrative


def test_a_margin_of_nothing_has_no_break_even(run: Run, brief: Facts, channels: Facts) -> None:
    brief["economics"]["gross_margin"] = "0"

    result = run(brief, channels)

    assert "break_even_results" not in result.data["economics"]


def test_a_used_optional_channel_is_shown_to_be_worth_its_minimum(run: Run, brief: Facts, channels: Facts) -> None:
    brief["budget"]["total"] = "250000"

    result = run(brief, channels)

    assert result.data["alternatives"]["podcast"]["chosen"] is True
    assert "Podcast sponsorship is worth its minimum" in result.narrative
    assert any(item.startswith("Marketing: book Podcast") for item in _block(result, "monday")["items"])


def test_both_kinds_of_reserve_are_warned_of_only_when_both_were_chosen(
    run: Run, brief: Facts, channels: Facts
) -> None:
    brief["budget"] |= {"reserve_amount": "12000"}
    assert run(brief, channels).warnings == []

    brief["budget"] |= {"reserve_rate": "0.2"}
    result = run(brief, channels)
    assert result.data["reserve"] == "12000"
    assert result.warnings == ["Both a reserve amount and a reserve rate are given; the amount is used."]


def test_nothing_left_for_media_is_a_decision_to_take_not_a_crash(run: Run, brief: Facts, channels: Facts) -> None:
    for channel in channels.values():
        if channel["minimum_applies"] == "required":
            channel["minimum"] = "0"
    brief["budget"] |= {"total": "16111.11", "production": "14500"}

    result = run(brief, channels)

    assert result.data["media"] == "0"
    assert "Nothing is left for media" in result.narrative
    assert "the budget has to change" in _block(result, "headline")["text"]


def test_money_that_no_channel_can_take_is_shown_as_unallocated(run: Run, brief: Facts, channels: Facts) -> None:
    for channel in channels.values():
        channel["maximum"] = "7000"

    result = run(brief, channels)

    assert result.data["unallocated"] == "43900"
    assert result.data["working_total"] == "42500"
    assert "stays unallocated" in result.narrative


def test_minimums_that_collide_are_named(run: Run, brief: Facts, channels: Facts) -> None:
    channels["sampling"]["minimum"] = channels["sampling"]["maximum"] = "70000"

    with pytest.raises(Infeasible, match=r"paid_search 4000, sampling 70000\) come to 74000, above the 71900 USD"):
        run(brief, channels)


def test_labels_and_names_with_digits_are_quoted_facts(run: Run, brief: Facts, channels: Facts) -> None:
    channels["podcast"]["label"] = "Podcast 24/7"
    brief["campaign"]["result_name"] = "30-day trials"

    result = run(brief, channels)

    assert "Podcast 24/7 is left out" in result.narrative
    table = _block(result, "allocation-table")
    assert "Expected 30-day trials" in [column["label"] for column in table["columns"]]


def test_many_channels_keep_prose_and_pictures_short(run: Run, brief: Facts) -> None:
    channels = {
        f"c{n}": {
            "label": f"Regional newspaper with a rather long name, edition {n}",
            "minimum": "100" if n % 2 else "0",
            "minimum_applies": "if_used",
            "evidence": "given",
            "curve": {"form": "power", "a": str(5 + n % 17), "b": "0.5"},
        }
        for n in range(120)
    }

    result = run(brief, channels)

    assert len(re.sub(r"\[\[[^\]]*\]\]", "", result.narrative)) < 2500
    assert len(_block(result, "monday")["items"]) <= 10
    assert len(result.data["sensitivities"]) <= 30
