"""Thirteen weeks of cash as a chart, a table and a workbook whose balances are formulas."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.finance_accountant.tools.forecast_cash_flow import CashForecast
from experts.finance_accountant.views._look import currency_of, money, money_axis


def view(result: CashForecast, arguments: Mapping[str, Any]) -> View:
    """Closing balances against the minimum, with the case in which receipts come late."""
    currency, least = currency_of(arguments), arguments.get("minimum_cash") or Decimal(0)
    if result.first_below_minimum:
        title = f"Cash falls below the minimum in the week of {result.first_below_minimum}"
    elif result.first_below_minimum_slow:
        title = f"Cash holds, unless customers pay late: then it is short from {result.first_below_minimum_slow}"
    else:
        title = f"Cash stays above the minimum; the lowest is {money(result.lowest, currency)} {currency}"
    columns = {
        "week": ("Week of", "text"),
        "receipts": ("Receipts", "money"),
        "payments": ("Payments", "money"),
        "closing": ("Closing", "money"),
        "slow": ("Closing, slow case", "money"),
    }
    rows = [
        {
            "week": f"{week.start}",
            "receipts": money(week.receipts, currency),
            "payments": money(week.payments, currency),
            "closing": money(week.closing, currency),
            "slow": money(week.closing_slow, currency),
        }
        for week in result.weeks
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="cash", title=title, alt=f"Closing cash by week. {title}."),
            grid(f"Thirteen-week cash forecast, {currency}", columns, rows),
            *closing(result),
        ),
        pictures={"cash": _chart(result, title, currency, least)},
        files={"cash-forecast.xlsx": _book(result, arguments, currency, least)},
    )


def _chart(result: CashForecast, title: str, currency: str, least: Decimal) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    weeks = range(len(result.weeks))
    with figure(9, 4.6, title) as (made, axes):
        axes.bar(weeks, [float(w.receipts) for w in result.weeks], color="#A9C5DC", label="Receipts")
        axes.bar(weeks, [-float(w.payments) for w in result.weeks], color="#E3BBA9", label="Payments")
        axes.plot(weeks, [float(w.closing) for w in result.weeks], color=ACCENT, marker="o", label="Closing cash")
        slow = [float(w.closing_slow) for w in result.weeks]
        axes.plot(weeks, slow, color=SECOND, linestyle="--", label="If customers pay late")
        axes.axhline(
            float(least), color="#A4371E", linewidth=1, linestyle=":", label=f"Minimum {money(least, currency)}"
        )
        axes.axhline(0, color=GRID, linewidth=1)
        axes.set_xticks(list(weeks), [f"{w.start:%d %b}" for w in result.weeks])
        axes.set_xlabel("Week beginning")
        axes.set_ylabel(currency)
        money_axis(axes.yaxis)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, ncols=5, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.17))
        return svg(made)


def _book(result: CashForecast, arguments: Mapping[str, Any], currency: str, least: Decimal) -> bytes:
    rows: list[tuple[Cell, ...]] = []
    opening = arguments["opening_cash"]
    for at, week in enumerate(result.weeks):
        row = FIRST_ROW + at
        start: Cell = opening if at == 0 else Formula(f"=E{row - 1}", result.weeks[at - 1].closing)
        room = week.closing - least
        rows.append(
            (
                week.start,
                start,
                week.receipts,
                week.payments,
                Formula(f"=B{row}+C{row}-D{row}", week.closing),
                Formula(f"=E{row}-$H${FIRST_ROW}", room),
                week.closing_slow,
                least if at == 0 else None,
            )
        )
    columns = (
        ("Week of", "date", 12),
        ("Opening", "money", 15),
        ("Receipts", "money", 15),
        ("Payments", "money", 15),
        ("Closing", "money", 15),
        ("Above minimum", "money", 15),
        ("Closing, slow case", "money", 15),
        ("Minimum cash", "money", 14),
    )
    inputs = frozenset({(0, 1), (0, 7)} | {(at, column) for at in range(len(rows)) for column in (2, 3)})
    items: tuple[tuple[Cell, ...], ...] = tuple(
        (key.replace("_", " "), item.kind, item.amount, item.due, item.days_late, item.every_weeks or None)
        for key, item in arguments["items"].items()
    )
    return workbook(
        Grid(
            "Cash forecast",
            f"Thirteen-week cash forecast, {currency}",
            columns,
            tuple(rows),
            note="Blue cells are inputs; balances are formulas.",
            inputs=inputs,
        ),
        Grid(
            "Items",
            "What the forecast rests on",
            (
                ("Item", "text", 30),
                ("Kind", "text", 10),
                ("Amount", "money", 15),
                ("Due", "date", 12),
                ("Days late", "count", 10),
                ("Every weeks", "count", 10),
            ),
            items,
        ),
    )
