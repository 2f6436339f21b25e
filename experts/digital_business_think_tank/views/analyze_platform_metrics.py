"""Shares of a platform with their intervals, and the open items of its checklist."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.analyze_platform_metrics import PlatformHealth
from experts.digital_business_think_tank.views._page import figure, grid, page, percent, words


def view(result: PlatformHealth, arguments: Mapping[str, Any]) -> View:
    """Title, intervals, shares and checklist."""
    by_name = {row.name: row for row in result.proportions}
    found = [
        f"{words(name).lower()} {percent(by_name[name].value)}"
        for name in ("seller_liquidity", "buyer_liquidity", "repeat_rate")
        if name in by_name
    ]
    if result.take_rate is not None:
        found.append(f"take rate {percent(result.take_rate)}")
    title = (
        f"{', '.join(found)}; " if found else ""
    ) + f"{result.open_items} of {len(result.checklist)} checklist items open"
    title = title[:1].upper() + title[1:]
    rows = [
        {"n": words(r.name), "v": percent(r.value), "l": percent(r.low), "h": percent(r.high), "of": r.of}
        for r in result.proportions
    ]
    extra = [("Take rate", None if result.take_rate is None else percent(result.take_rate))]
    extra += [("Value per buyer", None if result.value_per_buyer is None else figure(result.value_per_buyer))]
    extra += [("Buyers per seller", None if result.buyers_per_seller is None else figure(result.buyers_per_seller))]
    rows += [{"n": name, "v": value, "l": "", "h": "", "of": ""} for name, value in extra if value is not None]
    heads = {
        "n": ("Figure", "text"),
        "v": ("Value", "rate"),
        "l": ("Low", "rate"),
        "h": ("High", "rate"),
        "of": ("Of", "text"),
    }
    checks = [{"q": r.question, "a": r.answer} for r in sorted(result.checklist, key=lambda r: r.answer == "yes")]
    bodies = [grid("Figures, with 95 % intervals", heads, rows)] if rows else []
    bodies.append(grid("Checklist", {"q": ("Question", "text"), "a": ("Answer", "text")}, checks))
    if result.missing:
        bodies.append(
            grid("Not given", {"m": ("Figure and what it needs", "text")}, [{"m": text} for text in result.missing])
        )
    pictures = {"shares": (_intervals(result, title), title)} if result.proportions else {}
    return page(title, result, *bodies, pictures=pictures)


def _intervals(result: PlatformHealth, title: str) -> str:
    from experts.core import charts

    rows = list(reversed(result.proportions))
    with charts.figure(8.4, 1.7 + 0.5 * len(rows), title) as (made, axes):
        for at, row in enumerate(rows):
            axes.plot([float(row.low), float(row.high)], [at, at], color="#9CC3DC", linewidth=7, solid_capstyle="butt")
            axes.plot(float(row.value), at, marker="o", color=charts.ACCENT, markersize=8)
            axes.annotate(
                percent(row.value),
                (float(row.value), at),
                xytext=(0, 9),
                textcoords="offset points",
                ha="center",
                fontsize=9,
            )
        axes.set_yticks(range(len(rows)), [words(row.name) for row in rows])
        axes.tick_params(axis="y", length=0, labelcolor=charts.INK)
        axes.set_ylim(-0.6, len(rows) - 0.3)
        axes.set_xlim(-0.03, 1.03)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axes.set_xlabel("Share; bar: 95 % interval")
        axes.grid(axis="x", color=charts.GRID, linewidth=0.6)
        return charts.svg(made)
