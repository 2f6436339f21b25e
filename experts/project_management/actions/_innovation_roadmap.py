"""The text, tables and pictures of the transformation roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.contract import Block
from experts.core.drafting import (
    draft,
    figure_table,
    headline,
    monday,
    own,
    quoted,
    shown,
    would_change,
)
from experts.project_management.actions._roadmap_document import (
    calendar_entries,
    ends_sentence,
    gantt_blocks,
    gantt_pictures,
    month_sheet,
    month_table,
    path_sentence,
    schedule_sheet,
    task_table,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, Table
    from experts.project_management.actions._roadmap import Roadmap
    from experts.project_management.actions.digital_transformation_roadmap import Brief, Output

GANTT = "innovation-roadmap"
Cells = dict[str, "Cell"]


def narrative_of(roadmap: Roadmap, output: Output) -> str:
    """When it ends, what decides that, what it costs."""
    gates = f" {_next_gate(output)}" if output.gates else ""
    return (
        f"{ends_sentence(roadmap, 'The roadmap')} It spends {own('bac')}, the investment of the case.{gates} "
        f"{path_sentence(roadmap)}"
    )


def _next_gate(output: Output) -> str:
    key, gate = next(iter(output.gates.items()))
    return f"The first gate is \u201c{gate.label}\u201d on {own(f'gates.{key}.day')}."


def document_of(brief: Brief, roadmap: Roadmap, output: Output) -> list[Block]:
    """Headline, Gantt chart, gates, initiatives, cost by month, sheets, calendar."""
    return draft(
        headline(
            f"{ends_sentence(roadmap, 'The roadmap')} It spends {own('bac')}.",
            "warning" if roadmap.dated.late_by else "good",
        ),
        *gantt_blocks(_pages(roadmap), "Roadmap"),
        _gate_table(brief, output),
        _initiative_table(output),
        month_table(roadmap),
        task_table(roadmap),
        would_change(_changes(roadmap, output)),
        monday(_first(roadmap, output)),
        schedule_sheet(roadmap, "Roadmap"),
        month_sheet(roadmap, "Roadmap spend"),
        *calendar_entries(roadmap),
    )


def _pages(roadmap: Roadmap) -> list[str]:
    """Ids of the chart's pages: one for up to 45 tasks."""
    count = -(-len(roadmap.in_order) // 45)
    return [GANTT] if count == 1 else [f"{GANTT}-{number}" for number in range(1, count + 1)]


def _gate_table(brief: Brief, output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "day": shown(True, f"self#gates.{key}.day"),
            "gate": gate.label,
            "criterion": quoted(gate.criterion, f"fact:activities.{key}.criterion") if gate.criterion else "not given",
            "owner": gate.owner or "not named",
        }
        for key, gate in output.gates.items()
    }
    return figure_table(
        "Gates: go on only if",
        {
            "day": ("Day", "date"),
            "gate": ("Gate", "text"),
            "criterion": ("Has to be true", "text"),
            "owner": ("Decides", "text"),
        },
        rows,
        "Where it is not true, the project is held or stopped and the rest of its money is not released.",
    )


def _initiative_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "name": row.label,
            "start": shown(True, f"self#initiatives.{key}.start"),
            "finish": shown(True, f"self#initiatives.{key}.finish"),
            "cost": shown(True, f"self#initiatives.{key}.cost"),
        }
        for key, row in sorted(output.initiatives.items(), key=lambda pair: (pair[1].start, pair[1].finish, pair[0]))
    }
    return figure_table(
        "Initiatives by date",
        {
            "name": ("Initiative", "text"),
            "start": ("Start", "date"),
            "finish": ("Finish", "date"),
            "cost": ("Investment", "money"),
        },
        rows,
        "Planned spend follows the work; the quarters of the investment case follow the payments agreed.",
    )


def _changes(roadmap: Roadmap, output: Output) -> list[str]:
    longest = max(roadmap.path.critical_path, key=lambda key: roadmap.work[key].duration, default=None)
    found = []
    if longest is not None:
        found.append(
            f"{roadmap.work[longest].label} is the longest work that decides the end, {own(f'tasks.{longest}.duration')}; "
            "shortening it ends the roadmap sooner until another path decides."
        )
    last = max(output.initiatives, key=lambda key: (output.initiatives[key].finish, key), default=None)
    ends = [row.finish for row in output.initiatives.values()]
    if last is not None and ends.count(output.finish) == 1 and len(ends) > 1:
        found.append(f"Without {output.initiatives[last].label} the roadmap would end before {own('finish')}.")
    return found


def _first(roadmap: Roadmap, output: Output) -> list[str]:
    found = [
        f"{roadmap.work[key].owner}: begin \u201c{roadmap.work[key].label}\u201d on {own(f'tasks.{key}.start')}."
        for key in roadmap.in_order[:3]
        if roadmap.work[key].owner
    ]
    if output.gates:
        key, gate = next(iter(output.gates.items()))
        found.append(
            f"{gate.owner or 'Owner to be named'}: fix the meeting for \u201c{gate.label}\u201d, {own(f'gates.{key}.day')}."
        )
    return found


def pictures_of(roadmap: Roadmap, output: Output) -> dict[str, str]:
    """The Gantt chart."""
    return gantt_pictures(roadmap, GANTT)
