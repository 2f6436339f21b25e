"""Documents and pictures: the same bytes twice, the words a reader needs, and files that other programs open."""

import importlib
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import vobject

from experts.core.view import View
from mcp_servers.documents.render import file_of
from mcp_servers.expert_server import validated
from tests.experts.legal_consultant.conftest import EXPERT

Call = Callable[..., Any]
ARGUMENTS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "e2e" / "arguments" / "legal-consultant.json").read_text("utf-8")
)


def shown(tool: str, **more: Any) -> View:
    module = importlib.import_module(f"experts.legal_consultant.views.{tool}")
    arguments = validated(EXPERT.tools[tool], {**ARGUMENTS[tool], **more})
    result = EXPERT.tools[tool](**arguments)
    views: list[View] = [module.view(result, arguments) for _ in range(2)]
    assert views[0] == views[1]
    for picture in views[0].pictures.values():
        assert ET.fromstring(picture).tag.endswith("svg")
    return views[0]


def words(svg: str) -> str:
    return " ".join("".join(node.itertext()) for node in ET.fromstring(svg).iter() if node.tag.endswith("text"))


def test_licences_are_a_matrix_with_conflicts_first(call: Call) -> None:
    made = shown("check_license_compatibility")
    text = words(made.pictures["matrix"])
    assert made.title == "1 of 3 components conflicts with GPL-3.0-only"
    assert text.index("parser") < text.index("client") and "fits, with duties" in text
    assert "1: give the complete corresponding source" in text


def test_many_components_with_long_names_stay_inside_their_cells(call: Call) -> None:
    many = {f"component with quite a long name {n} {'x' * 30}": "MIT" for n in range(60)}
    picture = shown("check_license_compatibility", components=many).pictures["matrix"]
    assert "36 more rows are in the table." in words(picture)
    # 190 pixels less two margins of 8 hold 22 bold letters of DejaVu Sans at 11 pixels
    cells = [node for node in ET.fromstring(picture).iter() if node.tag.endswith("text") and node.get("x") == "28"]
    assert cells and max(len(node.text or "") for node in cells) <= 22


def test_forms_of_business_are_a_matrix_and_each_test_has_its_source(call: Call) -> None:
    made = shown("compare_entity_types")
    text = words(made.pictures["matrix"])
    assert "not open: Sole proprietorship, Corporation with S election" in made.title
    assert "USD 300" in text and "USD 225" in text
    assert "IRC 1361(b)(1)(C)" in json.dumps([block.model_dump(mode="json") for block in made.blocks])


def test_a_closing_list_has_a_box_for_each_item_a_time_line_and_a_calendar(call: Call) -> None:
    made = shown("build_closing_checklist")
    items = call("build_closing_checklist", **ARGUMENTS["build_closing_checklist"]).items
    assert json.dumps([block.model_dump(mode="json") for block in made.blocks], ensure_ascii=False).count("☐") == len(
        items
    )
    assert len(list(vobject.readOne(str(made.files["closing.ics"])).vevent_list)) == len(items)


def test_the_privacy_picture_writes_its_thresholds_with_separators(call: Call) -> None:
    text = words(shown("check_privacy_law_applicability").pictures["tree"])
    assert "$26,625,000" in text and "100,000 or more" in text


@pytest.mark.parametrize("tool", ["check_license_compatibility", "compare_entity_types", "build_closing_checklist"])
@pytest.mark.parametrize("format", ["docx", "pdf", "png", "xlsx"])
def test_a_view_is_made_into_every_format(call: Call, tool: str, format: str) -> None:
    assert len(file_of(shown(tool), tool, format).data) > 2000


def test_the_highlighted_contract_holds_the_whole_text_with_each_clause_in_yellow() -> None:
    text = (
        "Services Agreement\n\n\n\n1. Cap. Liability shall not exceed the fees of the last\ntwelve months.\n"
        + "\n" * 5000
        + "2. Law. This Agreement is governed by the laws of Ireland."
    )
    made = shown("review_contract_clauses", text=text)
    paper = docx.Document(io.BytesIO(bytes(made.files["highlighted.docx"])))
    runs = [run for paragraph in paper.paragraphs for run in paragraph.runs]
    assert [paragraph.text.split(" [")[0] for paragraph in paper.paragraphs][-1].endswith("laws of Ireland.")
    assert len(paper.paragraphs) == 4  # lines without words are left out
    yellow = [run.text for run in runs if run.font.highlight_color is not None]
    quotes = [c.quote for c in call_quotes(text)]
    assert yellow and all(any(part in quote for quote in quotes) for part in yellow)
    assert any(run.text == " [Governing Law]" and run.italic for run in runs)


def call_quotes(text: str) -> list[Any]:
    clauses: list[Any] = EXPERT.tools["review_contract_clauses"](
        **validated(EXPERT.tools["review_contract_clauses"], {"text": text, "as_of": "2027-03-01"})
    ).clauses
    return clauses
