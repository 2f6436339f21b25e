"""The risk heat map, and the reserve by confidence."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.project_management.tools.analyze_risk_register import RiskAnalysis
from experts.project_management.views._look import figure_of, grouped, in_percent, percent, tidy
from experts.project_management.views._svg import INK, MUTED, Canvas, cut, lines_of

_TINT = {"high": "#F3B8AE", "moderate": "#F8E0A3", "low": "#CFE5CF"}
_CHANCES = ("0–10%", "10–30%", "30–50%", "50–70%", "over 70%")
CELL_W, CELL_H, LISTED = 116, 74, 24


def view(result: RiskAnalysis, arguments: Mapping[str, Any]) -> View:
    """Heat map before responses, the ranked register, and the reserve curve."""
    high = sum(one.rating == "high" for one in result.risks.values())
    confidence = percent(arguments["confidence"])
    title = (
        f"{high} of {len(result.risks)} risks rate high; a reserve of {figure_of(result.contingency_at_confidence)} suffices "
        f"with {confidence}"
    )
    rows = [
        {
            "rank": str(one.rank),
            "risk": key,
            "chance": percent(arguments["risks"][key].probability, 1),
            "impact": figure_of(arguments["risks"][key].impact),
            "emv": figure_of(one.emv),
            "left": figure_of(one.residual_emv),
            "benefit": figure_of(one.response_benefit) if one.response_benefit is not None else "",
            "rating": one.rating,
        }
        for key, one in result.risks.items()
    ]
    columns = {
        "rank": ("Rank", "count"),
        "risk": ("Risk", "text"),
        "chance": ("Probability", "ratio"),
        "impact": ("Impact", "money"),
        "emv": ("EMV", "money"),
        "left": ("EMV after response", "money"),
        "benefit": ("Response worth, net", "money"),
        "rating": ("Rating", "text"),
    }
    reserve = [{"level": key.upper(), "amount": figure_of(value)} for key, value in result.reserve_curve.items()]
    said = f"The sum of expected values, {figure_of(result.residual_emv)}, covers {percent(result.covered_by_emv)}"
    return View(
        title=title,
        blocks=document(
            Picture(picture="heat-map", title=title, alt=f"Probability-impact matrix. {title}."),
            grid("Risks by size of expected value", columns, rows),
            Picture(picture="reserve", title=said, alt=f"Reserve by confidence. {said}."),
            grid(
                "Reserve by confidence", {"level": ("Confidence", "text"), "amount": ("Covers up to", "money")}, reserve
            ),
            *closing(result),
        ),
        pictures={"heat-map": _map(result, title), "reserve": _reserve(result, arguments, said)},
    )


def _map(result: RiskAnalysis, title: str) -> str:
    left, list_x = 110, 110 + 5 * CELL_W + 30
    canvas = Canvas(list_x + 250, 200 + max(5 * CELL_H, 18 * LISTED), title)
    top = canvas.top + 6
    for chance in range(1, 6):
        y = top + (5 - chance) * CELL_H
        canvas.text(left - 10, y + CELL_H / 2 + 4, _CHANCES[chance - 1], 10.5, MUTED, anchor="end")
        for impact in range(1, 6):
            score = chance * impact
            fill = _TINT["high" if score >= 15 else "moderate" if score >= 5 else "low"]
            x = left + (impact - 1) * CELL_W
            canvas.box(x, y, CELL_W, CELL_H, fill, "#FFFFFF", 2)
            here = [
                one.rank
                for one in result.risks.values()
                if (one.probability_level, one.impact_level) == (chance, impact)
            ]
            text = "  ".join(map(str, here[:14])) + (f"  +{len(here) - 14}" if len(here) > 14 else "")
            for number, line in enumerate(lines_of(text, 13, CELL_W - 16, 3, True)):
                canvas.text(x + 8, y + 22 + 18 * number, line, 13, INK, True)
    edges = [figure_of(edge) for edge in result.impact_levels]
    names = [f"to {edges[0]}", *(f"to {edge}" for edge in edges[1:]), f"over {edges[-1]}"]
    bottom = top + 5 * CELL_H
    for number, name in enumerate(names):
        middle = left + number * CELL_W + CELL_W / 2
        canvas.text(middle, bottom + 17, cut(name, 10.5, CELL_W - 4), 10.5, MUTED, anchor="middle")
    canvas.text(left + 2.5 * CELL_W, bottom + 38, "Impact, absolute amount", 11, INK, anchor="middle")
    canvas.text(20, top - 6, "Probability", 11, INK)
    for number, (key, one) in enumerate(list(result.risks.items())[:LISTED]):
        name = cut(f"{one.rank}  {key.replace('_', ' ')}", 11, 225)
        canvas.text(list_x, top + 14 + 18 * number, name, 11, INK)
    if len(result.risks) > LISTED:
        y = top + 14 + 18 * LISTED
        canvas.text(list_x, y, f"and {len(result.risks) - LISTED} more in the table", 11, MUTED)
    return canvas.svg(max(bottom + 56, top + 18 * min(len(result.risks), LISTED + 1) + 24))


def _reserve(result: RiskAnalysis, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, INK, MUTED, SECOND, figure, svg

    xs = [float(value) for value in result.reserve_curve.values()]
    ys = [int(key[1:]) / 100 for key in result.reserve_curve]
    with figure(9, 4.4, title) as (made, axes):
        axes.step(xs, ys, where="post", color=ACCENT, linewidth=2, label="Total cost of risks")
        axes.axvline(float(result.residual_emv), color=MUTED, linestyle="--", label="Sum of expected values")
        axes.plot(
            [float(result.contingency_at_confidence)], [float(arguments["confidence"])], marker="D", color=SECOND,
            linestyle="", markersize=8, label="Reserve at the confidence asked",
        )  # fmt: skip
        axes.axvline(0, color=INK, linewidth=0.7)
        axes.set_ylim(0, 1.04)
        in_percent(axes.yaxis)
        grouped(axes.xaxis)
        tidy(axes, "Amount after responses", "Chance that it suffices", 3)
        return svg(made)
