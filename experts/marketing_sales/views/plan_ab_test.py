"""The power curve of a planned test: how likely it sees the difference, by visitors per variant."""

import math
from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.plan_ab_test import ABTestPlan
from experts.marketing_sales.views._look import number, percent


def view(result: ABTestPlan, arguments: Mapping[str, Any]) -> View:
    """Power curve and the plan's figures."""
    title = (
        f"{result.sample_per_variant:,} visitors a variant tell {percent(result.detect_rate, 2)} from "
        f"{percent(result.baseline_rate, 2)}"
    )
    if result.run_weeks is not None:
        title += f"; run {result.run_weeks} whole week{'s' if result.run_weeks != 1 else ''}"
    pairs = [
        ("Rate today", percent(result.baseline_rate, 2)),
        ("Rate to detect", percent(result.detect_rate, 2)),
        ("Relative change", percent(result.lift)),
        ("Variants", str(result.variants)),
        ("Visitors a variant", f"{result.sample_per_variant:,}"),
        ("Visitors in all", f"{result.sample_total:,}"),
        ("Days at this traffic", number(result.days, 0)),
        ("Days to run, whole weeks", number(result.run_days, 0)),
    ]
    rows = [{"figure": name, "value": value} for name, value in pairs if value]
    return View(
        title=title,
        blocks=document(
            Picture(picture="power", title=title, alt=f"Power by visitors per variant. {title}."),
            grid("Plan", {"figure": ("Figure", "text"), "value": ("Value", "ratio")}, rows),
            *closing(result),
        ),
        pictures={"power": _curve(result, title)},
    )


def power_at(result: ABTestPlan, n: float) -> float:
    """Power with n visitors a variant, by the approximation that the plan's method solved for n."""
    p1, p2, z = float(result.baseline_rate), float(result.detect_rate), float(result.z_significance)
    gap, mean = abs(p1 - p2), (p1 + p2) / 2
    if "arcsine" in result.method:
        h = abs(2 * math.asin(math.sqrt(p2)) - 2 * math.asin(math.sqrt(p1)))
        return NormalDist().cdf(h * math.sqrt(n / 2) - z)
    root = math.sqrt(n)
    if "with continuity" in result.method:
        root = max(0.0, root - 1 / (gap * root))
    spread = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return NormalDist().cdf((gap * root - z * math.sqrt(2 * mean * (1 - mean))) / spread)


def _curve(result: ABTestPlan, title: str) -> str:
    from matplotlib.ticker import FuncFormatter

    from experts.core.charts import ACCENT, GRID, INK, SECOND, figure, svg
    from experts.marketing_sales.views._look import compact

    n = result.sample_per_variant
    xs = [max(1.0, n * at / 50) for at in range(1, 101)]
    reached = power_at(result, n)
    with figure(7.2, 4.2, title) as (made, axes):
        axes.plot(xs, [power_at(result, x) for x in xs], color=ACCENT, linewidth=2)
        axes.plot([n, n], [0, reached], color=SECOND, linewidth=1, linestyle="--")
        axes.plot([0, n], [reached, reached], color=SECOND, linewidth=1, linestyle="--")
        axes.plot([n], [reached], "o", color=SECOND)
        axes.annotate(
            f"{n:,} visitors: power {reached:.0%}", (n, reached), (8, -18), textcoords="offset points", color=INK
        )
        axes.set_xlabel("Visitors per variant")
        axes.set_ylabel("Chance to see the difference")
        axes.set_ylim(0, 1.03)
        axes.set_xlim(0, max(xs))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: compact(value)))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
        axes.grid(color=GRID, linewidth=0.6)
        return svg(made)
