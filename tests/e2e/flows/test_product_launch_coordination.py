"""Nocta's launch end to end: figures by hand, re-planning, the loop, the gate, variations, the files."""

import asyncio
import math
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx
import pytest

from coordinator import workspace
from coordinator.audit import audit
from coordinator.deliver import export
from coordinator.drive import drive
from experts.finance_accountant.actions import pricing_and_revenue_projections
from experts.finance_accountant.actions._launch_economics_pictures import cash_picture, driver_picture
from experts.marketing_sales.actions import go_to_market_strategy
from experts.marketing_sales.actions._launch_market_pictures import funnel_picture, months_picture
from tests.e2e.campaign import SESSION, begin, data, open_campaign, undrawn
from tests.e2e.flows.launch import (
    BRIEF,
    CLEAR,
    GATE,
    LOOK,
    MARKET,
    MONEY,
    PLAN,
    STEPS,
    cash,
    cost_of_units,
    facts,
    finish,
    on_or_after,
    revenue,
    rows,
)
from tests.e2e.workbook import Workbook

pytestmark = pytest.mark.anyio

Results = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a driven session of the example, with its workbook, calendar and pages; not to be changed."""
    folder = tmp_path_factory.mktemp("launched")

    async def plan() -> None:
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk, BRIEF))
            await export(desk, SESSION, folder, ("xlsx", "ics", "json", "html", "docx"))

    with undrawn():
        asyncio.run(plan())
    return folder


@pytest.fixture(scope="module")
def results(launched: Path) -> Results:
    async def read() -> Results:
        async with open_campaign(launched) as desk:
            state = await workspace.read(desk, SESSION)
            return {step: data(state, step) for step in state.plan().steps}

    return asyncio.run(read())


# ---- Figures by hand -----------------------------------------------------------------


def test_the_longest_path_through_tasks_and_clearances_decides_the_day_everything_is_ready(results: Results) -> None:
    """networkx finds the longest path over the CSV's tasks and the working days of the clearances.

    By hand: 1 + 10 + 15 + 45 + 10 = 81 days to the pilot run, tests, then 20 + 12 + 3 + 1 + 1 = 37 days.
    """
    plan, items = results[PLAN], results[CLEAR]["items"]
    graph = networkx.DiGraph()
    days = {row["id"]: int(row["duration"]) for row in rows("nocta_tasks.csv")}
    waits = {
        row["id"]: row["predecessors[]"].split(";") if row["predecessors[]"] else [] for row in rows("nocta_tasks.csv")
    }
    for row in rows("nocta_clearances.csv"):
        if row["status"] != "cleared" and row["blocking"] == "true":
            key = f"clear-{row['id']}"
            days[key] = items[row["id"]]["working_days"]
            waits[key] = [row["after"]] if row["after"] else []
            waits[row["blocks"]].append(key)
    for key, before in waits.items():
        graph.add_edge("start", key, weight=0)
        for each in before:
            graph.add_edge(each, key, weight=days[each])
    longest = networkx.dag_longest_path_length(graph) + days["launch"]
    assert plan["working_days"] == longest == 81 + items["ce_tests"]["working_days"] + 37
    assert plan["task_count"] == len(days)


def test_dates_are_those_one_counts_on_the_calendar_of_hamburg(results: Results) -> None:
    """The pilot run ends on working day 81, 28 May; the tests start on the 31st and take 56 calendar days, to 26 July."""
    pilot = finish(date(2027, 2, 1), 81)
    assert results[PLAN]["tasks"]["pilot_run"]["finish"] == pilot.isoformat() == "2027-05-28"
    starts = on_or_after(pilot + timedelta(days=1))
    clear = on_or_after(starts + timedelta(days=56))
    tests = results[CLEAR]["items"]["ce_tests"]
    assert (tests["starts"], tests["clear"]) == (starts.isoformat(), clear.isoformat()) == ("2027-05-31", "2027-07-26")
    assert tests["working_days"] == 41  # eight weeks of five, and the Monday
    assert results[PLAN]["tasks"]["clear-ce_tests"]["finish"] == clear.isoformat()
    ready = finish(clear + timedelta(days=1), 37)
    assert results[PLAN]["finish"] == ready.isoformat() == "2027-09-15"
    assert results[PLAN]["launch_date"] == results[MONEY]["launch_date"] == results[GATE]["launch_date"] == "2027-10-05"


def test_without_clearances_the_work_would_be_done_a_month_earlier(results: Results) -> None:
    """81 days, then user test 10, changes 8, and 37 more: 136 working days from 1 February are 13 August."""
    assert results[PLAN]["finish_without_clearance"] == finish(date(2027, 2, 1), 136).isoformat() == "2027-08-13"


def test_risks_are_worth_what_probability_times_impact_gives(results: Results) -> None:
    """0.10 x 38,000 + 0.20 x 30,000 + 0.10 x 60,000 + 0.30 x 22,000 = 3,800 + 6,000 + 6,000 + 6,600 = 22,400."""
    assert results[PLAN]["risk_emv"] == "22400"


def test_volumes_and_net_revenue_are_the_sums_of_the_rows(results: Results) -> None:
    for name, scenario in results[MARKET]["scenarios"].items():
        own = [row for row in rows("nocta_volumes.csv") if row["scenario"] == name]
        assert scenario["units"] == sum(int(row["units"]) for row in own)
        assert Decimal(scenario["revenue"]) == sum(revenue(name).values())
        early = [row for row in own if row["market"] == "web_shop" and int(row["month"]) <= 3]
        assert scenario["direct_units"] == sum(int(row["units"]) for row in early)
    assert len(rows("nocta_volumes.csv")) == 216


def test_the_funnel_is_spend_over_cost_per_visit_times_its_rates(results: Results) -> None:
    visits = 32_000 / 0.58 + 38_000 / 0.44
    orders = visits * 0.61 * 0.052 * 0.47
    market = results[MARKET]
    assert float(market["visits"]) == pytest.approx(visits, abs=0.005)
    assert float(market["orders"]) == pytest.approx(orders, abs=0.005)
    assert float(market["coverage"]) == pytest.approx(orders / market["needed_orders"], abs=1e-6)
    assert market["spend"] == str(32_000 + 38_000 + 16_000 + 28_000)


def test_cash_of_every_month_and_scenario_is_what_the_terms_say(results: Results) -> None:
    for name, scenario in results[MONEY]["scenarios"].items():
        expected = cash(name, results[PLAN], results[CLEAR])
        found = {key: Decimal(month["cumulative"]) for key, month in scenario["months"].items()}
        assert found == expected, name
        assert Decimal(scenario["lowest"]) == min(expected.values())
        assert scenario["lowest_month"][:7] == min(expected, key=lambda key: expected[key])
        assert Decimal(scenario["profit"]) == list(expected.values())[-1]


def test_break_even_is_fixed_costs_over_contribution(results: Results) -> None:
    """Fixed: 225,600 work + 114,000 marketing + 28,880 fees + 12 x 19,500 running = 602,480."""
    money = results[MONEY]
    work = sum(Decimal(row["cost"] or 0) for row in rows("nocta_tasks.csv"))
    fees = sum(Decimal(row["cost"] or 0) for row in rows("nocta_clearances.csv") if row["status"] != "cleared")
    assert Decimal(money["launch_budget"]) == work + 114_000 + fees == 368_480
    for name, scenario in money["scenarios"].items():
        assert Decimal(scenario["fixed"]) == 368_480 + 12 * 19_500 == 602_480
        units = scenario["units"]
        earned = (sum(revenue(name).values()) - sum(cost_of_units(name).values())) / units
        assert scenario["break_even_units"] == math.ceil(602_480 / earned), name
        safety = (units - scenario["break_even_units"]) / units
        assert float(scenario["margin_of_safety"]) == pytest.approx(safety, abs=1e-6)


def test_profit_is_zero_where_the_sensitivity_says_so(results: Results) -> None:
    """Profit / revenue is how far the price may fall; profit / contribution how far sales may."""
    base, drivers = results[MONEY]["scenarios"]["base"], results[MONEY]["drivers"]
    profit = Decimal(base["profit"])
    assert float(drivers["price"]["headroom"]) == pytest.approx(float(-profit / Decimal(base["revenue"])), abs=1e-6)
    assert float(drivers["volume"]["headroom"]) == pytest.approx(
        float(-profit / Decimal(base["contribution"])), abs=1e-6
    )
    assert Decimal(drivers["price"]["low"]) == profit - round(Decimal(base["revenue"]) / 10, 2)


def test_prices_in_ember_are_too_faint_on_linen_and_the_rest_can_be_read(results: Results) -> None:
    """WCAG 2.2 relative luminance, written out."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    colours = facts()["brand"]["colors"]
    needed = {"body_text": 4.5, "prices": 4.5, "buttons": 3.0, "icons": 3.0}
    for key, use in facts()["brand"]["uses"].items():
        front, back = (colours.get(use[side], use[side]) for side in ("foreground", "background"))
        light, dark = sorted((luminance(front), luminance(back)), reverse=True)
        ratio = (light + 0.05) / (dark + 0.05)
        pair = results[LOOK]["pairs"][key]
        assert float(pair["ratio"]) == math.floor(ratio * 10_000) / 10_000, key
        assert pair["passes"] == (ratio >= needed[key]) == (key != "prices")
    assert results[LOOK]["contrast_failed"] == 1


def test_the_sleeve_has_bleed_on_every_side_and_pixels_for_three_hundred_dots_an_inch(results: Results) -> None:
    """(420 + 2 x 3) / 25.4 x 300 = 5,031.5 and (160 + 6) / 25.4 x 300 = 1,960.6, rounded up."""
    sleeve = results[LOOK]["packaging"]["sleeve"]
    assert (sleeve["artwork_width_mm"], sleeve["artwork_height_mm"]) == ("426", "166")
    assert (sleeve["pixel_width"], sleeve["pixel_height"]) == (5032, 1961)


def test_a_type_step_is_a_quarter_larger_than_the_one_below(results: Results) -> None:
    assert float(results[LOOK]["type_steps"]["step_3"]["px"]) == pytest.approx(16 * 1.25**3)


def test_priority_of_a_mark_lasts_six_months_and_of_a_patent_twelve(results: Results) -> None:
    """Paris Convention Art. 4C: 18 July 2027 is a Sunday, so the last day is Monday the 19th; 12 November is a Friday."""
    rights = results[CLEAR]["rights"]
    assert rights["mark_eu"]["steps"]["priority"]["due"] == "2027-07-19"
    assert rights["light_patent"]["steps"]["priority"]["due"] == "2027-11-12"


def test_a_copyleft_decoder_does_not_fit_but_its_clearance_deals_with_it(results: Results) -> None:
    components = results[CLEAR]["components"]
    assert {key: each["fit"] for key, each in components.items()} == {
        "audio_decoder": "conflict",
        "encryption": "fits_with_duties",
        "kernel": "fits_with_duties",
        "network": "fits_with_duties",
    }
    assert (results[CLEAR]["open_blockers"], results[CLEAR]["cleared"]) == (0, 2)
    assert results[CLEAR]["clearance_date"] == "2027-09-03"


def test_the_gate_holds_but_for_one_condition(results: Results) -> None:
    gate = results[GATE]
    assert (gate["decision"], gate["checked"], gate["holding"]) == ("go with conditions", 8, 7)
    assert [key for key, each in gate["criteria"].items() if not each["holds"]] == ["contrast"]
    assert gate["criteria"]["ready"]["spare_days"] == (date(2027, 10, 5) - date(2027, 9, 15)).days
    assert Decimal(gate["criteria"]["budget"]["spare_money"]) == 395_000 - 368_480


# ---- The loop ------------------------------------------------------------------------


async def test_the_loop_settles_when_the_clearances_take_as_long_as_the_plan_says(launched: Path) -> None:
    """First pass: dates without clearances. Second: with them, the declaration starts later and spans fewer days off."""
    async with open_campaign(launched) as at:
        plan = (await workspace.read(at, SESSION)).plan()
    assert [(loop.members, loop.passes, loop.settled) for loop in plan.loops] == [((PLAN, CLEAR), 3, True)]


async def test_the_audit_finds_nothing_and_every_shared_figure_is_one(launched: Path) -> None:
    with undrawn():
        async with open_campaign(launched) as at:
            plan = (await workspace.read(at, SESSION)).plan()
            assert plan.conflicts == {}
            assert plan.metrics == {
                "launch_date": "2027-10-05",
                "launch_budget": "368480",
                "unit_price.nocta": "129",
                "unit_price.nocta_duo": "229",
            }
            assert {sync.status for sync in plan.syncs.values()} == {"provisional"}
            assert (await audit(at, SESSION)).problems == []


# ---- Files ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(launched: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return Workbook(launched / "budget.xlsx", tmp_path_factory.mktemp("book"))


def test_the_workbook_recalculated_elsewhere_shows_the_plans_figures(book: Workbook) -> None:
    found = book.calculated()
    compared = 0
    for sheet in book.formulas.sheetnames:
        for row in book.formulas[sheet].iter_rows():
            for cell in row:
                value = book.stored[sheet][cell.coordinate].value
                if cell.data_type == "f" and isinstance(value, int | float):
                    again = found[sheet, cell.coordinate]
                    assert isinstance(again, float) and again == pytest.approx(value, abs=1e-6), (
                        sheet,
                        cell.coordinate,
                    )
                    compared += 1
    assert compared > 500


def test_a_lower_price_in_the_workbook_moves_revenue_and_profit(book: Workbook, results: Results) -> None:
    """119 instead of 129 for the Nocta: 10 less for each unit, less what the trade keeps of it."""
    lost = sum(
        10 * int(row["units"]) * (1 - float(facts()["markets"][row["market"]].get("trade_margin", 0)))
        for row in rows("nocta_volumes.csv")
        if row["scenario"] == "base" and row["sku"] == "nocta"
    )
    found = book.calculated({book.at("Launch prices", "Nocta: list price"): 119.0})
    before = float(results[MONEY]["scenarios"]["base"]["profit"])
    assert found[book.at("Launch result", "Profit")] == pytest.approx(before - lost, abs=0.5)


def test_the_calendar_has_the_launch_the_clearances_and_the_last_days_of_rights(launched: Path) -> None:
    text = (launched / "calendar.ics").read_text("utf-8").replace("\r\n ", "")
    assert "SUMMARY:Launch: Nocta" in text and "DTSTART;VALUE=DATE:20271005" in text
    assert "Clearance: Radio" in text
    assert "DTSTART;VALUE=DATE:20270719" in text  # the mark's priority


def test_the_pages_say_what_is_proposed_and_have_every_picture_once(launched: Path) -> None:
    page = (launched / "plan.html").read_text("utf-8")
    assert "go with conditions" in page
    assert "Packaging specification" in page and "Clearance checklist" in page and "Launch calendar" in page
    assert {"plan.docx", "plan.json"} <= {path.name for path in launched.iterdir()}
    assert len(STEPS) == 6


def test_every_chart_says_its_finding(results: Results) -> None:
    """The flow's own charts; those of other tools' views are tested with them."""
    economics = pricing_and_revenue_projections.Output.model_validate(results[MONEY])
    market = go_to_market_strategy.Output.model_validate(results[MARKET])
    drawn = {
        **months_picture(market),
        **funnel_picture(market),
        **cash_picture(economics),
        **driver_picture(economics, Decimal("0.1")),
    }
    assert sorted(drawn) == ["gtm-funnel", "gtm-months", "launch-cash", "launch-drivers"]
    assert all(svg.startswith("<?xml") and "</svg>" in svg for svg in drawn.values())
