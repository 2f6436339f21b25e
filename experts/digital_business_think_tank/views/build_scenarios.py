"""Scenarios as a 2 x 2 of uncertainties, or by outcome with their weights."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.build_scenarios import ScenarioSet
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import amount, figure, grid, page, percent, words


def view(result: ScenarioSet, arguments: Mapping[str, Any]) -> View:
    """Title, matrix when there are two axes and at most four scenarios, outcomes, stories."""
    row = result.outcomes[0]
    turn = (
        ""
        if row.weight_that_breaks is None
        else f"; below the threshold if {words(row.worst_scenario).lower()} weighs over {percent(row.weight_that_breaks, 0)}"
    )
    title = f"{words(row.outcome)}: {amount(row.expected)} expected, {amount(row.low)} to {amount(row.high)} over {len(result.weights)} scenarios{turn}"
    given = arguments["scenarios"]
    spreads = [
        {
            "o": words(r.outcome),
            "e": figure(r.expected),
            "l": figure(r.low),
            "h": figure(r.high),
            "s": figure(r.standard_deviation),
            "b": percent(r.chance_below),
            "w": "" if r.weight_that_breaks is None else percent(r.weight_that_breaks),
        }
        for r in result.outcomes
    ]
    heads = {
        "o": ("Outcome", "text"),
        "e": ("Expected", "ratio"),
        "l": ("Lowest", "ratio"),
        "h": ("Highest", "ratio"),
        "s": ("Standard deviation", "ratio"),
        "b": ("Weight below threshold", "rate"),
        "w": ("Breaks at weight of the worst", "rate"),
    }
    stories = [
        {
            "n": words(key),
            "w": percent(item.weight),
            "story": item.story,
            "sign": item.signpost or "none: nobody will notice",
        }
        for key, item in given.items()
    ]
    names = {
        "n": ("Scenario", "text"),
        "w": ("Weight", "rate"),
        "story": ("Story", "text"),
        "sign": ("Signpost", "text"),
    }
    pictures = {"outcomes": (_outcomes(result, given, title), title)}
    if result.axes:
        pictures = {"matrix": (_matrix(result, given, title), title), **pictures}
    return page(title, result, grid("Outcomes", heads, spreads), grid("Scenarios", names, stories), pictures=pictures)


def _matrix(result: ScenarioSet, given: Mapping[str, Any], title: str) -> str:
    drawing = svg.Drawing(860, 560, title)
    top = drawing.heading(title, "Two uncertainties; arrows point to more of each") + 4
    left, wide, high = 64.0, 374.0, (520 - top) / 2
    for at, (key, item) in enumerate(given.items()):
        column, row = ((1, 0), (1, 1), (0, 0), (0, 1))[at]  # both high is up on the right
        x, y = left + column * (wide + 10), top + row * (high + 10)
        tint = list(svg.TINTS.values())[at]
        drawing.rect(x, y, wide, high, tint, svg.LINE, 6)
        drawing.text(x + 16, y + 28, svg.shorten(words(key), 15, wide - 110, True), 15, svg.INK, bold=True)
        drawing.text(x + wide - 16, y + 28, percent(item.weight, 0), 15, svg.NAVY, "end", bold=True)
        base = drawing.lines(x + 16, y + 50, item.story or "(no story)", wide - 32, 4, 11)
        for name, value in list(item.outcomes.items())[:3]:
            base = drawing.lines(
                x + 16, base + 3, f"{words(name)}: {amount(value)}", wide - 32, 1, 11, svg.NAVY, bold=True
            )
        sign = f"Signpost: {item.signpost}" if item.signpost else "No signpost"
        drawing.lines(x + 16, min(base + 4, y + high - 26), sign, wide - 32, 2, 10.5, svg.MUTED)
    drawing.arrow(left, 540, left + 2 * wide + 10, 540)
    drawing.text(left + wide + 5, 555, svg.shorten(result.axes[0], 11, 600), 11, svg.MUTED, "middle")
    drawing.arrow(50, top + 2 * high + 10, 50, top)
    drawing.turned(36, top + high + 5, svg.shorten(result.axes[1], 11, 2 * high), -90, 11, svg.MUTED)
    return drawing.svg()


def _outcomes(result: ScenarioSet, given: Mapping[str, Any], title: str) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import thousands

    row = result.outcomes[0]
    keys = sorted(given, key=lambda key: given[key].outcomes[row.outcome])
    with charts.figure(8.4, 1.7 + 0.5 * len(keys), title) as (made, axes):
        values = [float(given[key].outcomes[row.outcome]) for key in keys]
        axes.barh(
            range(len(keys)),
            values,
            color=[charts.SECOND if value < 0 else charts.ACCENT for value in values],
            height=[0.2 + 0.7 * float(given[key].weight) for key in keys],
        )
        axes.axvline(float(row.expected), color=charts.INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate(
            "expected",
            (float(row.expected), 1),
            xycoords=("data", "axes fraction"),
            xytext=(4, 3),
            textcoords="offset points",
            fontsize=9,
            color=charts.MUTED,
        )
        axes.axvline(0, color=charts.MUTED, linewidth=0.8)
        axes.set_yticks(
            range(len(keys)), [f"{charts.shorten(words(key), 26)} ({percent(given[key].weight, 0)})" for key in keys]
        )
        axes.tick_params(axis="y", length=0, labelcolor=charts.INK)
        axes.set_xlabel(f"{words(row.outcome)}; thickness: weight")
        thousands(axes, "x")
        return charts.svg(made)
