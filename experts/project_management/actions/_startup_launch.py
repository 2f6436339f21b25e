"""The text, tables, picture, sheets and calendar entries of a launch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.blocks import Callout, Sheet, Table
from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    event,
    few,
    figure_sheet,
    figure_table,
    headline,
    monday,
    own,
    picture,
    shown,
    text,
    would_change,
)
from experts.project_management.actions._roadmap_document import (
    month_sheet,
    month_table,
    shown_tasks,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.project_management.actions._roadmap import Roadmap
    from experts.project_management.actions.launch_execution_planning import Brief, Inputs, Output


def narrative_of(brief: Brief, output: Output, roadmap: Roadmap) -> str:
    """When the launch is ready by the calendars, what they cost, and what decides the end."""
    return f"{_when(brief, output)} {_cost(output)} {_chain(output, roadmap)}"


def _when(brief: Brief, output: Output) -> str:
    first = f"{brief.company.name} is ready to launch on {own('launch')}"
    if output.launch_late_by:
        return f"{first}, {own('launch_late_by')} after the deadline of [[fact:schedule.deadline]]."
    if output.launch_slack:
        return f"{first}, with {own('launch_slack')} to spare before the deadline of [[fact:schedule.deadline]]."
    if output.launch_slack == 0:
        return f"{first}, on the deadline, with no day to spare."
    return f"{first}; the brief sets no deadline."


def _cost(output: Output) -> str:
    if not output.later:
        return "The founders' calendars cost no day at the end."
    return (
        f"If the founders were free on every working day and could work side by side on their tasks, it would be {own('finish')}; "
        f"their calendars cost {own('later')}."
    )


def _chain(output: Output, roadmap: Roadmap) -> str:
    labels = [
        f"{roadmap.work[key].label} ({_owner(output, key)})" for key in output.chain if output.tasks[key].duration
    ]
    return f"What decides the end: {few(labels, 'the rest of the chain', most=9)}. A day lost on one of these is a day lost at the end."


def document_of(brief: Brief, inputs: Inputs, output: Output, roadmap: Roadmap) -> list[Block]:
    """Headline, Gantt chart by the calendars, founders' load, tasks, spend, sheets, calendar entries."""
    from experts.project_management.actions._roadmap_document import schedule_sheet

    names = {key: one.name for key, one in inputs.calendar.founders.items()}
    return draft(
        headline(f"{_when(brief, output)} {_cost(output)}", "warning" if output.launch_late_by else "good"),
        picture(
            "launch_gantt",
            "Launch plan by the founders' calendars",
            "Gantt chart: each task as a bar by its owner's calendar, with the date it would end if everybody were always free.",
        ),
        _load(output),
        text(
            "Each founder works on one task at a time; weeks in which a calendar is full go slower, and protected days are not worked. "
            "People outside the founders are taken to be there on every working day."
        ),
        _moved(output, roadmap),
        _unsigned(output),
        _tasks(output, roadmap),
        month_table(roadmap, "Planned spend of the launch by month"),
        would_change(_changes(output, roadmap)),
        monday(_monday(output, roadmap)),
        _sheet(output, roadmap),
        schedule_sheet(roadmap, "Schedule", names),
        month_sheet(roadmap, "Launch spend"),
        event(f"{brief.company.name}: launch", "self#launch", None, "All tasks done by the founders' calendars."),
        *(
            event(roadmap.work[key].label, f"self#fitted.{key}.start", f"self#fitted.{key}.finish", _owner(output, key))
            for key in roadmap.in_order
            if roadmap.work[key].kind in ("gate", "approval") or not roadmap.work[key].duration
        ),
    )


def _load(output: Output) -> Table | None:
    columns = {
        "name": ("Founder", "text"),
        "tasks": ("Tasks", "count"),
        "work": ("Days of work", "days"),
        "free": ("Free days until done", "ratio"),
        "used": ("Used", "rate"),
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "name": one.name,
            "tasks": shown(True, f"self#founders.{key}.tasks"),
            "work": shown(True, f"self#founders.{key}.work_days"),
            "free": shown(True, f"self#founders.{key}.free_days"),
            "used": shown(True, f"self#founders.{key}.used"),
        }
        for key, one in output.founders.items()
        if one.tasks
    }
    note = (
        "Free days from the start of work to the founder's last task; unused ones are spent waiting for somebody else."
    )
    return figure_table("What the launch asks of each founder", columns, rows, note)


def _owner(output: Output, key: str) -> str:
    return output.fitted[key].owner or "not named"


def _moved(output: Output, roadmap: Roadmap) -> Callout | None:
    if not output.moved:
        return None
    labels = [f"{roadmap.work[key].label} to {_owner(output, key)}" for key in output.moved]
    return Callout(
        tone="decision",
        text=f"To be ready in time, founders take over each other's tasks: {few(labels, 'others', 6)}. Check that they can do them.",
    )


def _unsigned(output: Output) -> Callout | None:
    if not output.unsigned:
        return None
    return Callout(
        tone="warning",
        text=f"Not yet the company's, and to be signed over before anybody outside sees it: {few(output.unsigned, 'others', 6)}.",
    )


def _tasks(output: Output, roadmap: Roadmap) -> Table | None:
    columns = {
        "task": ("Task", "text"),
        "owner": ("Owner", "text"),
        "days": ("Days of work", "days"),
        "start": ("Start", "date"),
        "finish": ("Finish", "date"),
        "later": ("Later by", "days"),
        "cost": ("Cost", "money"),
    }
    costed = any(roadmap.work[key].cost is not None for key in shown_tasks(roadmap))
    if not costed:
        columns.pop("cost")
    rows: dict[str, dict[str, Cell]] = {}
    for key in sorted(shown_tasks(roadmap), key=lambda key: (output.fitted[key].start, output.fitted[key].finish, key)):
        work = roadmap.work[key]
        rows[key] = {
            "task": work.label,
            "owner": _owner(output, key),
            "days": shown(True, f"self#tasks.{key}.duration"),
            "start": shown(True, f"self#fitted.{key}.start"),
            "finish": shown(True, f"self#fitted.{key}.finish"),
            "later": shown(True, f"self#fitted.{key}.later"),
            "cost": shown(work.cost, f"self#tasks.{key}.cost"),
        }
    note = "Later by: working days after the day on which the task would end if everybody were always free."
    return figure_table("Tasks by the founders' calendars", columns, rows, note)


def _changes(output: Output, roadmap: Roadmap) -> list[str]:
    found = []
    busiest = sorted((one for one in output.founders.values() if one.tasks), key=lambda one: (-one.used, one.name))
    if busiest:
        key = next(k for k, one in output.founders.items() if one is busiest[0])
        found.append(
            f"{busiest[0].name} carries {own(f'founders.{key}.work_days')} of work and uses {own(f'founders.{key}.used')} of the "
            "free time: a task given to somebody else moves the launch most."
        )
    chain = [key for key in output.chain if output.tasks[key].duration]
    if len(chain) > 1:
        longest = max(chain, key=lambda key: (output.tasks[key].duration, key))
        found.append(
            f"{roadmap.work[longest].label} is the longest task of the chain that decides the end, {own(f'tasks.{longest}.duration')} "
            "of work: doing less in it brings the launch forward."
        )
    return found


def _monday(output: Output, roadmap: Roadmap) -> list[str]:
    first = sorted(output.fitted, key=lambda key: (output.fitted[key].start, output.fitted[key].finish, key))[:3]
    found = []
    for key in first:
        work = roadmap.work[key]
        who = output.fitted[key].owner or "Somebody to be named"
        found.append(f"{who}: {_lower(work.label)}, to be done by {own(f'fitted.{key}.finish')}.")
    bare = [each.label for each in roadmap.work.values() if each.duration and not each.owner]
    if bare:
        found.append(f"All founders: name an owner for {few(bare, 'other tasks', 3)}.")
    return found


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}" if not label[:2].isupper() else label


def _sheet(output: Output, roadmap: Roadmap) -> Sheet | None:
    columns = {
        "task": ("Task", "text"),
        "owner": ("Owner", "text"),
        "days": ("Days of work", "days"),
        "start": ("Start", "date"),
        "finish": ("Finish", "date"),
        "plain": ("Finish if always free", "date"),
        "later": ("Later by working days", "days"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key in sorted(output.fitted, key=lambda key: (output.fitted[key].start, output.fitted[key].finish, key)):
        work = roadmap.work[key]
        rows[f"row-{key}"] = {
            "task": work.label,
            "owner": _owner(output, key),
            "days": at(f"self#tasks.{key}.duration", "days"),
            "start": at(f"self#fitted.{key}.start", "date"),
            "finish": at(f"self#fitted.{key}.finish", "date"),
            "plain": at(f"self#tasks.{key}.finish", "date"),
            "later": at(f"self#fitted.{key}.later", "days"),
        }
    rows["launch"] = {"task": "Launch", "finish": at("self#launch", "date", "=MAX([[self#fitted.*.finish]])")}
    return figure_sheet(
        "Launch",
        "Tasks by the founders' calendars",
        columns,
        rows,
        "Dates come from the plan; change a fact to move them.",
    )


def pictures_of(brief: Brief, output: Output, roadmap: Roadmap) -> dict[str, str]:
    """Bars by the founders' calendars, coloured by owner, with a tick where each would end if always free."""
    from matplotlib import dates as matplotlib_dates

    from experts.core import charts

    clock: Any = matplotlib_dates  # its functions are not typed
    date2num = clock.date2num

    keys = sorted(output.fitted, key=lambda key: (output.fitted[key].start, output.fitted[key].finish, key))[:60]
    owners = list(dict.fromkeys(_owner(output, key) for key in keys))
    title = f"Ready on {output.launch.day} {output.launch:%B %Y}"
    if brief.schedule.deadline is not None:
        title += f", deadline {brief.schedule.deadline.day} {brief.schedule.deadline:%B %Y}"
    with charts.figure(9.8, max(2.6, 1.7 + 0.27 * len(keys)), title) as (made, axes):
        done: set[str] = set()
        for row, key in enumerate(keys):
            one, owner = output.fitted[key], _owner(output, key)
            colour = charts.SERIES[owners.index(owner) % len(charts.SERIES)]
            begin, end = date2num(one.start), date2num(one.finish) + 1
            label = charts.shorten(owner, 22)
            axes.barh(row, end - begin, left=begin, height=0.6, color=colour, label=None if label in done else label)
            done.add(label)
            plain = date2num(output.tasks[key].finish) + 1
            axes.plot([plain, plain], [row - 0.36, row + 0.36], color=charts.INK, linewidth=1.3)
        axes.set_yticks(range(len(keys)), [charts.shorten(roadmap.work[key].label, 38) for key in keys], fontsize=8.5)
        axes.set_ylim(len(keys) - 0.4, -0.6)
        if brief.schedule.deadline is not None:
            axes.axvline(date2num(brief.schedule.deadline) + 1, color=charts.SECOND, linestyle="--", linewidth=1.2)
        axes.xaxis_date()
        locator = clock.AutoDateLocator(maxticks=9)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(clock.ConciseDateFormatter(locator))
        axes.xaxis.grid(True, color=charts.GRID)
        axes.set_axisbelow(True)
        axes.set_xlabel("Dark tick: when the task would end if everybody were always free. Dashed: the deadline.")
        made.legend(loc="outside lower left", ncols=4, frameon=False, fontsize=9)
        return {"launch_gantt": charts.svg(made)}
