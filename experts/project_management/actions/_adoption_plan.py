"""The text, tables and pictures of a technology's roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    event,
    few,
    figure_sheet,
    figure_table,
    headline,
    joined,
    monday,
    own,
    picture,
    said,
    shown,
    text,
    would_change,
)
from experts.project_management.actions._roadmap import Roadmap
from experts.project_management.actions._roadmap_document import (
    calendar_entries,
    ends_sentence,
    gantt_pictures,
    month_sheet,
    month_table,
    path_sentence,
    schedule_sheet,
    task_table,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.project_management.actions.technology_implementation_roadmap import Brief, Inputs, Output

Cells = dict[str, "Cell"]
Row = dict[str, "str | SheetCell"]
_RULES = {"at_least": "at least", "at_most": "at most"}
GANTT = "adoption_gantt"
_PAGE, _MOST_PAGES = 45, 8


def narrative_of(roadmap: Roadmap, output: Output, inputs: Inputs) -> str:
    """Dates, gate, cost, contingency."""
    return f"{ends_sentence(roadmap, 'The adoption')} {_gate(output)} {_cost(output)}"


def _gate(output: Output) -> str:
    first = f"The pilot starts on {own('pilot_start')}; its gate is on {own('gate_date')}"
    if not output.kill_criteria:
        return f"{first}, without kill criteria so far."
    return f"{first}, where a missed kill criterion ends the project."


def _cost(output: Output) -> str:
    said_ = f"Work and training cost {own('cost')}, of which {own('training')} is training"
    if output.contingency is None:
        return f"{said_}; no risks are named, so no contingency is set aside."
    return f"{said_}; {own('contingency')} more covers the known risks with four chances in five."


def document_of(brief: Brief, inputs: Inputs, roadmap: Roadmap, output: Output) -> list[Block]:
    """Headline, Gantt chart, gate, tasks, months, risks, sheets, calendar."""
    late = roadmap.dated.late_by
    gate = brief.milestones.gate_task
    rest = [
        key
        for key in roadmap.in_order
        if key != gate and (roadmap.work[key].kind in ("gate", "approval") or not roadmap.work[key].duration)
    ]
    parts = [
        headline(f"{ends_sentence(roadmap, 'The adoption')} {_gate(output)}", "warning" if late else "good"),
        *[
            picture(
                id, "Schedule", "Gantt chart: tasks as bars by date, the critical ones in another colour, float dotted."
            )
            for id in _pages(roadmap)
        ],
        text(path_sentence(roadmap)),
        _gate_table(output),
        text(_before(output, inputs)),
        task_table(roadmap),
        _cost_table(output),
        month_table(roadmap),
        _risks(output),
        would_change(_changes(roadmap, output, inputs)),
        monday(_first(brief, roadmap, inputs)),
        event(f"{roadmap.work[gate].label}: kill criteria", "self#gate_date", None, _agenda(output)),
        *calendar_entries(roadmap, rest),
        schedule_sheet(roadmap, "Adoption schedule"),
        month_sheet(roadmap, "Adoption spend"),
        _cost_sheet(output),
    ]
    return draft(*parts)


def _pages(roadmap: Roadmap) -> list[str]:
    """The ids that the Gantt chart's pages have."""
    count = min(-(-len(roadmap.in_order) // _PAGE), _MOST_PAGES)
    return [GANTT] if count == 1 else [f"{GANTT}-{number}" for number in range(1, count + 1)]


def _gate_table(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {
            "what": each.label,
            "rule": f"{_RULES[each.direction]} {own(f'kill_criteria.{key}.threshold')}",
            "unit": each.unit or NONE,
        }
        for key, each in output.kill_criteria.items()
    }
    return figure_table(
        "What ends the project at the pilot gate",
        {
            "what": ("Measure", "text"),
            "rule": ("Must be", "text"),
            "unit": ("Unit", "text"),
        },
        rows,
    )


def _before(output: Output, inputs: Inputs) -> str:
    verdict = {
        "go": "The gate before the pilot is passed on the record",
        "hold": "The gate before the pilot is on hold",
        "kill": "The gate before the pilot says not to start",
    }[output.gate_decision]
    legal = inputs.compliance
    if not legal.open_before_pilot:
        return f"{verdict}; no legal point is open before it."
    return f"{verdict}; legal points open before the pilot: {said('compliance#open_before_pilot')}, to be settled by {own('pilot_start')}."


def _cost_table(output: Output) -> Any:
    rows: dict[str, Cells] = {
        "investment": {"what": "Investment of the business case", "amount": shown(True, "self#investment")},
        "training": {"what": "Training and preparation of people", "amount": shown(True, "self#training")},
        "cost": {"what": "Cost of the roadmap's tasks", "amount": shown(True, "self#cost")},
    }
    if output.contingency is not None:
        rows["contingency"] = {
            "what": "Contingency for known risks, outside the cost",
            "amount": shown(True, "self#contingency"),
        }
    return figure_table("What it costs", {"what": ("Cost", "text"), "amount": ("Amount", "money")}, rows)


def _risks(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {
            "rank": shown(True, f"self#risks.{key}.rank"),
            "risk": each.label,
            "expected": shown(True, f"self#risks.{key}.expected"),
            "response": each.response or "none named",
            "owner": each.owner or "not named",
        }
        for key, each in output.risks.items()
    }
    return figure_table(
        "Risks by expected cost",
        {
            "rank": ("Rank", "count"),
            "risk": ("Risk", "text"),
            "expected": ("Expected cost after response", "money"),
            "response": ("Response", "text"),
            "owner": ("Owner", "text"),
        },
        rows,
        "Ranked as they stand before responses; risks are taken as independent.",
    )


def _changes(roadmap: Roadmap, output: Output, inputs: Inputs) -> list[str]:
    found = []
    if roadmap.dated.late_by:
        found.append(f"The end is {own('late_by')} late; a shorter critical task or a later deadline would mend that.")
    labels = [roadmap.work[key].label for key in roadmap.path.critical_path]
    found.append(f"A day lost on {few(labels, 'the rest of the path', most=3)} is a day lost at the end.")
    if inputs.compliance.open_before_pilot:
        found.append("An open legal point at the start of the pilot moves the pilot and everything after it.")
    found.append("A changed training plan changes cost and, through the business case, what may be spent.")
    return found


def _first(brief: Brief, roadmap: Roadmap, inputs: Inputs) -> list[str]:
    first = roadmap.in_order[0]
    begin = [key for key in roadmap.in_order if roadmap.dated.tasks[key].start == roadmap.dated.tasks[first].start]
    found = [
        f"Start “{roadmap.work[key].label}” ({roadmap.work[key].owner or 'owner not named'})." for key in begin[:3]
    ]
    bare = [roadmap.work[key].label for key in roadmap.in_order if not roadmap.work[key].owner]
    if bare:
        found.append(f"Name an owner for {few(bare, 'other tasks', most=4)}.")
    found.append("Put the gate into the diaries of all who decide there.")
    return found


def _agenda(output: Output) -> str:
    labels = [each.label for each in output.kill_criteria.values()]
    return f"Measure and decide: {joined(labels)}" if labels else "No kill criteria are named yet"


def _cost_sheet(output: Output) -> Any:
    rows: dict[str, Row] = {
        "investment": {"what": "Investment of the business case", "amount": at("self#investment", "money")},
        "training": {"what": "Training and preparation of people", "amount": at("self#training", "money")},
        "cost": {
            "what": "Cost of the roadmap's tasks",
            "amount": at("self#cost", "money", "[[self#bac]]"),
        },
        "check": {
            "what": "Check: tasks less investment less training (must be zero)",
            "amount": _check(),
        },
    }
    if output.contingency is not None:
        rows["contingency"] = {
            "what": "Contingency for known risks, outside the cost",
            "amount": at("self#contingency", "money"),
        }
    return figure_sheet(
        "Adoption cost", "Cost of the adoption", {"what": ("Cost", "text"), "amount": ("Amount", "money")}, rows
    )


def _check() -> SheetCell:
    from experts.core.drafting import helper

    return helper("money", "[[self#cost]]-[[self#investment]]-[[self#training]]")


def pictures_of(roadmap: Roadmap) -> dict[str, str]:
    """The Gantt chart, in pages where it is long."""
    return gantt_pictures(roadmap, GANTT)
