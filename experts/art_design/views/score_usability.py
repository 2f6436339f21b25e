"""Scores of a usability test with their intervals."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools.score_usability import UsabilityScores
from experts.art_design.views._page import counted, digits, words
from experts.core.blocks import Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid

_MOST = 20


def view(result: UsabilityScores, arguments: Mapping[str, Any]) -> View:
    """Each score with its interval on its own scale."""
    level = f"{plain(arguments['confidence'] * 100)}%"
    parts = []
    if result.sus:
        parts.append(f"SUS {digits(result.sus.mean, 1)} of 100 from {counted(result.sus.people, 'person', 'people')}")
    if result.tasks:
        low = min(result.tasks, key=lambda key: result.tasks[key].rate)
        parts.append(f"{words(low)} is completed by {digits(result.tasks[low].rate * 100, 0)}%")
    if result.seq and not parts:
        hard = min(result.seq, key=lambda key: result.seq[key].mean)
        parts.append(f"{words(hard)} is hardest, ease {digits(result.seq[hard].mean, 1)} of 7")
    title = "; ".join(parts)
    scores = [("System usability (0-100)", result.sus)] if result.sus else []
    scores += [(f"{words(key)}, ease (1-7)", each) for key, each in result.seq.items()]
    rows = [
        {"name": name, "n": str(each.people), "mean": digits(each.mean), "low": _or(each.low), "high": _or(each.high)}
        for name, each in scores
        if each
    ]
    rows += [
        {
            "name": f"{words(key)}, completion %",
            "n": str(each.attempts),
            "mean": digits(each.rate * 100, 1),
            "low": digits(each.low * 100, 1),
            "high": digits(each.high * 100, 1),
        }
        for key, each in result.tasks.items()
    ]
    heads = {
        "name": ("Measure", "text"),
        "n": ("People", "count"),
        "mean": ("Score", "ratio"),
        "low": (f"{level} from", "ratio"),
        "high": ("to", "ratio"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="scores", title=title, alt=f"Scores with {level} intervals. {title}."),
            grid("Scores", heads, rows),
            *closing(result),
        ),
        pictures={"scores": _chart(result, title, level)},
    )


def _or(value: Any) -> str:
    return "" if value is None else digits(value)


def _chart(result: UsabilityScores, title: str, level: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, SECOND, THIRD, figure, shorten, svg

    def share(value: Any, least: int, most: int) -> float | None:
        return None if value is None else float((value - least) / (most - least) * 100)

    lines: list[tuple[str, float, float | None, float | None, str, str]] = []
    if result.sus:
        s = result.sus
        lines.append((f"SUS, n={s.people}", float(s.mean), share(s.low, 0, 100), share(s.high, 0, 100), digits(s.mean, 1), ACCENT))  # fmt: skip
    for key, each in list(result.seq.items())[:_MOST]:
        at = share(each.mean, 1, 7) or 0.0
        lines.append((f"{shorten(words(key), 24)}, ease, n={each.people}", at, share(each.low, 1, 7), share(each.high, 1, 7), f"{digits(each.mean, 1)} of 7", SECOND))  # fmt: skip
    for key, task in list(result.tasks.items())[:_MOST]:
        lines.append((f"{shorten(words(key), 24)}, done, n={task.attempts}", float(task.rate * 100), float(task.low * 100), float(task.high * 100), f"{digits(task.rate * 100, 0)}%", THIRD))  # fmt: skip
    with figure(9, 1.7 + 0.5 * len(lines), title) as (made, axes):
        for at, (_, mean, low, high, said, color) in enumerate(lines):
            if low is not None and high is not None:
                axes.plot([low, high], [at, at], color=color, linewidth=6, alpha=0.35, solid_capstyle="round")
            axes.plot([mean], [at], marker="o", markersize=9, color=color, linestyle="none")
            axes.annotate(
                said, (mean, at), xytext=(0, 9), textcoords="offset points", ha="center", fontsize=9, color=INK
            )
        axes.set_yticks(range(len(lines)), [line[0] for line in lines])
        axes.set_ylim(len(lines) - 0.4, -0.8)
        axes.set_xlim(-3, 103)
        axes.set_xlabel(f"Share of the scale, % (SUS 0-100, ease 1-7, completion 0-100%); bars are {level} intervals")
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)
