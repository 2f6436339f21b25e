"""The operating characteristic of a sampling plan."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.plan_acceptance_sampling import SamplingPlan, chance
from experts.project_management.views._look import figure_of, in_percent, percent, tidy


def view(result: SamplingPlan, arguments: Mapping[str, Any]) -> View:
    """What to inspect, when to accept, and what the plan lets through."""
    what = f"all {result.sample_size}" if result.every_item else f"{result.sample_size} of {arguments['lot_size']:,}"
    kind = "" if result.inspection == "normal" else f", {result.inspection} inspection"
    title = f"Inspect {what}{kind}; accept up to {result.accept} nonconforming, refuse from {result.refuse}"
    if result.verdict:
        title += f": {arguments['found']} found, {result.verdict} the lot"
    rows = [{"share": percent(p.nonconforming, 2), "accepted": percent(p.accepted, 1)} for p in result.curve]
    figures = [
        ("Inspection", result.inspection),
        ("Code letter by lot size", result.first_letter),
        ("Code letter of the plan", result.letter),
        ("AQL, percent", figure_of(result.aql)),
        ("Lots accepted at the AQL", percent(result.accepted_at_aql, 1)),
        ("Nonconforming at which 95% of lots are accepted", percent(result.quality_95, 2)),
        ("Nonconforming at which 10% of lots are accepted", percent(result.quality_10, 2)),
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="oc-curve", title=title, alt=f"Operating characteristic curve. {title}."),
            grid(
                "The plan",
                {"name": ("Figure", "text"), "value": ("Value", "ratio")},
                [{"name": name, "value": value} for name, value in figures],
            ),
            grid(
                "Operating characteristic",
                {"share": ("Nonconforming", "ratio"), "accepted": ("Lots accepted", "ratio")},
                rows,
            ),
            grid("When to change", {"rule": ("Switching rule", "text")}, [{"rule": rule} for rule in result.switching]),
            *closing(result),
        ),
        pictures={"oc-curve": _curve(result, title)},
    )


def _curve(result: SamplingPlan, title: str) -> str:
    from experts.core.charts import ACCENT, INK, SECOND, figure, svg

    aql, most = float(result.aql) / 100, max(float(result.quality_10) * 1.6, float(result.aql) / 50)
    most = min(most, 1.0)
    xs = [most * step / 120 for step in range(121)]
    with figure(9, 4.6, title) as (made, axes):
        axes.plot(xs, [chance(result.sample_size, result.accept, x) for x in xs], color=ACCENT, linewidth=2.2)
        axes.axvline(aql, color=SECOND, linestyle="--", linewidth=1.2, label=f"AQL {figure_of(result.aql)}%")
        for share, level in ((result.quality_95, 0.95), (result.quality_10, 0.10)):
            axes.plot([float(share)], [level], marker="o", color=INK)
            axes.annotate(
                f"{level:.0%} accepted at {percent(share, 2)}", (float(share), level), xytext=(8, 6),
                textcoords="offset points", fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )  # fmt: skip
        axes.set_ylim(0, 1.05)
        axes.set_xlim(0, most)
        in_percent(axes.xaxis)
        in_percent(axes.yaxis)
        tidy(axes, "Nonconforming items of the process", "Lots accepted", 1)
        return svg(made)
