"""The files of Hollenbeck's strategy: a workbook whose formulas give the plan's figures, documents, calendar, audit."""

import asyncio
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.audit import audit
from coordinator.drive import drive
from tests.coordinator.exports.recalculate import At, CellValue, cached, formulas_of, recalculate
from tests.e2e.campaign import SESSION, open_campaign, person, undrawn
from tests.e2e.flows.innovation import CONCEPT, EVERY, ROADMAP, copied, driven, flows, results, rows, sketched

pytestmark = pytest.mark.anyio

BOOK = "investment_case.xlsx"


@pytest.fixture(scope="module")
def book() -> bytes:
    return (driven() / BOOK).read_bytes()


@pytest.fixture(scope="module")
def computed(book: bytes) -> dict[At, CellValue]:
    return recalculate(book)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


def row_of(cells: dict[At, CellValue], sheet: str, label: str, second: str | None = None) -> int:
    """The number of the row whose first cell is `label` (and whose second is `second`)."""
    found = [
        int(address[1:])
        for (name, address), value in cells.items()
        if name == sheet and re.fullmatch(r"A\d+", address) and value == label
    ]
    if second is not None:
        found = [row for row in found if cells.get((sheet, f"B{row}")) == second]
    return found[0]


def test_every_formula_gives_the_figure_that_the_plan_has(book: bytes, computed: dict[At, CellValue]) -> None:
    stored, formulas = cached(book), formulas_of(book)
    assert len(formulas) > 300
    wrong: dict[At, tuple[CellValue, CellValue]] = {}
    for at in formulas:
        value, found = stored.get(at), computed[at]
        if isinstance(value, int | float) and isinstance(found, int | float):
            if abs(value - found) > 1e-6 * max(1.0, abs(found)):
                wrong[at] = (value, found)
        elif value is not None and value != found:
            wrong[at] = (value, found)
    assert wrong == {}


def test_the_workbook_holds_the_case_and_its_cash_flows_as_inputs(computed: dict[At, CellValue]) -> None:
    amounts = [value for (name, at), value in computed.items() if name == "Cash flows" and re.fullmatch(r"F\d+", at)]
    assert sum(isinstance(value, int | float) for value in amounts) == len(rows("cash_flows")) == 206
    npv = row_of(computed, "Investment case", "Net present value")
    assert computed["Investment case", f"B{npv}"] == pytest.approx(1_606_419.42, abs=0.005)


def test_another_rate_and_another_amount_flow_through_to_the_case(book: bytes, computed: dict[At, CellValue]) -> None:
    """The rate at 12 % and the portal's prototype at 100,000 instead of 70,000, against discounting written out."""
    rate = row_of(computed, "Initiative values", "Discount rate")
    first = next(
        int(at[1:])
        for (name, at), value in computed.items()
        if name == "Cash flows" and at.startswith("E") and value == "Design and prototype"
    )
    changed = recalculate(book, {("Initiative values", f"I{rate}"): 0.12, ("Cash flows", f"F{first}"): 100_000})
    net = flows({"investment": -1, "running": -1, "benefit": 1})
    expected = -30_000.0 + sum(
        float(amount) / 1.12**year for key in results()[ROADMAP]["initiatives"] for year, amount in enumerate(net[key])
    )
    npv = row_of(computed, "Investment case", "Net present value")
    assert changed["Investment case", f"B{npv}"] == pytest.approx(expected, abs=0.04)
    investment = row_of(computed, "Phasing", "Investment")
    assert changed["Phasing", f"C{investment}"] == 165_000 + 30_000


def test_documents_calendar_and_json_are_there_and_say_the_same() -> None:
    folder = driven()
    html = re.sub(r"<[^>]+>", "", (folder / "plan.html").read_text("utf-8")).replace("\u00a0", " ")
    with zipfile.ZipFile(folder / "plan.docx") as file:
        word = re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode()).replace("\u00a0", " ")
    for said in ("1,623,000", "375,662.53", "Customer portal for orders and rentals", "Wed 23 Aug 2028"):
        assert said in html and said in word, said
    assert "not yet approved by Katrin Hollenbeck" in html
    calendar = (folder / "calendar.ics").read_text("utf-8")
    assert calendar.count("BEGIN:VEVENT") == len(results()[ROADMAP]["gates"])
    plan: dict[str, Any] = json.loads((folder / "plan.json").read_text("utf-8"))
    assert plan["session"] or plan


def test_prose_has_no_years_or_amounts_of_its_own() -> None:
    """Every digit in the narratives stands in a citation, in a quotation of the brief, or is a literal."""

    kept = driven()

    async def narratives() -> list[str]:
        async with open_campaign(kept) as desk:
            plan = (await workspace.read(desk, SESSION)).plan()
            return [step.artifact.result.narrative for step in plan.steps.values() if step.artifact]

    texts = asyncio.run(narratives())
    assert len(texts) == len(EVERY)
    for text in texts:
        bare = re.sub(r"\[\[[^\]]*\]\]", "", text)
        assert not re.findall(r"\d", bare.replace("year 2027", "")), bare


async def test_the_audit_finds_nothing(folder: Path) -> None:
    with sketched():
        async with open_campaign(folder) as desk:
            report = await audit(desk, SESSION)
    assert report.problems == []
    assert {entry["path"] for entry in report.assumptions} >= {"maturity.people.weight", "positioning.lowest"}


async def test_colours_that_can_be_read_need_no_negotiation(folder: Path) -> None:
    """White on #B85300 has 5.0 to 1; the hints take the anthracite of the text."""
    with undrawn():
        async with open_campaign(folder) as desk:
            state = await workspace.read(desk, SESSION)
            sync = state.plan().syncs["user_experience_innovation"]
            assert (sync.status, sync.patches) == ("provisional", 1)
            await workspace.set_facts(
                desk, SESSION, person({"brand.colors.signal": "#B85300", "brand.uses.hints.foreground": "anthracite"})
            )
            plan = await drive(desk, SESSION)
            assert plan.syncs["user_experience_innovation"].patches == 0
            concept = plan.steps[CONCEPT].artifact
            assert concept is not None and concept.result.data["pairs"]["button_labels"]["changed"] is False


async def test_a_check_that_no_judgement_can_mend_holds_back_what_waits_for_it(folder: Path) -> None:
    """More adopters than can be reached: 100,000 at the potential, of which 65 % adopt, against 8,500 or so."""
    with undrawn():
        async with open_campaign(folder) as desk:
            await workspace.set_facts(desk, SESSION, person({"adoption.potential": 100_000}))
            plan = await drive(desk, SESSION)
            assert plan.syncs["market_opportunity"].status == "failed"
            assert plan.steps[ROADMAP].status == "waiting"
            await workspace.restore(desk, SESSION, 1)
            plan = await drive(desk, SESSION)
            assert plan.syncs["market_opportunity"].status == "provisional"
            assert plan.steps[ROADMAP].status == "current"


async def test_a_roadmap_that_is_late_even_with_overlapping_reviews_says_so(folder: Path) -> None:
    with undrawn():
        async with open_campaign(folder) as desk:
            await workspace.set_facts(desk, SESSION, person({"schedule.deadline": "2028-03-31"}))
            plan = await drive(desk, SESSION)
            sync = plan.syncs["roadmap"]
            assert (sync.status, sync.patches) == ("failed", 1)
            roadmap = plan.steps[ROADMAP].artifact
            assert roadmap is not None and roadmap.result.data["late_by"] > 0
            assert any("after its deadline" in text for text in roadmap.result.warnings)
