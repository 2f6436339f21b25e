"""Dates of a contract as a table and as a calendar."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList
from experts.core.view import View, closing, document, grid, spoken
from experts.legal_consultant.tools._ics import Entry, calendar
from experts.legal_consultant.tools.extract_contract_dates import ContractDates


def view(result: ContractDates, arguments: Mapping[str, Any]) -> View:
    """Each duty with its date and its words; dated ones go into contract-dates.ics."""
    dated = sorted((duty for duty in result.obligations if duty.date), key=lambda duty: str(duty.date))
    still = len(result.questions)
    title = f"{len(result.obligations)} dates and periods found, {still} question{'' if still == 1 else 's'} open"
    columns = {
        "kind": ("What", "text"),
        "when": ("When", "text"),
        "basis": ("Counted", "text"),
        "quote": ("Words", "text"),
    }
    rows = [
        {
            "kind": spoken(duty.kind),
            "when": str(duty.date or duty.period or duty.amount or "waits"),
            "basis": duty.basis,
            "quote": duty.quote[:300],
        }
        for duty in [*dated, *(duty for duty in result.obligations if not duty.date)]
    ]
    entries = [Entry(spoken(duty.kind), duty.date, duty.quote[:500]) for duty in dated if duty.date]
    return View(
        title=title,
        subtitle=result.notice,
        blocks=document(
            *([grid("Dates and duties", columns, rows)] if rows else []),
            *([ItemList(title="To be answered first", items=result.questions)] if result.questions else []),
            *closing(result),
        ),
        files={"contract-dates.ics": calendar("Contract dates", entries, result.as_of)} if entries else {},
    )
