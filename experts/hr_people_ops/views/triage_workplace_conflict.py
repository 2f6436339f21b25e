"""The intake record: what to do now, what to ask, the plan with dates."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, ItemList
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.triage_workplace_conflict import ConflictTriage
from experts.hr_people_ops.views._look import words


def view(result: ConflictTriage, arguments: Mapping[str, Any]) -> View:
    """Escalation first; nothing in it is a finding."""
    title = f"Severity {result.severity} of 4: " + ("escalate now" if result.escalate else "handle by conversation")
    bodies: list[Model] = [
        Callout(tone="note", text="Confidential intake record. It finds nothing true or untrue."),
        ItemList(title="Who must know", items=result.escalate_to),
        ItemList(title="Now", items=result.now, ordered=True),
        ItemList(title="Ask, and write down in the person's words", items=result.questions),
        grid(
            "Plan",
            {"by": ("By", "text"), "step": ("Step", "text"), "owner": ("Who", "text")},
            [{"by": f"{row.by}", "step": row.step, "owner": row.owner} for row in result.plan],
        ),
    ]
    if result.charge_deadlines:
        rows = [{"what": key, "day": f"{day}"} for key, day in result.charge_deadlines.items()]
        bodies.append(
            grid("Deadlines of the person complaining", {"what": ("What", "text"), "day": ("Day", "text")}, rows)
        )
    if result.words_seen:
        rows = [{"words": row.words, "concern": words(row.concern)} for row in result.words_seen]
        heads = {"words": ("Words of the report", "text"), "concern": ("May concern", "text")}
        bodies.append(grid("Words to ask about", heads, rows))
    return View(
        title=title,
        subtitle=f"Received {arguments['received']}; {result.jurisdiction}",
        blocks=document(*bodies, *closing(result)),
    )
