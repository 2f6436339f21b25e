"""Documents of the tools: pictures say the finding, files open in independent readers, formulas give the figures."""

import functools
import io
import json
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import vobject

import experts.finance_accountant
from coordinator.exports._svg import says
from experts.core.discovery import load_expert, load_view
from experts.core.view import View
from mcp_servers.expert_server import _READ_ONLY
from mcp_servers.tools import strict_tool

ROOT = Path(__file__).parents[3]
EXPERT = load_expert(Path(experts.finance_accountant.__file__).parent, "experts.finance_accountant")
ARGUMENTS = json.loads((ROOT / "tests/e2e/arguments/finance-accountant.json").read_text("utf-8"))
VIEWED = sorted(path.stem for path in (EXPERT.folder / "views").glob("[a-z]*.py"))
WITH_PICTURES = [
    "allocate_overhead_abc",
    "analyze_break_even",
    "analyze_cost_variances",
    "analyze_financial_ratios",
    "build_amortization_schedule",
    "build_budget",
    "build_depreciation_schedule",
    "build_macrs_schedule",
    "check_ledger_anomalies",
    "compare_budget_to_actual",
    "compute_inventory_cost",
    "estimate_us_corporate_tax",
    "estimate_us_individual_tax",
    "evaluate_investment",
    "forecast_cash_flow",
    "forecast_series",
    "measure_portfolio_risk",
    "optimize_budget_allocation",
    "price_bond",
    "score_financial_distress",
    "value_business_dcf",
]
BOOKS = {
    "build_amortization_schedule": "loan-schedule.xlsx",
    "build_budget": "budget.xlsx",
    "build_depreciation_schedule": "depreciation-schedule.xlsx",
    "build_macrs_schedule": "macrs-schedule.xlsx",
    "forecast_cash_flow": "cash-forecast.xlsx",
    "post_journal_entries": "trial-balance.xlsx",
}


def shown(tool: str, arguments: dict[str, Any] | None = None) -> View:
    """The tool's document, from arguments as a host sends them."""
    function = EXPERT.tools[tool]

    @functools.wraps(function)
    def call(**_: Any) -> None: ...

    values = strict_tool(call, function, _READ_ONLY).fn_metadata.validate_arguments(arguments or ARGUMENTS[tool])
    made = load_view(EXPERT, tool)
    assert made is not None
    result: View = made(function(**values), values)
    return result


@pytest.mark.parametrize("tool", VIEWED)
def test_a_document_is_the_same_each_time_and_its_title_says_a_figure(tool: str) -> None:
    once, again = shown(tool), shown(tool)

    assert once == again
    assert once.blocks and not once.title[0].islower()
    assert any(letter.isdigit() for letter in once.title), once.title


@pytest.mark.parametrize("tool", WITH_PICTURES)
def test_pictures_say_the_finding_and_are_placed_in_the_document(tool: str) -> None:
    made = shown(tool)

    placed = {block.body["picture"] for block in made.blocks if block.kind == "picture"}
    assert placed == set(made.pictures) != set()
    first = next(iter(made.pictures.values()))
    said = "First digits of 332" if tool == "check_ledger_anomalies" else " ".join(made.title.split()[:3])
    assert says(first, said)


def test_only_tools_without_a_picture_of_their_own_have_none() -> None:
    without = set(VIEWED) - set(WITH_PICTURES)
    assert without == {
        "analyze_unit_economics",
        "compute_wacc",
        "plan_audit_sample",
        "plan_tax_calendar",
        "post_journal_entries",
        "prepare_financial_statements",
    }
    assert set(EXPERT.tools) - set(VIEWED) <= EXPERT.unlisted


class Book:
    """A workbook read by openpyxl, whose formulas are worked anew."""

    def __init__(self, data: bytes) -> None:
        self.formulas = openpyxl.load_workbook(io.BytesIO(data))
        self.cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)

    def cell(self, sheet: str, name: str) -> Any:
        found = self.formulas[sheet][name].value
        return self.work(sheet, found[1:]) if isinstance(found, str) and found.startswith("=") else found

    def cells(self, sheet: str, first: str, last: str) -> list[Any]:
        area = self.formulas[sheet][f"{first}:{last}"]
        return [self.cell(sheet, cell.coordinate) for row in area for cell in row]

    def work(self, sheet: str, text: str) -> Any:
        text = text.replace("$", "")
        place = r"(?:(?:'([^']+)'|([A-Za-z]+))!)?([A-Z]{1,2}[0-9]+)(?::([A-Z]{1,2}[0-9]+))?"

        def refer(found: re.Match[str]) -> str:
            where = found[1] or found[2] or sheet
            if found[4]:
                return f"book.cells({where!r},{found[3]!r},{found[4]!r})"
            return f"N(book.cell({where!r},{found[3]!r}))"

        python = re.sub(place, refer, text).replace("^", "**").replace("=", "==")
        return eval(python, {"book": self, "N": _number, **_FUNCTIONS})


def _number(value: Any) -> Any:
    return 0.0 if value is None else value


def _sum(*values: Any) -> float:
    flat = [x for value in values for x in (value if isinstance(value, list) else [value])]
    return math.fsum(x for x in flat if isinstance(x, int | float))


def _sumif(keys: list[Any], key: Any, values: list[Any]) -> float:
    return math.fsum(v or 0.0 for k, v in zip(keys, values, strict=True) if k == key)


def _round(value: float, places: int) -> float:
    unit = Decimal(1).scaleb(-places)
    return float(Decimal(repr(value)).quantize(unit, rounding=ROUND_HALF_UP))


_FUNCTIONS = {"SUM": _sum, "SUMIF": _sumif, "ROUND": _round, "MAX": max}


@pytest.mark.parametrize("tool", BOOKS)
def test_every_formula_of_a_workbook_gives_the_figure_it_shows(tool: str) -> None:
    data = shown(tool).files[BOOKS[tool]]
    assert isinstance(data, bytes)
    book = Book(data)

    worked = 0
    for sheet in book.formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    worked += 1
                    cached = book.cached[sheet.title][cell.coordinate].value
                    assert book.cell(sheet.title, cell.coordinate) == pytest.approx(cached, abs=0.006), cell.coordinate
    assert worked >= 5


def test_changing_a_driver_in_the_budget_changes_its_months_and_its_profit() -> None:
    data = shown("build_budget").files["budget.xlsx"]
    assert isinstance(data, bytes)
    book = Book(data)
    rows = {row[0].value: row[0].row for row in book.formulas["Budget"].iter_rows(min_row=5)}
    before = book.cell("Budget", f"N{rows['Profit']}")
    book.formulas["Drivers"]["B5"].value += 100

    # 100 bags more at 18.50 less 7.20.
    assert book.cell("Budget", f"N{rows['Profit']}") == pytest.approx(before + 1130)


def test_the_tax_calendar_opens_in_an_independent_reader() -> None:
    data = shown("plan_tax_calendar").files["tax-calendar.ics"]
    assert isinstance(data, bytes)
    calendar = vobject.readOne(data.decode("utf-8"))

    events = calendar.vevent_list
    assert len(events) == len({event.uid.value for event in events}) == 14
    assert min(event.dtstart.value for event in events).isoformat() == "2026-04-15"
    assert all(event.valarm.trigger.value.days == -14 for event in events)


def test_statements_are_four_sheets_with_marked_sums() -> None:
    data = shown("prepare_financial_statements").files["financial-statements.xlsx"]
    assert isinstance(data, bytes)
    book = openpyxl.load_workbook(io.BytesIO(data))

    assert book.sheetnames == ["Income statement", "Balance sheet", "Cash flows", "Changes in equity"]
    sheet = book["Balance sheet"]
    total = next(row for row in sheet.iter_rows(min_row=5) if row[0].value == "Total assets")
    assert (total[1].value, total[1].font.b) == (386000, True)


LONG = "a_very_long_name_of_something_that_nobody_would_ever_shorten"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        (
            "compare_budget_to_actual",
            {
                "lines": {f"{LONG[:50]}{at}": {"kind": "cost", "budget": "10", "actual": str(at)} for at in range(45)},
                "currency": "JPY",
            },
        ),
        ("analyze_financial_ratios", {"periods": [{"cash": "1", "current_liabilities": "0"}]}),
        ("estimate_us_individual_tax", {"year": 2024, "status": "single"}),
        ("measure_portfolio_risk", {"returns": {"a": ["0.01"] * 20}, "value": "0", "currency": "USD"}),
        (
            "build_budget",
            {"lines": {LONG[:60]: {"kind": "cost", "amount": "5"}}, "start": "2027-05-09", "currency": "JPY"},
        ),
        ("evaluate_investment", {"flows": ["-1000", "2300", "-1320"], "rate": "0.15", "currency": "USD"}),
        (
            "allocate_overhead_abc",
            {
                "pools": {f"{LONG[:40]}{at}": {"cost": "9", "driver": {"x": "1", "y": "2"}} for at in range(12)},
                "currency": "USD",
            },
        ),
    ],
)
def test_empty_one_row_and_crowded_results_are_drawn(tool: str, arguments: dict[str, Any]) -> None:
    made = shown(tool, arguments)

    assert made.pictures and all(picture.count("<svg") == 1 for picture in made.pictures.values())


def test_the_mileage_table_knows_the_split_of_2026() -> None:
    from datetime import date

    from experts.finance_accountant.tools._reference import table

    rates = table("mileage_rates")
    assert rates.on(date(2026, 6, 30))["business_cents"] == "72.5"
    assert rates.on(date(2026, 7, 1))["business_cents"] == "76"
