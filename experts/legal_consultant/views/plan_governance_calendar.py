"""Corporate duties of a year as a list and as a calendar."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools._ics import Entry, calendar
from experts.legal_consultant.tools.plan_governance_calendar import GovernanceCalendar


def view(result: GovernanceCalendar, arguments: Mapping[str, Any]) -> View:
    """Overdue duties first, then those to come in order of their day; the calendar has no day that has passed."""
    overdue = [duty for duty in result.duties if duty.status == "overdue"]
    title = f"{len(result.duties)} corporate duties in {result.year}"
    if overdue:
        title = f"Overdue: {overdue[0].what.split(' at the latest')[0].lower()}, since {overdue[0].due}; {title}"
    columns = {
        "due": ("Due", "text"),
        "status": ("Status", "text"),
        "what": ("What", "text"),
        "opens": ("From", "text"),
        "source": ("Source", "text"),
        "note": ("Note", "text"),
    }
    said = {"due": "", "passed": "passed; see that it was done", "overdue": "OVERDUE"}
    rows = [
        {
            "due": str(duty.due),
            "status": said[duty.status],
            "what": duty.what,
            "opens": str(duty.opens or ""),
            "source": duty.source,
            "note": duty.note,
        }
        for duty in result.duties
    ]
    # An overdue meeting is called at once, so its entry stands on the day of the plan.
    entries = [
        Entry(
            f"OVERDUE: {duty.what}" if duty.status == "overdue" else duty.what,
            result.as_of if duty.status == "overdue" else duty.due,
            f"{duty.source}. {duty.note}".strip(),
        )
        for duty in result.duties
        if duty.status != "passed"
    ]
    return View(
        title=title,
        subtitle=f"{result.notice} {result.jurisdiction}",
        blocks=document(*([grid("Duties", columns, rows)] if rows else []), *closing(result)),
        files={"governance.ics": calendar(f"Governance {result.year}", entries, result.as_of)} if entries else {},
    )
