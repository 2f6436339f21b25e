"""The loop between plan and checklist, the gate of a launch, approvals, and briefs that leave things out."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coordinator import decisions, workspace
from coordinator.deliver import export
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, data, person
from tests.e2e.flows.launch import CLEAR, GATE, LOOK, MARKET, MONEY, PLAN, finish, on_or_after, put_back, short_session

pytestmark = pytest.mark.anyio

Results = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Desk, Path]]:
    async with short_session(tmp_path_factory.mktemp("gate")) as opened:
        yield opened


async def driven(at: Desk, changes: dict[str, Any]) -> tuple[Any, Results]:
    """The plan and its data after a change."""
    await workspace.set_facts(at, SESSION, person(changes))
    plan = await drive(at, SESSION)
    state = await workspace.read(at, SESSION)
    return plan, {step: data(state, step) for step, each in plan.steps.items() if each.artifact}


async def test_a_chain_of_clearances_too_long_to_settle_stops_and_says_so(desk: tuple[Desk, Path]) -> None:
    """Each pass moves the next clearance of the chain; two dozen of them need more passes than the flow has."""
    at, log = desk
    changes: dict[str, Any] = {"launch.date": None, "schedule.deadline": None}
    for number in range(1, 25):
        changes[f"tasks.s{number}.duration"] = 3
        changes[f"tasks.s{number}.predecessors"] = [f"s{number - 1}"] if number > 1 else []
        if number < 24:
            changes |= {
                f"clearances.c{number}.{name}": value
                for name, value in {
                    "label": "A clearance",
                    "kind": "regulatory",
                    "owner": "petra_oster",
                    "lead_days": 17,
                    "after": f"s{number}",
                    "blocks": f"s{number + 1}",
                }.items()
            }
    changes["tasks.launch.predecessors"] = ["go_no_go", "s24"]
    plan, _ = await driven(at, changes)
    assert [loop.settled for loop in plan.loops] == [False]
    assert plan.loops[0].last_two
    assert plan.steps[PLAN].reason == "the feedback loop did not settle within 8 passes"
    assert plan.steps[MONEY].status == plan.steps[GATE].status == "waiting"
    await put_back(at, log)


# ---- The gate ------------------------------------------------------------------------


async def test_an_earlier_launch_is_reached_by_overlapping_reviews_and_expediting(desk: tuple[Desk, Path]) -> None:
    """Ready on 15 September is too late for the 10th. Expediting takes the tests to 35 days: 31 May to 5 July.

    Then the claim's 18 days and 18 days of printing, from 31 May to 18 June and on to 14 July, decide:
    20 + 12 + 3 + 1 + 1 working days after it end on 3 September; overlapping the inspection saves 2: 1 September.
    """
    at, log = desk
    plan, found = await driven(at, {"launch.date": "2027-09-10"})
    assert plan.syncs["launch_dates"].patches == 2
    assert plan.syncs["launch_dates"].status == "provisional"
    printed = finish(on_or_after(date(2027, 5, 31) + timedelta(days=18)) + timedelta(days=1), 18)
    assert printed == date(2027, 7, 14)
    assert finish(printed + timedelta(days=1), 37) == date(2027, 9, 3)
    assert found[PLAN]["finish"] == "2027-09-01"
    assert found[CLEAR]["expedited"] == 2
    # 5,200 and 900 extra.
    assert Decimal(found[MONEY]["launch_budget"]) == 368_480 + 6_100
    await put_back(at, log)


async def test_a_launch_that_cannot_be_reached_waits_for_a_person_and_is_a_no_go(desk: tuple[Desk, Path]) -> None:
    at, log = desk
    plan, found = await driven(at, {"launch.date": "2027-08-10"})
    assert plan.syncs["launch_dates"].status == "failed"
    assert plan.syncs["launch_dates"].reason.endswith("2027-09-01 is later than 2027-08-10")
    assert found[GATE]["decision"] == "no-go"
    await put_back(at, log)


@pytest.mark.parametrize(
    ("changes", "item", "why"),
    [
        ({"clearances.weee.owner": None}, "weee", "no owner"),
        ({"clearances.weee.lead_days": None}, "weee", "no lead time"),
        ({"clearances.weee.status": "refused"}, "weee", "refused"),
        ({"clearances.audio_decoder.component": None}, "licence-audio_decoder", "no lead time"),
    ],
)
async def test_an_open_blocker_closes_the_gate_and_negotiates_nothing(
    desk: tuple[Desk, Path], changes: dict[str, Any], item: str, why: str
) -> None:
    at, log = desk
    plan, found = await driven(at, changes)
    assert (found[CLEAR]["open_blockers"], found[CLEAR]["items"][item]["why"]) == (1, why)
    assert plan.syncs["launch_gate"].status == "failed"
    assert plan.syncs["launch_gate"].reason == "No more open blockers than allowed: 1 is above the limit of 0"
    assert (plan.syncs["launch_gate"].patches, plan.syncs["launch_dates"].patches) == (0, 0)
    assert found[GATE]["decision"] == "no-go"
    await put_back(at, log)


async def test_packaging_of_only_one_product_fails_its_check_and_no_packaging_at_all_asks_nothing(
    desk: tuple[Desk, Path],
) -> None:
    at, log = desk
    fields = ("label", "size", "sku", "bleed_mm", "fold", "safe_mm", "dpi")
    plan, _ = await driven(at, {f"packaging.duo_sleeve.{name}": None for name in fields})
    assert "only on the right: nocta_duo" in plan.syncs["identity_and_packaging"].reason
    pieces = ("sleeve", "duo_sleeve", "leaflet")
    plan, found = await driven(at, {f"packaging.{piece}.{name}": None for piece in pieces for name in fields})
    assert plan.syncs["identity_and_packaging"].status == "provisional"
    assert "packed" not in found[LOOK]
    await put_back(at, log)


async def test_an_approval_of_prices_falls_with_them_and_comes_back_with_them(desk: tuple[Desk, Path]) -> None:
    at, log = desk
    for name in ("Mara Linde", "Hanna Voss"):
        await decisions.decide(at, SESSION, "price_and_volume", "approve", name)
    plan = await drive(at, SESSION)
    assert plan.syncs["price_and_volume"].status == "approved"
    plan, _ = await driven(at, {"skus.nocta.price": 139})
    assert plan.syncs["price_and_volume"].status == "provisional"
    await put_back(at, log)
    plan = (await workspace.read(at, SESSION)).plan()
    assert plan.syncs["price_and_volume"].status == "approved"


# ---- Variations ----------------------------------------------------------------------


async def test_one_scenario_another_currency_and_no_campaign_are_planned_with_warnings(
    desk: tuple[Desk, Path], tmp_path: Path
) -> None:
    at, log = desk
    values = (await workspace.read(at, SESSION)).values
    gone = ("scenarios.cautious", "scenarios.strong", "volumes.cautious", "volumes.strong", "channels.", "funnel.")
    changes: dict[str, Any] = {path: None for path in values if path.startswith(gone)}
    changes |= {"currency": "USD", "launch.base_scenario": None, "funding.cash_available": None}
    plan, found = await driven(at, changes)
    assert all(step.status == "current" for step in plan.steps.values())
    assert set(found[MONEY]["scenarios"]) == {"base"}
    assert found[MONEY]["marketing"] == "0" and "spend" not in found[MARKET]
    warnings = [text for step in plan.steps.values() for text in step.artifact.result.warnings]
    assert "The brief names no channels, so the launch has no campaign and no funnel." in warnings
    assert any("how much cash is set aside" in text for text in warnings)
    await export(at, SESSION, tmp_path, ("xlsx", "html"))
    assert "USD" in (tmp_path / "plan.html").read_text("utf-8")
    await put_back(at, log)
