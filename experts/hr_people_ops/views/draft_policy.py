"""The policy as a document, marked draft, with its open points."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, ItemList
from experts.core.contract import Model
from experts.core.view import View, closing, document
from experts.hr_people_ops.tools.draft_policy import PolicyDraft
from experts.hr_people_ops.views._look import markdown


def view(result: PolicyDraft, arguments: Mapping[str, Any]) -> View:
    """The text, then open points and the template it is from."""
    bodies: list[Model] = [
        Callout(tone="warning", text="Draft for review by counsel; state and local law is not written in."),
        *markdown(result.text),
    ]
    points = [f"Decide: {name.replace('_', ' ')}" for name in result.blanks_left] + result.open_points
    if points:
        bodies.append(ItemList(title="Open points", items=points))
    return View(
        title=f"{result.title}: {arguments['company']}",
        subtitle=f"Draft, effective {arguments['effective']}; {result.jurisdiction}; {result.template}",
        blocks=document(*bodies, *closing(result)),
    )
