"""The bridge from budgeted to actual profit, and the variances by line."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.compare_budget_to_actual import BudgetComparison
from experts.finance_accountant.views._look import bounds, currency_of, money, money_axis, percent, signed, words

_SHOWN = 12


def view(result: BudgetComparison, arguments: Mapping[str, Any]) -> View:
    """Waterfall of profit, then every line with its verdict."""
    currency = currency_of(arguments)
    gap = result.profit_variance
    if gap:
        title = f"Profit is {money(abs(gap), currency)} {currency} {'above' if gap > 0 else 'below'} budget"
    else:
        title = "Profit is on budget"
    columns = {
        "line": ("Line", "text"),
        "budget": ("Budget", "money"),
        "flexed": ("Flexed", "money"),
        "actual": ("Actual", "money"),
        "variance": ("Variance", "money"),
        "percent": ("%", "rate"),
        "verdict": ("Verdict", "text"),
    }
    rows = [
        {
            "line": words(key) + (" *" if one.review else ""),
            "budget": money(one.budget, currency),
            "flexed": money(one.flexed, currency),
            "actual": money(one.actual, currency),
            "variance": signed(one.variance, currency),
            "percent": percent(one.percent),
            "verdict": one.verdict,
        }
        for key, one in result.lines.items()
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="waterfall", title=title, alt=f"Bridge from budgeted to actual profit. {title}."),
            grid(f"Budget against actual, {currency}", columns, rows, note="* above the limit for review"),
            *closing(result),
        ),
        pictures={"waterfall": _waterfall(result, arguments, title, currency)},
    )


def _waterfall(result: BudgetComparison, arguments: Mapping[str, Any], title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, figure, shorten, svg

    effects = [
        (words(key), one.variance if arguments["lines"][key].kind == "revenue" else -one.variance)
        for key, one in result.lines.items()
    ]
    effects = sorted((item for item in effects if item[1]), key=lambda item: -abs(item[1]))
    rest = sum((amount for _, amount in effects[_SHOWN:]), Decimal(0))
    effects = effects[:_SHOWN] + ([("All other lines", rest)] if rest else [])
    labels = ["Budget profit", *(shorten(name, 30) for name, _ in effects), "Actual profit"]
    with figure(9, 1.7 + 0.38 * len(labels), title) as (made, axes):
        running = result.budget_profit
        ends = [running, result.actual_profit]
        axes.barh(0, float(running), color=ACCENT, height=0.62)
        _label(axes, float(max(running, Decimal(0))), 0, money(running, currency))
        for at, (_, amount) in enumerate(effects, 1):
            color = "#2E6B34" if amount > 0 else "#A4371E"
            axes.barh(at, float(amount), left=float(running), color=color, height=0.62)
            running += amount
            ends.append(running)
            _label(axes, float(max(running, running - amount)), at, signed(amount, currency))
        last = len(labels) - 1
        axes.barh(last, float(result.actual_profit), color=ACCENT, height=0.62)
        _label(axes, float(max(result.actual_profit, Decimal(0))), last, money(result.actual_profit, currency))
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.axvline(0, color=GRID, linewidth=1)
        bounds(axes, ends)
        axes.set_xlabel(f"Profit, {currency}")
        money_axis(axes.xaxis)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)


def _label(axes: Any, x: float, y: int, said: str) -> None:
    axes.annotate(said, (x, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
