"""The price sensitivity meter, or demand and revenue by price."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.analyze_pricing import PriceAnalysis
from experts.marketing_sales.views._look import number, percent


def view(result: PriceAnalysis, arguments: Mapping[str, Any]) -> View:
    """The chart of the method, and its figures."""
    return _meter(result, arguments) if result.answers_used is not None else _demand(result)


def _meter(result: PriceAnalysis, arguments: Mapping[str, Any]) -> View:
    from experts.core.charts import GRID, INK, SERIES, figure, svg

    low, high = result.marginal_cheapness, result.marginal_expensiveness
    title = (
        f"Acceptable prices run from {number(low)} to {number(high)}" if low and high else "The curves do not all meet"
    )
    if result.optimal_price is not None:
        title += f"; too cheap and too expensive balance at {number(result.optimal_price)}"
    good = [a for a in arguments["answers"] if a[0] < a[1] < a[2] < a[3]]
    prices = sorted({price for a in good for price in a})
    with figure(7.4, 4.6, title) as (made, axes):
        for at, label in enumerate(("Too cheap", "Cheap", "Expensive", "Too expensive")):
            named = sorted(a[at] for a in good)
            shares = [
                (len(named) - bisect_left(named, price) if at < 2 else bisect_right(named, price)) / len(named)
                for price in prices
            ]
            style = "-" if at in (0, 3) else "--"
            axes.plot([float(p) for p in prices], shares, color=SERIES[at], linestyle=style, linewidth=1.8, label=label)
        if low is not None and high is not None:
            axes.axvspan(float(low), float(high), color=GRID, alpha=0.6, linewidth=0)
        if result.optimal_price is not None:
            axes.axvline(float(result.optimal_price), color=INK, linewidth=1, linestyle=":")
        axes.set_xlabel("Price (shaded: acceptable range; dotted: optimal price point)")
        axes.set_ylabel("Share of answers")
        axes.set_ylim(0, 1.02)
        axes.grid(color=GRID, linewidth=0.6)
        axes.legend(frameon=False, fontsize=9, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.15))
        picture = svg(made)
    pairs = [
        ("Marginal cheapness", number(low)),
        ("Optimal price point", number(result.optimal_price)),
        ("Indifference price", number(result.indifference_price)),
        ("Marginal expensiveness", number(high)),
        ("Answers used", number(result.answers_used, 0)),
        ("Answers left out", number(result.answers_left_out, 0)),
    ]
    rows = [{"figure": name, "value": value} for name, value in pairs if value]
    return View(
        title=title,
        blocks=document(
            Picture(picture="meter", title=title, alt=f"Price sensitivity meter. {title}."),
            grid("Points", {"figure": ("Point", "text"), "value": ("Price or count", "ratio")}, rows),
            *closing(result),
        ),
        pictures={"meter": picture},
    )


def _demand(result: PriceAnalysis) -> View:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    best = result.best_profit_price if result.best_profit_price is not None else result.best_revenue_price
    kind = "profit" if result.best_profit_price is not None else "revenue"
    title = f"Of the prices asked, {number(best)} brings the most {kind}"
    xs = [float(row.price) for row in result.rows]
    with figure(7.2, 4.0, title) as (made, axes):
        axes.plot(xs, [float(row.revenue) for row in result.rows], color=ACCENT, marker="o", label="Revenue")
        if result.best_profit_price is not None:
            axes.plot(xs, [float(row.profit or 0) for row in result.rows], color=SECOND, marker="s", label="Profit")
        axes.axvline(float(best or Decimal(0)), color=GRID, linewidth=6, zorder=0)
        axes.set_xlabel("Price")
        axes.set_ylabel("Money" if result.rows[0].share is None else "Money per hundred asked")
        axes.set_ylim(bottom=min(0.0, *(float(row.profit or 0) for row in result.rows)) * 1.1)
        axes.grid(color=GRID, linewidth=0.6)
        axes.legend(frameon=False, fontsize=9, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.15))
        picture = svg(made)
    rows = [
        {
            "price": number(row.price),
            "quantity": number(row.quantity),
            "share": percent(row.share),
            "elasticity": number(row.elasticity),
            "revenue": number(row.revenue),
            "profit": number(row.profit),
        }
        for row in result.rows
    ]
    heads = {
        "price": ("Price", "money"),
        "quantity": ("Quantity", "count"),
        "share": ("Would buy", "rate"),
        "elasticity": ("Elasticity from the price before", "ratio"),
        "revenue": ("Revenue", "money"),
        "profit": ("Profit", "money"),
    }
    shown = {key: head for key, head in heads.items() if any(row[key] for row in rows)}
    return View(
        title=title,
        blocks=document(
            Picture(picture="demand", title=title, alt=f"Revenue and profit by price. {title}."),
            grid("Prices", shown, [{key: row[key] for key in shown} for row in rows]),
            *closing(result),
        ),
        pictures={"demand": picture},
    )
