"""One e-mail on a page: what it is, what it asks, and the skeleton of an answer."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Heading, ItemList, Prose
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.triage_email import EmailTriage
from experts.personal_assistant.views._draw import counted


def view(result: EmailTriage, arguments: Mapping[str, Any]) -> View:
    """Category and deadline are in the title; asks are quoted."""
    who = result.sender_name or result.sender or "an unnamed sender"
    title = f"{result.category.capitalize()} from {who}"
    title += f", due {result.deadline}" if result.deadline else f", {counted(len(result.asks), 'ask')}"
    rows = [
        {"what": name, "value": value}
        for name, value in (
            ("From", f"{result.sender_name} <{result.sender}>".strip()),
            ("To", ", ".join(result.to)),
            ("Subject", result.subject),
            ("Sent", result.sent),
            ("Message", result.message_id),
            ("Thread", ", ".join(result.thread)),
            ("Attachments", ", ".join(result.attachments)),
            ("Why this category", result.reason),
        )
        if value
    ]
    dates = [{"text": one.text, "day": f"{one.day:%a} {one.day}"} for one in result.dates]
    return View(
        title=title,
        blocks=document(
            grid("The message", {"what": ("Field", "text"), "value": ("Value", "text")}, rows),
            *([ItemList(title="Asks, quoted", items=result.asks, ordered=True)] if result.asks else []),
            *([grid("Dates", {"text": ("Said", "text"), "day": ("Means", "text")}, dates)] if dates else []),
            *([Heading(text="Reply, with slots to fill")] if result.reply else []),
            *(Prose(text=line) for line in result.reply.split("\n") if line),
            *closing(result),
        ),
    )
