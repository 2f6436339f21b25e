"""A session exported again, later, is the same files to the byte."""

from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import workspace
from coordinator.deliver import export
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import NOW, SESSION, open_campaign, person
from tests.spine.harness import calls

pytestmark = pytest.mark.anyio


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


async def test_exporting_again_a_year_later_gives_the_same_bytes_and_calls_nobody(copy: Path, tmp_path: Path) -> None:
    async with open_campaign(copy) as desk:
        await export(desk, SESSION, tmp_path / "first")
    async with open_campaign(copy) as desk:
        later = Desk(desk.database, desk.roster, lambda: NOW + timedelta(days=365), desk.locks)
        await drive(later, SESSION)
        await export(later, SESSION, tmp_path / "second")
    first = contents(tmp_path / "first")
    assert {"plan.html", "plan.docx", "budget.xlsx", "calendar.ics", "plan.json"} <= first.keys()
    assert {Path(name).suffix for name in first} >= {".svg", ".png"}
    assert contents(tmp_path / "second") == first
    assert calls(copy / "calls.log") == []


async def test_a_plan_that_went_elsewhere_and_came_back_has_the_same_artifacts_and_figures(
    copy: Path, tmp_path: Path
) -> None:
    """Workbook and calendar hold no history; they are the same to the byte."""
    formats = ("xlsx", "ics")
    async with open_campaign(copy) as desk:
        await export(desk, SESSION, tmp_path / "before", formats)
        await workspace.set_facts(desk, SESSION, person({"budget.total": 80_000}))
        await drive(desk, SESSION)
        await export(desk, SESSION, tmp_path / "between", formats)
        await workspace.set_facts(desk, SESSION, person({"budget.total": 96_000}))
        await drive(desk, SESSION)
        await export(desk, SESSION, tmp_path / "after", formats)
    before = contents(tmp_path / "before")
    assert contents(tmp_path / "after") == before
    assert contents(tmp_path / "between")["budget.xlsx"] != before["budget.xlsx"]


async def test_a_plan_for_which_a_step_is_stale_says_that_it_is_a_draft(copy: Path, tmp_path: Path) -> None:
    async with open_campaign(copy) as desk:
        await workspace.set_facts(desk, SESSION, person({"budget.total": 80_000}))
        await export(desk, SESSION, tmp_path / "draft", ("html",))
    assert "DRAFT" in (tmp_path / "draft" / "plan.html").read_text("utf-8").upper()
