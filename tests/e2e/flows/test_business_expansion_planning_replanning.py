"""Each kind of fact changed once: exactly the actions that read it are called, and going back calls none.

What is expected follows from what each action declares that it reads:

- the plan (PLAN) reads currency, expansion.*, tasks.*, schedule.*, team names and roles, risks.*; of the
  requirements label, status, gating, owner, after, blocks, working days and cost;
- the law step (LAW) reads jurisdictions.*, requirements.*, schedule.{start, country, subdivision, weekend}, team names,
  entity.*, privacy.*, law.*; of the plan label and dates of every task, the opening and what leads to it;
- the case (CASE) reads currency, case.*, scenarios.*, cash_flows.*, funding.*, schedule.planned_opening; of the plan
  the opening and the spend by month, of the people their cost by month;
- the people step (PEOPLE) reads currency, company.*, people.*, roles.*, payroll.*, case.{start, horizon_months},
  schedule.planned_opening, law.as_of; of the plan the opening, of the law step employer_ready, of the case the receipts
  by year.

Both loops start from nothing at every evaluation. In the first pass PLAN has no requirements and LAW sees a plan without
them; in the second each has the other's. So a fact that only PLAN reads calls it twice, and one that only LAW reads calls
LAW twice (and PLAN once, with the new requirements, if what it reads of them changed). The same holds for CASE without
and with people; PEOPLE is called once, since what it reads of the case does not depend on people.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from mcp_servers.compose import flow_text
from tests.e2e.campaign import SESSION, open_campaign, person, undrawn
from tests.e2e.flows.expansion import CASE, LAW, PEOPLE, PLAN, shorter
from tests.spine.harness import calls

pytestmark = pytest.mark.anyio

CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    # LAW reads no cost of a task; the spend by month changes.
    ("a cheaper task", {"tasks.design.cost": 230_000}, [PLAN, PLAN, CASE, CASE]),
    ("an owner of a task", {"tasks.design.owner": "astrid_holm"}, [PLAN, PLAN]),
    ("a phase", {"tasks.design.phase": "Building"}, [PLAN, PLAN]),
    ("a task's label", {"tasks.design.label": "Design"}, [PLAN, PLAN, LAW, LAW]),
    # Design is on the critical path, so every later date moves, the opening too; it stays in March 2028, but PEOPLE
    # reads the day.
    ("a longer task", {"tasks.design.duration": 36}, [PLAN, PLAN, LAW, LAW, CASE, CASE, PEOPLE]),
    # It has float and no cost: dates of a task change, and nothing that CASE or PEOPLE read.
    ("a longer task with float", {"tasks.recruit_leads.duration": 61, "tasks.handbook.cost": None,
     "tasks.training.cost": None}, [PLAN, PLAN, LAW, LAW, CASE, CASE]),
    ("a review that is none", {"tasks.design_review.kind": "work"}, [PLAN, PLAN]),
    ("a name in the team", {"team.jonas_brandt.name": "Jonas Brandt-Lund"}, [PLAN, PLAN, LAW, LAW]),
    ("a role in the team", {"team.jonas_brandt.role": "Works"}, [PLAN, PLAN]),
    ("a risk", {"risks.air.probability": "0.4"}, [PLAN, PLAN]),
    ("the purpose", {"expansion.purpose": "Shorter delivery."}, [PLAN, PLAN]),
    ("the project's budget", {"expansion.budget": 8_500_000}, [PLAN, PLAN]),
    ("a later deadline", {"schedule.deadline": "2028-04-28"}, [PLAN, PLAN]),
    # In its second pass PLAN has the new fee; LAW reads the changed brief in both passes.
    ("a dearer permit", {"requirements.nsf_61.cost": 70_000}, [LAW, LAW, PLAN, CASE, CASE]),
    ("a source", {"requirements.nsf_61.source": "NSF/ANSI/CAN 61"}, [LAW, LAW]),
    # It costs nothing, and other registrations take longer: no spend and no employer_ready changes.
    ("a faster registration", {"requirements.withholding.lead_days": 13}, [LAW, LAW, PLAN]),
    ("who sees to a permit", {"requirements.nsf_61.owner": "ruth_keller"}, [LAW, LAW, PLAN]),
    ("a label of a place", {"jurisdictions.ohio.label": "State of Ohio"}, [LAW, LAW]),
    ("why this form", {"entity.reason": "Profits stay in the company"}, [LAW, LAW]),
    ("revenue for privacy law", {"privacy.revenue_usd": 20_000_000}, [LAW, LAW]),
    # LAW and PEOPLE read it; nothing that others read changes.
    ("the day of the law", {"law.as_of": "2026-11-24"}, [LAW, LAW, PEOPLE]),
    ("probabilities", {"scenarios.base.probability": "0.5", "scenarios.slow.probability": "0.35"}, [CASE, CASE]),
    ("a scenario's label", {"scenarios.slow.label": "Slow"}, [CASE, CASE]),
    ("the required return", {"case.required_return": "0.1"}, [CASE, CASE]),
    ("a smallest value", {"case.minimum_npv": -90_000_000}, [CASE, CASE]),
    ("funding", {"funding.bank.amount": 4_000_000}, [CASE, CASE]),
    # A payment leaves the receipts as they are; a receipt changes a year that PEOPLE reads.
    ("a grant", {"cash_flows.cf278.amount": 240_000}, [CASE, CASE, PEOPLE]),
    ("rent", {"cash_flows.cf245.amount": -60_000}, [CASE, CASE]),
    ("a receipt", {"cash_flows.cf001.amount": 530_000}, [CASE, CASE, PEOPLE]),
    # CASE without people is as before; with people it has another cost.
    ("a salary", {"roles.assembler.salary": 46_000}, [PEOPLE, CASE]),
    ("benefits", {"roles.assembler.benefits": 13_000}, [PEOPLE, CASE]),
    ("a cost of hiring", {"roles.assembler.hiring_cost": 2_000}, [PEOPLE, CASE]),
    ("an on-cost rate", {"roles.site_director.on_cost_rate": "0.3"}, [PEOPLE, CASE]),
    ("a payroll rate", {"payroll.state_unemployment_rate": "0.03"}, [PEOPLE, CASE]),
    ("a start month", {"people.buy2.start": "2028-07-01"}, [PEOPLE, CASE]),
    ("a person fewer", {"people.cc2.role": None, "people.cc2.start": None, "people.cc2.reports_to": None}, [PEOPLE, CASE]),
    # Who leads whom, and who can wait, costs nothing as long as nobody waits.
    ("a reporting line", {"people.buy2.reports_to": "finance"}, [PEOPLE]),
    ("who can wait", {"people.buy2.deferrable": True}, [PEOPLE]),
    ("people employed already", {"company.employees": 5}, [PEOPLE]),
    ("a role's label", {"roles.assembler.label": "Assembly worker"}, [PEOPLE]),
    ("a shorter case", {"case.horizon_months": 29}, [CASE, CASE, PEOPLE]),
    # The opening of 7 March is then a month later than planned: tables tied to it move.
    ("an earlier planned opening", {"schedule.planned_opening": "2028-02-15"}, [PLAN, PLAN, CASE, CASE, PEOPLE]),
    ("another state's holidays", {"schedule.subdivision": "TX"}, [PLAN, PLAN, LAW, LAW, CASE, CASE, PEOPLE]),
    ("an approver", {"approvers.decision": "The board"}, []),
    ("a judgement on the tornado", {f"judgement.{CASE}.sensitivity_step": "0.2"}, [CASE, CASE]),
    ("a judgement on risk", {f"judgement.{PLAN}.risk_confidence": "0.9"}, [PLAN, PLAN]),
    ("a judgement on deferral", {f"judgement.{PEOPLE}.deferral_months": 3}, [PEOPLE]),
]  # fmt: skip


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Desk, Path]]:
    folder = tmp_path_factory.mktemp("expansion")
    with undrawn():
        async with open_campaign(folder) as desk:
            await workspace.start(desk, flow_text("business_expansion_planning"), shorter(), id=SESSION)
            await drive(desk, SESSION)
            calls(folder / "calls.log")
            yield desk, folder / "calls.log"


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_exactly_what_reads_the_fact_is_called_and_going_back_calls_nothing(
    desk: tuple[Desk, Path], changes: dict[str, Any], expected: list[str]
) -> None:
    desktop, log = desk
    state = await workspace.read(desktop, SESSION)
    before = {path: state.values.get(path) for path in changes}
    await workspace.set_facts(desktop, SESSION, person(changes))
    await drive(desktop, SESSION)
    called = calls(log)
    await workspace.set_facts(desktop, SESSION, person(before))
    await drive(desktop, SESSION)
    assert called == sorted(expected)
    assert calls(log) == []
