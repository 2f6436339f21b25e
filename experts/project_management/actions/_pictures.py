"""The pictures of an execution plan: Gantt chart and cost baseline."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from experts.core.calendar import working_calendar
from experts.project_management.actions._plan import (
    Plan,
    day_text,
    money_text,
    tick_text,
    working_days_text,
)

_WIDTH = 10.0
_MOST_TICKS = 10
_MOST_GROUPS = 8
_LABEL_WIDTH = 34
_SHADED_DAYS = 500


@dataclass(frozen=True)
class Bar:
    """A row of the Gantt chart; `until` is the latest finish, `milestone` has no length."""

    label: str
    start: date
    finish: date
    until: date
    critical: bool = False
    milestone: bool = False
    summary: bool = False


def pictures_of(plan: Plan) -> dict[str, str]:
    """SVG by picture id."""
    return {"gantt": _gantt(plan), "baseline": _baseline(plan)}


def _gantt(plan: Plan) -> str:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from experts.core import charts

    bars = _bars(plan)
    row = 0.32 if len(bars) <= 25 else 0.2
    with charts.figure(_WIDTH, 1.9 + row * len(bars), _finding(plan)) as (made, axes):
        first = min(bar.start for bar in bars)
        last = max([plan.output.go_live, *(bar.until for bar in bars)])
        latest = plan.brief.schedule.latest_go_live
        beyond = latest if latest and latest - last > 2 * (last - first) else None
        if latest and not beyond:
            last = max(last, latest)
        shaded = _shade(plan, axes, first, last, charts.GRID)
        for y, bar in enumerate(bars):
            _draw(axes, y, bar, charts)
        _mark(plan, axes, None if beyond else latest, charts)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        # A label is the brief's own text: a dollar sign in it is no mathematics.
        names = [charts.shorten(" ".join(bar.label.split()), _LABEL_WIDTH) for bar in bars]
        axes.set_yticks(range(len(bars)), names, parse_math=False)
        axes.tick_params(axis="y", length=0, labelsize=9 if row > 0.3 else 7.5, labelcolor=charts.INK)
        axes.spines["left"].set_visible(False)
        room = 0.5 + (last - first).days / 150
        axes.set_xlim(first.toordinal() - room, last.toordinal() + 1 + room)
        _date_axis(axes, first, last)
        keys: list[Any] = [Patch(color=charts.SECOND, label="decides go-live")]
        if any(not bar.critical and not bar.summary for bar in bars):
            after = any(bar.until == bar.finish for bar in bars if not bar.critical and not bar.summary)
            keys.append(Patch(color=charts.ACCENT, label="has float or comes after" if after else "has float"))
        if any(bar.summary for bar in bars):
            keys.append(Patch(color=charts.MUTED, alpha=0.45, label="several tasks"))
        if any(bar.until > bar.finish for bar in bars if not bar.summary):
            keys.append(Line2D([], [], color=charts.MUTED, linewidth=1.2, linestyle=":", label="float"))
        if any(bar.milestone for bar in bars):
            keys.append(Line2D([], [], color=charts.INK, marker="D", linestyle="", markersize=5, label="milestone"))
        if shaded:
            keys.append(Patch(color=charts.GRID, alpha=0.6, label=shaded))
        if beyond:
            keys.append(Line2D([], [], linestyle="", label=f"latest go-live {day_text(beyond)}: beyond this chart"))
        made.legend(handles=keys, loc="outside lower left", ncols=4, frameon=False, fontsize=8.5)
        return charts.svg(made)


def _bars(plan: Plan) -> list[Bar]:
    tasks = plan.output.tasks
    bars = [
        Bar(
            label=tasks[key].label,
            start=tasks[key].start,
            finish=tasks[key].finish,
            until=tasks[key].latest_finish,
            critical=tasks[key].critical,
            milestone=not tasks[key].duration,
        )
        for key in plan.shown
    ]
    shown = set(plan.shown)
    groups: dict[str, list[str]] = {}
    for key in plan.in_order:
        if key not in shown:
            groups.setdefault(tasks[key].owner or "no owner", []).append(key)
    largest = sorted(groups, key=lambda owner: (-len(groups[owner]), owner))[:_MOST_GROUPS]
    rest = [key for owner in groups if owner not in largest for key in groups[owner]]
    rows = [(owner, groups[owner]) for owner in largest] + ([("other owners", rest)] if rest else [])
    for owner, keys in rows:
        start, finish = min(tasks[key].start for key in keys), max(tasks[key].finish for key in keys)
        bars.append(Bar(f"{len(keys)} more: {owner}", start, finish, finish, summary=True))
    return bars


def _draw(axes: Any, y: int, bar: Bar, charts: Any) -> None:
    start, end = bar.start.toordinal(), bar.finish.toordinal() + 1
    color = charts.SECOND if bar.critical else charts.ACCENT
    if bar.summary:
        axes.barh(y, end - start, left=start, height=0.35, color=charts.MUTED, alpha=0.45, zorder=3)
        return
    if bar.until > bar.finish:
        axes.plot([end, bar.until.toordinal() + 1], [y, y], color=charts.MUTED, linewidth=1.2, linestyle=":", zorder=2)
    if bar.milestone:
        axes.plot([start + 0.5], [y], marker="D", markersize=6, color=color, zorder=4)
    else:
        axes.barh(y, end - start, left=start, height=0.62, color=color, zorder=3)


def _shade(plan: Plan, axes: Any, first: date, last: date, color: str) -> str:
    """Shade what is not worked, and say what that is; over a long time nothing, to stay readable."""
    when = plan.brief.schedule
    calendar = working_calendar(when.country, when.subdivision, when.weekend)
    days = (last - first).days + 1
    if days > _SHADED_DAYS:
        return ""
    runs: list[list[date]] = []
    for day in (first + timedelta(days=n) for n in range(days)):
        if calendar.is_working(day):
            continue
        if runs and runs[-1][-1] == day - timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        axes.axvspan(run[0].toordinal(), run[-1].toordinal() + 1, color=color, alpha=0.6, linewidth=0, zorder=0)
    return "weekend or holiday" if runs else ""


def _mark(plan: Plan, axes: Any, latest: date | None, charts: Any) -> None:
    """The go-live line and the line of the latest date, with their dates above the rows."""
    go_live = plan.output.go_live
    same = latest == go_live
    before = latest is None or go_live <= latest
    above = axes.get_xaxis_transform()
    at = go_live.toordinal() + 1
    axes.axvline(at, color=charts.SECOND, linewidth=1.4, zorder=5)
    axes.plot([at], [1.0], marker="D", markersize=6, color=charts.SECOND, transform=above, clip_on=False, zorder=6)
    what = "Go-live = latest date" if same else "Go-live"
    axes.text(
        at,
        1.01,
        f"{what} {day_text(go_live)}  " if before else f"  {what} {day_text(go_live)}",
        transform=above,
        ha="right" if before else "left",
        va="bottom",
        fontsize=8.5,
        color=charts.SECOND,
    )
    if latest is None or same:
        return
    at = latest.toordinal() + 1
    axes.axvline(at, color=charts.INK, linewidth=1.2, linestyle="--", zorder=5)
    axes.text(
        at,
        1.01,
        f" latest {day_text(latest)}" if before else f"latest {day_text(latest)} ",
        transform=above,
        ha="left" if before else "right",
        va="bottom",
        fontsize=8.5,
        color=charts.INK,
    )


def _finding(plan: Plan) -> str:
    out = plan.output
    made = f"Go-live on {day_text(out.go_live)}"
    if out.late_by:
        return f"{made}, {working_days_text(out.late_by)} after the latest date"
    if out.slack_to_latest is not None:
        return f"{made}, {working_days_text(out.slack_to_latest)} before the latest date"
    return f"{made}, after {working_days_text(out.working_days)} of work"


def _date_axis(axes: Any, first: date, last: date) -> None:
    """Ticks on Mondays, firsts of months, quarters or years, as many as fit."""
    weeks = -(-((last - first).days + 1) // 7)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if weeks <= 2 * _MOST_TICKS:
        monday = first - timedelta(days=first.weekday())
        step = 7 * -(-weeks // _MOST_TICKS)
        ticks, kind = [monday + timedelta(days=n) for n in range(0, 7 * weeks + 7, step)], "day"
    else:
        step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months <= s * _MOST_TICKS)
        count = first.year * 12 + first.month - 1
        count += -count % step
        ticks = [date(n // 12, n % 12 + 1, 1) for n in range(count, last.year * 12 + last.month, step)]
        kind = "month" if step < 12 else "year"
    ticks = [day for day in ticks if first <= day <= last] or [first]
    names = [tick_text(day, kind) for day in ticks]
    if kind == "day":
        years = [day.year for day in ticks]
        names = [
            f"{n}\n{y if i == 0 or years[i - 1] != y else ' '}"
            for i, (n, y) in enumerate(zip(names, years, strict=True))
        ]
    axes.set_xticks([day.toordinal() for day in ticks], names, ha="left", fontsize=8.5)


def _baseline(plan: Plan) -> str:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    from experts.core import charts

    out, currency = plan.output, plan.inputs.allocation.currency
    weeks = list(out.weeks.values())
    starts = [week.begins.toordinal() for week in weeks]
    bac, total = float(out.bac), float(out.total)
    with charts.figure(_WIDTH, 4.6, _spend_finding(plan)) as (made, axes):
        axes.bar(
            starts,
            [float(w.planned) for w in weeks],
            width=5.6,
            align="edge",
            color=charts.ACCENT,
            alpha=0.55,
            label="planned in the week",
        )
        axes.plot(
            [starts[0], *(start + 7 for start in starts)],
            [0.0, *(float(week.cumulative) for week in weeks)],
            color=charts.ACCENT,
            linewidth=2.2,
            label="cumulative planned value",
        )
        axes.axhline(bac, color=charts.INK, linewidth=1.1, linestyle="--")
        left = starts[0]
        text = f"budget at completion {money_text(out.bac, currency)}"
        words = {"textcoords": "offset points", "ha": "left", "fontsize": 8.5}
        axes.annotate(text, (left, bac), (4, -3), va="top", color=charts.INK, **words)
        if total > bac:
            axes.axhspan(bac, total, color=charts.SECOND, alpha=0.18, linewidth=0, label=_outside(plan))
            text = f"total budget {money_text(out.total, currency)}"
            axes.annotate(text, (left, total), (4, 3), va="bottom", color=charts.SECOND, **words)
        axes.set_xlim(left - 1, starts[-1] + 8)
        axes.set_ylim(0, (total or 1.0) * 1.1)
        _date_axis(axes, weeks[0].begins, weeks[-1].begins + timedelta(days=6))
        axes.yaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _: f"{value:,.10g}" if value < 10 else f"{value:,.0f}")
        )
        axes.set_ylabel(currency)
        axes.grid(axis="y", color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        made.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=8.5)
        return charts.svg(made)


def _outside(plan: Plan) -> str:
    out, currency = plan.output, plan.inputs.allocation.currency
    parts = [(out.reserve, "reserve"), (out.unallocated, "not allocated")]
    named = " and ".join(f"{what} {money_text(amount, currency)}" for amount, what in parts if amount)
    return f"{named}, outside the baseline"


def _spend_finding(plan: Plan) -> str:
    out, currency = plan.output, plan.inputs.allocation.currency
    if not out.bac:
        return "Nothing is planned to be spent"
    half = next(week.begins for week in out.weeks.values() if week.cumulative * 2 >= out.bac)
    return f"Half of {money_text(out.bac, currency)} is planned to be spent by {day_text(half + timedelta(days=6))}"
