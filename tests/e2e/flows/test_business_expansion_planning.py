"""The key results of the Fjordholm expansion, worked out again from its tables, and how the flow behaves."""

import asyncio
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from scipy.optimize import brentq

from coordinator import workspace
from coordinator.audit import audit
from coordinator.drive import drive
from coordinator.state import State
from tests.e2e.campaign import SESSION, begin, data, open_campaign, undrawn
from tests.e2e.flows.expansion import (
    CASE,
    FJORDHOLM,
    LAW,
    PEOPLE,
    PLAN,
    STEPS,
    cents,
    months,
    rows,
)

pytestmark = pytest.mark.anyio

Results = dict[str, dict[str, Any]]
# Working days off in Ohio from 2027-01-11 on (US federal holidays; a Saturday's is observed on Friday, a Sunday's on
# Monday): Martin Luther King, Washington, Memorial, Juneteenth, Independence, Labor, Columbus, Veterans, Thanksgiving,
# Christmas, New Year 2028, Martin Luther King, Washington.
HOLIDAYS = [
    *("2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-07-05", "2027-09-06", "2027-10-11"),
    *("2027-11-11", "2027-11-25", "2027-12-24", "2027-12-31", "2028-01-17", "2028-02-21"),
]


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the driven example; not to be changed."""
    folder = tmp_path_factory.mktemp("expansion")

    async def plan() -> None:
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk, FJORDHOLM))

    with undrawn():
        asyncio.run(plan())
    return folder


@pytest.fixture(scope="module")
def state(driven: Path) -> State:
    async def read() -> State:
        async with open_campaign(driven) as desk:
            return await workspace.read(desk, SESSION)

    return asyncio.run(read())


@pytest.fixture(scope="module")
def results(state: State) -> Results:
    return {step: data(state, step) for step in STEPS}


def working_day(first: str, number: int) -> str:
    """The working day that comes `number` working days after `first`, or after the first working day from it on."""
    day = date.fromisoformat(first)
    left = number
    while True:
        if day.weekday() < 5 and day.isoformat() not in HOLIDAYS:
            if not left:
                return day.isoformat()
            left -= 1
        day += timedelta(days=1)


def working_days(first: str, last: str) -> int:
    """Working days from `first` to `last`, both included."""
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    every = (date.fromisoformat(first) + timedelta(days=at) for at in range(days))
    return sum(day.weekday() < 5 and day.isoformat() not in HOLIDAYS for day in every)


# ---- the schedule and the permits ---------------------------------------------------------------------


def test_the_opening_is_the_day_one_counts_along_the_longest_chain(results: Results) -> None:
    """Board 5, advisers 10, sites 25, lease 20, design 35, review 5, order 10, lines 120, rigs 20, calibration 10,

    pilot 15, release 5, audit 8, opening 1: 289 working days from Monday 11 January 2027.
    """
    chain = (5, 10, 25, 20, 35, 5, 10, 120, 20, 10, 15, 5, 8, 1)
    assert sum(chain) == 289
    last = working_day("2027-01-11", 289 - 1)
    plan = results[PLAN]
    assert plan["opening"] == plan["finish"] == last == "2028-03-07"
    durations = {row["id"]: int(row["duration"]) for row in rows("tasks")}
    assert [durations[key] for key in plan["critical_path"]] == list(chain)
    # Working days after 7 March up to the deadline on Friday 31 March 2028.
    assert plan["slack_to_deadline"] == working_days("2028-03-08", "2028-03-31") == 18


def test_lead_times_run_in_calendar_days_from_what_they_wait_for(results: Results) -> None:
    """The design is reviewed on 2 June 2027; 180 days from 3 June is Tuesday 30 November, 7 days before it is needed."""
    items, tasks = results[LAW]["items"], results[PLAN]["tasks"]
    air = items["air_permit"]
    assert tasks["design_review"]["finish"] == "2027-06-02"
    assert (air["starts"], air["in_hand"]) == ("2027-06-03", "2027-11-30")
    assert air["working_days"] == working_days("2027-06-03", "2027-11-30")
    assert tasks["req-air_permit"]["finish"] == air["in_hand"]
    for key, item in items.items():
        due = date.fromisoformat(item["starts"]) + timedelta(days=item["lead_days"])
        assert item["in_hand"] == working_day(str(due), 0) == tasks[f"req-{key}"]["finish"], key
    # Incorporated on 11 February; the slowest registrations that employing people needs take 21 days from the 12th.
    assert results[LAW]["employer_ready"] == str(date(2027, 2, 12) + timedelta(days=21)) == "2027-03-05"


def test_the_project_costs_its_tasks_and_its_permits(results: Results) -> None:
    tasks = sum(Decimal(row["cost"]) for row in rows("tasks"))
    permits = sum(Decimal(row["cost"]) for row in rows("requirements"))
    fees = sum(Decimal(row["expedite_cost"] or 0) for row in rows("requirements"))
    assert results[LAW]["cost"] == results[PLAN]["requirement_cost"] == str(permits + fees)
    assert Decimal(results[PLAN]["bac"]) == tasks + permits + fees == Decimal(results[CASE]["project_cost"])
    spent = [Decimal(month["planned"]) for month in results[PLAN]["months"].values()]
    assert sum(spent) == tasks + permits + fees


def test_the_deadline_is_kept_because_two_offices_are_paid_to_decide_faster(state: State) -> None:
    """Without it plan approval on 9 September is followed by 85 + 20 + 10 + 15 + 5 + 8 + 1 working days."""
    sync = state.plan().syncs["schedule_and_compliance"]
    assert sync.patches == 1
    assert not any(check.problem for check in sync.checks)
    assert data(state, LAW)["expedited"] == 2
    late = working_day("2027-09-09", 85 + 20 + 10 + 15 + 5 + 8 + 1)
    assert late > "2028-03-31"


# ---- people -------------------------------------------------------------------------------------------


def test_an_assembler_costs_what_payroll_rules_say(results: Results) -> None:
    """45,500 + 6.2 % + 1.45 % (IRC 3111) + 0.6 % of 7,000 (IRC 3301) + Ohio 2.7 % of 9,000 + 1.1 % + 12,800."""
    wages = Decimal(45_500)
    tax = wages * Decimal("0.0765") + 42 + 243 + wages * Decimal("0.011")
    assert Decimal(results[PEOPLE]["roles"]["assembler"]["annual_cost"]) == wages + tax + 12_800 == Decimal("62566.25")
    # The director's payroll stays in Denmark: 185,000 with 31 % on top, and 38,000 of benefits.
    assert results[PEOPLE]["roles"]["site_director"]["annual_cost"] == str(185_000 * 131 // 100 + 38_000)


def test_headcount_and_cost_are_those_of_the_table_of_positions(results: Results) -> None:
    plan, people = results[PEOPLE], rows("people")
    annual = {role: Decimal(row["annual_cost"]) for role, row in plan["roles"].items()}
    once = {row["id"]: Decimal(row["hiring_cost"]) for row in rows("roles")}
    total = Decimal(0)
    for month in months(date(2027, 1, 1), 60):
        heads = Counter(row["role"] for row in people if row["start"][:7] <= month)
        starts = Counter(row["role"] for row in people if row["start"][:7] == month)
        cost = sum((cents(count * annual[role] / 12) for role, count in heads.items()), Decimal(0))
        cost += sum((count * once[role] for role, count in starts.items()), Decimal(0))
        found = plan["months"][month]
        assert (found["headcount"], found["hires"]) == (heads.total(), starts.total()), month
        assert Decimal(found["cost"]) == cost, month
        total += cost
    assert Decimal(plan["people_cost"]) == total == Decimal(results[CASE]["people_cost"])
    assert plan["headcount_end"] == len(people) == 116
    assert plan["employees_end"] == 116 + 3
    assert plan["headcount_opening"] == sum(row["start"] <= "2028-03-31" for row in people)
    # WARN counts from 100 employees (29 USC 2101(a)(1)); 119 is more than a tenth above it.
    assert {row["applies"] for row in plan["duties"].values() if row["threshold"] == 100} == {"yes"}


def test_the_organisation_has_one_head_and_spans_as_listed(results: Results) -> None:
    people = rows("people")
    spans = Counter(row["reports_to"] for row in people if row["reports_to"])
    found = results[PEOPLE]["organisation"]
    assert found["positions"] == 116
    assert Decimal(found["average_span"]) == round(Decimal(115) / len(spans), 2)
    assert found["layers"] == 4  # director, managers, team leaders, assemblers


# ---- the case -----------------------------------------------------------------------------------------


def scenario_flows(results: Results, scenario: str) -> list[Decimal]:
    """Net cash by month from the table, the schedule's spend and the people's cost; years spread to the cent."""
    found = {month: Decimal(0) for month in months(date(2027, 1, 1), 60)}
    for row in rows("cash_flows"):
        if row["scenario"] not in ("", scenario):
            continue
        amount, period = Decimal(row["amount"]), row["period"]
        if len(period) == 7:
            found[period] += amount
            continue
        for month in range(1, 13):
            found[f"{period}-{month:02d}"] += cents(amount * month / 12) - cents(amount * (month - 1) / 12)
    for month, row in results[PLAN]["months"].items():
        found[month] -= Decimal(row["planned"])
    for month, row in results[PEOPLE]["months"].items():
        found[month] -= Decimal(row["cost"])
    return list(found.values())


def ends() -> list[date]:
    first = [date(int(month[:4]), int(month[5:]), 1) for month in months(date(2027, 1, 1), 61)]
    return [day - timedelta(days=1) for day in first[1:]]


def xnpv(rate: float, flows: list[Decimal]) -> float:
    """Excel's XNPV."""
    days = ends()
    factors = [float((1 + rate) ** ((day - days[0]).days / 365)) for day in days]
    return sum(float(amount) / factor for amount, factor in zip(flows, factors, strict=True))


@pytest.mark.parametrize("scenario", ["base", "slow", "strong"])
def test_value_return_and_need_of_a_scenario_are_those_of_its_rows(results: Results, scenario: str) -> None:
    flows = scenario_flows(results, scenario)
    found = results[CASE]["scenarios"][scenario]
    assert [Decimal(month["net"]) for month in found["months"].values()] == flows
    assert float(found["npv"]) == pytest.approx(xnpv(0.12, flows), abs=0.006)
    assert float(found["irr"]) == pytest.approx(brentq(lambda rate: xnpv(rate, flows), -0.5, 2), abs=1e-7)
    running = [sum(flows[: at + 1]) for at in range(60)]
    assert Decimal(found["funding_need"]) == -min(running)
    assert found["need_month"] == f"{list(found['months'])[running.index(min(running))]}-01"
    last = max(at for at, amount in enumerate(running) if amount < 0)
    paid = None if last == 59 else f"{list(found['months'])[last + 1]}-01"
    assert found.get("payback_month") == paid
    for year, sums in found["years"].items():
        assert Decimal(sums["net"]) == sum(a for a, day in zip(flows, ends(), strict=True) if f"{day.year}" == year)


def test_the_expected_value_is_weighted_by_the_probabilities(results: Results) -> None:
    case = results[CASE]
    npv = {key: Decimal(each["npv"]) for key, each in case["scenarios"].items()}
    chances = {"base": Decimal("0.55"), "slow": Decimal("0.30"), "strong": Decimal("0.15")}
    expected = sum((chances[key] * npv[key] for key in npv), Decimal(0))
    assert Decimal(case["expected_npv"]) == cents(expected) == Decimal(case["decision_npv"])
    assert case["probability_of_loss"] == "0.3"
    spread = sum((chances[key] * (npv[key] - expected) ** 2 for key in npv), Decimal(0)).sqrt()
    assert Decimal(case["standard_deviation"]) == cents(spread)


def test_the_tornado_moves_one_line_at_a_time(results: Results) -> None:
    case = results[CASE]
    sales = {month: Decimal(0) for month in months(date(2027, 1, 1), 60)}
    for row in rows("cash_flows"):
        if row["line"] == "pump_sales" and row["scenario"] == "base":
            for month in (
                [row["period"]] if len(row["period"]) == 7 else [f"{row['period']}-{m:02d}" for m in range(1, 13)]
            ):
                sales[month] += Decimal(row["amount"]) / (1 if len(row["period"]) == 7 else 12)
    worth, npv = xnpv(0.12, list(sales.values())), float(case["scenarios"]["base"]["npv"])
    driver = case["drivers"]["pump_sales"]
    assert float(driver["present_value"]) == pytest.approx(worth, abs=0.02)
    assert float(driver["low"]) == pytest.approx(npv - 0.1 * worth, abs=0.02)
    assert float(driver["high"]) == pytest.approx(npv + 0.1 * worth, abs=0.02)
    assert float(driver["break_even_change"]) == pytest.approx(-npv / worth, abs=1e-6)
    flows = scenario_flows(results, "base")
    assert float(case["required_return"]["high"]) == pytest.approx(xnpv(0.132, flows), abs=0.006)


def test_committed_funding_is_held_against_every_month(results: Results) -> None:
    case, total = results[CASE], Decimal(0)
    funds = [(date(2027, 1, 4), 5_000_000), (date(2027, 9, 1), 5_500_000), (date(2028, 1, 3), 3_500_000)]
    left = []
    for amount, end in zip(scenario_flows(results, "base"), ends(), strict=True):
        total += amount
        left.append(total + sum(funding for day, funding in funds if day <= end))
    found = case["funding"]
    assert Decimal(found["lowest_headroom"]) == min(left) > 0
    assert found["lowest_month"] == "2027-08-01"
    assert found["gap"] == "0"


# ---- loops, checks, approvals -------------------------------------------------------------------------


def test_both_loops_come_to_rest_in_the_second_pass(state: State) -> None:
    loops = {frozenset(loop.members): loop for loop in state.plan().loops}
    assert loops.keys() == {frozenset({PLAN, LAW}), frozenset({CASE, PEOPLE})}
    assert all(loop.settled and loop.passes == 2 for loop in loops.values())


def test_approvals_are_provisional_and_name_who_has_not_approved(state: State) -> None:
    syncs = state.plan().syncs
    assert {key: sync.status for key, sync in syncs.items()} == dict.fromkeys(syncs, "provisional")
    assert syncs["people_and_funding"].reason == "not yet approved by Mikkel Dahl and Helle Friis"
    assert not state.plan().conflicts
    assert state.plan().metrics == {
        "opening_date": "2028-03-07",
        "project_cost": data(state, PLAN)["bac"],
        "people_cost": data(state, PEOPLE)["people_cost"],
        "compliance_cost": data(state, LAW)["cost"],
    }


async def test_the_audit_finds_nothing(driven: Path) -> None:
    with undrawn():  # as it was driven
        async with open_campaign(driven) as desk:
            found = await audit(desk, SESSION)
    assert found.problems == []
