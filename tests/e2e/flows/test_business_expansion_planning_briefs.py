"""A small expansion in another country and currency: loops, negotiation, variations, and briefs that are refused."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from experts.core.errors import InvalidInput, MissingFacts
from tests.e2e.campaign import data, open_campaign, person, undrawn
from tests.e2e.flows.expansion import CASE, LAW, PEOPLE, PLAN, SMALL, STEPS, cents, planned

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def small(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """A desk on which each test plans a session of its own."""
    with undrawn():
        async with open_campaign(tmp_path_factory.mktemp("small")) as desk:
            yield desk


# ---- loops and checks


async def test_permits_that_wait_for_each_other_in_a_long_row_do_not_settle(small: Desk) -> None:
    """Each permit starts when the work that waited for the one before is done, so each pass dates one more of them."""
    chain: dict[str, Any] = {}
    for at in range(16):
        chain |= {
            f"tasks.t{at}.duration": 1,
            f"requirements.r{at}.label": f"Permit {at}",
            f"requirements.r{at}.jurisdiction": "graz",
            f"requirements.r{at}.lead_days": 8 + at % 3,
            f"requirements.r{at}.blocks": f"t{at}",
        }
        if at:
            chain[f"requirements.r{at}.after"] = f"t{at - 1}"
    state = await planned(small, "a", chain)
    plan = state.plan()
    assert "did not settle within 6 passes" in plan.steps[PLAN].reason
    assert plan.steps[CASE].status == "waiting"
    (loop,) = [loop for loop in plan.loops if PLAN in loop.members]
    assert loop.last_two and loop.last_two[0] != loop.last_two[1]


async def test_a_deadline_that_cannot_be_kept_stops_before_money_is_planned(small: Desk) -> None:
    state = await planned(small, "b", {"schedule.deadline": "2027-05-20"})
    plan = state.plan()
    sync = plan.syncs["schedule_and_compliance"]
    assert (sync.status, sync.patches) == ("failed", 2)
    assert "is later than 2027-05-20" in sync.reason
    assert plan.steps[CASE].status == plan.steps[PEOPLE].status == "waiting"


async def test_who_would_start_before_the_registration_is_held_by_negotiation(small: Desk) -> None:
    """Registered on 3 May + 14 days, Monday 17 May (a holiday: Tuesday 18 May): a position of May waits for June."""
    state = await planned(small, "c", {"people.m1.start": "2027-05-01", "case.minimum_npv": "-100000"})
    plan = data(state, PEOPLE)
    assert data(state, LAW)["employer_ready"] == "2027-05-18"
    assert state.plan().syncs["people_and_funding"].patches == 1
    assert plan["positions"]["m1"]["start"] == "2027-06-01"
    assert plan["held"] == 1


async def test_a_gap_in_funding_defers_what_can_wait_and_then_asks_a_person(small: Desk) -> None:
    state = await planned(small, "d", {"people.m2.deferrable": True, "funding.savings.amount": "30000"})
    sync = state.plan().syncs["people_and_funding"]
    assert (sync.status, sync.patches) == ("failed", 2)
    assert "Committed funding covers the base scenario in every month" in sync.reason
    assert data(state, PEOPLE)["positions"]["m2"]["start"] == "2028-03-01"  # six months after September


# ---- variations and bad briefs ------------------------------------------------------------------------


async def test_a_plan_in_euro_works_without_people_and_with_one_scenario(small: Desk) -> None:
    """No people: 9,000 in July, 250,000 in 2028 less 20,000 rent, of which six of twelve months count, less the work."""
    gone = {
        path: None for path in SMALL if path.startswith(("people.", "roles.", "scenarios.weak", "cash_flows.repairs_c"))
    }
    changes = {**gone, "scenarios.base.probability": None}
    state = await planned(small, "e", changes)
    plan = state.plan()
    assert all(step.status == "current" for step in plan.steps.values())
    case = data(state, CASE)
    assert Decimal(case["scenarios"]["base"]["total"]) == 9_000 + 115_000 - Decimal("1500") - Decimal("24047.80")
    assert "people_cost" not in case and "expected_npv" not in case
    assert case["decision_npv"] == case["scenarios"]["base"]["npv"]
    artifact = plan.steps[PEOPLE].artifact
    assert artifact is not None and "no hiring plan" in artifact.result.warnings[0]


async def test_a_later_opening_moves_what_is_tied_to_it_and_leaves_the_rest(small: Desk) -> None:
    """60 working days of rebuilding end in August: two months later than planned. Rent keeps its months."""
    state = await planned(small, "f", {"tasks.rebuild.duration": 60})
    case = data(state, CASE)
    assert (data(state, PLAN)["opening"][:7], case["shift"]) == ("2027-08", 2)
    assert case["scenarios"]["base"]["years"]["2027"]["receipts"] == "9000"
    assert data(state, PEOPLE)["positions"]["m1"]["start"] == "2027-08-01"
    # 250,000 a year from March instead of January 2028: four of twelve months within the case; rent six of twelve.
    base = sum(Decimal(month["net"]) for month in case["scenarios"]["base"]["months"].values())
    spent = Decimal(case["project_cost"]) + Decimal(case["people_cost"])
    assert base == 9_000 + cents(Decimal(250_000) * 4 / 12) - 10_000 - spent


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown country", {"schedule.country": "XX"}, "XX"),
    ("text for a number", {"tasks.lease.duration": "ten"}, "'ten' is not a number"),
    ("a negative salary", {"roles.mechanic.salary": "-5"}, "must be at least 0"),
    ("a circle of tasks", {"tasks.lease.predecessors": ["rebuild"]}, "circle"),
    (
        "a permit that waits for itself",
        {"requirements.trade.after": "open", "requirements.trade.blocks": "lease"},
        "circle",
    ),
    ("an unknown scenario", {"cash_flows.rent.scenario": "bases"}, "did you mean 'base'"),
    (
        "a month that does not exist",
        {"cash_flows.rent.period": "2028-13"},
        "write a month as 2028-03 or a year as 2028",
    ),
    ("probabilities that do not add up", {"scenarios.weak.probability": "0.4"}, "add up to 1.1, not to 1"),
    ("an unknown role", {"people.m1.role": "mechanik"}, "did you mean 'mechanic'"),
    ("two who report to each other", {"people.m1.reports_to": "m2"}, "cycle"),
    ("a role that cannot be priced", {"roles.mechanic.on_cost_rate": None}, "give roles.mechanic.on_cost_rate"),
    ("an unknown jurisdiction", {"requirements.trade.jurisdiction": "gras"}, "did you mean 'graz'"),
    ("an unknown task", {"requirements.trade.after": "leese"}, "did you mean 'lease'"),
    ("a horizon of a century", {"case.horizon_months": 1200}, "must be from 1 to 60"),
    ("a cent in parts", {"cash_flows.rent.amount": "-1.005"}, "finer than the smallest unit of EUR"),
    ("people twice", {"cash_flows.rent.line": "people"}, "another expert plans"),
    ("cash before the case", {"cash_flows.rent.period": "2026"}, "before the first month 2027-05"),
]


@pytest.mark.parametrize(("changes", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
async def test_a_bad_brief_is_refused_in_a_sentence(small: Desk, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await planned(small, f"bad-{BAD.index(next(case for case in BAD if case[1] == changes))}", changes)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_missing_facts_are_asked_for(small: Desk) -> None:
    with pytest.raises(MissingFacts) as asked:
        await planned(small, "h", {"case.required_return": None, "expansion.sponsor": None})
    assert set(asked.value.paths) == {"case.required_return", "expansion.sponsor"}


async def test_a_table_of_three_thousand_rows_is_refused(small: Desk) -> None:
    many: dict[str, Any] = {}
    for at in range(3000):
        many |= {f"cash_flows.r{at}.line": "sales", f"cash_flows.r{at}.period": "2028", f"cash_flows.r{at}.amount": 1}
    with pytest.raises(InvalidInput, match="at most 2500"):
        await planned(small, "i", many)


async def test_changing_a_fact_to_what_it_was_brings_the_same_plan(small: Desk) -> None:
    before = await planned(small, "back")
    await workspace.set_facts(small, "back", person({"cash_flows.repairs_a.amount": "8000"}))
    await drive(small, "back")
    await workspace.set_facts(small, "back", person({"cash_flows.repairs_a.amount": "9000"}))
    await drive(small, "back")
    after = await workspace.read(small, "back")
    assert {step: data(after, step) for step in STEPS} == {step: data(before, step) for step in STEPS}
