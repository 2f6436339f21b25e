"""Each kind of fact changed once: exactly the actions that read it are called, and going back calls none.

The expected calls follow from what each action declares that it reads:

- opportunity reads currency, as_of, strategy.*, maturity.*, evidence.*, market.*, and label and claimed level of
  every initiative;
- values read currency, the discount rate, cash_flows.*, and label and chance of every initiative;
- portfolio reads currency, budget.total, label, horizon, needs and excludes of every initiative, criteria, scores,
  technologies, readiness; of the opportunity labels and levels; of the values investment, NPV and expected NPV;
- case reads currency, budget.total and quarterly_limit; of the portfolio label and horizon of what is funded and what
  is left; of the values the rate and everything of every initiative;
- adoption reads adoption.* and the obtainable customers;
- market reads company and aim, positioning.*; of the segments label, need, customers to win and SOM; the
  adopters by year and at the end with their range; the labels of what is funded;
- concept reads screens, components, brand, usability and the labels of what is funded. Two of the brief's colours
  cannot be read, so it runs twice: as given, and with the colours that negotiation puts in;
- roadmap reads currency, schedule, activities; labels and investment of the case; needs of the initiatives; how many
  people the test takes.

An action is called again only if what it reads has changed in value.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, open_campaign, person, undrawn
from tests.e2e.flows.innovation import (
    ADOPTION,
    CASE,
    CONCEPT,
    EVERY,
    MARKET,
    OPPORTUNITY,
    PORTFOLIO,
    ROADMAP,
    VALUES,
    copied,
    driven,
)
from tests.spine.harness import calls

pytestmark = pytest.mark.anyio

OTHER_SET = [PORTFOLIO, CASE, MARKET, CONCEPT, CONCEPT, ROADMAP]

CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    # 27,000 are left; 10,000 less change nothing but what is left, which the case shows.
    ("a budget that funds the same", {"budget.total": 1_640_000}, [PORTFOLIO, CASE]),
    ("a budget that funds less", {"budget.total": 1_500_000}, OTHER_SET),
    ("a limit of one quarter that is kept", {"budget.quarterly_limit": 500_000}, [CASE]),
    # 335,000 are planned for one quarter; spread evenly it is 835,000 / 4 at most.
    ("a limit that only even phasing keeps", {"budget.quarterly_limit": 300_000}, [CASE, CASE]),
    # No action reads the share that new fields may take.
    ("a share of new fields that is kept", {"budget.transformational_limit": "0.3"}, []),
    # Even phasing is tried first and does not help; then the horizon is left out and the case made again.
    ("a share of new fields that is not kept", {"budget.transformational_limit": "0.1"}, [CASE, *OTHER_SET]),
    ("the discount rate", {"finance.discount_rate": "0.095"}, [VALUES, PORTFOLIO, CASE]),
    ("a chance", {"initiatives.customer_portal.chance": "0.85"}, [VALUES, PORTFOLIO, CASE]),
    ("a benefit", {"cash_flows.cf022.amount": 25_000}, [VALUES, PORTFOLIO, CASE]),
    ("an investment", {"cash_flows.cf027.amount": 71_000}, [VALUES, PORTFOLIO, CASE, ROADMAP]),
    # A quarter later in the same year: every value is the same.
    ("the quarter of an investment", {"cash_flows.cf027.quarter": 3}, [VALUES, CASE]),
    ("the year of a benefit", {"cash_flows.cf022.year": 2029}, [VALUES, PORTFOLIO, CASE]),
    ("the label of a cash flow", {"cash_flows.cf027.label": "Design"}, [VALUES]),
    ("a label of what is funded", {"initiatives.customer_portal.label": "Portal"}, [OPPORTUNITY, VALUES, *OTHER_SET]),
    ("a label of what is not", {"initiatives.picking_robots.label": "Robots"}, [OPPORTUNITY, VALUES, PORTFOLIO]),
    ("a horizon", {"initiatives.tool_tracking.horizon": "core"}, [PORTFOLIO, CASE]),
    ("a need", {"initiatives.mobile_counter.needs": []}, [PORTFOLIO, ROADMAP]),
    ("an exclusion", {"initiatives.picking_robots.excludes": []}, [PORTFOLIO]),
    (
        "evidence and claims that change no level",
        {"initiatives.marketplace.claimed_trl": 4, "evidence.ev011.day": "2026-08-01", "as_of": "2026-12-20"},
        [OPPORTUNITY],
    ),
    (
        "evidence less",
        {f"evidence.ev011.{name}": None for name in ("initiative", "criterion", "source", "day")},
        [OPPORTUNITY, PORTFOLIO],
    ),
    # The shuttle store comes in, and one quarter is then above the limit until it is spread.
    ("the level that funding asks for", {"readiness.minimum_trl": 5}, [CASE, *OTHER_SET]),
    (
        "weights and scores",
        {"criteria.feasibility.weight": 30, "scores.marketplace.feasibility": 5, "criteria.feasibility.label": "Ease"},
        [PORTFOLIO],
    ),
    ("a technology", {"technologies.t05.ring": "assess", "technologies.t06.label": "Texts"}, [PORTFOLIO]),
    (
        "answers on maturity",
        {"maturity.data.evidence": "Figures book of June", "maturity.people.level": 1, "maturity.people.weight": 3},
        [OPPORTUNITY],
    ),
    ("what the firm is and wants", {"strategy.company": "Hollenbeck", "strategy.aim": "Rent"}, [OPPORTUNITY, MARKET]),
    ("the strategy's name", {"strategy.name": "Digital"}, [OPPORTUNITY]),
    ("customers of a segment", {"market.segments.roofers.customers": 4_000}, [OPPORTUNITY, ADOPTION, MARKET]),
    (
        "what a customer spends and asks for",
        {"market.segments.roofers.annual_value": 2_800, "market.segments.roofers.need": "Rental by the hour"},
        [OPPORTUNITY, MARKET],
    ),
    (
        "sources and rivals",
        {
            "market.segments.roofers.source": "Own list",
            "market.published.total": 80_000_000,
            "market.shares.toolhaus": "0.07",
        },
        [OPPORTUNITY],
    ),
    ("the adoption curve", {"adoption.analog": "cable_tv", "adoption.periods": 6}, [ADOPTION, MARKET]),
    ("who adopts", {"adoption.label": "portal customers"}, [ADOPTION, MARKET]),
    ("the map", {"positioning.brands.rentmax.x": "7.1", "positioning.x_axis": "Ease"}, [MARKET]),
    (
        "screens",
        {"screens.app_start.title": "App: home", "components.app_start-3.label": "Search"},
        [CONCEPT, CONCEPT],
    ),
    # White on the given orange still fails; the pins are readable if they are not shown on mist.
    (
        "the look",
        {
            "brand.colors.anthracite": "#1C2830",
            "brand.uses.map_pins.background": "anthracite",
            "brand.spacing.wide": 32,
        },
        [CONCEPT, CONCEPT],
    ),
    ("what users are asked to do", {"usability.tasks": ["Rent a breaker"]}, [CONCEPT, CONCEPT]),
    ("a share of problems to find", {"usability.target": "0.9"}, [CONCEPT, CONCEPT, ROADMAP]),
    ("an activity", {"activities.cp_pilot.duration": 45, "activities.cp_pilot.owner": "Jonas Reiter"}, [ROADMAP]),
    ("what a gate asks", {"activities.cp_gate_roll.criterion": "Customers come back"}, [ROADMAP]),
    (
        "the calendar",
        {"schedule.start": "2027-02-08", "schedule.subdivision": "NI", "schedule.deadline": "2028-12-01"},
        [ROADMAP],
    ),
    # The check fails, reviews may overlap, and that is enough: five days of one review on the critical path.
    ("a deadline that is missed", {"schedule.deadline": "2028-08-21"}, [ROADMAP, ROADMAP]),
    ("an approver", {"approvers.market": "Jonas Reiter"}, []),
    ("the currency", {"currency": "USD"}, [OPPORTUNITY, VALUES, PORTFOLIO, CASE, ROADMAP]),
    ("a judgement on stress", {f"judgement.{CASE}.stress_step": "0.3"}, [CASE]),
    ("a judgement to rank by score", {f"judgement.{PORTFOLIO}.rank_by": "score"}, OTHER_SET),
    ("a judgement on the range", {f"judgement.{ADOPTION}.spread": "0.3"}, [ADOPTION, MARKET]),
    ("a judgement who leads", {f"judgement.{MARKET}.lead_segment": "installers"}, [MARKET]),
    # Written differently, the same: canonical by schema.
    ("the same in other digits", {"budget.total": "1650000.00", "maturity.people.weight": 1}, []),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("innovation"))


@pytest.fixture(scope="module")
async def desk(folder: Path) -> AsyncIterator[tuple[Desk, Path]]:
    with undrawn():
        async with open_campaign(folder) as desk:
            yield desk, folder / "calls.log"


def test_every_action_is_called_once_and_the_concept_again_by_negotiation() -> None:
    assert sorted([*EVERY, CONCEPT]) == calls(driven() / "calls.log")


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_a_changed_fact_calls_exactly_the_actions_that_read_it(
    desk: tuple[Desk, Path], changes: dict[str, Any], expected: list[str]
) -> None:
    at, log = desk
    await workspace.restore(at, SESSION, 1)
    await workspace.set_facts(at, SESSION, person(changes))
    await drive(at, SESSION)
    # Were going back from the case before to cost a call, it would stand here too.
    assert calls(log) == sorted(expected)


async def test_going_back_to_the_beginning_calls_nobody_and_gives_the_same_plan(desk: tuple[Desk, Path]) -> None:
    at, log = desk
    await workspace.restore(at, SESSION, 1)
    plan = await drive(at, SESSION)
    assert calls(log) == []
    assert all(step.status == "current" for step in plan.steps.values())
    assert plan.metrics == {
        "total_investment": "1623000",
        "expected_value": "375662.53",
        "finish_date": "2028-08-23",
    }
