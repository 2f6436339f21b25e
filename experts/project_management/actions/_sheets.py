"""The sheets of an execution plan: the schedule as values, the cost baseline as live formulas."""

from experts.core.blocks import Column, Sheet, SheetCell
from experts.core.money import minor_units
from experts.project_management.actions._plan import Plan

Row = dict[str, str | SheetCell]


def schedule_sheet(plan: Plan) -> Sheet:
    """Every task by date. Durations are the brief's; dates and float are results, not formulas."""
    columns: list[Column] = [
        {"key": "task", "label": "Task"},
        {"key": "owner", "label": "Owner"},
        {"key": "duration", "label": "Working days", "unit": "days"},
        {"key": "begins", "label": "Start", "unit": "date"},
        {"key": "finish", "label": "Finish", "unit": "date"},
        {"key": "latest", "label": "Latest finish", "unit": "date"},
        {"key": "float", "label": "Float", "unit": "days"},
        {"key": "decides", "label": "Decides go-live"},
    ]
    rows: dict[str, Row] = {}
    for key in plan.in_order:
        task = plan.output.tasks[key]
        rows[key] = {
            "task": task.label,
            "owner": task.owner or "not named",
            "duration": SheetCell(ref=f"fact:tasks.{key}.duration", unit="days"),
            "begins": SheetCell(ref=f"self#tasks.{key}.start", unit="date"),
            "finish": SheetCell(ref=f"self#tasks.{key}.finish", unit="date"),
            "latest": SheetCell(ref=f"self#tasks.{key}.latest_finish", unit="date"),
            "float": SheetCell(ref=f"self#tasks.{key}.total_float", unit="days"),
            "decides": "yes" if task.critical else "no",
        }
    note = (
        "Dates and float come from the critical path method on the working calendar. They do not follow a duration "
        "changed here: change it in the brief and plan again."
    )
    return Sheet(
        name="Schedule", title="Schedule: every task with dates and float", columns=columns, rows=rows, note=note
    )


def baseline_sheet(plan: Plan) -> Sheet:
    """Planned value by week, following production and media; the total closes at the BAC to the cent."""
    columns: list[Column] = [
        {"key": "week", "label": "Week from", "unit": "date"},
        {"key": "production_days", "label": "Days of asset work", "unit": "days"},
        {"key": "media_days", "label": "Days of media", "unit": "days"},
        {"key": "production_so_far", "label": "Asset work so far", "unit": "days"},
        {"key": "media_so_far", "label": "Media so far", "unit": "days"},
        {"key": "planned", "label": "Planned", "unit": "money"},
        {"key": "cumulative", "label": "Cumulative", "unit": "money"},
    ]
    rows: dict[str, Row] = {}
    before: str | None = None
    for key in plan.output.weeks:
        rows[key] = _week(plan, key, before)
        before = key
    rows["bac"] = {
        "week": "Budget at completion (BAC)",
        "planned": SheetCell(ref="self#bac", formula="SUM([[self#weeks.*.planned]])", unit="money"),
    }
    rows["reserve"] = {
        "week": "Reserve, outside the baseline",
        "planned": SheetCell(ref="self#reserve", formula="[[allocation#reserve]]", unit="money"),
    }
    rows["unallocated"] = {
        "week": "Not allocated, outside the baseline",
        "planned": SheetCell(ref="self#unallocated", formula="[[allocation#unallocated]]", unit="money"),
    }
    rows["total"] = {
        "week": "Total budget",
        "planned": SheetCell(
            ref="self#total", formula="[[self#bac]]+[[self#reserve]]+[[self#unallocated]]", unit="money"
        ),
    }
    note = (
        "Production is shared out by the working days of the tasks that make assets, media by the days of the "
        "flight. Each week closes at the rounded share of the days so far, so the last one closes at the budget at "
        "completion to the cent. The days come from the schedule and do not follow changes made in this workbook."
    )
    return Sheet(name="Baseline", title="Cost baseline by week", columns=columns, rows=rows, note=note)


def _week(plan: Plan, key: str, before: str | None) -> Row:
    made, ran = f"cell:baseline/{key}/production_so_far", f"cell:baseline/{key}/media_so_far"
    weeks = plan.output.weeks.values()
    shares = []
    if any(week.production_days for week in weeks):
        shares.append(f"[[allocation#production]]*[[{made}]]/SUM([[self#weeks.*.production_days]])")
    shares.append(f"[[allocation#media]]*[[{ran}]]/SUM([[self#weeks.*.media_days]])")
    closing = f"ROUND({'+'.join(shares)},{minor_units(plan.inputs.allocation.currency)})"
    planned, total = f"self#weeks.{key}.planned", f"self#weeks.{key}.cumulative"
    return {
        "week": SheetCell(ref=f"self#weeks.{key}.begins", unit="date"),
        "production_days": SheetCell(ref=f"self#weeks.{key}.production_days", unit="days"),
        "media_days": SheetCell(ref=f"self#weeks.{key}.media_days", unit="days"),
        "production_so_far": _so_far(key, before, "production"),
        "media_so_far": _so_far(key, before, "media"),
        "planned": SheetCell(
            ref=planned, formula=f"{closing}-[[self#weeks.{before}.cumulative]]" if before else closing, unit="money"
        ),
        "cumulative": SheetCell(
            ref=total,
            formula=f"[[self#weeks.{before}.cumulative]]+[[{planned}]]" if before else f"[[{planned}]]",
            unit="money",
        ),
    }


def _so_far(key: str, before: str | None, what: str) -> SheetCell:
    own = f"[[self#weeks.{key}.{what}_days]]"
    return SheetCell(formula=f"[[cell:baseline/{before}/{what}_so_far]]+{own}" if before else own, unit="days")
