"""budget.xlsx is alive: an input changed in it gives the figures of a plan made again with that fact."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import BUDGET, EXECUTION, FORECAST, SESSION, begin, data, open_campaign, person, undrawn
from tests.e2e.workbook import CellValue, Workbook

pytestmark = pytest.mark.anyio

Cells = dict[tuple[str, str], CellValue]

CASES: list[tuple[str, str, str, float, str, Any]] = [
    # id, sheet, row of the input cell, its new value, the fact, its new value
    ("a lower budget", "Inputs", "Total budget", 80_000, "budget.total", 80_000),
    ("a far higher budget, which brings the podcast in", "Inputs", "Total budget", 400_000, "budget.total", 400_000),
    ("a larger reserve", "Inputs", "Reserve", 0.15, "budget.reserve_rate", "0.15"),
    ("dearer production", "Inputs", "Production", 20_000.5, "budget.production", "20000.50"),
    ("a steeper curve", "Inputs", "Paid search: factor", 35, "channels.paid_search.curve", "35*sqrt(spend)"),
    (
        "a curve that bends otherwise",
        "Inputs",
        "Paid social: exponent",
        0.48,
        "channels.paid_social.curve",
        "26*spend^0.48",
    ),
    (
        "a podcast that is worth it",
        "Inputs",
        "Podcast sponsorship: factor",
        900,
        "channels.podcast.curve",
        "900*ln(1+spend/6000)",
    ),
    ("a higher minimum", "Inputs", "In-store sampling: minimum", 7_000, "channels.sampling.minimum", 7_000),
    ("order value", "Inputs", "Order value", 15, "economics.order_value", 15),
    ("gross margin", "Inputs", "Gross margin", 0.2, "economics.gross_margin", "0.2"),
    ("retention", "Inputs", "Monthly retention", 0.9, "economics.monthly_retention", "0.9"),
    ("a target", "Basis", "Cost per first order", 7, "kpis.cost_per_first_order.target", 7),
    (
        "a curve less sure",
        "Basis",
        "Given curves may be wrong by",
        0.3,
        f"judgement.{FORECAST}.curve_uncertainty",
        "0.3",
    ),
]


@pytest.fixture(scope="module")
def book(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return Workbook(planned / "budget.xlsx", tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
async def desk(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """A session to plan again in; nothing here is drawn or exported."""
    with undrawn():
        async with open_campaign(tmp_path_factory.mktemp("workbook")) as desk:
            await drive(desk, await begin(desk))
            yield desk


def test_every_stored_value_is_what_its_formula_gives(book: Workbook) -> None:
    """Viewers that do not calculate show the stored values. Only helper cells store none."""
    calculated = book.calculated()
    wrong: dict[tuple[str, str], tuple[Any, Any]] = {}
    empty: set[str] = set()
    for sheet in book.formulas.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            stored, found = book.stored[sheet.title][cell.coordinate].value, calculated[sheet.title, cell.coordinate]
            if stored is None and found != "":
                empty.add(
                    f"{sheet.title}!{cell.coordinate.rstrip('0123456789')}"
                    if sheet.sheet_state == "visible"
                    else "hidden"
                )
            elif isinstance(stored, int | float) and isinstance(found, float):
                if abs(stored - found) > 1e-9 * max(1, abs(found)):
                    wrong[sheet.title, cell.coordinate] = (stored, found)
            elif (stored or "") != found:
                wrong[sheet.title, cell.coordinate] = (stored, found)
    assert wrong == {}
    # The two checks below the budget, the verdicts, and the running days of the baseline are no figures.
    assert empty <= {"hidden", "Budget!B", "Targets!G", "Baseline!D", "Baseline!E"}


def compare(book: Workbook, cells: Cells, results: dict[str, dict[str, Any]]) -> None:
    """Every money, rate and count of the plan that the workbook shows, to its last place.

    Totals are equal to the cent. Lines may differ by one cent each: the plan ranks the remainders of
    its rounding with exact decimals, the workbook with binary floating point; their sum is the same.
    """

    def cell(sheet: str, row: str, column: int = 2) -> Any:
        return cells[book.at(sheet, row, column)]

    def number(value: str | None) -> Any:
        return None if value is None else pytest.approx(float(value), abs=1e-6)

    budget, forecast, execution = results[BUDGET], results[FORECAST], results[EXECUTION]
    for row, key in {
        "Total budget": "total",
        "Reserve": "reserve",
        "Production": "production",
        "Available for media": "media_available",
        "Media": "media",
        "Unallocated": "unallocated",
        "Media and production": "working_total",
    }.items():
        assert cell("Budget", row) == number(budget[key]), row
    spends = {key: Decimal(str(round(cell("Budget", line["label"]), 2))) for key, line in budget["lines"].items()}
    assert sum(spends.values()) == Decimal(budget["media"])
    for key, line in budget["lines"].items():
        assert abs(spends[key] - Decimal(line["spend"])) <= Decimal("0.01"), key
        assert (spends[key] > 0) == line["used"], key
        assert cell("Budget", line["label"], 3) == pytest.approx(float(line["expected_results"]), abs=0.011), key
    assert cell("Budget", "Media", 3) == pytest.approx(float(budget["expected_results"]), abs=0.031)
    assert cell("Budget", "Media and production", 4) == number(budget["cost_per_result"])
    assert cell("Budget", "Check: total less everything above (must be zero)") == 0
    economics = budget["economics"]
    for row, key in {
        "Contribution per order": "contribution_per_order",
        "Cost per result, media and production": "cost_per_result",
        "First-order profit": "first_order_profit",
        "Lifetime contribution": "lifetime_contribution",
        "Lifetime contribution to cost": "lifetime_to_cost",
        "Break-even results": "break_even_results",
        "Margin of safety": "margin_of_safety",
    }.items():
        assert cell("Economics", row) == number(economics[key]), row
    payback = economics.get("payback_months")
    assert cell("Economics", "Payback") == ("never" if payback is None else number(payback))
    for column, end in ((3, "low"), (4, "expected"), (5, "high")):
        assert cell("Forecast", "Results", column) == pytest.approx(float(forecast[f"results_{end}"]), abs=0.04), end
    for row, key in {"Cost per result": "cost_per_result", "Return on spend": "return_on_spend"}.items():
        # The low end of a cost belongs to the high end of the results.
        ends = (f"{key}_low", key, f"{key}_high")
        assert [cell("Forecast", row, c) for c in (3, 4, 5)] == [number(forecast[end]) for end in ends], row
    for kpi in forecast["kpis"].values():
        assert cell("Targets", kpi["label"]) == number(kpi["target"])
        assert cell("Targets", kpi["label"], 7) == kpi["verdict"], kpi["label"]
    weeks = [r for r in book.stored["Baseline"].iter_rows(min_row=4) if hasattr(r[0].value, "year")]
    last = [cells["Baseline", str(row[6].coordinate)] for row in weeks]
    assert last == [number(week["cumulative"]) for week in execution["weeks"].values()]


async def results_of(desk: Desk) -> dict[str, dict[str, Any]]:
    state = await workspace.read(desk, SESSION)
    return {step: data(state, step) for step in (BUDGET, FORECAST, EXECUTION)}


async def test_with_no_change_the_workbook_has_the_figures_of_the_plan(book: Workbook, desk: Desk) -> None:
    compare(book, book.calculated(), await results_of(desk))


@pytest.mark.parametrize(("sheet", "row", "value", "path", "fact"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
async def test_a_changed_input_cell_gives_the_figures_of_the_plan_made_with_that_fact(
    book: Workbook, desk: Desk, sheet: str, row: str, value: float, path: str, fact: Any
) -> None:
    await workspace.restore(desk, SESSION, 1)
    await workspace.set_facts(desk, SESSION, person({path: fact}))
    await drive(desk, SESSION)
    cells = book.calculated({book.at(sheet, row): value})
    compare(book, cells, await results_of(desk))


async def test_a_higher_budget_brings_the_podcast_in_and_a_lower_one_leaves_it_out(book: Workbook) -> None:
    spend = book.at("Budget", "Podcast sponsorship")
    total = book.at("Inputs", "Total budget")
    assert book.calculated({total: 96_000})[spend] == 0
    rich = book.calculated({total: 400_000})[spend]
    assert isinstance(rich, float) and 6_000 <= rich <= 22_000
