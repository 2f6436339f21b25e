"""The Fjordholm expansion as its files have it, and a small expansion in another country and currency."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from coordinator import workspace
from coordinator.brief.reading import read_brief
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.state import State
from mcp_servers.compose import flow_text
from tests.e2e.campaign import ROOT, person

FOLDER = ROOT / "examples" / "briefs"
FJORDHOLM = FOLDER / "fjordholm_expansion.toml"

PLAN = "expansion_project_planning"
CASE = "financial_feasibility_analysis"
LAW = "regulatory_compliance_review"
PEOPLE = "staffing_and_organizational_planning"
STEPS = (PLAN, CASE, LAW, PEOPLE)

# The example asks two offices for a faster decision because its deadline is missed otherwise. Chosen by a person, and
# with nothing asked of value and funding, nothing is negotiated: a changed fact calls each action only for the world
# that holds.
UNNEGOTIATED = {
    f"judgement.{LAW}.expedite": True,
    "case.minimum_npv": -100_000_000,
    "case.allowed_gap": 100_000_000,
}


def shorter() -> dict[str, Given]:
    """The example's facts for its first 30 months, without most rows: what is read stays, and tests are quicker."""
    late = {
        row["id"] for row in rows("cash_flows") if row["scenario"] in ("slow", "strong") or row["period"] > "2029-06"
    }
    gone = {row["id"] for row in rows("people") if row["start"] > "2028-12"}
    gone |= {f"asm{at:02d}" for at in range(5, 60)}
    facts = {}
    for path, given in read_brief(FJORDHOLM).facts.items():
        table, _, rest = path.partition(".")
        key = rest.partition(".")[0]
        if (table == "cash_flows" and key in late) or (table == "people" and key in gone):
            continue
        facts[path] = Given(given.value, given.by)
    return facts | person({**UNNEGOTIATED, "case.horizon_months": 30})


def rows(name: str) -> list[dict[str, str]]:
    """Rows of one of the example's tables."""
    with (FOLDER / f"fjordholm_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cents(amount: Decimal) -> Decimal:
    """To the cent, half up."""
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def months(first: date, count: int) -> Iterator[str]:
    """ "2027-01", "2027-02" …"""
    for at in range(first.year * 12 + first.month - 1, first.year * 12 + first.month - 1 + count):
        yield f"{at // 12}-{at % 12 + 1:02d}"


SMALL: dict[str, Any] = {
    "currency": "EUR",
    "company.name": "Kranich Bike Works",
    "expansion.name": "Second workshop in Graz",
    "expansion.sponsor": "Ute Kranich",
    "expansion.manager": "Paul Moser",
    "expansion.purpose": "The workshop in Vienna is full.",
    "expansion.objectives.open.objective": "Open in Graz",
    "expansion.objectives.open.criterion": "First repair by September 2027",
    "expansion.in_scope": ["A rented workshop"],
    "tasks.lease.duration": 10,
    "tasks.lease.cost": "1500",
    "tasks.rebuild.duration": 20,
    "tasks.rebuild.predecessors": ["lease"],
    "tasks.rebuild.cost": "24000.50",
    "tasks.open.duration": 1,
    "tasks.open.predecessors": ["rebuild"],
    "schedule.start": "2027-05-03",
    "schedule.country": "AT",
    "schedule.planned_opening": "2027-06-15",
    "jurisdictions.graz.label": "Graz",
    "jurisdictions.graz.country": "AT",
    "requirements.trade.label": "Trade registration",
    "requirements.trade.jurisdiction": "graz",
    "requirements.trade.lead_days": 14,
    "requirements.trade.cost": "47.30",
    "requirements.trade.before_hiring": True,
    "case.start": "2027-05-01",
    "case.horizon_months": 14,
    "case.required_return": "0.08",
    "case.minimum_npv": "-50000",
    "scenarios.base.label": "As planned",
    "scenarios.base.probability": "0.7",
    "scenarios.weak.label": "Weak year",
    "scenarios.weak.probability": "0.3",
    "cash_flows.repairs_a.line": "repairs",
    "cash_flows.repairs_a.period": "2027-07",
    "cash_flows.repairs_a.amount": "9000",
    "cash_flows.repairs_a.scenario": "base",
    "cash_flows.repairs_b.line": "repairs",
    "cash_flows.repairs_b.period": "2028",
    "cash_flows.repairs_b.amount": "250000",
    "cash_flows.repairs_b.scenario": "base",
    "cash_flows.repairs_c.line": "repairs",
    "cash_flows.repairs_c.period": "2028",
    "cash_flows.repairs_c.amount": "236000",
    "cash_flows.repairs_c.scenario": "weak",
    "cash_flows.rent.line": "rent",
    "cash_flows.rent.period": "2028",
    "cash_flows.rent.amount": "-20000",
    "cash_flows.rent.moves": False,
    "funding.savings.amount": "90000",
    "funding.savings.available": "2027-05-01",
    "roles.mechanic.label": "Mechanic",
    "roles.mechanic.salary": "38000",
    "roles.mechanic.on_cost_rate": "0.3",
    "roles.mechanic.hiring_cost": "800",
    "people.m1.role": "mechanic",
    "people.m1.start": "2027-06-01",
    "people.m2.role": "mechanic",
    "people.m2.start": "2027-09-01",
    "people.m2.reports_to": "m1",
}


async def planned(desk: Desk, id: str, changes: Mapping[str, Any] | None = None) -> State:
    """The small expansion, some of its facts changed (None: left out), driven."""
    facts = {path: value for path, value in {**SMALL, **(changes or {})}.items() if value is not None}
    await workspace.start(desk, flow_text("business_expansion_planning"), person(facts), id=id)
    await drive(desk, id)
    return await workspace.read(desk, id)
