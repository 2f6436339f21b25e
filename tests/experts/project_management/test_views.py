"""Documents of the tools: stable, with pictures that say the finding and files that open in independent readers."""

import functools
import io
import json
import random
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

import experts.project_management
from coordinator.exports._svg import says
from experts.core.discovery import load_expert, load_view
from experts.core.view import View
from mcp_servers.expert_server import _READ_ONLY
from mcp_servers.tools import strict_tool

ROOT = Path(__file__).parents[3]
EXPERT = load_expert(Path(experts.project_management.__file__).parent, "experts.project_management")
ARGUMENTS: dict[str, Any] = json.loads((ROOT / "tests/e2e/arguments/project-management.json").read_text("utf-8"))
VIEWED = sorted(path.stem for path in (EXPERT.folder / "views").glob("[a-z]*.py"))
WITHOUT_PICTURE = {"build_raci", "draft_charter"}


def shown(tool: str, arguments: dict[str, Any] | None = None) -> View:
    """The tool's document, from arguments as a host sends them."""
    function = EXPERT.tools[tool]

    @functools.wraps(function)
    def call(**_: Any) -> None: ...

    values = strict_tool(call, function, _READ_ONLY).fn_metadata.validate_arguments(arguments or ARGUMENTS[tool])
    made = load_view(EXPERT, tool)
    assert made is not None
    result: View = made(function(**values), values)
    return result


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter() if node.tag.endswith("}text")]


@pytest.mark.parametrize("tool", VIEWED)
def test_a_document_is_the_same_each_time(tool: str) -> None:
    once, again = shown(tool), shown(tool)

    assert once == again
    assert once.blocks and not once.title[0].islower()
    assert any(letter.isdigit() for letter in once.title + once.subtitle), once.title


@pytest.mark.parametrize("tool", sorted(set(VIEWED) - WITHOUT_PICTURE))
def test_pictures_say_the_finding_and_are_placed_in_the_document(tool: str) -> None:
    made = shown(tool)

    placed = {block.body["picture"] for block in made.blocks if block.kind == "picture"}
    assert placed == set(made.pictures) != set()
    assert says(next(iter(made.pictures.values())), " ".join(made.title.split()[:3]))


def test_every_listed_tool_has_a_document_of_its_own() -> None:
    assert set(EXPERT.tools) - EXPERT.unlisted <= set(VIEWED)


def test_a_gantt_of_two_hundred_tasks_comes_in_pages_that_name_every_task() -> None:
    tasks = {
        f"t{i:03}": {"duration": i % 9, "label": f"Work {i}", "predecessors": [f"t{i - 1:03}"] if i % 4 else []}
        for i in range(200)
    }
    made = shown("build_gantt_schedule", {"tasks": tasks, "start": "2027-01-04", "country": "DE"})

    assert list(made.pictures) == [f"gantt-{page}" for page in range(1, 6)]
    assert says(made.pictures["gantt-1"], "Work 44") and says(made.pictures["gantt-5"], "Work 199")


def test_the_gantt_workbook_has_real_dates_and_bars_that_follow_them() -> None:
    data = shown("build_gantt_schedule").files["gantt.xlsx"]
    assert isinstance(data, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Gantt"]

    assert (sheet["A5"].value, sheet["C5"].value, sheet["D5"].value) == (
        "Brief",
        datetime(2027, 8, 16),
        datetime(2027, 8, 19),
    )
    assert sheet["E5"].value == "=NETWORKDAYS(C5,D5,Holidays!$A$2:$A$2)"
    rules = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules]
    assert "AND(I$4<=$D5,I$4+0>=$C5)" in rules


def test_days_are_plain_numbers_where_the_weekend_is_another() -> None:
    data = shown(
        "build_gantt_schedule",
        {"tasks": {"a": {"duration": 5}}, "start": "2027-03-03", "country": "DE", "weekend": ["friday"]},
    ).files["gantt.xlsx"]
    assert isinstance(data, bytes)
    assert openpyxl.load_workbook(io.BytesIO(data))["Gantt"]["E5"].value == 5


def test_a_wbs_of_sixty_elements_shows_each_code_and_stays_within_its_width() -> None:
    elements: dict[str, Any] = {"p": {"label": "Project with a name that is rather long for a box of this width"}}
    for branch in range(7):
        elements[f"b{branch}"] = {"parent": "p"}
        for part in range(8):
            elements[f"b{branch}p{part}"] = {"parent": f"b{branch}", "label": "A deliverable with a long name " * 3}
    svg = shown("build_wbs", {"elements": elements}).pictures["wbs"]

    said = " ".join(texts(svg))
    for code in ("1.1 ", "1.7.8 ", "1.4.5 "):
        assert code in said
    width = float(ET.fromstring(svg).attrib["width"])
    boxes = [node for node in ET.fromstring(svg).iter() if node.tag.endswith("}rect") and "x" in node.attrib]
    assert len(boxes) == 64
    assert all(0 <= float(box.attrib["x"]) <= width - float(box.attrib["width"]) for box in boxes)


def test_the_network_shows_times_and_names_links_other_than_finish_to_start() -> None:
    tasks = {
        "a": {"duration": 3},
        "b": {"duration": 4, "predecessors": ["a SS+2"]},
        "c": {"duration": 2, "predecessors": ["a", "b"]},
    }
    said = texts(shown("compute_critical_path", {"tasks": tasks}).pictures["network"])

    assert {"a", "b", "c", "SS+2"} <= set(said)


def test_a_long_network_is_broken_into_bands() -> None:
    tasks = {f"t{i}": {"duration": 1, "predecessors": [f"t{i - 1}"] if i else []} for i in range(20)}
    svg = shown("compute_critical_path", {"tasks": tasks}).pictures["network"]

    assert float(ET.fromstring(svg).attrib["width"]) < 1500
    assert "from t6" in texts(svg)


def test_the_heat_map_has_every_rank_once() -> None:
    dice = random.Random(1)
    risks = {
        f"r{i}": {"probability": str(round(dice.random(), 2)), "impact": str(dice.randint(1, 90))} for i in range(20)
    }
    made = shown("analyze_risk_register", {"risks": risks})

    cells = " ".join(text for text in texts(made.pictures["heat-map"]) if text.replace(" ", "").isdigit())
    assert sorted(map(int, cells.split())) == list(range(1, 21))


def test_the_stakeholder_grid_counts_those_it_cannot_name() -> None:
    people = {f"head_{i}": {"power": 5, "interest": 5} for i in range(9)}
    said = texts(shown("map_stakeholders", {"stakeholders": people}).pictures["grid"])

    assert "head 0" in said and "+6 more" in said


def test_the_raci_workbook_checks_its_rows() -> None:
    data = shown("build_raci").files["raci.xlsx"]
    assert isinstance(data, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["RACI"]

    assert [cell.value for cell in sheet[4]][:1] == ["Work"]
    assert '"*A*")=1' in str(sheet[5][len(sheet[4]) - 1].value)
    # twenty-six people and more go on in column AA
    rows = {"w": {f"p{i:02}": "AR" if i == 0 else "I" for i in range(40)}}
    wide = shown("build_raci", {"rows": rows}).files["raci.xlsx"]
    assert isinstance(wide, bytes)
    assert "B5:AO5" in str(openpyxl.load_workbook(io.BytesIO(wide))["RACI"]["AP5"].value)


def test_the_baseline_workbook_adds_up() -> None:
    data = shown("build_cost_baseline").files["cost-baseline.xlsx"]
    assert isinstance(data, bytes)
    formulas = openpyxl.load_workbook(io.BytesIO(data)).active
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    assert formulas is not None and cached is not None

    last = formulas.max_row
    assert formulas.cell(last, 3).value == f"=SUM(C5:C{last - 1})"
    planned = [cached.cell(row, 3).value for row in range(5, last)]
    assert round(sum(planned), 2) == cached.cell(last, 3).value == 86400


def test_the_status_slide_is_one_page_and_names_measures_and_milestones() -> None:
    data = shown("make_status_report").files["status-report.pptx"]
    assert isinstance(data, bytes)
    deck = Presentation(io.BytesIO(data))

    assert len(deck.slides) == 1
    shapes = list(deck.slides[0].shapes)
    for shape in shapes:
        assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
        assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
    cells = [c.text for s in shapes if s.has_table for row in s.table.rows for c in row.cells]  # type: ignore[attr-defined]
    assert {"CPI", "0.97", "green", "amber", "stale", "Go live", "done"} <= set(cells)
    said = " ".join(s.text_frame.text for s in shapes if s.has_text_frame)  # type: ignore[attr-defined]
    assert "AMBER" in said and "Second legal reader" in said


def test_the_charter_puts_open_points_first_and_ends_with_a_place_to_sign() -> None:
    arguments = ARGUMENTS["draft_charter"] | {"out_of_scope": []}
    made = shown("draft_charter", arguments)

    assert "Say what is out of scope" in made.blocks[0].body["text"]
    titles = [block.body.get("title") for block in made.blocks]
    assert titles.index("Objectives") < titles.index("Milestones") < titles.index("Approval")


def test_a_project_without_parts_is_still_a_picture() -> None:
    svg = shown("build_wbs", {"elements": {"p": {"label": "Only the whole"}}}).pictures["wbs"]

    root = ET.fromstring(svg)
    boxes = [node for node in root.iter() if node.tag.endswith("}rect") and "y" in node.attrib]
    assert float(boxes[0].attrib["y"]) + float(boxes[0].attrib["height"]) < float(root.attrib["height"])


def test_names_are_text_and_never_markup() -> None:
    svg = shown("build_wbs", {"elements": {"p": {"label": "<b>A & B</b>"}}}).pictures["wbs"]

    assert any("<b>A & B</b>" in text for text in texts(svg))


def test_the_largest_inputs_are_drawn_in_part_and_say_so() -> None:
    tasks = {f"t{i}": {"duration": 1, "predecessors": [f"t{i - 1}"] if i % 30 else []} for i in range(400)}
    made = shown("build_gantt_schedule", {"tasks": tasks, "start": "2027-01-04", "country": "DE"})
    assert len(made.pictures) == 8
    assert any(block.body.get("note") == "The first 360 tasks are drawn." for block in made.blocks)

    elements = {"p": {}} | {f"e{i}": {"parent": "p"} for i in range(200)}
    assert any(
        "first 60 of 200 branches" in text for text in texts(shown("build_wbs", {"elements": elements}).pictures["wbs"])
    )
    rows = {f"t{i}": {"duration": 1, "predecessors": [f"t{i - 1}"] if i else []} for i in range(90)}
    said = texts(shown("compute_critical_path", {"tasks": rows}).pictures["network"])
    assert any("60 tasks with least float of 90" in text for text in said)
