"""The metrics with their formulas, and what is missing for the others."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.compute_startup_metrics import Metric, StartupMetrics
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import amount, figure, grid, page, percent, words

SHORT = {
    "nrr": "Net revenue retention",
    "grr": "Gross revenue retention",
    "cac": "Acquisition cost",
    "cac_payback": "CAC payback",
    "rule_of_40": "Growth + margin",
}


def view(result: StartupMetrics, arguments: Mapping[str, Any]) -> View:
    """Title, cards, formulas, what is missing."""
    runway = "" if result.runway_months is None else f"Runway of {figure(result.runway_months, 1)} months; "
    title = f"{runway}{len(result.metrics)} of {len(result.metrics) + len(result.missing)} metrics computed"
    rows = [{"m": _name(m.name), "v": _said(m), "f": m.formula} for m in result.metrics]
    bodies = (
        [grid("Metrics", {"m": ("Metric", "text"), "v": ("Value", "ratio"), "f": ("Formula", "text")}, rows)]
        if rows
        else []
    )
    if result.missing:
        gaps = [
            {"m": _name(name), "n": ", ".join(words(need).lower() for need in needs)}
            for name, needs in result.missing.items()
        ]
        bodies.append(grid("Not computed", {"m": ("Metric", "text"), "n": ("Needs", "text")}, gaps))
    pictures = {"metrics": (_cards(result, title), title)} if rows else {}
    return page(title, result, *bodies, pictures=pictures)


def _name(name: str) -> str:
    return SHORT.get(name, words(name))


def _said(metric: Metric) -> str:
    if metric.unit == "rate":
        return percent(metric.value)
    if metric.unit == "months":
        return f"{figure(metric.value, 1)} months"
    return figure(metric.value) if metric.unit == "ratio" else amount(metric.value, metric.unit)


def _cards(result: StartupMetrics, title: str) -> str:
    lines = (len(result.metrics) + 3) // 4
    drawing = svg.Drawing(860, 90 + 108 * lines + 10, title)
    top = drawing.heading(title, "Formulas are in the table; no benchmark is applied")
    for at, metric in enumerate(result.metrics):
        x, y = 24 + (at % 4) * 204, top + 8 + (at // 4) * 108
        drawing.rect(x, y, 192, 94, svg.TINTS[svg.NAVY], svg.LINE, 6)
        drawing.text(x + 14, y + 24, svg.shorten(_name(metric.name), 11, 166), 11, svg.MUTED)
        drawing.text(x + 14, y + 56, svg.shorten(_said(metric), 19, 168, True), 19, svg.NAVY, bold=True)
        drawing.lines(x + 14, y + 74, metric.formula, 168, 2, 8.5, svg.MUTED)
    return drawing.svg()
