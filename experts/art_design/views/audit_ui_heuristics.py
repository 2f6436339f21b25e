"""The ranking of a heuristic evaluation: each problem's severity with the ratings behind it."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._letters import shorten
from experts.art_design.tools._scene import INK, LINE, MUTED, PANEL, Scene
from experts.art_design.tools.audit_ui_heuristics import HeuristicAudit
from experts.art_design.views._page import EDGE, INNER, counted, digits, foot, label, sheet, words
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_MOST = 25
_LEVELS = (
    (3.5, "#8A1C0E", "catastrophe"),
    (2.5, "#B5451B", "major"),
    (1.5, "#8F6500", "minor"),
    (0.5, "#52606D", "cosmetic"),
)


def view(result: HeuristicAudit, arguments: Mapping[str, Any]) -> View:
    """The ranking and the count by heuristic."""
    grave = sum(found.severity >= 3 for found in result.ranked)
    first = result.ranked[0]
    title = f"{grave} of {counted(len(result.ranked), 'problem is', 'problems are')} major or worse; “{words(first.id)}” comes first"
    rows = [
        {
            "rank": str(rank),
            "problem": words(found.id),
            "heuristic": found.heuristic,
            "mean": digits(found.severity),
            "worst": str(found.worst),
            "ratings": str(found.ratings),
            "note": "disputed" if found.disputed else "",
        }
        for rank, found in enumerate(result.ranked, 1)
    ]
    heads = {
        "rank": ("Rank", "count"),
        "problem": ("Problem", "text"),
        "heuristic": ("Heuristic", "text"),
        "mean": ("Mean severity", "ratio"),
        "worst": ("Worst", "count"),
        "ratings": ("Ratings", "count"),
        "note": ("", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="ranking", title=title, alt=f"Problems by mean severity, 0 to 4. {title}."),
            grid("Problems, most severe first", heads, rows),
            *closing(result),
        ),
        pictures={"ranking": _ranking(result, title, dict(arguments["problems"])).svg()},
    )


def _ranking(result: HeuristicAudit, title: str, given: dict[str, Any]) -> Scene:
    scene, y = sheet(title, "Bars: mean severity from 0 (none) to 4 (catastrophe). Dots: each evaluator's rating.")
    left, right = EDGE + 380, EDGE + INNER - 120
    step = (right - left) / 4
    shown = result.ranked[:_MOST]
    bottom = y + 22 + len(shown) * 52
    for level, name in enumerate(("none", "cosmetic", "minor", "major", "catastrophe")):
        scene.line(left + level * step, y + 14, left + level * step, bottom, LINE)
        scene.text(left + level * step, y + 4, f"{level} {name}", 10.5, MUTED, anchor="middle")
    y += 26
    for rank, found in enumerate(shown, 1):
        _, color, name = next(each for each in (*_LEVELS, (-1.0, "#7B8794", "none")) if found.severity >= each[0])
        scene.text(EDGE, y + 17, f"{rank}. {shorten(words(found.id), 13, 330, True)}", 13, INK, True)
        scene.text(EDGE, y + 34, shorten(found.heuristic, 10.5, 360), 10.5, MUTED)
        scene.rect(left, y + 6, max(2.0, float(found.severity) * step), 22, color, radius=3)
        counts: dict[int, int] = {}
        for rating in given[found.id].severities:
            at = counts[rating] = counts.get(rating, 0) + 1
            scene.circle(left + rating * step + (at - 1) * 9, y + 36, 3.5, INK)
        scene.text(right + 28, y + 22, digits(found.severity), 14, INK, True)
        scene.text(right + 28, y + 38, "disputed" if found.disputed else name, 10, MUTED)
        y += 52
    if len(result.ranked) > _MOST:
        scene.text(EDGE, y + 10, f"{len(result.ranked) - _MOST} less severe problems are in the table.", 11, MUTED)
        y += 20
    y = label(scene, y + 28, "Problems by heuristic")
    for at, (heuristic, count) in enumerate(result.by_heuristic.items()):
        x, top = EDGE + at % 2 * (INNER / 2), y + at // 2 * 34
        scene.rect(x, top - 16, 34, 26, "#EADCF0" if count else PANEL, radius=6)
        scene.text(x + 17, top + 2, str(count), 13, INK, bool(count), "middle")
        scene.text(x + 46, top + 2, shorten(heuristic, 12, INNER / 2 - 60), 12, INK if count else MUTED)
    foot(
        scene,
        y + 5 * 34 + 6,
        "Nielsen's ten heuristics (1994). No finding under a heuristic does not mean that it is met.",
    )
    return scene
