"""Documents and pictures of the HR tools: the same each time, readable, nothing hidden shown."""

import io
import re
import xml.etree.ElementTree as ET
from typing import Any

import openpyxl
import pytest

from coordinator.exports._svg import png_of, says
from experts.core.workbook import FIRST_ROW
from mcp_servers.documents.word import word
from tests.experts.hr_people_ops.conftest import ARGUMENTS, Desk

PICTURES = {
    "analyze_pay_equity": "Median gap",
    "build_pay_structure": "8 grades run",
    "build_performance_review_pack": "Developing",
    "compute_employment_cost": "Social security",
    "draw_org_chart": "Chief Executive",
    "forecast_headcount": "Support agents",
    "measure_recruiting_funnel": "Interviewed",
    "measure_turnover": "Months of service",
    "plan_succession": "Performance",
    "plan_training": "Safe loading",
    "position_salary": "Role a",
    "score_engagement": "Head office",
    "test_adverse_impact": "Group b",
}
TEXTS = [
    "check_flsa_exemption",
    "check_job_ad_language",
    "draft_job_description",
    "draft_policy",
    "list_employer_obligations",
    "score_interviews",
    "triage_workplace_conflict",
]


@pytest.mark.parametrize("tool", [*PICTURES, *TEXTS])
def test_a_view_is_the_same_each_time_and_opens_in_word(desk: Desk, tool: str) -> None:
    import docx

    first, second = desk.view(tool, ARGUMENTS[tool]), desk.view(tool, ARGUMENTS[tool])
    assert first == second
    assert docx.Document(io.BytesIO(word(first))).paragraphs


@pytest.mark.parametrize(("tool", "label"), PICTURES.items())
def test_a_picture_shows_its_labels(desk: Desk, tool: str, label: str) -> None:
    view = desk.view(tool, ARGUMENTS[tool])
    assert view.pictures
    for name, svg in view.pictures.items():
        ET.fromstring(svg)
        assert png_of(name, svg).startswith(b"\x89PNG")
    assert any(says(svg, label) for svg in view.pictures.values())


def test_texts_of_the_org_chart_stay_inside_their_picture(desk: Desk) -> None:
    posts: dict[str, Any] = {"p0": {"title": "Chief Executive Officer of the Whole Group"}}
    for n in range(1, 150):
        posts[f"p{n}"] = {"title": f"Deputy Assistant Director of Something Long {n}", "reports_to": f"p{(n - 1) // 7}"}
    view = desk.view("draw_org_chart", {"positions": posts})

    assert len(view.pictures) > 2
    shown = " ".join(view.pictures.values())
    assert sum(f"Long {n}" in shown or "…" in shown for n in range(1, 150)) == 149
    for svg in view.pictures.values():
        root = ET.fromstring(svg)
        width, height = float(root.get("width", 0)), float(root.get("height", 0))
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            half = len(text.text or "") * float(text.get("font-size", 0)) * 0.66
            x, y = float(text.get("x", 0)), float(text.get("y", 0))
            middle = text.get("text-anchor") == "middle"
            assert x - (half / 2 if middle else 0) >= 0 and 0 < y < height
            assert x + (half / 2 if middle else half) <= width + 1


def test_hidden_cells_of_the_heat_map_are_hatched_and_bear_no_figure(desk: Desk) -> None:
    svg = desk.view("score_engagement", ARGUMENTS["score_engagement"]).pictures["heat-map"]
    questions = len(ARGUMENTS["score_engagement"]["questions"])

    assert svg.count('fill="url(#hidden)"') == 2 * questions
    assert len(re.findall(r">\d+%<", svg)) == 3 * questions
    assert says(svg, "Hatched: suppressed")


def test_the_nine_box_and_its_document_name_nobody(desk: Desk) -> None:
    view = desk.view("plan_succession", ARGUMENTS["plan_succession"])
    said = view.pictures["nine-box"] + " ".join(block.model_dump_json() for block in view.blocks)
    assert not any(re.search(rf"\b{person}\b", said) for person in ARGUMENTS["plan_succession"]["placements"])


@pytest.mark.parametrize(
    ("tool", "name", "sheet", "cell"),
    [
        ("build_pay_structure", "pay-structure.xlsx", "Pay structure", f"D{FIRST_ROW + 1}"),
        ("compute_employment_cost", "employment-cost.xlsx", "Employment cost", f"D{FIRST_ROW + 1}"),
        ("forecast_headcount", "headcount-plan.xlsx", "By role", f"F{FIRST_ROW}"),
        ("plan_training", "training-matrix.xlsx", "Courses", f"I{FIRST_ROW}"),
    ],
)
def test_workbooks_open_and_calculate(desk: Desk, tool: str, name: str, sheet: str, cell: str) -> None:
    data = desk.view(tool, ARGUMENTS[tool]).files[name]
    assert isinstance(data, bytes)
    assert str(openpyxl.load_workbook(io.BytesIO(data))[sheet][cell].value).startswith("=")
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet]
    assert isinstance(values[cell].value, int | float)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("test_adverse_impact", {"groups": {f"group_{n}": {"applicants": 90 + n, "selected": 20 + n} for n in range(20)}}),
        ("build_pay_structure", {"first_midpoint": "30000", "grades": 40, "currency": "EUR", "progression": "0.05"}),
        ("build_pay_structure", {"first_midpoint": "30000", "grades": 1, "currency": "EUR"}),
        ("forecast_headcount", {"roles": {"a": {"headcount": 0, "annual_cost": "1"}}, "start": "2027-01-01", "months": 1, "currency": "EUR"}),
        ("measure_recruiting_funnel", {"stages": [{"stage": "A" * 60, "people": 9}, {"stage": "B", "people": 0}], "currency": "EUR"}),
        ("measure_turnover", {"service": [{"months": 0, "left": True}] * 6}),
        ("compute_employment_cost", {"wages": "1", "year": 2026, "jurisdiction": "US"}),
        ("draw_org_chart", {"positions": {"a": {"title": "W" * 120}}}),
    ],
)  # fmt: skip
def test_one_row_and_many_rows_are_drawn(desk: Desk, tool: str, arguments: dict[str, Any]) -> None:
    view = desk.view(tool, arguments)
    assert view.title and all(png_of(name, svg) for name, svg in view.pictures.items())
