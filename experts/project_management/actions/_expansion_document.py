"""The expansion plan's document: charter, Gantt chart, permits in the schedule, cost by month, risks, calendar."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experts.core.blocks import ItemList, Table
from experts.core.contract import Block
from experts.core.drafting import (
    capitalised,
    draft,
    few,
    figure_table,
    heading,
    headline,
    items,
    monday,
    own,
    quoted,
    said,
    sentence,
    shown,
    text,
    would_change,
)
from experts.project_management.actions._expansion_charter import milestones_of
from experts.project_management.actions._roadmap import Roadmap, roadmap_warnings
from experts.project_management.actions._roadmap_document import (
    calendar_entries,
    gantt_blocks,
    gantt_pictures,
    missing_costs,
    month_sheet,
    month_table,
    path_sentence,
    schedule_sheet,
    task_table,
)
from experts.project_management.tools.draft_charter import Charter

if TYPE_CHECKING:
    from experts.project_management.actions.expansion_project_planning import Brief, Output


@dataclass(frozen=True)
class ExpansionView:
    """An expansion plan with the answers it was made from."""

    brief: "Brief"
    output: "Output"
    roadmap: Roadmap
    charter: Charter
    names: dict[str, str]


def pictures_of(view: ExpansionView) -> dict[str, str]:
    """The Gantt chart."""
    return gantt_pictures(view.roadmap, "expansion-gantt")


def narrative_of(view: ExpansionView) -> str:
    """When it opens, how that stands to the deadline, what the permits cost in time, what decides the date."""
    return f"{_opens(view)} {_permits(view)} {path_sentence(view.roadmap)}".replace("  ", " ").strip()


def _opens(view: ExpansionView) -> str:
    out, when = view.output, view.brief.schedule
    said_ = f"The work runs from {own('start')} to {own('finish')}, {own('working_days')} of work."
    if not out.opens_when_ready:
        opens = f"The site opens as planned on {own('opening')}."
    elif when.planned_opening is None:
        opens = f"The site opens on {own('opening')}, the day the work is finished."
    else:
        opens = f"The site opens on {own('opening')}, later than the planned {said('fact:schedule.planned_opening')}."
    if out.late_by:
        return (
            f"{opens} That is {own('late_by')} of work after the deadline of {said('fact:schedule.deadline')}. {said_}"
        )
    if when.deadline is None:
        return f"{opens} The brief sets no deadline. {said_}"
    if out.slack_to_deadline:
        return (
            f"{opens} {said_} That leaves {own('slack_to_deadline')} of work before the deadline of "
            f"{said('fact:schedule.deadline')}."
        )
    return f"{opens} {said_} That is the deadline itself, with no day to spare."


def _permits(view: ExpansionView) -> str:
    out = view.output
    if out.finish_without_requirements is None:
        return ""
    if out.finish_without_requirements == out.finish:
        return "Permits and registrations do not delay the opening; all are in hand in time."
    return (
        f"Without permits and registrations the work would be finished on {own('finish_without_requirements')}: waiting "
        "for them is part of what decides the date."
    )


def document_of(view: ExpansionView, pictures: dict[str, str]) -> list[Block]:
    """Headline, charter, schedule, cost, risks, what to do first, calendar and sheets."""
    out = view.output
    return draft(
        headline(f"{_opens(view)} {_permits(view)}".strip(), "warning" if out.late_by else "good"),
        heading("Project charter"),
        text(f"Sponsor: {_word(view, 'sponsor')}. Project manager: {_word(view, 'manager')}. {_budget(view)}".strip()),
        text(sentence(_word(view, "purpose"))),
        _objectives(view),
        _lines(view, "In scope", "in_scope"),
        _lines(view, "Out of scope", "out_of_scope"),
        _lines(view, "Constraints", "constraints"),
        _milestones(view),
        items("Still open in the charter", [*out.open_points, *_unbudgeted(view)]),
        heading("Schedule"),
        *gantt_blocks(pictures, "The work and the permits it waits for"),
        text(path_sentence(view.roadmap)),
        task_table(view.roadmap, view.names),
        month_table(view.roadmap, "Cost of the project by month"),
        _risks(view),
        would_change(_changes(view)),
        monday(_first(view)),
        *calendar_entries(view.roadmap),
        schedule_sheet(view.roadmap, "Expansion schedule", view.names),
        month_sheet(view.roadmap, "Project cost by month"),
    )


def _word(view: ExpansionView, field: str) -> str:
    return quoted(str(getattr(view.brief.expansion, field)), f"fact:expansion.{field}")


def _budget(view: ExpansionView) -> str:
    if view.brief.expansion.budget is None:
        return f"The work and the permits cost {own('bac')}; the brief names no ceiling."
    if view.output.bac > view.brief.expansion.budget:
        return f"The work and the permits cost {own('bac')}, above the ceiling of {said('fact:expansion.budget')}."
    return f"The work and the permits cost {own('bac')}; the ceiling is {said('fact:expansion.budget')}."


def _unbudgeted(view: ExpansionView) -> list[str]:
    bare = [
        each.label
        for key, each in view.roadmap.work.items()
        if not each.owner and (each.duration or each.kind != "work")
    ]
    return [f"Name an owner for {few(bare, 'further tasks')}."] if bare else []


def _objectives(view: ExpansionView) -> Table | None:
    rows = {
        key: {
            "objective": shown(True, f"fact:expansion.objectives.{key}.objective"),
            "criterion": shown(True, f"fact:expansion.objectives.{key}.criterion"),
        }
        for key in view.brief.expansion.objectives
    }
    columns = {"objective": ("Objective", "text"), "criterion": ("Success is", "text")}
    return figure_table("Objectives and how success is judged", columns, rows)


def _lines(view: ExpansionView, title: str, field: str) -> ItemList | None:
    return items(title, [sentence(capitalised(line)) for line in getattr(view.brief.expansion, field)])


def _milestones(view: ExpansionView) -> Table | None:
    rows = {
        key: {
            "milestone": view.roadmap.work[key].label,
            "due": shown(True, f"self#tasks.{key}.finish"),
            "latest": shown(True, f"self#tasks.{key}.latest_finish"),
        }
        for key in milestones_of(view.roadmap)
    }
    columns = {
        "milestone": ("Milestone", "text"),
        "due": ("Planned for", "date"),
        "latest": ("At the latest", "date"),
    }
    return figure_table("Milestones", columns, rows, "At the latest: without moving the opening task.")


def _risks(view: ExpansionView) -> Table | None:
    out, facts = view.output, view.brief.risks
    ranked = sorted(out.risks, key=lambda key: out.risks[key].rank)
    rows = {
        key: {
            "risk": out.risks[key].label,
            "chance": shown(True, f"fact:risks.{key}.probability"),
            "impact": shown(True, f"fact:risks.{key}.impact"),
            "left": shown(True, f"self#risks.{key}.residual_emv"),
            "response": facts[key].response or "none named",
            "owner": out.risks[key].owner or "not named",
        }
        for key in ranked
    }
    columns = {
        "risk": ("Risk", "text"),
        "chance": ("Chance", "rate"),
        "impact": ("Impact", "money"),
        "left": ("Expected cost left", "money"),
        "response": ("Response", "text"),
        "owner": ("Owner", "text"),
    }
    note = (
        f"Expected cost left after the responses: {own('risk_emv')}. A contingency of {own('contingency')} would suffice "
        f"with a probability of {said('judgement:risk_confidence')}; it is not part of the project's cost."
        if out.contingency is not None
        else ""
    )
    return figure_table("Risks, largest expected cost first", columns, rows, note)


def _changes(view: ExpansionView) -> list[str]:
    roadmap = view.roadmap
    waits = [key for key in roadmap.path.critical_path if key.startswith("req-")]
    longest = sorted(
        (key for key in roadmap.path.critical_path if not key.startswith("req-")),
        key=lambda key: -roadmap.work[key].duration,
    )
    found = [
        f"The lead time of {roadmap.work[key].label}, {own(f'tasks.{key}.duration')} in the schedule: each day that the "
        "office is faster or slower moves the opening."
        for key in waits[:3]
    ]
    found += [
        f"The duration of {roadmap.work[key].label}, {own(f'tasks.{key}.duration')}, because it lies on the path that "
        "decides the opening."
        for key in longest[:2]
    ]
    return found


def _first(view: ExpansionView) -> list[str]:
    roadmap = view.roadmap
    found = [
        f"Start “{roadmap.work[key].label}” on {own(f'tasks.{key}.start')} "
        f"(owner: {view.names.get(roadmap.work[key].owner or '', roadmap.work[key].owner or 'not named yet')})."
        for key in roadmap.in_order[:4]
        if roadmap.work[key].duration
    ]
    return found


def warnings_of(view: ExpansionView) -> list[str]:
    """What the reader must know before using the plan."""
    budget = view.brief.expansion.budget
    over = budget is not None and view.output.bac > budget
    return [
        *(["The work and the permits cost more than the budget of the expansion."] if over else []),
        *roadmap_warnings(view.roadmap),
        *missing_costs(view.roadmap),
        *(
            []
            if view.brief.schedule.planned_opening
            else [
                "The brief does not say which opening its tables of cash and people have in mind "
                "(schedule.planned_opening), so their months are taken as they stand."
            ]
        ),
    ]
