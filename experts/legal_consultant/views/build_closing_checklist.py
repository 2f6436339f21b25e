"""A closing checklist to work from: by phase, with boxes, on a time line, and as a calendar."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools._ics import Entry, calendar
from experts.legal_consultant.tools.build_closing_checklist import ClosingChecklist

_PHASES = {
    "before_signing": "Before signing",
    "signing": "At signing",
    "between": "Between signing and closing",
    "closing": "At closing",
    "after": "After closing",
}
_OWNERS = ("buyer", "seller", "company", "both")
_MARKS = ("o", "s", "^", "D")


def view(result: ClosingChecklist, arguments: Mapping[str, Any]) -> View:
    """The time line, then a table a phase with an empty box in front of each item."""
    deal = result.deal.replace("_", " ")
    title = f"{len(result.items)} items from {result.items[0].due} to {result.items[-1].due} for the {deal}"
    columns = {
        "done": ("Done", "text"),
        "due": ("Due", "text"),
        "item": ("Item", "text"),
        "owner": ("Who", "text"),
        "source": ("Source", "text"),
    }
    tables = []
    for phase, label in _PHASES.items():
        rows = [
            {"done": "☐", "due": str(item.due), "item": item.item, "owner": item.owner, "source": item.source}
            for item in result.items
            if item.phase == phase
        ]
        if rows:
            tables.append(grid(label, columns, rows))
    entries = [Entry(item.item, item.due, f"{item.owner}; {item.source}") for item in result.items]
    return View(
        title=title,
        subtitle=f"{result.notice} {result.jurisdiction}",
        blocks=document(
            Picture(picture="timeline", title=title, alt=f"Items of the checklist by day and phase. {title}."),
            *tables,
            *closing(result),
        ),
        pictures={"timeline": _timeline(result, arguments, title)},
        files={"closing.ics": calendar(f"Closing: {deal}", entries, result.as_of)},
    )


def _timeline(result: ClosingChecklist, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import INK, MUTED, SERIES, figure, svg

    phases = [phase for phase in _PHASES if any(item.phase == phase for item in result.items)]
    levels = _levels(result)
    with figure(9.2, 5.6, title) as (made, axes):
        for owner, mark, colour in zip(_OWNERS, _MARKS, SERIES, strict=False):
            theirs = [at for at, item in enumerate(result.items) if item.owner == owner]
            days = [result.items[at].due for at in theirs]
            lanes = [len(phases) - 1 - phases.index(result.items[at].phase) for at in theirs]
            heights = [lane - 0.3 + 0.15 * levels[at] for lane, at in zip(lanes, theirs, strict=True)]
            if days:
                axes.plot(days, heights, mark, color=colour, markersize=6, linestyle="none", label=owner)
        marks = {"signing": arguments["signing"], "closing": arguments["closing"]}
        if marks["signing"] == marks["closing"]:
            marks = {"signing and closing": arguments["signing"]}
        for (name, day), side in zip(marks.items(), ("right", "left"), strict=False):
            axes.axvline(day, color=MUTED, linestyle="--", linewidth=1)
            axes.text(
                day, 1.01, f" {name} {day} ", transform=axes.get_xaxis_transform(), ha=side, va="bottom", color=INK
            )
        for edge in range(1, len(phases)):
            axes.axhline(edge - 0.5, color=MUTED, linewidth=0.5, alpha=0.4)
        axes.set_yticks(range(len(phases)))
        axes.set_yticklabels([_PHASES[phase] for phase in reversed(phases)])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(-0.5, len(phases) - 0.5)
        axes.set_xlabel("Due day")
        axes.tick_params(axis="x", rotation=30)
        made.legend(loc="outside lower center", ncols=4, frameon=False)
        return svg(made)


def _levels(result: ClosingChecklist) -> list[int]:
    """How high each item stands in its lane: items too near to each other do not cover each other."""
    days = [item.due for item in result.items]
    apart = max(1, round((max(days) - min(days)).days * 0.02))
    last: dict[tuple[str, int], Any] = {}
    levels = []
    for item in result.items:
        level = 0
        while level < 5 and (item.phase, level) in last and (item.due - last[item.phase, level]).days < apart:
            level += 1
        last[item.phase, level] = item.due
        levels.append(level)
    return levels
