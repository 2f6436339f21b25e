"""The files of a small expansion: every formula recalculated, an input changed, calendar and page, nothing to audit."""

import asyncio
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coordinator import workspace
from coordinator.audit import audit
from coordinator.deliver import export
from coordinator.drive import drive
from mcp_servers.compose import flow_text
from tests.e2e.campaign import SESSION, data, open_campaign, person
from tests.e2e.flows.expansion import CASE, PEOPLE, SMALL, STEPS
from tests.e2e.workbook import CellValue, Workbook

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A driven and exported session with its pictures."""
    made = tmp_path_factory.mktemp("files")

    async def plan() -> None:
        async with open_campaign(made) as desk:
            flow = flow_text("business_expansion_planning")
            await workspace.start(
                desk, flow, person({**SMALL, "judgement." + CASE + ".sensitivity_step": "0.2"}), id=SESSION
            )
            await drive(desk, SESSION)
            await export(desk, SESSION, made, ("xlsx", "json", "ics", "html", "docx"))

    asyncio.run(plan())
    return made


@pytest.fixture(scope="module")
def book(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return Workbook(folder / "budget.xlsx", tmp_path_factory.mktemp("book"))


def near(stored: object, found: CellValue) -> bool:
    """Equal, to less than a cent; an internal rate of return is itself found by iteration."""
    if isinstance(stored, str) or isinstance(found, str) or found is None:
        return stored == found
    if isinstance(stored, date):
        return True  # a date that a formula only passes on
    return abs(float(str(stored)) - found) < 0.005


async def test_every_formula_gives_the_value_that_is_stored_beside_it(book: Workbook) -> None:
    calculated = book.calculated()
    wrong, count = {}, 0
    for sheet in book.formulas.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            stored = book.stored[sheet.title][cell.coordinate].value
            count += 1
            if stored is not None and not near(stored, calculated.get((sheet.title, cell.coordinate))):
                wrong[sheet.title, cell.coordinate] = (stored, calculated.get((sheet.title, cell.coordinate)))
    assert wrong == {}
    assert count > 200


async def test_inputs_changed_in_the_workbook_give_the_figures_of_a_plan_with_those_facts(
    book: Workbook, tmp_path: Path
) -> None:
    """A dearer mechanic, a better year and a higher required return, in the file and in a plan made anew."""
    facts = {"roles.mechanic.salary": "40000", "cash_flows.repairs_b.amount": "262000", "case.required_return": "0.1"}
    salary = book.at("Roles", "Mechanic", 3)
    amounts = [row for row in book.stored["Cash flows"].iter_rows() if row[5].value == 250_000]
    changed = book.calculated(
        {
            salary: 40_000,
            ("Cash flows", str(amounts[0][5].coordinate)): 262_000,
            book.at("Case inputs", "Required return a year", 2): 0.1,
        }
    )
    async with open_campaign(tmp_path) as desk:
        await workspace.start(desk, flow_text("business_expansion_planning"), person({**SMALL, **facts}), id=SESSION)
        await drive(desk, SESSION)
        state = await workspace.read(desk, SESSION)
    case, people = data(state, CASE), data(state, PEOPLE)
    assert changed[book.at("Roles", "Mechanic", 7)] == float(people["roles"]["mechanic"]["annual_cost"])
    for column, scenario in ((2, "base"), (3, "weak")):
        for row, field in (("Net present value", "npv"), ("Funding need (deepest point)", "funding_need")):
            found = changed[book.at("Business case", row, column)]
            assert found == pytest.approx(float(case["scenarios"][scenario][field]), abs=0.006), (row, scenario)
    assert changed[book.at("Business case", "Expected net present value")] == pytest.approx(
        float(case["expected_npv"]), abs=0.02
    )
    assert changed[book.at("People by month", "Together", 7)] == pytest.approx(float(people["people_cost"]), abs=0.001)


async def test_page_document_calendar_and_json_hold_the_plan(folder: Path) -> None:
    page = (folder / "plan.html").read_text("utf-8")
    for said in ("Second workshop in Graz", "Trade registration", "What the value depends on", "Hiring plan by month"):
        assert said in page
    assert "[[" not in page
    calendar = (folder / "calendar.ics").read_text("utf-8")
    assert "Apply: Trade registration" in calendar and "DTSTART;VALUE=DATE:20270503" in calendar
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    assert set(STEPS) <= set(json.dumps(plan).replace('"', " ").replace("#", " ").split())
    assert (folder / "plan.docx").stat().st_size > 20_000


async def test_the_audit_of_a_plan_with_its_pictures_finds_nothing(folder: Path) -> None:
    async with open_campaign(folder) as desk:
        found = await audit(desk, SESSION)
    assert found.problems == []


async def test_the_small_case_is_the_one_worked_out_on_paper(folder: Path) -> None:
    """Work 1,500 + 24,000.50 and 47.30 for the trade; a mechanic costs 49,400 a year, two of them 800 each to hire.

    From June (one) and September 2027 (two) to June 2028: 4,116.67 three times (June to August), then 8,233.33 ten times.
    """
    async with open_campaign(folder) as desk:
        state = await workspace.read(desk, SESSION)
    case, people = data(state, CASE), data(state, PEOPLE)
    assert Decimal(case["project_cost"]) == Decimal("25547.80")
    pay = 3 * Decimal("4116.67") + 10 * Decimal("8233.33")
    assert Decimal(people["people_cost"]) == pay + 1_600
    receipts = 9_000 + Decimal(125_000)  # July, and six of the twelve months of 2028
    assert Decimal(case["scenarios"]["base"]["total"]) == receipts - 10_000 - Decimal("25547.80") - pay - 1_600
