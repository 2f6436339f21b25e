"""The launch plan's document: charter, schedule with its clearances, milestones, risks, calendar, sheets."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from experts.core.blocks import Cell, Event, Sheet, SheetCell, Table
from experts.core.contract import Block, Model
from experts.core.drafting import (
    at,
    draft,
    event,
    few,
    figure_sheet,
    figure_table,
    heading,
    headline,
    items,
    monday,
    own,
    sentence,
    shown,
    text,
    would_change,
)
from experts.project_management.actions._launch_charter import milestones_of
from experts.project_management.actions._roadmap import Roadmap
from experts.project_management.actions._roadmap_document import (
    MOST_EVENTS,
    gantt_blocks,
    gantt_pictures,
    month_sheet,
    month_table,
    schedule_sheet,
    task_table,
)
from experts.project_management.tools.draft_charter import Charter

if TYPE_CHECKING:
    from experts.project_management.actions.launch_project_initiation import Brief, Output

_FIRST_DAYS = 14
_MOST_FIRST = 6


@dataclass(frozen=True)
class LaunchPlan:
    """A launch plan with the answers it was made from."""

    brief: "Brief"
    output: "Output"
    roadmap: Roadmap
    charter: Charter
    names: dict[str, str]

    def label(self, key: str) -> str:
        return self.roadmap.work[key].label

    def owner(self, key: str) -> str | None:
        named = self.roadmap.work[key].owner
        return self.names.get(named, named) if named else None

    @property
    def in_time(self) -> bool:
        """Whether all is ready on the day fixed for the launch, and that day keeps the deadline."""
        out, deadline = self.output, self.brief.schedule.deadline
        return out.finish <= out.launch_date and (deadline is None or out.launch_date <= deadline)


def pictures_of(plan: LaunchPlan) -> dict[str, str]:
    """The Gantt chart."""
    return gantt_pictures(plan.roadmap, "launch-gantt")


def narrative_of(plan: LaunchPlan) -> str:
    """When all is ready, when the launch is, what decides it, what the clearances cost in time."""
    return " ".join([_dates(plan), *_clearances(plan), _path(plan), *_risks(plan)])


def document_of(plan: LaunchPlan, pictures: dict[str, str]) -> list[Block]:
    """Headline, schedule, charter, risks, what to watch and do first; then calendar and sheets."""
    return draft(
        headline(_dates(plan), "good" if plan.in_time else "warning"),
        *gantt_blocks(pictures, "When each task runs, and which of them decide the day everything is ready"),
        task_table(plan.roadmap, plan.names),
        _calendar_table(plan),
        month_table(plan.roadmap, "Planned cost of the work by month"),
        *_charter(plan),
        *_risk_part(plan),
        would_change(_changes(plan)),
        monday(_first(plan)),
        *_events(plan),
        schedule_sheet(plan.roadmap, "Launch schedule", plan.names),
        month_sheet(plan.roadmap, "Launch work by month"),
        _risk_sheet(plan),
    )


def _dates(plan: LaunchPlan) -> str:
    out, name = plan.output, plan.brief.product.name
    if not out.launch_fixed:
        said = f"{name} can be launched on {own('launch_date')}, the day all work is done."
    elif out.finish <= out.launch_date:
        said = f"{name} is launched on {own('launch_date')}; all work is done on {own('finish')}."
    else:
        said = (
            f"The launch of {name} is fixed for {own('launch_date')}, but the work is done only on {own('finish')}. "
            "Shorten tasks on the path, start earlier, or move the launch."
        )
    if plan.brief.schedule.deadline is None:
        return said
    if out.launch_date <= plan.brief.schedule.deadline:
        return f"{said} The deadline is {_deadline()}."
    return f"{said} That is after the deadline of {_deadline()}."


def _deadline() -> str:
    return "[[fact:schedule.deadline]]"


def _path(plan: LaunchPlan) -> str:
    labels = [plan.label(key) for key in plan.output.critical_path]
    return f"What decides the day: {few(labels, 'the rest of the path', most=12)}."


def _clearances(plan: LaunchPlan) -> list[str]:
    out = plan.output
    if out.finish_without_clearance is None:
        return []
    if out.finish_without_clearance == out.finish:
        return ["The clearances that work waits for do not move that day."]
    deciding = [plan.label(key) for key in out.waits_for if out.tasks[key].critical]
    return [
        f"Without anything to clear, all would be done on {own('finish_without_clearance')}; waiting for "
        f"{few(deciding, 'other clearances')} moves that to {own('finish')}."
    ]


def _risks(plan: LaunchPlan) -> list[str]:
    if plan.output.contingency is None:
        return []
    return [
        f"After responses the risks are worth {own('risk_emv')} on average; a contingency of {own('contingency')} "
        "suffices with a probability of [[judgement:risk_confidence]]."
    ]


def _calendar_table(plan: LaunchPlan) -> Table | None:
    """Gates, approvals and clearances by date, and the launch."""
    keys = [*milestones_of(plan.roadmap), *plan.output.waits_for]
    keys = [key for key in plan.roadmap.in_order if key in {*keys, plan.brief.launch.task}]
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "what": f"In hand: {plan.label(key)}" if key in plan.output.waits_for else plan.label(key),
            "when": shown(True, f"self#tasks.{key}.finish"),
            "latest": shown(True, f"self#tasks.{key}.latest_finish"),
            "owner": plan.owner(key) or "not named",
        }
        for key in sorted(keys, key=lambda key: (plan.output.tasks[key].finish, key))
    }
    rows["day"] = {
        "what": f"Launch of {plan.brief.product.name}",
        "when": shown(True, "self#launch_date"),
        "latest": shown(plan.brief.schedule.deadline, "fact:schedule.deadline"),
        "owner": plan.brief.charter.manager,
    }
    columns = {
        "what": ("What", "text"),
        "when": ("Planned for", "date"),
        "latest": ("At the latest", "date"),
        "owner": ("Who", "text"),
    }
    note = "At the latest: a later day moves the day everything is ready."
    return figure_table("Launch calendar", columns, rows, note)


def _charter(plan: LaunchPlan) -> list[Model | None]:
    facts = plan.brief.charter
    rows: dict[str, dict[str, Cell]] = {
        "purpose": {"what": "Purpose", "value": sentence(facts.purpose)},
        "sponsor": {"what": "Sponsor", "value": facts.sponsor},
        "manager": {"what": "Project manager", "value": facts.manager},
        "launch": {"what": "Launch", "value": shown(True, "self#launch_date")},
        "budget": {
            "what": "Budget for work, marketing and clearances",
            "value": shown(plan.output.budget, "self#budget"),
        },
    }
    goals: dict[str, dict[str, Cell]] = {
        key: {"goal": goal.objective, "criterion": goal.criterion} for key, goal in facts.objectives.items()
    }
    return [
        heading("Project charter"),
        figure_table("Charter", {"what": ("Point", "text"), "value": ("Agreed", "text")}, rows),
        figure_table("Objectives", {"goal": ("Objective", "text"), "criterion": ("Reached when", "text")}, goals),
        items("In scope", facts.in_scope),
        items("Not in scope", facts.out_of_scope),
        items("What the plan is bound to", facts.constraints),
        items("Still open in the charter", [point for point in plan.charter.open_points if not _digits(point)]),
    ]


def _digits(words: str) -> bool:
    return any(letter.isdigit() for letter in words)


def _risk_part(plan: LaunchPlan) -> list[Model | None]:
    if not plan.output.risks:
        return [text("The brief names no risks, so no contingency is worked out.")]
    rows: dict[str, dict[str, Cell]] = {}
    for key, risk in sorted(plan.output.risks.items(), key=lambda item: item[1].rank):
        facts = plan.brief.risks[key]
        owner = plan.names.get(facts.owner, facts.owner) if facts.owner else None
        rows[key] = {
            "risk": risk.label,
            "rating": risk.rating,
            "chance": shown(True, f"fact:risks.{key}.probability"),
            "impact": shown(True, f"fact:risks.{key}.impact"),
            "response": facts.response or "none named",
            "left": shown(True, f"self#risks.{key}.residual_emv"),
            "owner": owner or "not named",
        }
    columns = {
        "risk": ("Risk", "text"),
        "rating": ("Rating", "text"),
        "chance": ("Probability", "rate"),
        "impact": ("Impact", "money"),
        "response": ("Response", "text"),
        "left": ("Expected value left", "money"),
        "owner": ("Owner", "text"),
    }
    return [
        heading("Risks"),
        text(_risks(plan)[0] + " The contingency is not part of the cost of the work."),
        figure_table("Risk register, most valuable first", columns, rows),
    ]


def _changes(plan: LaunchPlan) -> list[str]:
    out = plan.output
    found = ["A working day lost on the path moves the day everything is ready by a working day."]
    others = [
        key for key in plan.roadmap.in_order if plan.roadmap.path.tasks[key].leads and out.tasks[key].total_float > 0
    ]
    tight = min(others, key=lambda key: (out.tasks[key].total_float, key), default=None)
    if tight is not None:
        found.append(
            f"{plan.label(tight)} comes next: its float is {own(f'tasks.{tight}.total_float')} of working time, and after a "
            "longer delay it decides the day, too."
        )
    if plan.roadmap.path.overlap_saves and not plan.roadmap.path.overlapped:
        found.append("Starting reviews before the work they read is finished would bring that day forward.")
    found.append("Leave and company holidays are not in the calendar; a day off on the path is a day lost.")
    return found


def _first(plan: LaunchPlan) -> list[str]:
    until = plan.output.start + timedelta(days=_FIRST_DAYS)
    own_work = [key for key in plan.roadmap.in_order if key not in plan.output.waits_for]
    keys = [key for key in own_work if plan.output.tasks[key].start <= until][:_MOST_FIRST]
    return [f"{plan.owner(key) or 'No owner is named'}: {plan.label(key)}, {_when(plan, key)}." for key in keys]


def _when(plan: LaunchPlan, key: str) -> str:
    task = plan.output.tasks[key]
    days = f"from {own(f'tasks.{key}.start')} to {own(f'tasks.{key}.finish')}"
    if task.start == task.finish:
        days = f"on {own(f'tasks.{key}.start')}"
    return f"{days}; no day to lose" if task.critical else days


def _events(plan: LaunchPlan) -> list[Event]:
    """The launch, then gates, approvals and clearances by date, then other tasks while there is room."""
    name = plan.brief.product.name
    made = [event(f"Launch: {name}", "self#launch_date", None, f"Project manager: {plan.brief.charter.manager}.")]
    first = [*milestones_of(plan.roadmap), *plan.output.waits_for]
    keys = [*first, *(key for key in plan.roadmap.in_order if key not in first)][:MOST_EVENTS]
    for key in [key for key in plan.roadmap.in_order if key in keys]:
        kind = {"review": "Review: ", "approval": "Approval: ", "gate": "Gate: "}.get(plan.roadmap.work[key].kind, "")
        clear = "Clearance: " if key in plan.output.waits_for else kind
        room = "It decides the day everything is ready." if plan.output.tasks[key].critical else (
            f"Float: {own(f'tasks.{key}.total_float')} of working time."
        )  # fmt: skip
        owner = plan.owner(key)
        made.append(
            event(
                f"{clear}{plan.label(key)}",
                f"self#tasks.{key}.start",
                f"self#tasks.{key}.finish",
                f"Owner: {owner}. {room}" if owner else f"No owner is named. {room}",
            )
        )
    return made


def _risk_sheet(plan: LaunchPlan) -> Sheet | None:
    columns = {
        "risk": ("Risk", "text"),
        "chance": ("Probability", "rate"),
        "impact": ("Impact", "money"),
        "emv": ("Expected value", "money"),
        "chance_left": ("Probability left", "rate"),
        "impact_left": ("Impact left", "money"),
        "left": ("Expected value left", "money"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, risk in plan.output.risks.items():
        facts, ref = plan.brief.risks[key], f"fact:risks.{key}"
        chance = f"{ref}.residual_probability" if facts.residual_probability is not None else f"{ref}.probability"
        impact = f"{ref}.residual_impact" if facts.residual_impact is not None else f"{ref}.impact"
        rows[key] = {
            "risk": risk.label,
            "chance": at(f"{ref}.probability", "rate"),
            "impact": at(f"{ref}.impact", "money"),
            "emv": at(f"self#risks.{key}.emv", "money", f"=[[{ref}.probability]]*[[{ref}.impact]]"),
            "chance_left": at(chance, "rate"),
            "impact_left": at(impact, "money"),
            "left": at(f"self#risks.{key}.residual_emv", "money", f"=[[{chance}]]*[[{impact}]]"),
        }
    if rows:
        rows["sum"] = {
            "risk": "Together, after responses",
            "left": at("self#risk_emv", "money", "=SUM([[self#risks.*.residual_emv]])"),
        }
    return figure_sheet("Launch risks", "What each risk is worth", columns, rows)
