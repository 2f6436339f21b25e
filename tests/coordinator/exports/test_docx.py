"""plan.docx, read back with python-docx and as XML."""

import io
import re
import zipfile
from typing import Any

import docx
import pytest

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.docx import render
from tests.coordinator.exports.sample import sample


@pytest.fixture(scope="module")
def paper(plan: Deliverable) -> Any:
    return docx.Document(io.BytesIO(render(plan)["plan.docx"]))


def part_of(plan: Deliverable, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(render(plan)["plan.docx"])) as archive:
        return archive.read(name).decode()


def test_headings_are_the_parts_of_the_plan_in_order(paper: Any) -> None:
    heads = [line.text for line in paper.paragraphs if line.style.name == "Heading 1"]
    assert heads == ["The plan in short", "Budget allocation", "Schedule", "Appendix"]


def test_tables_are_real_and_repeat_their_head(paper: Any) -> None:
    table = paper.tables[2]
    assert [cell.text for cell in table.rows[0].cells] == ["Channel", "Spend (USD)", "First orders", "Share of media"]
    assert [cell.text for cell in table.rows[1].cells] == ["Paid search", "26,603", "5,219", "37%"]
    for table in paper.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)


def test_pictures_have_a_text_for_those_who_do_not_see_them(paper: Any) -> None:
    assert [shape._inline.docPr.get("descr") for shape in paper.inline_shapes] == ["Bars", "Bars by channel"]


def test_pages_are_numbered_and_carry_title_and_session(plan: Deliverable) -> None:
    footer = part_of(plan, "word/footer1.xml")
    assert " PAGE " in footer and " NUMPAGES " in footer and "Session 7f3a2c" in footer
    assert "Tidewater Coffee: subscription launch" in part_of(plan, "word/header1.xml")


def test_a_draft_says_so_before_the_title(paper: Any) -> None:
    texts = [line.text for line in paper.paragraphs]
    assert texts[:3] == [
        "Draft: this plan is not final",
        "Not yet approved by Ines Calder: the budget",
        "The schedule is older than its inputs",
    ]
    final = docx.Document(io.BytesIO(render(sample(draft=False))["plan.docx"]))
    assert final.paragraphs[0].text == "Tidewater Coffee: subscription launch"
    assert not any("Draft" in line.text for line in final.sections[0].header.paragraphs)


def test_each_numbered_list_starts_at_one(paper: Any) -> None:
    numbered = [line for line in paper.paragraphs if line.style.name == "List Number"]
    used = [line._p.pPr.numPr.numId.val for line in numbered]
    assert len(numbered) == 3 and used[0] == used[1] != used[2]


def test_contents_link_to_bookmarks_that_exist(plan: Deliverable) -> None:
    xml = part_of(plan, "word/document.xml")
    anchors = re.findall(r'w:anchor="([^"]+)"', xml)
    assert len(anchors) == 4
    assert anchors == re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)


def test_properties_carry_the_sessions_time(paper: Any) -> None:
    assert paper.core_properties.created.isoformat()[:19] == "2027-08-02T09:30:00"
    assert paper.core_properties.author == "Pixel Experts"


def test_control_characters_in_a_users_text_do_no_harm(plan: Deliverable) -> None:
    odd = plan.model_copy(update={"title": "A\x00\x0bB"})
    assert "AB" in part_of(odd, "word/header1.xml")
