"""Documents of the tools: the same bytes each time, labels present, files that open elsewhere."""

import io
from collections.abc import Callable
from inspect import signature
from typing import Any

import openpyxl
import pytest
import vobject
from pydantic import create_model

from coordinator.exports._svg import says
from experts.core.discovery import Expert, load_view
from experts.core.view import View

LABELS = {
    "find_meeting_slots": "lena",
    "expand_recurrence": "September 2026",
    "plan_itinerary": "Lisbon",
    "prioritize_tasks": "Board report",
    "run_workflow": "contract",
    "organize_documents": "invoice",
}
VIEWED = [
    *LABELS,
    "build_meeting_pack",
    "create_calendar_event",
    "extract_action_items",
    "normalize_contacts",
    "plan_event",
    "track_expenses",
    "triage_email",
]

Shown = Callable[..., View]


def text_of(view: View, suffix: str) -> str:
    """The text of the view's one file of that kind."""
    data = next(content for name, content in view.files.items() if name.endswith(suffix))
    return data if isinstance(data, str) else data.decode("utf-8")


@pytest.fixture(scope="session")
def shown(expert: Expert, arguments: dict[str, Any]) -> Shown:
    def show(tool: str, **changes: Any) -> View:
        function = expert.tools[tool]
        fields: Any = {
            key: (one.annotation, ... if one.default is one.empty else one.default)
            for key, one in signature(function).parameters.items()
        }
        typed = create_model(tool, **fields).model_validate({**arguments[tool], **changes})
        given = {key: getattr(typed, key) for key in fields}
        made = load_view(expert, tool)
        assert made is not None
        view: View = made(function(**given), given)
        return view

    return show


@pytest.mark.parametrize("tool", VIEWED)
def test_a_view_is_the_same_each_time(shown: Shown, tool: str) -> None:
    assert shown(tool) == shown(tool) and shown(tool).title and shown(tool).blocks


@pytest.mark.parametrize("tool", LABELS)
def test_a_picture_says_its_title_and_labels(shown: Shown, tool: str) -> None:
    pictures = shown(tool).pictures
    assert any(says(picture, LABELS[tool]) for picture in pictures.values())


def test_every_view_file_is_tested(expert: Expert) -> None:
    assert {path.stem for path in (expert.folder / "views").glob("[a-z]*.py")} == set(VIEWED)


def test_the_calendar_files_open(shown: Shown) -> None:
    trip = vobject.readOne(text_of(shown("plan_itinerary"), ".ics"))
    assert [event.summary.value for event in trip.vevent_list][:2] == ["Flight to Frankfurt", "Flight to Lisbon"]
    assert vobject.readOne(text_of(shown("create_calendar_event"), ".ics")).vevent.summary.value == "Supplier review"
    assert len(list(vobject.readComponents(text_of(shown("normalize_contacts"), ".vcf")))) == 3


def test_the_expense_workbook_has_formulas_and_their_values(shown: Shown) -> None:
    data = shown("track_expenses").files["expense-report.xlsx"]
    assert isinstance(data, bytes)
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert values["Report"]["B5"].value == pytest.approx(577.65)
    assert str(openpyxl.load_workbook(io.BytesIO(data))["Report"]["B5"].value).startswith("=Receipts!D9+Mileage!E7")


def test_pictures_hold_many_rows_and_long_labels(shown: Shown) -> None:
    long = "A very long name that no box could hold in one line without being cut"
    tasks = {f"t{n}": {"name": long, "important": True, "urgent": True} for n in range(45)}
    assert shown("prioritize_tasks", tasks=tasks).pictures
    steps = {f"s{n}": {"name": long, "needs": [f"s{n - 1}"] if n % 5 else []} for n in range(45)}
    assert shown("run_workflow", steps=steps).pictures
