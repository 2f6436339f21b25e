"""The text, tables, picture and calendar entries of the founders' time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Event, ItemList, Sheet, Table
from experts.core.contract import Block
from experts.core.drafting import (
    at,
    draft,
    event,
    figure_sheet,
    figure_table,
    headline,
    helper,
    joined,
    monday,
    own,
    picture,
    quoted,
    said,
    sentence,
    shown,
    text,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.personal_assistant.actions.requirements_gathering_and_coordination import Brief, Output

MOST_WEEKS = 30


def narrative_of(output: Output) -> str:
    """How much time there is, who has least, and when the founders meet."""
    lines = [
        f"{one.name} has {own(f'founders.{key}.free_days')} of {own(f'founders.{key}.working_days')}"
        for key, one in output.founders.items()
    ]
    tight = output.tightest
    return (
        f"{_whole(output)} {joined(lines)}. The tightest week begins on {own(f'weeks.{tight}.begins')} with "
        f"{own(f'weeks.{tight}.total')} free days. {_meets(output)}"
    )


def _whole(output: Output) -> str:
    has = "the founders have" if len(output.founders) > 1 else "the founder has"
    return (
        f"From {own('first')} to {own('last')} {has} {own('free_days')} free days in all, after protected days and what is in their "
        "calendars already."
    )


def _meets(output: Output) -> str:
    if len(output.founders) == 1:
        return "There is one founder, so a weekly meeting is a fixed hour to look at the plan."
    if not output.meetings:
        return "No week has a time at which all founders are free, so somebody has to move something."
    if not output.weeks_without_meeting:
        return "A common time for a weekly meeting exists in every week."
    return f"A common time for a weekly meeting exists in {own('meeting_count')} of {own('week_count')} weeks."


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, idea, time by founder and week, meetings, protected days, calendar entries, sheet."""
    return draft(
        headline(f"{_whole(output)} {_meets(output)}"),
        text(f"The idea: {sentence(quoted(brief.company.idea, 'fact:company.idea'))}"),
        _people(output),
        picture(
            "time_weeks",
            "Free days by week",
            "Bars of the founders' free days in each week from the first day of work to the deadline.",
        ),
        _meetings(output),
        _protected(output),
        would_change(_changes(output)),
        monday(_monday(output)),
        _sheet(output),
        *_events(output),
    )


def _people(output: Output) -> Table | None:
    columns = {
        "name": ("Founder", "text"),
        "working": ("Working days", "days"),
        "protected": ("Protected", "days"),
        "commitments": ("Commitments", "count"),
        "busy": ("Busy hours", "count"),
        "free": ("Free hours", "count"),
        "days": ("Free days", "ratio"),
        "share": ("Free share", "rate"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key, one in output.founders.items():
        at_ = f"self#founders.{key}"
        rows[key] = {
            "name": one.name,
            "working": shown(True, f"{at_}.working_days"),
            "protected": shown(True, f"{at_}.protected_days"),
            "commitments": shown(True, f"{at_}.commitments"),
            "busy": shown(True, f"{at_}.busy_hours"),
            "free": shown(True, f"{at_}.free_hours"),
            "days": shown(True, f"{at_}.free_days"),
            "share": shown(True, f"{at_}.free_share"),
        }
    return figure_table(
        "What each founder has",
        columns,
        rows,
        "Protected days count working days only, protected weekdays included. A free day is a working day's worth of "
        "free hours.",
    )


def _meetings(output: Output) -> Table | None:
    columns = {"week": ("Week from", "date"), "day": ("Day", "date")}
    columns |= {f"p-{key}": (f"{one.name}, local time", "text") for key, one in output.founders.items()}
    rows: dict[str, dict[str, Cell]] = {}
    for key, one in list(output.meetings.items())[:MOST_WEEKS]:
        rows[key] = {
            "week": shown(True, f"self#weeks.{key}.begins"),
            "day": shown(True, f"self#meetings.{key}.day"),
            **{f"p-{who}": shown(True, f"self#meetings.{key}.local.{who}") for who in one.local},
        }
    note = "The first time of each week at which everybody is free, in working hours where that is possible."
    return figure_table("The founders' weekly meeting", columns, rows, note)


def _protected(output: Output) -> ItemList | None:
    by: dict[str, list[str]] = {}
    for key, one in output.protected.items():
        by.setdefault(one.founder, []).append(
            f"{own(f'protected.{key}.day')} ({quoted(one.what, f'self#protected.{key}.what')})"
        )
    lines = [f"{name}: {joined(days)}." for name, days in by.items()]
    return ItemList(title="Days that are not planned on", items=lines) if lines else None


def _changes(output: Output) -> list[str]:
    least = min(output.founders, key=lambda key: (output.founders[key].free_days, key))
    name = output.founders[least].name
    found = [
        f"{name} has the least time, {own(f'founders.{least}.free_days')} free days: every task given to somebody else, or "
        "commitment moved, shortens the plan most.",
        f"The week of {own(f'weeks.{output.tightest}.begins')} is the tightest; plan nothing that decides the end into it.",
    ]
    if output.weeks_without_meeting:
        found.append("In the weeks without a common time, one moved commitment is enough for the founders to meet.")
    return found


def _monday(output: Output) -> list[str]:
    found = ["All founders: import the calendar file, and decline what would fall on a protected day."]
    if output.meetings and len(output.founders) > 1:
        first = next(iter(output.meetings))
        found.append(
            f"All founders: accept the weekly meeting of {own('meeting_minutes')} minutes; the first is on "
            f"{own(f'meetings.{first}.day')}."
        )
    return found


def _sheet(output: Output) -> Sheet | None:
    columns = {"week": ("Week from", "date")}
    columns |= {f"p-{key}": (one.name, "ratio") for key, one in output.founders.items()}
    columns["total"] = ("All, free days", "ratio")
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key in output.weeks:
        rows[key] = {
            "week": at(f"self#weeks.{key}.begins", "date"),
            **{f"p-{who}": at(f"self#weeks.{key}.free_days.{who}", "ratio") for who in output.founders},
            "total": at(f"self#weeks.{key}.total", "ratio", f"=SUM([[self#weeks.{key}.free_days.*]])"),
        }
    rows["sum"] = {
        "week": "All weeks",
        **{f"p-{who}": helper("ratio", f"=SUM([[self#weeks.*.free_days.{who}]])") for who in output.founders},
        "total": helper("ratio", "=SUM([[self#weeks.*.total]])"),
    }
    note = "Free days of each week are rounded, so their sums may differ slightly from the founders' totals."
    return figure_sheet("Founder time", "Free days by week", columns, rows, note)


def _events(output: Output) -> list[Event]:
    found = []
    if len(output.founders) > 1:
        for key, one in list(output.meetings.items())[:MOST_WEEKS]:
            times = joined(
                [f"{output.founders[who].name} {said(f'self#meetings.{key}.local.{who}')}" for who in one.local]
            )
            found.append(event("Founders' meeting", f"self#meetings.{key}.day", None, f"Local time: {times}."))
    for key, day in list(output.protected.items())[:60]:
        what = quoted(day.what, f"self#protected.{key}.what")
        found.append(
            event(f"{day.founder}: {what}", f"self#protected.{key}.day", None, "Protected: nothing is planned.")
        )
    return found


def pictures_of(output: Output) -> dict[str, str]:
    """Free days by week, one colour a founder."""
    from experts.core import charts

    weeks = list(output.weeks.items())
    tight = output.weeks[output.tightest]
    title = f"{output.free_days} free days in all; the tightest week begins on {tight.begins:%d %b %Y}"
    with charts.figure(9.4, 4.2, title) as (made, axes):
        below = [0.0] * len(weeks)
        for number, (key, one) in enumerate(output.founders.items()):
            heights = [float(week.free_days[key]) for _, week in weeks]
            axes.bar(
                range(len(weeks)),
                heights,
                bottom=below,
                width=0.72,
                color=charts.SERIES[number % len(charts.SERIES)],
                label=charts.shorten(one.name, 24),
            )
            below = [base + height for base, height in zip(below, heights, strict=True)]
        step = max(1, -(-len(weeks) // 9))
        axes.set_xticks(range(0, len(weeks), step), [f"{week.begins:%d %b}".lstrip("0") for _, week in weeks[::step]])
        axes.set_ylabel("Free days")
        axes.set_xlabel("Week from")
        axes.yaxis.grid(True, color=charts.GRID)
        axes.set_axisbelow(True)
        made.legend(loc="outside lower left", ncols=4, frameon=False, fontsize=9)
        return {"time_weeks": charts.svg(made)}
