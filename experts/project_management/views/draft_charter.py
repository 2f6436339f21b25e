"""The charter as a document to sign."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, Heading, ItemList, Prose
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.draft_charter import Charter
from experts.project_management.views._look import figure_of


def view(result: Charter, arguments: Mapping[str, Any]) -> View:
    """Sections in the order in which a sponsor reads them; open points first."""
    count = len(result.open_points)
    state = f"{count} open point{'s' if count > 1 else ''}" if count else "ready to sign"
    bodies: list[Any] = []
    if result.open_points:
        bodies.append(Callout(tone="decision", text="Open before signing: " + " ".join(result.open_points)))
    people = [("Sponsor", result.sponsor), ("Project manager", result.manager), ("Budget", _budget(result))]
    bodies += [
        grid(
            "Mandate",
            {"part": ("Part", "text"), "who": ("Content", "text")},
            [{"part": part, "who": who} for part, who in people],
        ),
        Heading(text="Purpose"),
        Prose(text=result.purpose),
        grid(
            "Objectives",
            {"objective": ("Objective", "text"), "criterion": ("Success criterion", "text")},
            [{"objective": one.objective, "criterion": one.criterion} for one in result.objectives],
        ),
        ItemList(title="In scope", items=result.in_scope),
    ]
    if result.out_of_scope:
        bodies.append(ItemList(title="Out of scope", items=result.out_of_scope))
    if result.milestones:
        rows = [
            {
                "name": one.name,
                "due": f"{one.due}",
                "after": "" if one.days_after_previous is None else str(one.days_after_previous),
            }
            for one in result.milestones
        ]
        columns = {
            "name": ("Milestone", "text"),
            "due": ("Date", "text"),
            "after": ("Days after the one before", "count"),
        }
        bodies.append(grid("Milestones", columns, rows))
    for title, items in (("Risks known today", result.risks), ("Constraints", result.constraints)):
        if items:
            bodies.append(ItemList(title=title, items=items))
    signing = [{"role": f"{role}: {name}", "sign": "_" * 34} for role, name in people[:2]]
    bodies.append(grid("Approval", {"role": ("Name", "text"), "sign": ("Date and signature", "text")}, signing))
    return View(
        title=f"Project charter: {result.title}",
        subtitle=f"{len(result.objectives)} objectives, {len(result.milestones)} milestones, {state}",
        blocks=document(*bodies, *closing(result)),
    )


def _budget(result: Charter) -> str:
    if result.budget is None:
        return "not set"
    source = f", from {result.budget_reference}" if result.budget_reference else ""
    return f"{figure_of(result.budget)} {result.currency}{source}"
