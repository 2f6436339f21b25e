"""How a dated plan of work looks: Gantt chart, tables of tasks, gates and months, sheets, calendar entries."""

from collections.abc import Iterable

from experts.core.blocks import Event, Picture, Sheet, SheetCell, Table
from experts.core.drafting import NONE, at, event, few, figure_sheet, figure_table, own, picture, shown
from experts.project_management.actions._roadmap import Roadmap, as_gantt

MOST_ROWS = 60
MOST_EVENTS = 40
MOST_ARGUMENTS = 200
"""Spreadsheets take 255 in one function."""


def gantt_pictures(roadmap: Roadmap, id: str) -> dict[str, str]:
    """The Gantt chart as SVG, in pages of 45 tasks: {id: …} or {id-1: …, id-2: …}."""
    from experts.project_management.views.build_gantt_schedule import view

    drawn = view(as_gantt(roadmap), {"latest": roadmap.when.deadline}).pictures
    return {id if len(drawn) == 1 else f"{id}-{number}": svg for number, svg in enumerate(drawn.values(), 1)}


def gantt_blocks(pictures: Iterable[str], title: str = "Schedule") -> list[Picture]:
    """The places of the Gantt chart's pages."""
    alt = "Gantt chart: tasks as bars by date, the critical ones in another colour, float dotted."
    return [picture(id, title, alt) for id in pictures]


def shown_tasks(roadmap: Roadmap) -> list[str]:
    """The tasks that a document lists one by one: all, or in a long plan those that decide its end, and the gates."""
    if len(roadmap.in_order) <= MOST_ROWS:
        return list(roadmap.in_order)
    decisive = [k for k in roadmap.in_order if roadmap.path.tasks[k].critical or roadmap.work[k].kind == "gate"]
    return decisive[:MOST_ROWS]


def task_table(roadmap: Roadmap, owners: dict[str, str] | None = None, title: str = "Tasks by date") -> Table | None:
    """Dates, float, owner and cost of the tasks that are shown."""
    names = owners or {}
    keys = shown_tasks(roadmap)
    costed = any(roadmap.work[key].cost is not None for key in keys)
    columns = {
        "task": ("Task", "text"),
        "owner": ("Owner", "text"),
        "days": ("Working days", "days"),
        "start": ("Start", "date"),
        "finish": ("Finish", "date"),
        "float": ("Float", "days"),
        **({"cost": ("Cost", "money")} if costed else {}),
    }
    rows = {}
    for key in keys:
        work = roadmap.work[key]
        rows[key] = {
            "task": f"{work.label} (decides the end)" if roadmap.path.tasks[key].critical else work.label,
            "owner": names.get(work.owner or "", work.owner or "not named"),
            "days": shown(work.duration, f"self#tasks.{key}.duration"),
            "start": shown(True, f"self#tasks.{key}.start"),
            "finish": shown(True, f"self#tasks.{key}.finish"),
            "float": shown(True, f"self#tasks.{key}.total_float"),
            "cost": shown(work.cost, f"self#tasks.{key}.cost"),
        }
    note = "" if len(keys) == len(roadmap.in_order) else "Tasks that decide the end, and gates; the workbook has all."
    return figure_table(title, columns, rows, note)


def month_table(roadmap: Roadmap, title: str = "Planned spend by month") -> Table | None:
    """Planned value by month."""
    columns = {"month": ("Month from", "date"), "planned": ("Planned", "money"), "sum": ("So far", "money")}
    rows = {
        key: {
            "month": shown(True, f"self#months.{key}.begins"),
            "planned": shown(True, f"self#months.{key}.planned"),
            "sum": shown(True, f"self#months.{key}.cumulative"),
        }
        for key in roadmap.costs.months
    }
    return figure_table(title, columns, rows if roadmap.costs.bac else {})


def schedule_sheet(roadmap: Roadmap, name: str = "Schedule", owners: dict[str, str] | None = None) -> Sheet | None:
    """Every task by date, with the sum of costs as a live formula."""
    names = owners or {}
    columns = {
        "task": ("Task", "text"),
        "phase": ("Phase", "text"),
        "owner": ("Owner", "text"),
        "days": ("Working days", "days"),
        "start": ("Start", "date"),
        "finish": ("Finish", "date"),
        "latest": ("Latest finish", "date"),
        "float": ("Float", "days"),
        "critical": ("Decides the end", "text"),
        "cost": ("Cost", "money"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key in roadmap.in_order:
        work = roadmap.work[key]
        rows[key] = {
            "task": work.label,
            "phase": work.phase or NONE,
            "owner": names.get(work.owner or "", work.owner or "not named"),
            "days": at(f"self#tasks.{key}.duration", "days"),
            "start": at(f"self#tasks.{key}.start", "date"),
            "finish": at(f"self#tasks.{key}.finish", "date"),
            "latest": at(f"self#tasks.{key}.latest_finish", "date"),
            "float": at(f"self#tasks.{key}.total_float", "days"),
            "critical": "yes" if roadmap.path.tasks[key].critical else "no",
            "cost": at(f"self#tasks.{key}.cost", "money") if work.cost is not None else NONE,
        }
    costed = [key for key in roadmap.in_order if roadmap.work[key].cost is not None]
    if costed:
        rows["bac"] = {
            "task": "Budget at completion",
            "cost": at("self#bac", "money", _sum_of(costed, len(roadmap.work))),
        }
    note = (
        "Dates and float come from the critical path method on the working calendar. They do not follow a duration "
        "changed here: change it in the brief and plan again."
    )
    return figure_sheet(name, "Every task with dates, float and cost", columns, rows, note)


def _sum_of(costed: list[str], tasks: int) -> str:
    """The sum of the costs: of one column where every task has one, else in parts that a spreadsheet function takes."""
    if len(costed) == tasks:
        return "=SUM([[self#tasks.*.cost]])"
    parts = [costed[at : at + MOST_ARGUMENTS] for at in range(0, len(costed), MOST_ARGUMENTS)]
    return "=" + "+".join(f"SUM({','.join(f'[[self#tasks.{key}.cost]]' for key in part)})" for part in parts)


def month_sheet(roadmap: Roadmap, name: str = "Spend by month") -> Sheet | None:
    """Planned value by month, the sum so far as live formulas."""
    if not roadmap.costs.bac:
        return None
    columns = {"month": ("Month from", "date"), "planned": ("Planned", "money"), "sum": ("So far", "money")}
    rows: dict[str, dict[str, str | SheetCell]] = {}
    before = ""
    for key in roadmap.costs.months:
        planned, total = f"self#months.{key}.planned", f"self#months.{key}.cumulative"
        rows[key] = {
            "month": at(f"self#months.{key}.begins", "date"),
            "planned": at(planned, "money"),
            "sum": at(total, "money", f"=[[{before}]]+[[{planned}]]" if before else f"=[[{planned}]]"),
        }
        before = total
    return figure_sheet(name, "Planned spend by month", columns, rows)


def calendar_entries(roadmap: Roadmap, keys: Iterable[str] | None = None) -> list[Event]:
    """Calendar entries of gates, approvals and milestones (or of the tasks named)."""
    if keys is None:
        keys = [
            key
            for key in roadmap.in_order
            if roadmap.work[key].kind in ("gate", "approval") or not roadmap.work[key].duration
        ]
    return [
        event(
            roadmap.work[key].label,
            f"self#tasks.{key}.start",
            f"self#tasks.{key}.finish",
            roadmap.work[key].owner or "",
        )
        for key in list(keys)[:MOST_EVENTS]
    ]


def ends_sentence(roadmap: Roadmap, what: str = "The plan") -> str:
    """When it ends and how that stands to the deadline, in one or two sentences that cite."""
    first = f"{what} runs from {own('start')} to {own('finish')}, {own('working_days')}"
    if roadmap.dated.late_by:
        return f"{first}. That is {own('late_by')} after the deadline of [[fact:schedule.deadline]]."
    if roadmap.when.deadline is None:
        return f"{first}; the brief sets no deadline."
    if not roadmap.dated.slack_to_latest:
        return f"{first}, and ends on the deadline with no day to spare."
    return f"{first}, with {own('slack_to_deadline')} to spare before the deadline of [[fact:schedule.deadline]]."


def path_sentence(roadmap: Roadmap) -> str:
    """Which tasks decide the end."""
    labels = [roadmap.work[key].label for key in roadmap.path.critical_path]
    return f"What decides the end: {few(labels, 'the rest of the path', most=8)}. A day lost on one of these is a day lost at the end."


def missing_costs(roadmap: Roadmap) -> list[str]:
    """A warning if some tasks carry a cost and others, longer than a milestone, do not."""
    costed = [key for key in roadmap.work if roadmap.work[key].cost is not None]
    bare = [key for key in roadmap.work if roadmap.work[key].cost is None and roadmap.work[key].duration]
    if not costed or not bare:
        return []
    named = few([roadmap.work[key].label for key in bare], "other tasks")
    return [f"No cost is named for {named}; the sum of costs counts the other tasks only."]
