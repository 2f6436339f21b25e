"""The Gantt chart in pages that can be read, and a workbook whose bars move with its dates."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.build_gantt_schedule import Bar, GanttSchedule
from experts.project_management.views._gantt_book import gantt_book
from experts.project_management.views._look import days, on, percent

ROWS, MOST_PAGES = 45, 8


def view(result: GanttSchedule, arguments: Mapping[str, Any]) -> View:
    """Dated bars in pages of 45 tasks, the critical path, and the table."""
    title = f"Work ends on {on(result.finish)} after {days(result.working_days)}"
    if result.slack_to_latest is not None:
        gap = result.slack_to_latest
        title += (
            f", {days(abs(gap))} {'before' if gap > 0 else 'after'} the latest date" if gap else ", on the latest date"
        )
    bars = list(result.bars.values())
    pages = [bars[at : at + ROWS] for at in range(0, len(bars), ROWS)][:MOST_PAGES]
    drawn = sum(map(len, pages))
    names = ["gantt"] if len(pages) == 1 else [f"gantt-{number}" for number in range(1, len(pages) + 1)]
    pictures = {}
    for number, (name, page) in enumerate(zip(names, pages, strict=True), 1):
        said = title if len(pages) == 1 else f"{title} (page {number} of {len(pages)})"
        pictures[name] = _chart(result, page, said, arguments.get("latest"))
    rows = [
        {
            "task": bar.label,
            "owner": bar.owner,
            "start": f"{bar.start}",
            "finish": f"{bar.finish}",
            "days": str(bar.duration),
            "float": str(bar.total_float),
            "path": "critical" if bar.critical else "",
            "done": percent(bar.done),
        }
        for bar in bars
    ]
    columns = {
        "task": ("Task", "text"),
        "owner": ("Owner", "text"),
        "start": ("Start", "text"),
        "finish": ("Finish", "text"),
        "days": ("Days", "count"),
        "float": ("Float", "count"),
        "path": ("Path", "text"),
        "done": ("Done", "ratio"),
    }
    return View(
        title=title,
        subtitle=f"Working calendar {result.place}; critical: {_path(result)}",
        blocks=document(
            *(Picture(picture=name, title=title, alt=f"Gantt chart. {title}.") for name in pictures),
            grid("Tasks", columns, rows, "" if drawn == len(bars) else f"The first {drawn} tasks are drawn."),
            *closing(result),
        ),
        pictures=pictures,
        files={"gantt.xlsx": gantt_book(result, title)},
    )


def _path(result: GanttSchedule) -> str:
    keys = result.critical_path
    return ", ".join(keys if len(keys) <= 8 else [*keys[:4], "…", *keys[-3:]])


def _chart(result: GanttSchedule, bars: list[Bar], title: str, latest: date | None) -> str:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from experts.core.charts import ACCENT, GRID, INK, MUTED, SECOND, figure, shorten, svg

    locator: Any = AutoDateLocator
    formatter: Any = ConciseDateFormatter
    one = timedelta(days=1)
    first = min(bar.start for bar in bars)
    last = max(bar.finish for bar in bars) + one
    if len(bars) == len(result.bars):  # all on one page: with all float and the latest date
        last = max([last - one, *(bar.late_finish for bar in bars), *([latest] if latest else [])]) + one
    with figure(11, 1.7 + 0.27 * max(len(bars), 4), title) as (made, axes):
        for at, bar in enumerate(bars):
            color = SECOND if bar.critical else ACCENT
            start, end = _at(bar.start), _at(bar.finish + one)
            if bar.milestone:
                axes.plot([start + 0.5], [at], marker="D", color=color, markersize=6, zorder=4)
            else:
                axes.barh(at, end - start, left=start, height=0.62, color=color, zorder=3)
                if bar.done:
                    axes.barh(at, (end - start) * float(bar.done), left=start, height=0.2, color=INK, zorder=4)
            if bar.late_finish > bar.finish:
                till = _at(bar.late_finish + one)
                axes.plot([end, till], [at, at], color=MUTED, linestyle=":", linewidth=1.4, zorder=2)
        if (last - first).days <= 150:
            day = first - timedelta(days=first.weekday())
            while day < last:
                axes.axvspan(_at(day + 5 * one), _at(day + 7 * one), color=GRID, alpha=0.35, linewidth=0, zorder=0)
                day += 7 * one
        for off in result.holidays.values():
            axes.axvspan(_at(off.date), _at(off.date + one), color="#F3D9A4", alpha=0.6, linewidth=0, zorder=1)
        if latest and first <= latest < last:
            axes.axvline(_at(latest + one), color=INK, linestyle="--", linewidth=1.3, zorder=5)
        axes.set_yticks(range(len(bars)), [shorten(bar.label, 42) for bar in bars], fontsize=9, color=INK)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(bars) - 0.4, -0.7)
        axes.set_xlim(_at(first), max(_at(last), _at(first) + 5))
        ticks = locator(minticks=4, maxticks=11)
        axes.xaxis.set_major_locator(ticks)
        axes.xaxis.set_major_formatter(formatter(ticks))
        axes.grid(axis="x", color=GRID, linewidth=0.6, zorder=0)
        keys: list[Any] = [Patch(color=SECOND, label="critical"), Patch(color=ACCENT, label="has float")]
        keys.append(Line2D([], [], color=MUTED, linestyle=":", label="float"))
        if any(bar.milestone for bar in bars):
            keys.append(Line2D([], [], color=INK, marker="D", linestyle="", label="milestone"))
        if any(bar.done for bar in bars):
            keys.append(Patch(color=INK, label="done"))
        if result.holidays:
            keys.append(Patch(color="#F3D9A4", label="public holiday"))
        if latest and first <= latest < last:
            keys.append(Line2D([], [], color=INK, linestyle="--", label="latest date"))
        made.legend(handles=keys, loc="outside lower center", frameon=False, ncols=7, fontsize=9)
        return svg(made)


def _at(day: date) -> float:
    """A day on matplotlib's axis, which counts from 1970."""
    return float((day - date(1970, 1, 1)).days)
