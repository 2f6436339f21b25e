"""What a person may get wrong is refused or asked about in one sentence; smaller and other briefs run."""

from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest

from coordinator import workspace
from coordinator.audit import audit
from coordinator.brief.reading import read_brief
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.state import State
from experts.core.errors import InvalidInput, MissingFacts
from mcp_servers.compose import flow_text
from tests.e2e.campaign import data, open_campaign, undrawn
from tests.e2e.flows.innovation import (
    ADOPTION,
    CASE,
    CONCEPT,
    HOLLENBECK,
    MARKET,
    OPPORTUNITY,
    PORTFOLIO,
    ROADMAP,
    VALUES,
)

pytestmark = pytest.mark.anyio

FLOW = "digital_innovation_strategy"
NUMBER = count()

BAD: list[tuple[str, dict[str, Any], str, str]] = [
    # what is wrong, the facts, the field that is named, words of the sentence
    ("a negative amount", {"cash_flows.cf001.amount": -40_000}, "cash_flows.cf001.amount", "-40000"),
    ("text for a number", {"cash_flows.cf001.amount": "forty"}, "cash_flows.cf001.amount", "'forty'"),
    ("an unknown kind of row", {"cash_flows.cf001.kind": "cost"}, "cash_flows.cf001.kind", "'cost'"),
    ("a row of no initiative", {"cash_flows.cf001.initiative": "portl"}, "cash_flows.cf001.initiative", "'portl'"),
    ("a quarter of a benefit", {"cash_flows.cf022.quarter": 2}, "cash_flows.cf022.quarter", "quarter 2"),
    ("a fraction of a cent", {"cash_flows.cf001.amount": "1.005"}, "cash_flows.cf001.amount", "1.005"),
    ("a rate in percent", {"finance.discount_rate": 9}, "finance.discount_rate", "'9'"),
    ("a chance above one", {"initiatives.pricing_engine.chance": "1.4"}, "initiatives.pricing_engine.chance", "1.4"),
    ("an unknown currency", {"currency": "EURO"}, "currency", "'EURO'"),
    ("an unknown country", {"schedule.country": "ZZ"}, "schedule.country", "'ZZ'"),
    ("needs in a circle", {"initiatives.data_platform.needs": ["mobile_counter"]}, "initiatives", "in a circle"),
    (
        "a need of nothing",
        {"initiatives.data_platform.needs": ["portal"]},
        "initiatives.data_platform.needs",
        "'portal'",
    ),
    ("work in a circle", {"activities.cp_prepare.predecessors": ["cp_roll"]}, "", "cp_prepare"),
    (
        "work that waits for nothing",
        {"activities.cp_roll.predecessors": ["x"]},
        "activities.cp_roll.predecessors",
        "'x'",
    ),
    ("shares above the market", {"market.shares.nordwerk": "0.6"}, "market.shares", "more than the whole market"),
    ("evidence from the future", {"evidence.ev001.day": "2027-06-01"}, "evidence.ev001.day", "2027-06-01"),
    ("an unknown criterion", {"evidence.ev001.criterion": "works"}, "evidence.ev001.criterion", "'works'"),
    ("a dimension that is none", {"maturity.brand.level": 3}, "maturity.brand", "'brand'"),
    ("a score too few", {"scores.marketplace.feasibility": None}, "scores.marketplace.feasibility", "no score for"),
    ("no colour", {"brand.colors.signal": "orangeish"}, "brand", "orangeish"),
    (
        "a component on no screen",
        {"components.app_start-1.screen": "start"},
        "components.app_start-1.screen",
        "'start'",
    ),
    ("a brand without ratings", {"positioning.own": "hollenbek"}, "positioning.own", "'hollenbek'"),
    ("an analog that is none", {"adoption.analog": "mean_1991"}, "adoption.analog", "mean_1991"),
    ("nothing on adoption", {"adoption.analog": None}, "adoption.analog", "four observed years"),
    ("nothing that is ready", {"readiness.minimum_trl": 9}, "readiness.minimum_trl", "9"),
    ("no money", {"budget.total": 1_000}, "budget.total", "no initiative is funded"),
]
ASKED = ["currency", "finance.discount_rate", "budget.total", "schedule.start", "market.segments.roofers.customers"]

# The least that a person has to know: two ideas, one segment, one screen, no table of people or technologies.
SMALL: dict[str, Any] = {
    "currency": "JPY",
    "as_of": "2026-12-15",
    "strategy.name": "Studio 24",
    "strategy.company": "Studio 24",
    "strategy.aim": "Book a room in 2 minutes",
    "budget.total": 9_000_000,
    "finance.discount_rate": "0.05",
    "maturity.customer.level": 2,
    "initiatives.booking.label": "Booking 2.0",
    "initiatives.lights.label": "Lights that know the booking, in all 14 rooms of both houses, and everything they need",
    "criteria.value.weight": 1,
    "scores.booking.value": 8,
    "scores.lights.value": 5,
    "market.segments.bands.customers": 300,
    "market.segments.bands.annual_value": 90_000,
    "market.segments.bands.reachable": "0.5",
    "market.segments.bands.obtainable": "0.2",
    "adoption.label": "bands who book online",
    "adoption.innovation": "0.05",
    "adoption.imitation": "0.3",
    "screens.book.title": "Booking in 2 steps",
    "components.c1.screen": "book",
    "components.c1.position": 1,
    "components.c1.kind": "heading",
    "brand.colors.ink": "#111111",
    "schedule.start": "2027-02-01",
    "schedule.country": "JP",
    "activities.build.initiative": "booking",
    "activities.build.duration": 30,
    "activities.wire.initiative": "lights",
    "activities.wire.duration": 20,
} | {
    f"cash_flows.{key}{at}.{name}": value
    for key, initiative in (("b", "booking"), ("l", "lights"))
    for at, row in enumerate(
        [(2027, "investment", 3_000_001), (2028, "benefit", 2_500_000), (2029, "benefit", 2_500_000)]
    )
    for name, value in zip(("initiative", "year", "kind", "amount"), (initiative, *row), strict=True)
}


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    with undrawn():
        async with open_campaign(tmp_path_factory.mktemp("briefs")) as desk:
            yield desk


async def planned(desk: Desk, changes: dict[str, Any], base: dict[str, Given] | None = None) -> State:
    """A session of its own, driven as far as it goes; a change to None takes the fact out."""
    if base is None:
        base = {path: Given(given.value, given.by) for path, given in read_brief(HOLLENBECK).facts.items()}
    facts = base | {path: Given(value, "a person") for path, value in changes.items() if value is not None}
    for path in (path for path, value in changes.items() if value is None):
        facts.pop(path, None)
    session = await workspace.start(desk, flow_text(FLOW), facts, id=f"innovation-{next(NUMBER)}")
    await drive(desk, session)
    return await workspace.read(desk, session)


@pytest.mark.parametrize(("changes", "field", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
async def test_a_fact_that_does_not_fit_is_refused_in_one_sentence(
    desk: Desk, changes: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await planned(desk, changes)
    message = caught.value.message
    assert says in message
    assert caught.value.field.startswith(field)
    assert "\n" not in message and len(message) < 400
    assert "Traceback" not in message and "validation error" not in message


@pytest.mark.parametrize("path", ASKED)
async def test_a_fact_without_an_honest_default_is_asked_for(desk: Desk, path: str) -> None:
    with pytest.raises(MissingFacts, match=path.rpartition(".")[2]):
        await planned(desk, {path: None})


async def test_three_thousand_rows_are_refused_in_a_sentence(desk: Desk) -> None:
    row = {"initiative": "pricing_engine", "year": 2029, "kind": "benefit", "amount": 1}
    many = {f"cash_flows.x{at}.{name}": value for at in range(3_000) for name, value in row.items()}
    with pytest.raises(InvalidInput, match=r"at most 2000 are read|at most 2000"):
        await planned(desk, many)


async def test_a_small_brief_in_a_currency_without_cents_runs_and_says_what_it_lacks(desk: Desk) -> None:
    """2,500,000 / 1.05 + 2,500,000 / 1.1025 - 3,000,001 = 1,648,525 yen for each of the two."""
    state = await planned(desk, SMALL, {})
    assert all(step.status == "current" for step in state.plan().steps.values())
    assert data(state, VALUES)["initiatives"]["booking"]["npv"] == "1648525"
    assert data(state, PORTFOLIO)["selected"].keys() == {"booking", "lights"}
    assert sum(int(row["investment"]) for row in data(state, CASE)["quarters"].values()) == 6_000_002
    assert data(state, ROADMAP)["bac"] == "6000002"
    assert data(state, ADOPTION)["potential"] == 30
    assert data(state, MARKET)["brands"] == {} and data(state, CONCEPT)["checked"] == 0
    artifacts = [step.artifact for step in state.plan().steps.values() if step.artifact]
    warnings = " ".join(text for artifact in artifacts for text in artifact.result.warnings)
    for lack in ("evidence", "shares", "technologies", "chance", "positioning map", "contrast", "gate", "user groups"):
        assert lack in warnings, lack
    assert not data(state, OPPORTUNITY)["readiness_tested"]
    report = await audit(desk, state.session.id)
    assert report.problems == []


async def test_observed_years_are_fitted_instead_of_borrowed(desk: Desk) -> None:
    """A Bass curve with p 0.03, q 0.4 and m 1000 is found again from its first eight years."""
    import math

    def adopted(t: int) -> float:
        return 1000 * (1 - math.exp(-0.43 * t)) / (1 + 0.4 / 0.03 * math.exp(-0.43 * t))

    years = [str(round(adopted(t) - adopted(t - 1), 6)) for t in range(1, 9)]
    state = await planned(desk, {"adoption.observed": years, "adoption.analog": None})
    found = data(state, ADOPTION)
    assert float(found["innovation"]) == pytest.approx(0.03, rel=1e-3)
    assert float(found["imitation"]) == pytest.approx(0.4, rel=1e-3)
    assert found["potential"] == 1000
    assert len(found["periods"]) == 16


async def test_a_cost_that_no_work_carries_stops_at_the_roadmap(desk: Desk) -> None:
    """Without work for tracking its 383,000 stand in the case and not in the roadmap: a conflict on the metric."""
    read = read_brief(HOLLENBECK)
    gone = {path: None for path in read.facts if path.startswith("activities.tt_")}
    waits = {"activities.pm_prepare.predecessors": ["kickoff"], "activities.ts_prepare.predecessors": ["kickoff"]}
    state = await planned(desk, {**gone, **waits})
    plan = state.plan()
    conflict = plan.conflicts["total_investment"]
    assert (conflict.value, conflict.others) == ("1623000", {ROADMAP: "1240000"})
