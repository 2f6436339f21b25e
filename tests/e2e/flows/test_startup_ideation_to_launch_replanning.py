"""Each kind of fact changed: exactly the actions that read it are called, and going back calls none.

The expected calls follow from what each action declares that it reads, not from recorded runs:

- TIME reads company.name and idea, founders' name, zone, country, hours and protected weekdays, commitments.*,
  protected.*, schedule.start and deadline;
- MARKET reads company.name, currency, groups.*, market.*, top_down.*, evidence.*;
- MODEL reads company.name, currency, canvas.*, plans.*, churn, months of payback, alternatives.*; of MARKET the groups'
  labels and the customers that could be won;
- FORM reads currency, company.entity, incorporates and gross assets, owners.*, founders' names and shares, stock's
  authorised shares, par and vesting, ip.*;
- PLAN reads currency, plan.*, the guess of what a customer costs, marketing.*, costs.*, hires.*, payroll.*, terms.*,
  funds.*, label, amount and day of safes and rounds; of MODEL price, variable cost, churn and the most to pay, of FORM
  the tax and its day; of CHANNELS, fed back, what a customer costs;
- CHANNELS reads currency, channels.*, testing's power, significance and budget; of MODEL contribution, retention and
  the most to pay, of PLAN the marketing money a month;
- OWNERS reads currency, founders' names and shares, stock's options and pool, safes.*, rounds.*; of PLAN the need;
- LAUNCH reads company.name, currency, schedule.*, testing.task, tasks.*; of TIME the founders' names, weeks and days
  off, of FORM what is assigned, of CHANNELS what the tests cost.

PLAN and CHANNELS are a loop, run until what a customer costs stays: how often each is called follows from the figures, so
only whether they are called is expected here; every other action is called once. A failing check tries the flow's patches.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, begin, open_campaign, person, undrawn
from tests.e2e.flows.startup import (
    BRINDLESTEP,
    CHANNELS,
    EVERY,
    FORM,
    LAUNCH,
    MARKET,
    MODEL,
    OWNERS,
    PLAN,
    TIME,
)
from tests.spine.harness import calls

pytestmark = pytest.mark.anyio

CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "what the founders' days are for, and the idea",
        {
            "commitments.c001.what": "Calls with customers",
            "protected.nadia_mon.what": "Family",
            "company.idea": "Reminders for patients",
        },
        [TIME],
    ),
    # Free days of weeks change, and with them the launch's dates; a later deadline only gives them more room.
    (
        "the founders' time",
        {
            "commitments.c002.end": "2027-01-12T12:00",
            "protected.nadia_mon.day": "2027-03-25",
            "founders.tomasz.work_end": "16:00",
            "founders.tomasz.zone": "America/Denver",
            "schedule.deadline": "2027-06-18",
        },
        [TIME, LAUNCH],
    ),
    ("a founder's name", {"founders.priya.name": "Priya Raman-Voss"}, [TIME, FORM, OWNERS, LAUNCH]),
    # Shares change who owns what and what vests; the tax stays the lower minimum.
    ("a founder's shares", {"founders.priya.shares": 1_250_000}, [FORM, OWNERS]),
    ("the company's name", {"company.name": "Brindle"}, [TIME, MARKET, MODEL, LAUNCH]),
    # What could be won moves the average price, and so the loop; the tests of channels come out the same.
    (
        "counts of served practices",
        {"market.ohio-small.customers": 500, "market.iowa-solo.served": "no"},
        [MARKET, MODEL, PLAN, CHANNELS, OWNERS],
    ),
    # Not served, or not read by anybody else.
    (
        "what only the market's size depends on",
        {
            "market.alabama-small.customers": 250,
            "groups.small.annual_value": 2_400,
            "top_down.total": 80_000_000,
            "top_down.source": "Another report",
            "evidence.price.asked": 62,
            "evidence.price.yes": 20,
            f"judgement.{MARKET}.uncertainty": "0.3",
        },
        [MARKET],
    ),
    ("a group's label", {"groups.small.label": "Small clinics"}, [MARKET, MODEL]),
    (
        "canvas and other ways of earning",
        {"canvas.key_partners": ["Makers of practice software"], "alternatives.licence.price": 2_700},
        [MODEL],
    ),
    # The most to pay for a customer follows: the tests need another rate, and what they cost is a task's cost.
    ("a price", {"plans.small.price": 209}, [MODEL, PLAN, CHANNELS, OWNERS, LAUNCH]),
    # The money for channels stays, so a customer costs the same; the need stays as well.
    ("months to pay back", {"economics.payback_months": 11}, [MODEL, PLAN, CHANNELS, LAUNCH]),
    ("churn", {"economics.churn": "0.025"}, [MODEL, PLAN, CHANNELS, OWNERS]),
    # By assumed par value the tax is its minimum with either.
    (
        "form, owners, assets, authorised shares and vesting",
        {
            "company.entity": "public_benefit_corporation",
            "owners.company": "yes",
            "company.gross_assets": 500_000,
            "stock.authorized": 9_000_000,
            "stock.vesting_months": 36,
            "stock.cliff_months": 6,
            "ip.logo.made_by": "Studio Lindqvist",
        },
        [FORM],
    ),
    ("a right that is signed over", {"ip.logo.assigned": "yes"}, [FORM, LAUNCH]),
    # Losses are carried forward and equipment is written off over three years or four: no cash moves.
    (
        "tax, life of equipment, a label, how hard the plan is stressed",
        {
            "terms.tax_rate": "0.25",
            "terms.equipment_months": 48,
            "costs.rent.label": "Office in Chicago",
            f"judgement.{PLAN}.stress_step": "0.25",
        },
        [PLAN],
    ),
    # Cash moves, not the money for marketing: CHANNELS has seen all it reads.
    (
        "costs, people, terms, buffer and the founders' own money",
        {
            "costs.rent.amount": 1_500,
            "costs.rent.growth": "0.01",
            "costs.recruiting.last": "2028-05-31",
            "hires.sales.salary": 6_800,
            "hires.support.starts": "2028-07-01",
            "payroll.loading": "0.12",
            "terms.receivable_days": 20,
            "terms.payable_days": 20,
            "plan.cash_buffer": 45_000,
            "funds.own.amount": 90_000,
        },
        [PLAN, OWNERS],
    ),
    ("money for channels", {"marketing.monthly": 10_000, "marketing.reinvested": "0.12"}, [PLAN, CHANNELS, OWNERS]),
    # The first pass starts elsewhere and ends at the same cost of a customer: nobody after the loop sees a difference.
    ("the founders' guess", {"economics.acquisition_cost": 900}, [PLAN, CHANNELS]),
    (
        "terms of SAFE, round and pool",
        {
            "safes.angels.cap": 4_500_000,
            "rounds.seed.pre_money": 7_000_000,
            "rounds.seed.pool_after": "0.10",
            "stock.pool": 700_000,
        },
        [OWNERS],
    ),
    ("a SAFE's amount", {"safes.angels.amount": 420_000}, [PLAN, OWNERS]),
    ("a dearer contact", {"channels.search.contact_cost": "4.40"}, [PLAN, CHANNELS, OWNERS, LAUNCH]),
    # Letters are not used and too dear to test with either sum.
    (
        "a channel that is not used, money for tests",
        {"channels.letters.most_customers": 12, "testing.budget": 31_000},
        [CHANNELS],
    ),
    ("how sure a test must be", {"testing.power": "0.85"}, [CHANNELS, LAUNCH]),
    (
        "a task",
        {"tasks.pilot.duration": 13, "tasks.texts.cost": 500, "tasks.texts.owner": "nadia"},
        [LAUNCH],
    ),
    # Nobody reads who approves; the same value in other digits, or an assumption confirmed, is no change.
    (
        "what changes nothing",
        {"approvers.funding": "Priya Raman", "plans.small.price": "199.00", "economics.payback_months": 12},
        [],
    ),
]


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Desk, Path]]:
    folder = tmp_path_factory.mktemp("startup")
    with undrawn():
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk, BRINDLESTEP))
            assert set(calls(folder / "calls.log")) == set(EVERY)
            yield desk, folder / "calls.log"


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_a_changed_fact_calls_exactly_the_actions_that_read_it(
    desk: tuple[Desk, Path], changes: dict[str, Any], expected: list[str]
) -> None:
    at, log = desk
    preview = await workspace.preview(at, SESSION, person(changes))
    assert {stale.step for stale in preview if stale.certain} <= set(expected)
    assert {stale.step for stale in preview} >= set(expected)
    assert calls(log) == []  # looking ahead costs nothing
    await workspace.set_facts(at, SESSION, person(changes))
    plan = await drive(at, SESSION)
    called = calls(log)
    assert set(called) == set(expected)
    assert [step for step in called if step not in (PLAN, CHANNELS)] == sorted(set(expected) - {PLAN, CHANNELS})
    assert all(loop.settled for loop in plan.loops)
    await workspace.restore(at, SESSION, 1)
    plan = await drive(at, SESSION)
    assert calls(log) == []
    assert all(step.status == "current" for step in plan.steps.values())
    assert plan.metrics == {"investor_money": "2050000", "launch_date": "2027-05-24"}


async def test_every_kind_of_fact_in_the_brief_is_changed_by_some_case(desk: tuple[Desk, Path]) -> None:
    """A kind is a path without its keys of rows; a new kind without a case fails here."""
    tables = {
        "founders",
        "commitments",
        "protected",
        "groups",
        "market",
        "evidence",
        "plans",
        "alternatives",
        "ip",
        "costs",
    }
    tables |= {"hires", "funds", "safes", "rounds", "channels", "tasks"}

    def kind(path: str) -> str:
        parts = path.split(".")
        return (
            "judgement" if parts[0] == "judgement" else ".".join([parts[0], parts[-1]]) if parts[0] in tables else path
        )

    state = await workspace.read(desk[0], SESSION)
    # Alike in kind to one that is changed: read by the same actions through the same field.
    alike = {
        *("currency", "approvers.formation", "approvers.launch", "schedule.start", "schedule.country", "testing.task"),
        *("founders.country", "founders.subdivision", "founders.work_start", "founders.protected_weekdays"),
        *("commitments.founder", "commitments.start", "protected.founder"),
        *(
            "groups.obtainable",
            "groups.source",
            "market.group",
            "market.region",
            "top_down.serviceable",
            "top_down.obtainable",
        ),
        *("evidence.needed", "evidence.statement", "plans.group", "plans.label", "plans.variable_cost"),
        *(
            f"alternatives.{name}"
            for name in ("acquisition_cost", "churn", "customers", "fixed_costs", "label", "unit_cost")
        ),
        *(f"canvas.{name}" for name in ("channels", "cost_structure", "customer_relationships", "key_activities")),
        *(f"canvas.{name}" for name in ("key_resources", "revenue_streams", "value_propositions")),
        *("company.incorporates", "owners.nonresident_alien", "owners.venture_capital", "stock.par", "stock.options"),
        *("ip.kind", "ip.label", "ip.created", "costs.kind", "costs.first", "hires.role", "plan.begins", "plan.months"),
        *("plan.opening_cash", "plan.sales_begin", "funds.kind", "funds.label", "funds.received"),
        *(f"safes.{name}" for name in ("discount", "kind", "label", "note_interest", "received")),
        *("rounds.amount", "rounds.label", "rounds.received", "testing.significance"),
        *(f"channels.{name}" for name in ("contact", "contacts_per_day", "expected_rate", "label")),
        *(f"tasks.{name}" for name in ("kind", "label", "phase", "predecessors")),
    }
    changed = {kind(path) for _, changes, _ in CASES for path in changes}
    assert {kind(path) for path in state.values} - changed == alike
