"""Projects by cost and value: what is chosen, what is left, and the mix of horizons."""

import math
from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.select_innovation_portfolio import Portfolio
from experts.digital_business_think_tank.views._page import amount, figure, grid, page, percent, words

COLOURS = {"core": "#004E89", "adjacent": "#3F6B2A", "transformational": "#B5451B"}


def view(result: Portfolio, arguments: Mapping[str, Any]) -> View:
    """Title, bubbles, choices, mix, other budgets."""
    currency = str(arguments["currency"])
    title = f"{len(result.chosen)} of {len(result.choices)} projects bring {amount(result.value, currency)} for {amount(result.spent, currency)}; {amount(result.left, currency)} stays free"
    rows = [
        {
            "p": words(c.project),
            "c": figure(c.cost),
            "v": figure(c.value),
            "h": words(c.horizon),
            "d": "yes" if c.chosen else "no",
        }
        for c in result.choices
    ]
    heads = {
        "p": ("Project", "text"),
        "c": (f"Cost, {currency}", "money"),
        "v": ("Value", "money"),
        "h": ("Horizon", "text"),
        "d": ("Chosen", "text"),
    }
    mix = [
        {"h": words(m.horizon), "s": figure(m.spent), "p": percent(m.share), "t": percent(m.typical, 0)}
        for m in result.mix
    ]
    kinds = {
        "h": ("Horizon", "text"),
        "s": (f"Spent, {currency}", "money"),
        "p": ("Share", "rate"),
        "t": ("70/20/10", "rate"),
    }
    budgets = [
        {"b": figure(b.budget), "v": figure(b.value), "p": ", ".join(words(p) for p in b.projects) or "none"}
        for b in result.other_budgets
    ]
    others = {"b": (f"Budget, {currency}", "money"), "v": ("Value", "money"), "p": ("Projects", "text")}
    bodies = [grid("Projects", heads, rows), grid("Horizons", kinds, mix), grid("At other budgets", others, budgets)]
    return page(title, result, *bodies, pictures={"bubbles": (_bubbles(result, title, currency), title)})


def _bubbles(result: Portfolio, title: str, currency: str) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import thousands

    with charts.figure(8.4, 5.2, title) as (made, axes):
        ratio = [float(c.value / c.cost) if c.cost else 1.0 for c in result.choices]
        largest = max([abs(value) for value in ratio] + [1e-9])
        for choice, value in zip(result.choices, ratio, strict=True):
            colour = COLOURS[choice.horizon]
            size = 70 + 430 * math.sqrt(max(value, 0.0) / largest)
            axes.scatter(
                float(choice.cost),
                float(choice.value),
                s=size,
                color=colour if choice.chosen else "white",
                edgecolors=colour,
                linewidths=1.6,
                alpha=0.88 if choice.chosen else 0.7,
                zorder=3,
            )
        axes.margins(0.2, 0.16)
        made.canvas.draw()
        _labels(axes, result)
        axes.axhline(0, color=charts.MUTED, linewidth=0.8)
        axes.set_xlabel(f"Cost, {currency}")
        axes.set_ylabel(f"Value, {currency}; bubble size: value for cost")
        thousands(axes, "x")
        thousands(axes)
        handles = [axes.scatter([], [], color=colour, s=60, label=words(name)) for name, colour in COLOURS.items()]
        handles.append(axes.scatter([], [], color="white", edgecolors=charts.MUTED, s=60, label="not chosen"))
        made.legend(handles=handles, loc="outside lower left", ncols=4, frameon=False, fontsize=9)
        axes.grid(color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return charts.svg(made)


def _labels(axes: Any, result: Portfolio) -> None:
    """Names beside the bubbles; one that would cover another or a bubble is left to the table."""
    from experts.core import charts

    taken: list[tuple[float, float, float, float]] = []
    scale = axes.figure.dpi / 72
    points = [axes.transData.transform((float(c.cost), float(c.value))) for c in result.choices]
    reach = 11 * scale
    bubbles = [(x - reach, y - reach, x + reach, y + reach) for x, y in points]
    frame = axes.get_window_extent()
    order = sorted(range(len(points)), key=lambda at: (not result.choices[at].chosen, -result.choices[at].value, at))
    for at in order:
        name = charts.shorten(words(result.choices[at].project), 22)
        wide, high = len(name) * 6.2 * scale, 11 * scale
        x, y = points[at]
        for dx, dy, side in (
            (13, 0, "left"),
            (-13, 0, "right"),
            (0, 15, "center"),
            (0, -15, "center"),
            (-12, 12, "right"),
            (-12, -12, "right"),
            (12, 12, "left"),
            (12, -12, "left"),
        ):
            left = x + dx * scale - (wide if side == "right" else wide / 2 if side == "center" else 0)
            bottom = y + dy * scale - high / 2
            box = (left, bottom, left + wide, bottom + high)
            inside = box[0] >= frame.x0 and box[2] <= frame.x1 and box[1] >= frame.y0 and box[3] <= frame.y1
            others = [*taken, *(b for i, b in enumerate(bubbles) if i != at)]
            if inside and not any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in others):
                taken.append(box)
                axes.annotate(
                    name,
                    (float(result.choices[at].cost), float(result.choices[at].value)),
                    xytext=(dx, dy),
                    textcoords="offset points",
                    ha=side,
                    va="center",
                    fontsize=8.5,
                    color=charts.INK,
                    zorder=4,
                )
                break
