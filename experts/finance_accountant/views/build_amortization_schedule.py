"""A loan as a balance chart, a schedule and a workbook whose balances are formulas."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.finance_accountant.tools.build_amortization_schedule import Amortization
from experts.finance_accountant.views._look import currency_of, money, money_axis
from experts.finance_accountant.views._schedules import every, legend_below, shortened


def view(result: Amortization, arguments: Mapping[str, Any]) -> View:
    """What the loan costs, and the balance over time."""
    currency = currency_of(arguments)
    title = f"{result.number_of_payments} payments of {money(result.payment, currency)} {currency} cost {money(result.total_interest, currency)} of interest"
    if result.payments_saved:
        title += f"; paying extra saves {money(result.interest_saved, currency)} and {result.payments_saved} payments"
    by_year = arguments.get("rows") == "year"
    columns = {
        "number": ("Year" if by_year else "Payment", "count"),
        "paid": ("Paid", "money"),
        "interest": ("Interest", "money"),
        "principal": ("Principal", "money"),
        "balance": ("Balance", "money"),
    }
    rows = [
        {
            "number": str(row.number),
            "paid": money(row.payment, currency),
            "interest": money(row.interest, currency),
            "principal": money(row.principal, currency),
            "balance": money(row.balance, currency),
        }
        for row in result.rows
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="balance", title=title, alt=f"Balance over time. {title}."),
            grid(f"Schedule, {currency}", columns, shortened(rows, list(columns))),
            *closing(result),
        ),
        pictures={"balance": _chart(result, arguments, title, currency, by_year)},
        files={"loan-schedule.xlsx": _book(result, arguments, currency, by_year)},
    )


def _chart(result: Amortization, arguments: Mapping[str, Any], title: str, currency: str, by_year: bool) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    numbers = [0, *(row.number for row in result.rows)]
    balance = [float(arguments["principal"]), *(float(row.balance) for row in result.rows)]
    paid, total = [0.0], 0.0
    for row in result.rows:
        total += float(row.interest)
        paid.append(total)
    with figure(9, 4.4, title) as (made, axes):
        axes.fill_between(numbers, balance, color="#A9C5DC")
        axes.plot(numbers, balance, color=ACCENT, label="Balance")
        axes.plot(numbers, paid, color=SECOND, label="Interest paid so far")
        axes.set_xlim(0, numbers[-1])
        axes.set_ylim(0)
        axes.set_xticks(numbers[:: every(len(numbers))])
        axes.set_xlabel("Year of the loan" if by_year else "Payment")
        axes.set_ylabel(currency)
        money_axis(axes.yaxis)
        axes.grid(color=GRID, linewidth=0.6)
        legend_below(axes, 2)
        return svg(made)


def _book(result: Amortization, arguments: Mapping[str, Any], currency: str, by_year: bool) -> bytes:
    rows: list[tuple[Cell, ...]] = []
    for at, row in enumerate(result.rows):
        place = FIRST_ROW + at
        before = f"$G${FIRST_ROW}" if at == 0 else f"E{place - 1}"
        rows.append(
            (
                row.number,
                row.payment,
                row.interest,
                Formula(f"=B{place}-C{place}", row.principal),
                Formula(f"={before}-D{place}", row.balance),
                None,
                arguments["principal"] if at == 0 else None,
            )
        )
    last = FIRST_ROW + len(rows) - 1
    rows.append(
        (
            "Total",
            Formula(f"=SUM(B{FIRST_ROW}:B{last})", result.total_paid),
            Formula(f"=SUM(C{FIRST_ROW}:C{last})", result.total_interest),
            Formula(f"=SUM(D{FIRST_ROW}:D{last})", arguments["principal"]),
            None,
            None,
            None,
        )
    )
    columns = (
        ("Year" if by_year else "Payment", "count", 10),
        ("Paid", "money", 16),
        ("Interest", "money", 16),
        ("Principal", "money", 16),
        ("Balance", "money", 16),
        ("", "text", 4),
        ("Amount lent", "money", 16),
    )
    sheet = Grid(
        "Schedule",
        f"Loan schedule, {currency}",
        columns,
        tuple(rows),
        note=result.method[:120],
        bold=frozenset({len(rows) - 1}),
        inputs=frozenset({(0, 6)}),
    )
    return workbook(sheet)
