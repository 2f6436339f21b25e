"""An event's plan: tasks on a line of days, costs, seating and the run sheet."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture, Prose
from experts.core.money import minor_units
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.plan_event import EventPlan
from experts.personal_assistant.views._draw import BLUE, INK, LINE, MUTED, RUST, Drawing, counted, shorten


def view(result: EventPlan, arguments: Mapping[str, Any]) -> View:
    """When to begin, what is critical, what it costs, and the day itself by the clock."""
    currency, places = arguments["currency"], minor_units(arguments["currency"])
    late = [row for row in result.tasks if row.late_days]
    title = f"Begin by {result.begin_by} for {result.event_day}"
    if late:
        title = f"{counted(len(late), 'task')} already late for {result.event_day}: {late[0].name} first"
    if result.left is not None and result.left < 0:
        title += f"; {-result.left:,.{places}f} {currency} over budget"
    columns = {
        "name": ("Task", "text"),
        "owner": ("Owner", "text"),
        "start": ("Start by", "text"),
        "end": ("End by", "text"),
        "note": ("Note", "text"),
    }
    tasks = [
        {
            "name": row.name,
            "owner": row.owner or "to be named",
            "start": f"{row.latest_start:%a} {row.latest_start}",
            "end": f"{row.latest_end:%a} {row.latest_end}",
            "note": "; ".join(
                ["critical"] * row.critical + [f"{counted(row.late_days, 'day')} late"] * (row.late_days > 0)
            ),
        }
        for row in result.tasks
    ]
    money = [{"name": line.name, "amount": f"{line.amount:,.{places}f}"} for line in result.costs]
    if money:
        money.append({"name": "Total", "amount": f"{result.total:,.{places}f}"})
    if money and result.left is not None:
        money.append({"name": "Left of the budget", "amount": f"{result.left:,.{places}f}"})
    run = [
        {"time": f"{line.starts}–{line.ends}", "what": line.what, "who": line.who or "to be named"}
        for line in result.run_sheet
    ]
    sheet = {"time": ("Time", "text"), "what": ("What", "text"), "who": ("Who", "text")}
    seats = (
        f"{counted(len(result.per_table), 'table')}, {min(result.per_table)} to {max(result.per_table)} guests each, "
        f"{counted(result.empty_seats, 'empty seat')}."
        if result.per_table
        else ""
    )
    return View(
        title=title,
        subtitle=f"{counted(arguments['guests'], 'guest')}, {result.event_day:%A} {result.event_day}",
        blocks=document(
            *([grid("Run sheet", sheet, run)] if run else []),
            Picture(picture="plan", title=title, alt=f"Latest dates of the tasks before the event. {title}."),
            grid("Tasks, backwards from the date", columns, tasks),
            *(
                [grid(f"Costs, {currency}", {"name": ("Item", "text"), "amount": ("Amount", "money")}, money)]
                if money
                else []
            ),
            *([Prose(text=f"Seating: {seats}")] if seats else []),
            *closing(result),
        ),
        pictures={"plan": _chart(result, title, arguments["today"])},
    )


def _chart(result: EventPlan, title: str, today: Any) -> str:
    made = Drawing(900, title)
    left, room, y = 270.0, 600.0, made.top + 26
    first = min(result.begin_by, today)
    whole = max((result.event_day - first).days, 1)
    bottom = y + 26 * len(result.tasks)
    step = max(1, -(-whole // 6))
    marks = [first.fromordinal(first.toordinal() + n) for n in range(0, max(whole - step // 2, 1), step)]
    for day in [*marks, result.event_day]:
        x = left + room * (day - first).days / whole
        made.line(x, y - 6, x, bottom, INK if day == result.event_day else LINE)
        made.text(x, y - 11, f"{day:%d %b}" if whole < 320 else f"{day:%b %y}", 10, MUTED, "middle")
    for row in result.tasks:
        x = left + room * (row.latest_start - first).days / whole
        length = room * ((row.latest_end - row.latest_start).days + 1) / whole
        made.text(20, y + 16, shorten(row.name, 11, left - 34), 11)
        made.rect(x, y + 4, max(3, length), 15, RUST if row.critical else BLUE, radius=3)
        y += 26
    x = left + room * (today - first).days / whole
    made.line(x, made.top + 20, x, bottom, RUST, 1.5)
    made.text(min(x, left + room - 60), bottom + 14, "today", 10, RUST, "middle")
    made.text(
        20,
        bottom + 32,
        "Red bars are critical: a day lost there moves the event. Bars end as late as they may.",
        10.5,
        MUTED,
    )
    return made.svg(bottom + 46)
