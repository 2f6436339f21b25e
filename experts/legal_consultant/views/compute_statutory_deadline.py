"""One deadline, and its entry for a calendar."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools._ics import Entry, calendar
from experts.legal_consultant.tools.compute_statutory_deadline import Deadline


def view(result: Deadline, arguments: Mapping[str, Any]) -> View:
    """Nominal, adjusted and extended day."""
    pairs = [
        ("Event", str(arguments["event"])),
        ("Ends by its own count", result.nominal),
        ("Ends, weekends and holidays considered", result.adjusted),
        ("Can be extended to", result.extended or ""),
        ("If", result.extended_if),
        ("Moved by", ", ".join(result.moved_by)),
        ("Source", result.sources[0]),
    ]
    rows = [{"what": what, "value": value} for what, value in pairs if value]
    entry = Entry(result.title, _when(result.adjusted), result.method)
    return View(
        title=f"{result.title}: by {result.adjusted}",
        subtitle=f"{result.notice} {result.jurisdiction}",
        blocks=document(grid("Deadline", {"what": ("", "text"), "value": ("", "text")}, rows), *closing(result)),
        files={"deadline.ics": calendar(result.title, [entry], result.as_of)},
    )


def _when(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
