"""The blocks of an execution plan: pictures, tables, callouts, lists, calendar events, sheets."""

from experts.core.blocks import Callout, Cell, Cite, Column, Event, Heading, ItemList, Picture, Prose, Table, block
from experts.core.contract import Block
from experts.project_management.actions import _text as text
from experts.project_management.actions._plan import MOST_ROWS, Plan
from experts.project_management.actions._sheets import baseline_sheet, schedule_sheet

_FIRST_WEEKS, _LAST_WEEKS = 45, 15


def document_of(plan: Plan) -> list[Block]:
    """Headline and dates first, then the money, then what to watch and do; events and sheets last."""
    return [*_schedule(plan), *_cost(plan), *_watch(plan), *_events(plan), *_sheets(plan)]


def _schedule(plan: Plan) -> list[Block]:
    tone, sentence = text.headline(plan)
    made = [block("headline", Callout(tone=tone, text=sentence, slot="headline"))]
    if plan.output.late_by:
        made.append(block("late", Callout(tone="warning", text=text.late_text(plan))))
    if plan.path.overlapped:
        made.append(block("fast-tracking", Callout(tone="warning", text=text.overlap_text(plan))))
    if plan.schedule.rolled:
        made.append(block("rolled", Callout(tone="note", text=text.rolled_text(plan))))
    made.append(
        block(
            "gantt",
            Picture(
                picture="gantt",
                title="When each task runs, and which of them decide go-live on [[self#go_live]]",
                alt="Gantt chart: tasks by date, those that decide go-live highlighted, days not worked shaded.",
            ),
        )
    )
    if plan.is_long:
        made.append(block("gantt-selection", Prose(text=text.selection_text(plan))))
    made.append(block("tasks", _task_table(plan)))
    return made


def _task_table(plan: Plan) -> Table:
    columns: list[Column] = [
        {"key": "task", "label": "Task"},
        {"key": "owner", "label": "Owner"},
        {"key": "begins", "label": "Start", "unit": "date"},
        {"key": "finish", "label": "Finish", "unit": "date"},
        {"key": "duration", "label": "Working days", "unit": "days"},
        {"key": "float", "label": "Float", "unit": "days"},
        {"key": "decides", "label": "Decides go-live"},
        {"key": "cost", "label": "Cost", "unit": "money"},
    ]
    rows: dict[str, dict[str, Cell]] = {}
    for key in plan.shown:
        task = plan.output.tasks[key]
        base = f"self#tasks.{key}"
        rows[key] = {
            "task": task.label,
            "owner": task.owner or "not named",
            "begins": Cite(ref=f"{base}.start"),
            "finish": Cite(ref=f"{base}.finish"),
            "duration": Cite(ref=f"{base}.duration"),
            "float": Cite(ref=f"{base}.total_float"),
            "decides": "yes" if task.critical else "no",
            "cost": Cite(ref=f"{base}.cost") if task.cost else "\u2013",
        }
    note = (
        "Float is the number of working days by which a task may slip without moving go-live or the end of all work. "
        "A task finishes on its last working day; a milestone, which takes no days, falls on the day on which what it "
        "waits for is finished. Cost is the task\u2019s share of production; media is not a task\u2019s cost."
    )
    return Table(title="Tasks by date", columns=columns, rows=rows, note=note)


def _cost(plan: Plan) -> list[Block]:
    columns: list[Column] = [
        {"key": "week", "label": "Week from", "unit": "date"},
        {"key": "planned", "label": "Planned", "unit": "money"},
        {"key": "cumulative", "label": "Cumulative", "unit": "money"},
    ]
    keys = list(plan.output.weeks)
    shown = keys if len(keys) <= MOST_ROWS else [*keys[:_FIRST_WEEKS], *keys[-_LAST_WEEKS:]]
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "week": Cite(ref=f"self#weeks.{key}.begins"),
            "planned": Cite(ref=f"self#weeks.{key}.planned"),
            "cumulative": Cite(ref=f"self#weeks.{key}.cumulative"),
        }
        for key in shown
    }
    note = "Money counts as spent when the work is done or the media runs, not when it is invoiced or paid."
    if len(shown) < len(keys):
        note += " Weeks in the middle are left out here; the workbook\u2019s sheet Baseline has all of them."
    return [
        block("cost-heading", Heading(text="Cost baseline")),
        block(
            "baseline",
            Picture(
                picture="baseline",
                title="Planned value by week, up to the budget at completion of [[self#bac]]",
                alt="Bars: planned spend by week. Line: cumulative planned value, up to the budget at completion.",
            ),
        ),
        block("reserve", Callout(tone="note", text=text.reserve_text(plan))),
        block("weeks", Table(title="Planned value by week", columns=columns, rows=rows, note=note)),
    ]


def _watch(plan: Plan) -> list[Block]:
    made = [
        block(f"overload-{person}", Callout(tone="warning", text=text.overload_text(plan, person)))
        for person in plan.output.overloads
    ]
    changes = ItemList(items=text.would_change(plan), title="What would change the date", slot="would_change")
    starts = ItemList(items=text.monday(plan), title="What starts in the first week", slot="monday")
    return [*made, block("would-change", changes), block("monday", starts)]


def _events(plan: Plan) -> list[Block]:
    made = []
    for key in plan.in_order:
        task = plan.output.tasks[key]
        kind = {"review": "Review: ", "approval": "Approval: "}.get(plan.brief.tasks[key].kind, "")
        owner = f"Owner: {task.owner}. " if task.owner else "No owner is named. "
        room = "It decides go-live: no day to lose." if task.critical else f"Float: [[self#tasks.{key}.total_float]]."
        made.append(
            block(
                f"task-{key}",
                Event(
                    summary=f"{kind}{task.label}",
                    start=f"self#tasks.{key}.start",
                    end=f"self#tasks.{key}.finish",
                    description=owner + room,
                ),
            )
        )
    made.append(block("go-live", Event(summary="The campaign goes live", start="self#go_live")))
    made.append(
        block("campaign-end", Event(summary="Last day of the campaign\u2019s media", start="self#campaign_end"))
    )
    return made


def _sheets(plan: Plan) -> list[Block]:
    return [block("schedule-sheet", schedule_sheet(plan)), block("baseline-sheet", baseline_sheet(plan))]
