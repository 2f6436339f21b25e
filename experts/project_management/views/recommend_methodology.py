"""The drivers as a radar after Boehm and Turner, and the scores of the methodologies."""

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.recommend_methodology import Methodology
from experts.project_management.views._look import figure_of, percent

# Driver, what its outer end means, and whether a high score lies outside (plan-driven home ground).
_AXES = (
    ("requirements_change", "Stable requirements", False),
    ("novelty", "Done before", False),
    ("criticality", "Critical", True),
    ("regulation", "Regulated", True),
    ("size", "Large", True),
    ("team_experience", "New to iteration", False),
    ("culture", "Culture of order", False),
)


def view(result: Methodology, arguments: Mapping[str, Any]) -> View:
    """Recommendation, radar, scores and what would flip it."""
    best = result.candidates[result.recommended]
    title = f"{result.recommended.capitalize()} scores highest, {percent(best.score)} of its conditions, ahead by {percent(result.margin)}"
    scores = [
        {"name": name.capitalize(), "score": figure_of(one.score)}
        for name, one in sorted(result.candidates.items(), key=lambda item: -item[1].score)
    ]
    conditions = [
        {
            "name": name.capitalize(),
            "condition": condition.replace("_", " "),
            "holds": figure_of(one.holds),
            "weight": figure_of(one.weight),
        }
        for name, candidate in result.candidates.items()
        for condition, one in candidate.conditions.items()
    ]
    flips = [
        {
            "driver": name.replace("_", " "),
            "now": str(one.now),
            "other": str(one.would_be),
            "then": one.recommended.capitalize(),
        }
        for name, one in result.flips.items()
    ]
    bodies: list[Any] = [
        Picture(picture="radar", title=title, alt=f"Radar of the drivers. {title}."),
        grid("Scores", {"name": ("Methodology", "text"), "score": ("Score, 0 to 1", "ratio")}, scores),
    ]
    if flips:
        columns = {
            "driver": ("Driver", "text"),
            "now": ("Answer now", "count"),
            "other": ("With", "count"),
            "then": ("Advice would be", "text"),
        }
        bodies.append(grid("What would flip it", columns, flips))
    columns = {
        "name": ("Methodology", "text"),
        "condition": ("Condition", "text"),
        "holds": ("Holds, 0 to 1", "ratio"),
        "weight": ("Weight", "ratio"),
    }
    bodies.append(grid("Conditions and weights", columns, conditions))
    return View(
        title=title, blocks=document(*bodies, *closing(result)), pictures={"radar": _radar(result, arguments, title)}
    )


def _radar(result: Methodology, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, MUTED, figure, svg

    spokes = [axis for axis in _AXES if arguments.get(axis[0]) is not None]
    turn = [pi / 2 - 2 * pi * at / len(spokes) for at in range(len(spokes))]
    reach = [arguments[key] if outside else 6 - arguments[key] for key, _, outside in spokes]

    def ring(levels: list[float]) -> tuple[list[float], list[float]]:
        xs = [level * cos(angle) for level, angle in zip(levels, turn, strict=True)]
        ys = [level * sin(angle) for level, angle in zip(levels, turn, strict=True)]
        return [*xs, xs[0]], [*ys, ys[0]]

    with figure(9, 5.4, title) as (made, axes):
        for level in range(1, 6):
            axes.plot(*ring([float(level)] * len(spokes)), color=GRID, linewidth=0.9)
        for angle in turn:
            axes.plot([0, 5 * cos(angle)], [0, 5 * sin(angle)], color=GRID, linewidth=0.9)
        axes.fill(*ring([float(level) for level in reach]), color=ACCENT, alpha=0.22)
        axes.plot(*ring([float(level) for level in reach]), color=ACCENT, linewidth=2, marker="o")
        for angle, (key, end, _) in zip(turn, spokes, strict=True):
            side = "left" if cos(angle) > 0.1 else "right" if cos(angle) < -0.1 else "center"
            axes.text(
                5.35 * cos(angle), 5.45 * sin(angle), f"{end}\n{key.replace('_', ' ')}: {arguments[key]}", ha=side,
                va="center", fontsize=9.5, color=INK,
            )  # fmt: skip
        axes.text(
            0, -6.6, "Outside: home ground of plan-driven work. Centre: home ground of agile work.", ha="center",
            fontsize=9, color=MUTED,
        )  # fmt: skip
        axes.set_xlim(-9.5, 9.5)
        axes.set_ylim(-7.2, 6.4)
        axes.set_aspect("equal")
        axes.axis("off")
        return svg(made)
