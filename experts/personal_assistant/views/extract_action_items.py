"""Action items as a table that a team can work from."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.extract_action_items import ActionItems
from experts.personal_assistant.views._draw import counted


def view(result: ActionItems, arguments: Mapping[str, Any]) -> View:
    """Who does what by when, each with its place in the notes."""
    title = counted(len(result.items), "action item")
    open_points = [f"{result.without_owner} without an owner"] * (result.without_owner > 0)
    open_points += [f"{result.without_due} without a date"] * (result.without_due > 0)
    title += f": {', '.join(open_points)}" if open_points else " with owner and date" if result.items else " found"
    columns = {
        "owner": ("Owner", "text"),
        "what": ("Said in the notes", "text"),
        "due": ("Due", "text"),
        "from": ("Read from", "text"),
        "place": ("Characters", "text"),
    }
    rows = [
        {
            "owner": item.owner or "to be named",
            "what": item.text,
            "due": f"{item.due:%a} {item.due}" if item.due else "to be set",
            "from": item.due_text,
            "place": f"{item.start} to {item.end}",
        }
        for item in result.items
    ]
    return View(
        title=title,
        subtitle=f"Dates are read against {arguments['base_date']}",
        blocks=document(*([grid("Actions", columns, rows)] if rows else []), *closing(result)),
    )
