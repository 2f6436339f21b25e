"""Documents and pictures of tasks, trips, contacts, notes, mail, meetings, files, events and workflows."""

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from inspect import signature
from typing import Any

import docx
import icalendar
import networkx
import pytest
from pydantic import create_model

from coordinator.exports._svg import png_of, says
from experts.core.discovery import Expert, load_view
from experts.core.view import View
from mcp_servers.documents.word import word

SHOWS = {
    "build_meeting_pack": ["Ask two suppliers for samples.", "14:15–14:45", "Ana Ruiz (absent)"],
    "extract_action_items": ["Raj will request samples", "to be named", "2026-12-11"],
    "normalize_contacts": ["+4930901820", "An email address must have an @-sign."],
    "organize_documents": ["2018-03-05_invoice_muller-printing-4711.pdf", "duplicate of scans/Scan0012.pdf"],
    "plan_event": ["Welcome speech", "Fri 2026-12-18", "6,800.00", "8 to 9 guests"],
    "plan_itinerary": ["too short", "Mon 2026-12-07 07:40 (+01:00)", "Passport"],
    "prioritize_tasks": ["Collect figures 2 h", "Fri 2026-11-27"],
    "run_workflow": ["legal-consultant", "Check the budget, Review the contract"],
    "triage_email": ["{{answer_1}}", "Thu 2026-11-26", "<a@example.com>"],
}
Made = Callable[..., View]


@pytest.fixture(scope="session")
def made(expert: Expert, arguments: dict[str, Any]) -> Made:
    def make(tool: str, **changes: Any) -> View:
        function = expert.tools[tool]
        fields: Any = {
            key: (one.annotation, ... if one.default is one.empty else one.default)
            for key, one in signature(function).parameters.items()
        }
        typed = create_model(tool, **fields).model_validate({**arguments[tool], **changes})
        given = {key: getattr(typed, key) for key in fields}
        show = load_view(expert, tool)
        assert show is not None
        view: View = show(function(**given), given)
        return view

    return make


def texts(view: View) -> str:
    return json.dumps([piece.body for piece in view.blocks], ensure_ascii=False)


@pytest.mark.parametrize("tool", SHOWS)
def test_a_document_is_the_same_twice_says_what_it_must_and_opens_in_word(made: Made, tool: str) -> None:
    view = made(tool)
    assert view == made(tool)
    assert [one for one in SHOWS[tool] if one not in texts(view)] == []
    assert docx.Document(io.BytesIO(word(view))).paragraphs


@pytest.mark.parametrize(
    ("tool", "labels"),
    [
        ("organize_documents", ["invoice/", "2026-09-01_offer_offer-oak-tables_v02.docx", "past retention"]),
        ("plan_event", ["Choose and book the venue", "today", "12 Feb"]),
        ("plan_itinerary", ["1. Flight to Frankfurt", "then only 50 min to connect", "body clock +6 h"]),
        ("prioritize_tasks", ["Do now", "2. Board report", "Delegate"]),
        ("run_workflow", ["Gather the requirements", "Stage 2", "120 min"]),
    ],
)
def test_a_picture_shows_its_labels(made: Made, tool: str, labels: list[str]) -> None:
    for name, svg in made(tool).pictures.items():
        ET.fromstring(svg)
        assert png_of(name, svg).startswith(b"\x89PNG")
        assert [label for label in labels if not says(svg, label)] == []


def test_the_trip_in_a_calendar_begins_and_ends_when_the_legs_do(made: Made) -> None:
    data = made("plan_itinerary").files["itinerary.ics"]
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert [f"{event.decoded('dtstart'):%Y-%m-%dT%H:%MZ}" for event in events] == [
        "2026-12-06T23:00Z",
        "2026-12-07T07:30Z",
        "2026-12-07T12:00Z",
        "2026-12-07T15:00Z",
    ]
    assert len({event["uid"] for event in events}) == 4


def test_scores_are_drawn_as_bars_and_late_tasks_marked(made: Made) -> None:
    task = {
        "value": "8",
        "time_criticality": "5",
        "risk_reduction": "3",
        "size": "2",
        "hours": "12",
        "due": "2026-11-27",
    }
    view = made("prioritize_tasks", method="wsjf", tasks={f"t{n}": {"name": f"Task {n}", **task} for n in range(45)})
    assert says(view.pictures["order"], "and 5 more") and "44 tasks late" in view.title


def test_a_workflow_draws_one_arrow_for_each_need(made: Made) -> None:
    steps = {
        f"s{n}": {
            "name": f"A step with quite a long name number {n}",
            "needs": [f"s{m}" for m in (n - 4, n - 6) if m >= 0],
        }
        for n in range(30)
    }
    graph = networkx.DiGraph([(other, key) for key, step in steps.items() for other in step["needs"]])
    assert made("run_workflow", steps=steps).pictures["flow"].count("l-4 -8h8z") == graph.number_of_edges()


def test_documents_of_next_to_nothing_open_too(made: Made) -> None:
    for view in (
        made("extract_action_items", notes="It rained."),
        made("organize_documents", files=[{"path": "a", "day": "2026-01-01", "category": "x"}], retention_years={}),
        made("run_workflow", steps={"a": {"name": "Only"}}),
        made("plan_event", tasks={"a": {"name": "Only", "days": 0}}, costs=[], run_sheet=[], tables=0, budget=None),
        made("build_meeting_pack", kind="agenda", attendees=[], actions=[], items=[{"topic": "x", "minutes": 1}]),
        made("normalize_contacts", contacts=[{"name": "x"}]),
        made("triage_email", message="Hello", kind="triage"),
    ):
        assert docx.Document(io.BytesIO(word(view))).paragraphs
        assert all(png_of(name, svg) for name, svg in view.pictures.items())
