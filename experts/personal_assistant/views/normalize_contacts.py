"""Contacts as a table and a vCard file."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.normalize_contacts import Contacts
from experts.personal_assistant.views._draw import counted


def view(result: Contacts, arguments: Mapping[str, Any]) -> View:
    """Clean contacts first, then what was merged and why, what to correct, and what a person must judge."""
    title = f"{counted(len(result.contacts), 'contact')} from {counted(len(arguments['contacts']), 'row')}"
    title += f": {len(result.merges)} merged, {counted(len(result.issues), 'value')} to correct"
    people = [
        {
            "name": one.name,
            "organization": one.organization,
            "email": ", ".join(one.emails),
            "phone": ", ".join(one.phones),
            "rows": ", ".join(str(row) for row in one.rows),
        }
        for one in result.contacts
    ]
    columns = {
        "name": ("Name", "text"),
        "organization": ("Organisation", "text"),
        "email": ("E-mail", "text"),
        "phone": ("Telephone, E.164", "text"),
        "rows": ("From rows", "text"),
    }
    merges = [{"row": f"{one.row}", "into": f"{one.into}", "reason": one.reason} for one in result.merges]
    issues = [{"row": f"{i.row}", "field": i.field, "value": i.value, "problem": i.problem} for i in result.issues]
    merged = {"row": ("Row", "text"), "into": ("Into row", "text"), "reason": ("Why", "text")}
    wrong = {"row": ("Row", "text"), "field": ("Field", "text"), "value": ("Value", "text"), "problem": ("Why", "text")}
    return View(
        title=title,
        blocks=document(
            grid("Contacts", columns, people),
            *([grid("Merged", merged, merges)] if merges else []),
            *([grid("To correct", wrong, issues)] if issues else []),
            *([ItemList(title="For a person to judge", items=result.review)] if result.review else []),
            *closing(result),
        ),
        files={"contacts.vcf": result.vcf},
    )
