"""Corporate duties of a year as a list and as a calendar."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools._ics import Entry, calendar
from experts.legal_consultant.tools.plan_governance_calendar import GovernanceCalendar


def view(result: GovernanceCalendar, arguments: Mapping[str, Any]) -> View:
    """Duties in order of their day."""
    duties = sorted(result.duties, key=lambda duty: (duty.due, duty.what))
    columns = {"due": ("Due", "text"), "what": ("What", "text"), "source": ("Source", "text"), "note": ("Note", "text")}
    rows = [{"due": str(d.due), "what": d.what, "source": d.source, "note": d.note} for d in duties]
    entries = [Entry(duty.what, duty.due, f"{duty.source}. {duty.note}".strip()) for duty in duties]
    return View(
        title=f"{len(duties)} corporate duties in {result.year}",
        subtitle=f"{result.notice} {result.jurisdiction}",
        blocks=document(grid("Duties", columns, rows), *closing(result)),
        files={"governance.ics": calendar(f"Governance {result.year}", entries, result.as_of)},
    )
