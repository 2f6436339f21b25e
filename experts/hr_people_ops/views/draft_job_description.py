"""The job description as a document, its checks after it."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, ItemList
from experts.core.contract import Model
from experts.core.view import View, document, grid
from experts.hr_people_ops.tools.draft_job_description import JobDescription
from experts.hr_people_ops.views._look import markdown


def view(result: JobDescription, arguments: Mapping[str, Any]) -> View:
    """The text, then what is to be settled before it is published."""
    bodies: list[Model] = [
        *markdown(result.text),
        Callout(tone="note", text="Before publishing (not part of the text)"),
    ]
    if result.open_points:
        bodies.append(ItemList(title="To settle", items=result.open_points))
    if result.flags:
        columns = {"word": ("Words", "text"), "kind": ("May point to", "text"), "advice": ("What to do", "text")}
        rows = [{"word": flag.word, "kind": flag.kind, "advice": flag.advice} for flag in result.flags]
        bodies.append(grid("Wording", columns, rows))
    if result.pay_laws:
        columns = {"state": ("State", "text"), "required": ("Pay range required", "text"), "reason": ("Rule", "text")}
        laws = [{"state": law.state, "required": law.required, "reason": law.reason} for law in result.pay_laws]
        bodies.append(grid("Pay range in the posting", columns, laws))
    bodies += [Callout(tone="warning", text=said) for said in result.warnings]
    bodies.append(ItemList(title="How this was made", items=[result.method, *result.assumptions]))
    return View(title=f"Job description: {arguments['title']}", blocks=document(*bodies))
