"""The creative brief of the Tidewater campaign."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.blocks import ItemList, Prose, Table, body_of
from experts.core.contract import ActionResult

Facts = dict[str, Any]
Run = Callable[..., ActionResult]


def _body(result: ActionResult, block_id: str) -> Any:
    return body_of(next(block for block in result.document if block.id == block_id))


def test_the_brief_holds_audience_message_formats_and_production(
    write_brief: Run, campaign: Facts, upstream: Facts
) -> None:
    data = write_brief(campaign, upstream).data
    assert data["message"] == data["proposition"] == "Fresh from the roaster in Tacoma, every two weeks"
    assert data["production"] == "14500"
    assert data["total_count"] == 14
    assert data["formats"]["films"] == {"label": "15-second films", "count": 3, "kind": "film"}
    assert data["formats"].keys() == upstream["channel_plan"]["formats"].keys()


def test_every_default_of_judgement_comes_with_its_reason(write_brief: Run, campaign: Facts, upstream: Facts) -> None:
    result = write_brief(campaign, upstream)
    assert result.reasons.keys() == {"tone", "mandatories", "proposition"}
    assert all(result.reasons.values())


def test_a_chosen_proposition_and_mandatories_with_digits_are_cited(
    write_brief: Run, campaign: Facts, upstream: Facts
) -> None:
    result = write_brief(
        campaign,
        upstream,
        proposition="Roasted on Monday, at your door by Thursday",
        mandatories=["Show the 34 dollar price", "Always the logo"],
        tone="Twelve words at most",
    )
    assert result.data["proposition"] == "Roasted on Monday, at your door by Thursday"
    assert "[[self#proposition]]" in result.narrative
    listed = _body(result, "mandatories")
    assert isinstance(listed, ItemList)
    assert listed.items == ["[[self#mandatories.0]]", "Always the logo"]
    assert "proposition" not in result.reasons


def test_what_is_not_decided_is_named_format_by_format(write_brief: Run, campaign: Facts, upstream: Facts) -> None:
    result = write_brief(campaign, upstream)
    assert result.data["open"]["social_stills"] == ["the network and placement", "the size in pixels"]
    listed = _body(result, "open")
    assert isinstance(listed, ItemList)
    assert "Paid-social stills: the network and placement; the size in pixels." in listed.items


def test_the_objective_is_the_goals_of_the_brief_or_says_that_there_is_none(
    write_brief: Run, campaign: Facts, upstream: Facts
) -> None:
    objective = _body(write_brief(campaign, upstream), "objective")
    assert isinstance(objective, ItemList)
    assert objective.items == ["[[fact:campaign.goals.orders]]"]
    del campaign["campaign"]["goals"]
    objective = _body(write_brief(campaign, upstream), "objective")
    assert isinstance(objective, ItemList)
    assert objective.items[0].startswith("No goal is stated in the brief.")


def test_no_production_money_is_said_plainly(write_brief: Run, campaign: Facts, upstream: Facts) -> None:
    upstream["allocation"]["production"] = "0"
    money = _body(write_brief(campaign, upstream), "money")
    assert isinstance(money, Prose)
    assert money.text.startswith("No money is set aside for production.")


def test_there_are_lines_to_sign(write_brief: Run, campaign: Facts, upstream: Facts) -> None:
    agreed = _body(write_brief(campaign, upstream), "approval")
    assert isinstance(agreed, Table)
    assert agreed.rows.keys() == {"marketing", "design"}


@pytest.mark.parametrize(
    "formats", [{}, {"card": {"label": "Card", "count": 1, "kind": "print", "spec": "A6, 300 gsm"}}]
)
def test_a_brief_with_no_format_or_one_reads_as_prose(
    write_brief: Run, campaign: Facts, upstream: Facts, formats: Facts
) -> None:
    upstream["channel_plan"]["formats"] = formats
    result = write_brief(campaign, upstream)
    assert result.data["total_count"] == len(formats)
    assert "open" not in result.data or not result.data["open"]
    assert ("No formats are named yet" in result.narrative) == (not formats)
