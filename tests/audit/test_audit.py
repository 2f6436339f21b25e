"""Somebody edits the database behind our back; the audit says what, where, and what it should be."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coordinator import decisions, workspace
from coordinator.audit import Audit, audit
from coordinator.drive import drive
from tests.e2e.campaign import ASSETS, BUDGET, EXECUTION, FORECAST, SESSION, STRATEGY, open_campaign, person

pytestmark = pytest.mark.anyio

Result = dict[str, Any]


def sql(folder: Path, statement: str, *values: Any) -> int:
    """Run one statement past the store; returns the rows it touched."""
    with closing(sqlite3.connect(folder / "campaign.db")) as connection, connection:
        return connection.execute(statement, values).rowcount


def edit(folder: Path, step: str, change: Callable[[Result], None], column: str = "result") -> None:
    """Change a step's artifact where it is stored."""
    with closing(sqlite3.connect(folder / "campaign.db")) as connection, connection:
        ((text,),) = connection.execute(f"SELECT {column} FROM artifacts WHERE step = ?", (step,)).fetchall()
        value = json.loads(text)
        change(value)
        changed = json.dumps(value, ensure_ascii=False)
        assert json.loads(text) != value
        connection.execute(f"UPDATE artifacts SET {column} = ? WHERE step = ?", (changed, step))


async def audited(folder: Path) -> Audit:
    async with open_campaign(folder) as desk:
        return await audit(desk, SESSION)


def named(found: Audit, *words: str) -> str:
    """The first problem that has all these words in it."""
    for problem in found.problems:
        if all(word in problem for word in words):
            return problem
    raise AssertionError(f"no problem names {words}: {found.problems}")


def working(result: Result, key: str) -> dict[str, Any]:
    return next(found for found in result["workings"] if found["key"] == key)


async def test_a_session_that_nobody_touched_has_no_problems(drawn: Path) -> None:
    found = await audited(drawn)
    assert found.problems == []
    assert found.ok
    checked = found.checked
    assert (checked["artifacts"], checked["digests"], checked["sync points"]) == (6, 6, 3)
    assert checked["workings"] >= 18 and checked["figures"] > 300
    # What is left open is told, not complained about.
    assert {note.split()[0] for note in found.notes} == {"budget_approval", "creative_brief", "timeline_coordination"}
    assumed = {entry["path"]: entry for entry in found.assumptions}
    assert assumed["schedule.campaign_weeks"]["reason"] == "one quarter; nobody said how long media should run"
    assert all(entry["reason"] and entry["by"] for entry in found.assumptions)


async def test_a_changed_figure_is_named_with_its_ground_and_both_values(copy: Path) -> None:
    def change(result: Result) -> None:
        result["data"]["economics"]["payback_months"] = "3"

    edit(copy, BUDGET, change)
    found = await audited(copy)
    named(found, f"{BUDGET}#economics.payback_months is 3", "working:economics#payback_months is 1")
    named(found, BUDGET, "its data is not what", "economics.payback_months")


async def test_a_figure_that_others_read_makes_their_artifacts_out_of_date_too(copy: Path) -> None:
    def change(result: Result) -> None:
        result["data"]["lines"]["paid_search"]["spend"] = "40297.42"

    edit(copy, BUDGET, change)
    found = await audited(copy)
    named(found, f"{BUDGET}#lines.paid_search.spend is 40297.42", "is 40297.41")
    named(found, f"{FORECAST} is not current")


async def test_a_working_changed_with_its_figure_does_not_survive_being_worked_again(copy: Path) -> None:
    """Figure and ground agree with each other; the tool does not."""

    def change(result: Result) -> None:
        result["data"]["test"]["sample_per_variant"] = 5000
        working(result, "test")["result"]["sample_per_variant"] = 5000

    edit(copy, FORECAST, change)
    found = await audited(copy)
    problem = named(found, FORECAST, "working test", "plan_ab_test gives")
    assert "'10671' where '5000'" in problem and "sample_per_variant" in problem


async def test_a_working_changed_in_arguments_result_and_figure_is_not_what_the_action_gives(copy: Path) -> None:
    """Everything inside the artifact agrees, tool included; but the action was called with another rate."""
    async with open_campaign(copy) as desk:
        state = await workspace.read(desk, SESSION)
        artifact = state.plan().steps[FORECAST].artifact
        assert artifact is not None
        arguments = next(w.arguments for w in artifact.result.workings if w.key == "test") | {"detect_rate": "0.045"}
        again = await desk.roster.call_tool("marketing-sales", "plan_ab_test", arguments)

    def change(result: Result) -> None:
        working(result, "test").update(arguments=arguments, result=again)
        for field in result["data"]["test"].keys() & again.keys():
            result["data"]["test"][field] = again[field]

    edit(copy, FORECAST, change)
    found = await audited(copy)
    assert not any("plan_ab_test gives" in problem for problem in found.problems)
    named(found, FORECAST, "its data is not what marketing-sales/campaign_kpi_forecast@1 gives", "test.")
    named(found, FORECAST, "its workings is not what")


async def test_a_ground_that_points_elsewhere_is_named(copy: Path) -> None:
    def change(result: Result) -> None:
        result["grounds"]["total"] = "fact:budget.production"

    edit(copy, BUDGET, change)
    found = await audited(copy)
    named(found, f"{BUDGET}#total is 96000, its ground fact:budget.production is 14500")
    named(found, BUDGET, "its grounds is not what", "fact:budget.production")


async def test_a_ground_that_happens_to_hold_an_equal_value_is_named_too(copy: Path) -> None:
    """Both figures are 71,900; only the reason why is another."""

    def change(result: Result) -> None:
        result["grounds"]["media"] = "working:optimum#media_available"

    edit(copy, BUDGET, change)
    found = await audited(copy)
    named(found, BUDGET, "its grounds is not what", "media_available")


async def test_a_ground_that_is_gone_is_named(copy: Path) -> None:
    edit(copy, EXECUTION, lambda result: result["grounds"].pop("go_live"))
    found = await audited(copy)
    named(found, f"{EXECUTION}#go_live has no ground")


async def test_an_edited_narrative_is_named(copy: Path) -> None:
    def change(result: Result) -> None:
        result["narrative"] += " The bank has agreed."

    edit(copy, STRATEGY, change)
    found = await audited(copy)
    assert len(found.problems) == 1
    named(found, STRATEGY, "its narrative is not what marketing-sales/campaign_strategy_development@1 gives")


async def test_an_edited_paragraph_of_the_document_is_named(copy: Path) -> None:
    def change(result: Result) -> None:
        next(block for block in result["document"] if block["kind"] == "text")["body"]["text"] += " All colours pass."

    edit(copy, ASSETS, change)
    named(await audited(copy), ASSETS, "its document is not what")


async def test_an_edited_picture_is_named(drawn: Path) -> None:
    def change(result: Result) -> None:
        result["pictures"]["gantt"] = result["pictures"]["gantt"].replace("</svg>", "<!-- --></svg>")

    edit(drawn, EXECUTION, change)
    named(await audited(drawn), EXECUTION, "picture", "gantt")


async def test_inputs_changed_under_their_digest_are_named(copy: Path) -> None:
    def change(called: Result) -> None:
        called["brief"]["budget"]["total"] = "90000"

    edit(copy, BUDGET, change, "called")
    found = await audited(copy)
    named(found, BUDGET, "what it was called with does not match its digest")


async def test_an_assumption_removed_from_the_record_is_named(copy: Path) -> None:
    assert sql(copy, "DELETE FROM facts WHERE path = 'schedule.campaign_weeks'") == 1
    found = await audited(copy)
    named(found, "the assumption schedule.campaign_weeks = 12 is missing from the record", EXECUTION)


async def test_a_fact_changed_in_its_row_makes_what_reads_it_out_of_date(copy: Path) -> None:
    assert sql(copy, "UPDATE facts SET value = ? WHERE path = 'economics.order_value'", json.dumps("40")) == 1
    found = await audited(copy)
    named(found, f"{BUDGET} is not current")


async def test_a_removed_artifact_is_named(copy: Path) -> None:
    assert sql(copy, "DELETE FROM artifacts WHERE step = ?", ASSETS) == 1
    found = await audited(copy)
    named(found, f"{ASSETS} is not current")


async def test_an_assumption_given_another_value_and_signed_as_assumed_is_named(copy: Path) -> None:
    """Twelve weeks were assumed; the record now says that ten were, and everything was planned again with it."""
    changed = json.dumps(10)
    assert sql(copy, "UPDATE facts SET value = ? WHERE path = 'schedule.campaign_weeks'", changed) == 1
    async with open_campaign(copy) as desk:
        await drive(desk, SESSION)
        found = await audit(desk, SESSION)
    named(found, "schedule.campaign_weeks")


async def test_an_approval_of_content_that_is_not_current_any_more_is_told(copy: Path) -> None:
    async with open_campaign(copy) as desk:
        await decisions.decide(desk, SESSION, "budget_approval", "approve", "Ines Calder")
        before = await audit(desk, SESSION)
        assert before.ok and not any(note.startswith("budget_approval") for note in before.notes)
        await workspace.set_facts(desk, SESSION, person({"budget.total": 80_000}))
        await drive(desk, SESSION)
        found = await audit(desk, SESSION)
    assert found.ok
    assert any("Ines Calder's approve of budget_approval is for content" in note for note in found.notes)
    assert any(note.startswith("budget_approval is provisional") for note in found.notes)


async def test_a_decision_whose_version_no_longer_exists_is_named(copy: Path) -> None:
    async with open_campaign(copy) as desk:
        await decisions.decide(desk, SESSION, "budget_approval", "approve", "Ines Calder")
        await workspace.set_facts(desk, SESSION, person({"budget.total": 80_000}))
        await drive(desk, SESSION)
    assert sql(copy, "DELETE FROM artifacts WHERE step = ? AND version = 1", BUDGET) == 1
    found = await audited(copy)
    named(found, "Ines Calder's approve of budget_approval", f"{BUDGET} v1", "no longer exists")
    named(found, f"{BUDGET} v1 was made on 2027-01-04 and is missing")


async def test_a_decision_removed_from_the_record_is_named(copy: Path) -> None:
    async with open_campaign(copy) as desk:
        await decisions.decide(desk, SESSION, "budget_approval", "reject", "Ines Calder", reason="too dear")
    assert sql(copy, "DELETE FROM decisions WHERE kind = 'reject'") == 1
    named(await audited(copy), "decision", "is missing from the record")
