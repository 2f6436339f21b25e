"""The readout of a test: the difference with its interval against no difference."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.analyze_ab_test import ABTestResult
from experts.marketing_sales.views._look import number, percent


def view(result: ABTestResult, arguments: Mapping[str, Any]) -> View:
    """Interval chart and the figures."""
    if result.srm:
        title = "The split of visitors is not as planned: do not trust this result before the fault is found"
    elif result.significant:
        (winner, ahead), (loser, behind) = ("B", result.rate_b), ("A", result.rate_a)
        if result.difference < 0:
            (winner, ahead), (loser, behind) = (loser, behind), (winner, ahead)
        title = f"{winner} beats {loser}: {percent(ahead, 2)} against {percent(behind, 2)}"
        if result.fisher_p_value >= result.p_value_needed:
            title = (
                f"{winner} is ahead of {loser}, {percent(ahead, 2)} against {percent(behind, 2)}, by the z test but not by "
                "Fisher's exact test"
            )
    else:
        title = f"No difference shown: B {percent(result.rate_b, 2)}, A {percent(result.rate_a, 2)}"
    pairs = [
        ("Rate of A", percent(result.rate_a, 3)),
        ("Rate of B", percent(result.rate_b, 3)),
        ("Difference, B less A", percent(result.difference, 3)),
        ("Interval of the difference", f"{percent(result.difference_low, 3)} to {percent(result.difference_high, 3)}"),
        ("Lift", percent(result.lift)),
        ("p-value, z test", number(result.p_value, 4)),
        ("p-value, Fisher", number(result.fisher_p_value, 4)),
        ("p-value needed", number(result.p_value_needed, 4)),
        ("Chance that B is better (uniform priors)", percent(result.chance_b_better)),
        ("Split check, p-value", number(result.srm_p_value, 4)),
    ]
    rows = [{"figure": name, "value": value} for name, value in pairs if value]
    return View(
        title=title,
        blocks=document(
            Picture(picture="difference", title=title, alt=f"Difference of the rates with its interval. {title}."),
            grid("Figures", {"figure": ("Figure", "text"), "value": ("Value", "ratio")}, rows),
            *closing(result),
        ),
        pictures={"difference": _chart(result, arguments, title)},
    )


def _chart(result: ABTestResult, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, MUTED, figure, svg

    low, mid, high = (float(v) * 100 for v in (result.difference_low, result.difference, result.difference_high))
    with figure(7.2, 2.6, title) as (made, axes):
        axes.plot([low, high], [0, 0], color=ACCENT, linewidth=4, solid_capstyle="round")
        axes.plot([mid], [0], "o", color=ACCENT, markersize=9)
        axes.axvline(0, color=INK, linewidth=1)
        for value, side in ((low, "right"), (high, "left")):
            axes.annotate(
                f"{value:+.2f}",
                (value, 0),
                (-8 if side == "right" else 8, -4),
                textcoords="offset points",
                ha=side,
                color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        axes.annotate(f"{mid:+.2f}", (mid, 0), (0, 10), textcoords="offset points", ha="center", color=INK)
        span = max(high, 0.0) - min(low, 0.0) or 1.0
        axes.set_xlim(min(low, 0.0) - 0.2 * span, max(high, 0.0) + 0.2 * span)
        axes.set_ylim(-1, 1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        level = float(arguments.get("confidence") or 0.95)
        axes.set_xlabel(f"B less A, percentage points, with {level:.4g} interval", color=MUTED)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        return svg(made)
