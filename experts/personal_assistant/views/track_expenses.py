"""An expense report as a document and as a workbook whose amounts are formulas."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import ItemList
from experts.core.money import minor_units
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.personal_assistant.tools.track_expenses import ExpenseReport


def view(result: ExpenseReport, arguments: Mapping[str, Any]) -> View:
    """Totals by category, then what approval must look at."""
    del arguments
    title = f"Expenses of {plain(result.total)} {result.currency}; {len(result.breaches)} policy breaches, {len(result.duplicates)} suspected duplicates"
    rows = [{"what": key, "amount": plain(value)} for key, value in result.by_category.items()]
    rows.append({"what": "Total", "amount": plain(result.total)})
    parts: list[Any] = [
        grid(f"By category, {result.currency}", {"what": ("Category", "text"), "amount": ("Amount", "money")}, rows)
    ]
    if result.per_diem:
        parts.append(_per_diem(result))
    if result.breaches:
        parts.append(ItemList(title="Breaches of policy", items=result.breaches))
    if result.duplicates:
        parts.append(ItemList(title="Suspected duplicates, not counted", items=result.duplicates))
    return View(title=title, blocks=document(*parts, *closing(result)), files={"expense-report.xlsx": _book(result)})


def _per_diem(result: ExpenseReport) -> Any:
    columns = {
        "journey": ("Journey", "text"),
        "part": ("First and last days", "count"),
        "full": ("Full days", "count"),
        "amount": ("Meals and incidentals", "money"),
        "lodging": ("Lodging ceiling", "money"),
    }
    rows = [
        {
            "journey": f"{line.start} to {line.end}",
            "part": str(line.part_days),
            "full": str(line.full_days),
            "amount": plain(line.meals_and_incidentals),
            "lodging": plain(line.lodging_limit),
        }
        for line in result.per_diem
    ]
    return grid("Per diem, USD", columns, rows, note="The lodging ceiling limits receipts; it is not claimed.")


def _book(result: ExpenseReport) -> bytes:
    places = minor_units(result.currency)
    rows: list[tuple[Cell, ...]] = []
    for at, one in enumerate(result.receipts):
        row = FIRST_ROW + at
        amount = one.amount if one.counted else Decimal(0)
        counted = "yes" if one.counted else "no"
        formula = Formula(f'=IF(H{row}="yes",ROUND(E{row}*G{row},{places}),0)', amount)
        rows.append((one.day, one.merchant, one.category, formula, one.original, one.currency, one.rate, counted))
    end = FIRST_ROW + len(rows) - 1
    spent = Formula(f"=SUM(D{FIRST_ROW}:D{end})", result.receipts_total) if rows else Decimal(0)
    rows.append((None, "Total", None, spent, None, None, None, None))
    receipts = Grid(
        "Receipts", f"Receipts, {result.currency}",
        (("Date", "date", 12), ("Merchant", "text", 28), ("Category", "text", 16), (f"Amount, {result.currency}", "money", 14),
         ("Original", "money", 12), ("Currency", "text", 10), ("Rate", "ratio", 10), ("Counted", "text", 10)),
        tuple(rows), note="Blue cells are inputs; amounts are formulas.", bold=frozenset({len(rows) - 1}),
        inputs=frozenset((at, column) for at in range(len(rows) - 1) for column in (4, 6, 7)),
    )  # fmt: skip
    driven: list[tuple[Cell, ...]] = []
    for at, trip in enumerate(result.mileage):
        row = FIRST_ROW + at
        amount_ = Formula(f"=ROUND(C{row}*D{row}/100,2)", trip.amount)
        driven.append((trip.day, trip.purpose, trip.miles, trip.cents_per_mile, amount_))
    last = FIRST_ROW + len(driven) - 1
    total = Formula(f"=SUM(E{FIRST_ROW}:E{last})", result.mileage_total) if driven else Decimal(0)
    driven.append((None, "Total", None, None, total))
    mileage = Grid(
        "Mileage", "Mileage at the IRS rate of the day",
        (("Date", "date", 12), ("Purpose", "text", 34), ("Miles", "ratio", 10), ("Cents a mile", "ratio", 12), ("Amount, USD", "money", 14)),
        tuple(driven), bold=frozenset({len(driven) - 1}),
        inputs=frozenset((at, 2) for at in range(len(driven) - 1)),
    )  # fmt: skip
    grids = [receipts, mileage]
    sum_ = f"=Receipts!D{end + 1}+Mileage!E{last + 1}"
    if result.per_diem:
        allowed: list[tuple[Cell, ...]] = [
            (line.start, line.end, line.part_days, line.full_days, line.meals_and_incidentals, line.lodging_limit)
            for line in result.per_diem
        ]
        close = FIRST_ROW + len(allowed) - 1
        allowed.append((None, None, None, None, Formula(f"=SUM(E{FIRST_ROW}:E{close})", result.per_diem_total), None))
        grids.append(
            Grid(
                "Per diem",
                "Per diem at the GSA standard rate of each day",
                (
                    ("From", "date", 12),
                    ("To", "date", 12),
                    ("First and last days", "count", 18),
                    ("Full days", "count", 10),
                    ("Meals and incidentals, USD", "money", 26),
                    ("Lodging ceiling, USD", "money", 20),
                ),
                tuple(allowed),
                bold=frozenset({len(allowed) - 1}),
                note="The lodging ceiling limits receipts; it is not claimed.",
            )
        )
        sum_ += f"+'Per diem'!E{close + 1}"
    whole = Formula(sum_, result.total)
    summary = Grid(
        "Report",
        f"Expense report, {result.currency}",
        (("What", "text", 24), ("Amount", "money", 16)),
        (("To reimburse", whole),),
    )
    return workbook(summary, *grids)
