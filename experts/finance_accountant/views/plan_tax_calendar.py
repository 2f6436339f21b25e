"""Deadlines as a list and as a calendar file."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from experts.core.blocks import ItemList
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.plan_tax_calendar import TaxCalendar
from experts.finance_accountant.views._look import words

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)  # what a calendar must carry; fixed, so that the file is the same each time


def view(result: TaxCalendar, arguments: Mapping[str, Any]) -> View:
    """Dates in order; those that weekends or holidays moved are marked."""
    entity = words(arguments["entity"]).lower()
    moved = sum(one.moved for one in result.deadlines)
    title = f"{len(result.deadlines)} federal dates for the tax year to {result.tax_year_end}, {moved} moved by a weekend or holiday"
    columns = {
        "due": ("Due", "text"),
        "form": ("Form", "text"),
        "what": ("What", "text"),
        "kind": ("Do", "text"),
        "moved": ("Moved from", "text"),
    }
    rows = [
        {
            "due": _written(one.due),
            "form": one.form,
            "what": one.what,
            "kind": one.kind,
            "moved": _written(one.statutory) if one.moved else "",
        }
        for one in result.deadlines
    ]
    return View(
        title=title,
        subtitle=f"{words(entity)}, United States, federal",
        blocks=document(
            grid("Deadlines", columns, rows), *closing(result), ItemList(title="Sources", items=result.sources)
        ),
        files={"tax-calendar.ics": _calendar(result, entity)},
    )


def _written(day: date) -> str:
    """A date with its weekday."""
    return f"{day:%a} {day}"


def _calendar(result: TaxCalendar, entity: str) -> bytes:
    from icalendar import Alarm, Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Pixel Experts//Tax calendar//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"US federal tax, {entity}, year to {result.tax_year_end}")
    for one in result.deadlines:
        event = Event()
        name = f"{one.form}: {one.what}"
        event.add(
            "uid", hashlib.sha256(f"{entity}|{one.due}|{name}|{one.kind}".encode()).hexdigest()[:32] + "@pixel-experts"
        )
        event.add("dtstamp", _STAMP)
        event.add("dtstart", one.due)
        event.add("dtend", one.due + timedelta(days=1))
        event.add("summary", name)
        event.add("transp", "TRANSPARENT")
        event.add("categories", [one.kind])
        note = f"Moved from {one.statutory} (IRC 7503). " if one.moved else ""
        event.add("description", f"{note}Federal date, as information, not advice.")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", name)
        alarm.add("trigger", timedelta(days=-14))
        event.add_component(alarm)
        made.add_component(event)
    return bytes(made.to_ical())
