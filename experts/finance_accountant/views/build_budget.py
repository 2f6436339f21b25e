"""The budget as a chart, a document and a workbook whose months are formulas over its inputs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.finance_accountant.tools.build_budget import Budget
from experts.finance_accountant.views._look import currency_of, money, money_axis, percent, words

_MONTHS = "BCDEFGHIJKLM"


def view(result: Budget, arguments: Mapping[str, Any]) -> View:
    """Months and totals by line, the flexible budget, and the chart of the year."""
    currency = currency_of(arguments)
    kept = "earns" if result.total_profit >= 0 else "loses"
    title = f"The budget {kept} {money(abs(result.total_profit), currency)} {currency} on revenue of {money(result.total_revenue, currency)}"
    quarters = {f"q{at}": (f"Q{at}", "money") for at in range(1, 5)}
    columns = {"line": (f"Line, {currency}", "text"), **quarters, "total": ("Year", "money")}
    rows = [_quarters(words(key), one.months, one.total, currency) for key, one in result.lines.items()]
    rows.append(_quarters("Profit", result.profit, result.total_profit, currency))
    flexed = [
        {
            "activity": percent(level.activity, 0),
            "revenue": money(level.revenue, currency),
            "variable": money(level.variable_cost, currency),
            "fixed": money(level.fixed_cost, currency),
            "profit": money(level.profit, currency),
        }
        for level in result.flexible
    ]
    heads = {
        "activity": ("Activity", "rate"),
        "revenue": ("Revenue", "money"),
        "variable": ("Variable cost", "money"),
        "fixed": ("Fixed cost", "money"),
        "profit": ("Profit", "money"),
    }
    return View(
        title=title,
        subtitle=f"{result.months[0]:%B %Y} to {result.months[-1]:%B %Y}",
        blocks=document(
            Picture(picture="budget", title=title, alt=f"Monthly revenue, cost and profit. {title}."),
            grid("Budget by quarter", columns, rows),
            grid("Flexible budget, the year", heads, flexed),
            *closing(result),
        ),
        pictures={"budget": _chart(result, title, currency)},
        files={"budget.xlsx": _book(result, arguments, currency)},
    )


def _quarters(label: str, months: list[Decimal], total: Decimal, currency: str) -> dict[str, str]:
    parts = {f"q{at + 1}": money(sum(months[3 * at : 3 * at + 3], Decimal(0)), currency) for at in range(4)}
    return {"line": label, **parts, "total": money(total, currency)}


def _chart(result: Budget, title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, THIRD, figure, svg

    places = range(12)
    with figure(9, 4.6, title) as (made, axes):
        axes.bar([at - 0.2 for at in places], [float(x) for x in result.revenue], 0.38, color=ACCENT, label="Revenue")
        axes.bar([at + 0.2 for at in places], [float(x) for x in result.cost], 0.38, color=SECOND, label="Cost")
        axes.plot(places, [float(x) for x in result.profit], color=THIRD, marker="o", label="Profit")
        axes.axhline(0, color=GRID, linewidth=1)
        axes.set_xticks(
            list(places),
            [
                f"{month:%b}\n{month:%Y}" if month.month == 1 or at == 0 else f"{month:%b}"
                for at, month in enumerate(result.months)
            ],
        )
        axes.set_ylabel(f"{currency} a month")
        money_axis(axes.yaxis)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.12))
        return svg(made)


def _book(result: Budget, arguments: Mapping[str, Any], currency: str) -> bytes:
    """Sheets: inputs by line, drivers by month, and the budget as formulas over both."""
    specs, drivers = arguments["lines"], arguments.get("drivers") or {}
    keys, names = list(specs), list(drivers)
    inputs: list[tuple[Cell, ...]] = [
        (words(key), spec.kind, spec.amount, spec.growth, words(spec.driver) if spec.driver else "")
        for key, spec in specs.items()
    ]
    volumes: list[tuple[Cell, ...]] = [(words(name), *drivers[name]) for name in names]
    places = 0 if currency in ("JPY", "KRW") else 2
    rows: list[tuple[Cell, ...]] = []
    for kind in ("revenue", "cost"):
        first = FIRST_ROW + len(rows)
        for key in (key for key in keys if specs[key].kind == kind):
            rows.append(_months(key, keys, names, specs, result, FIRST_ROW + len(rows), places))
        sums = result.revenue if kind == "revenue" else result.cost
        last = FIRST_ROW + len(rows) - 1
        cells = [
            Formula(f"=SUM({column}{first}:{column}{last})" if last >= first else "=0", amount)
            for column, amount in zip(_MONTHS, sums, strict=True)
        ]
        end = FIRST_ROW + len(rows)
        rows.append((f"Total {kind}", *cells, Formula(f"=SUM(B{end}:M{end})", sum(sums, Decimal(0)))))
    revenue_row = FIRST_ROW + sum(1 for key in keys if specs[key].kind == "revenue")
    cost_row = FIRST_ROW + len(rows) - 1
    cells = [
        Formula(f"={c}{revenue_row}-{c}{cost_row}", amount) for c, amount in zip(_MONTHS, result.profit, strict=True)
    ]
    rows.append(("Profit", *cells, Formula(f"=N{revenue_row}-N{cost_row}", result.total_profit)))
    bold = frozenset({revenue_row - FIRST_ROW, cost_row - FIRST_ROW, len(rows) - 1})
    heads = tuple((f"{month:%b %Y}", "money", 13) for month in result.months)
    sheets = [
        Grid(
            "Budget",
            f"Budget, {currency}",
            (("Line", "text", 30), *heads, ("Year", "money", 15)),
            tuple(rows),
            note="Every month is a formula over the sheets Lines and Drivers.",
            bold=bold,
        ),
        Grid(
            "Lines",
            "What the budget rests on",
            (
                ("Line", "text", 30),
                ("Kind", "text", 10),
                ("Amount", "ratio", 14),
                ("Growth a month", "rate", 12),
                ("Driver", "text", 20),
            ),
            tuple(inputs),
            note="Blue cells are inputs. Amount: a month, or per unit of the driver.",
            inputs=frozenset((row, column) for row in range(len(inputs)) for column in (2, 3)),
        ),
    ]
    if volumes:
        volume_heads = tuple((f"{month:%b %Y}", "count", 11) for month in result.months)
        sheets.append(
            Grid(
                "Drivers",
                "Volumes a month",
                (("Driver", "text", 24), *volume_heads),
                tuple(volumes),
                inputs=frozenset((row, column) for row in range(len(volumes)) for column in range(1, 13)),
            )
        )
    return workbook(*sheets)


def _months(
    key: str, keys: list[str], names: list[str], specs: Any, result: Budget, row: int, places: int
) -> tuple[Cell, ...]:
    at = FIRST_ROW + keys.index(key)
    cells: list[Cell] = [words(key)]
    for month, (column, amount) in enumerate(zip(_MONTHS, result.lines[key].months, strict=True)):
        driver = specs[key].driver
        volume = f"*Drivers!{column}{FIRST_ROW + names.index(driver)}" if driver else ""
        cells.append(Formula(f"=ROUND(Lines!$C${at}*(1+Lines!$D${at})^{month}{volume},{places})", amount))
    return (*cells, Formula(f"=SUM(B{row}:M{row})", result.lines[key].total))
