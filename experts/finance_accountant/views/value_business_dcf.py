"""The football field: ranges of equity value by discounted cash flow and by peers' multiples."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.value_business_dcf import BusinessValue
from experts.finance_accountant.views._look import bounds, currency_of, money, money_axis, number, percent, words


def view(result: BusinessValue, arguments: Mapping[str, Any]) -> View:
    """Ranges first, then the grid of WACC and growth."""
    currency = currency_of(arguments)
    title = f"Equity is worth {money(result.equity_low, currency)} to {money(result.equity_high, currency)} {currency} by cash flow"
    pairs = [
        ("Present value of the forecast", money(result.present_value_of_flows, currency)),
        ("Present value after it", money(result.present_value_of_terminal, currency)),
        ("Share after the forecast", percent(result.terminal_share)),
        ("Enterprise value", money(result.enterprise_value, currency)),
        ("Net debt", money(arguments["net_debt"], currency)),
        ("Equity value", money(result.equity_value, currency)),
    ]
    growths = sorted({cell.growth for cell in result.grid})
    columns = {
        "wacc": ("WACC", "rate"),
        **{str(at): (f"g {percent(growth, 2)}", "money") for at, growth in enumerate(growths)},
    }
    rows = []
    for wacc in sorted({cell.wacc for cell in result.grid}):
        found = {cell.growth: money(cell.equity, currency) for cell in result.grid if cell.wacc == wacc}
        rows.append({"wacc": percent(wacc, 2), **{str(at): found.get(growth, "") for at, growth in enumerate(growths)}})
    tables = [
        grid(
            f"Figures, {currency}",
            {"name": ("Figure", "text"), "value": ("Value", "money")},
            [{"name": n, "value": v} for n, v in pairs if v],
        ),
        grid(f"Equity value by WACC and growth, {currency}", columns, rows),
    ]
    if result.multiples:
        heads = {
            "metric": ("Metric", "text"),
            "peers": ("Peers", "count"),
            "multiple": ("Multiple, quartiles", "ratio"),
            "low": ("Low", "money"),
            "median": ("Median", "money"),
            "high": ("High", "money"),
        }
        compared = [
            {
                "metric": words(key),
                "peers": str(one.peers),
                "multiple": f"{number(one.multiple_low)} / {number(one.multiple_median)} / {number(one.multiple_high)}",
                "low": money(one.equity_low, currency),
                "median": money(one.equity_median, currency),
                "high": money(one.equity_high, currency),
            }
            for key, one in result.multiples.items()
        ]
        tables.append(grid(f"Equity value by peers' multiples, {currency}", heads, compared))
    return View(
        title=title,
        blocks=document(
            Picture(picture="football_field", title=title, alt=f"Ranges of equity value by method. {title}."),
            *tables,
            *closing(result),
        ),
        pictures={"football_field": _field(result, title, currency)},
    )


def _field(result: BusinessValue, title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, SECOND, figure, shorten, svg

    bars = [("Discounted cash flow", result.equity_low, result.equity_value, result.equity_high, ACCENT)]
    for key, one in result.multiples.items():
        bars.append((f"{shorten(words(key), 22)} multiple", one.equity_low, one.equity_median, one.equity_high, SECOND))
    with figure(9, 1.9 + 0.6 * len(bars), title) as (made, axes):
        for at, (_, low, middle, high, color) in enumerate(bars):
            axes.barh(at, float(high - low), left=float(low), color=color, height=0.5)
            axes.plot([float(middle)] * 2, [at - 0.25, at + 0.25], color="white", linewidth=2)
            _mark(axes, low, at, -5, "right", currency)
            _mark(axes, high, at, 5, "left", currency)
        axes.set_yticks(range(len(bars)), [name for name, *_ in bars])
        axes.set_ylim(len(bars) - 0.5, -0.5)
        bounds(axes, [value for bar in bars for value in (bar[1], bar[3])], 0.28, 0.28, zero=False)
        axes.axvline(0, color=INK, linewidth=0.8) if min(bar[1] for bar in bars) < 0 else None
        axes.set_xlabel(f"Equity value, {currency}; white: base case or median")
        money_axis(axes.xaxis)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)


def _mark(axes: Any, value: Decimal, at: int, aside: int, side: str, currency: str) -> None:
    axes.annotate(
        money(value, currency),
        (float(value), at),
        xytext=(aside, 0),
        textcoords="offset points",
        va="center",
        ha=side,
        fontsize=9,
    )
