"""Brindlestep's figures against calculations that share no code with the experts."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

import holidays
import networkx
import pytest

from tests.e2e.flows.startup import CHANNELS, FORM, LAUNCH, MARKET, MODEL, OWNERS, PLAN, TIME, rows
from tests.e2e.flows.startup_session import Planned, planned_once

D = Decimal
FOUNDERS: dict[str, tuple[str, int, int, tuple[int, ...]]] = {
    "nadia": ("IL", 9, 17, ()),
    "tomasz": ("OR", 8, 17, ()),
    "priya": ("IL", 8, 16, (4,)),
}
PROTECTED = {"nadia": ["03-22", "03-23", "03-24"], "tomasz": ["04-15", "04-16"], "priya": ["02-18", "05-04"]}
FIRST, LAST = date(2027, 1, 11), date(2027, 6, 11)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    return planned_once(tmp_path_factory.mktemp("brindlestep"))


@pytest.fixture(scope="module")
def results(planned: Planned) -> dict[str, dict[str, Any]]:
    return planned.results


def cents(value: D | float) -> D:
    """Two digits, half up."""
    return D(value).quantize(D("0.01"), ROUND_HALF_UP)


def free_hours(who: str) -> dict[date, D]:
    """Free hours of each day, counted quarter hour by quarter hour."""
    state, opens, closes, off = FOUNDERS[who]
    book = holidays.country_holidays("US", subdiv=state, years=2027)
    kept = {date.fromisoformat(f"2027-{day}") for day in PROTECTED[who]}
    taken: dict[date, set[int]] = defaultdict(set)
    for row in rows("brindlestep_commitments.csv"):
        if row["founder"] == who:
            start, end = (datetime.fromisoformat(row[key]) for key in ("start", "end"))
            while start < end:
                taken[start.date()].add(start.hour * 4 + start.minute // 15)
                start += timedelta(minutes=15)
    found = {}
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5 and day not in book and day not in kept and day.weekday() not in off:
            quarters = set(range(opens * 4, closes * 4)) - taken[day]
            found[day] = D(len(quarters)) / 4
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize("who", FOUNDERS)
def test_free_time_is_what_calendars_protected_days_and_holidays_leave(results: dict[str, Any], who: str) -> None:
    hours, length = free_hours(who), FOUNDERS[who][2] - FOUNDERS[who][1]
    found = results[TIME]["founders"][who]
    assert D(found["free_hours"]) == sum(hours.values())
    assert D(found["free_days"]) == cents(sum(hours.values()) / length)
    week = {d: h for d, h in hours.items() if date(2027, 2, 15) <= d <= date(2027, 2, 21)}
    assert D(results[TIME]["weeks"]["2027-02-15"]["free_days"][who]) == cents(sum(week.values()) / length)


def test_no_meeting_falls_on_a_protected_day_or_into_a_commitment(results: dict[str, Any]) -> None:
    for meeting in results[TIME]["meetings"].values():
        day = date.fromisoformat(meeting["day"])
        for who, (_, opens, closes, _) in FOUNDERS.items():
            start, end = (datetime.fromisoformat(f"{day}T{text}") for text in meeting["local"][who].split(" to "))
            assert day in free_hours(who) and opens <= start.hour and end.hour <= closes
            for row in rows("brindlestep_commitments.csv"):
                if row["founder"] == who:
                    assert datetime.fromisoformat(row["end"]) <= start or datetime.fromisoformat(row["start"]) >= end


def test_the_market_is_the_sum_of_its_rows(results: dict[str, Any]) -> None:
    values, shares = (
        {"solo": 1068, "small": 2388, "multi_site": 6588},
        {"solo": D("0.06"), "small": D("0.08"), "multi_site": D("0.03")},
    )
    total = dict.fromkeys(values, 0)
    served = dict.fromkeys(values, 0)
    for row in rows("brindlestep_market.csv"):
        total[row["group"]] += int(row["customers"])
        served[row["group"]] += int(row["customers"]) * (row["served"] == "yes")
    found = results[MARKET]
    assert {key: group["served"] for key, group in found["groups"].items()} == served
    levels = found["levels"]
    assert D(levels["tam"]["bottom_up"]) == sum(total[key] * values[key] for key in values)
    assert D(levels["sam"]["bottom_up"]) == pytest.approx(
        sum(served[key] * values[key] for key in values), abs=D("0.02")
    )
    som = sum(served[key] * values[key] * shares[key] for key in values)
    assert D(levels["som"]["bottom_up"]) == pytest.approx(som, abs=D("0.02"))
    assert D(levels["sam"]["top_down"]) == 88_000_000 * D("0.46") and found["reconciled"]


def test_a_hypothesis_holds_only_if_all_of_its_interval_does(results: dict[str, Any]) -> None:
    """Wilson's interval as the roots of (p - s)^2 = z^2 s (1 - s) / n, here from statsmodels."""
    from statsmodels.stats.proportion import proportion_confint

    verdicts = {}
    for key, test in results[MARKET]["tests"].items():
        low, high = proportion_confint(test["yes"], test["asked"], method="wilson")
        assert (float(test["low"]), float(test["high"])) == pytest.approx((low, high), abs=1e-6)
        needed = float(test["needed"])
        verdicts[key] = "supported" if low >= needed else "refuted" if high < needed else "open"
    assert {key: test["verdict"] for key, test in results[MARKET]["tests"].items()} == verdicts
    assert sorted(verdicts.values()) == ["open", "refuted", "supported", "supported"]


def test_an_average_customer_is_weighed_by_what_could_be_won(results: dict[str, Any]) -> None:
    won: dict[str, D] = {key: D(group["obtainable_customers"]) for key, group in results[MARKET]["groups"].items()}
    price, cost = {"solo": 89, "small": 199, "multi_site": 549}, {"solo": 14, "small": 27, "multi_site": 80}
    total = sum(won.values())
    mean = cents(sum(won[key] * price[key] for key in won) / total)
    serve = cents(sum(won[key] * cost[key] for key in won) / total)
    found = results[MODEL]
    assert (D(found["price"]), D(found["variable_cost"])) == (mean, serve)
    assert D(found["most_to_pay"]) == (mean - serve) * 12
    assert D(found["lifetime_contribution"]) == round((mean - serve) / D("0.022"), 2)
    assert D(found["revenue_if_won"]) == sum(round(won[key] * price[key] * 12, 2) for key in won)


def test_subscription_leads_by_cash_of_three_years(results: dict[str, Any]) -> None:
    """420 x (2,010 - 285) - 520,000 = 204,500 a year; three of them less 700 for 420 and for 2 x 23 % of them."""
    cash = 3 * 204_500 - 700 * 420 * (1 + 2 * D("0.23"))
    found = results[MODEL]
    assert found["leader"] == "subscription" and D(found["alternatives"]["subscription"]["cash"]) == cash
    assert cash > max(D(one["cash"]) for key, one in found["alternatives"].items() if key != "subscription")


def test_delawares_two_methods_by_hand(results: dict[str, Any]) -> None:
    """10 million authorised: 250 and 85 for each of 999 further ten thousands. 460,000 / 8 million issued is 0.0575 a share,
    575,000 for all authorised: one million begun, 400."""
    tax = results[FORM]["tax"]
    assert D(tax["by_authorized_shares"]) == 250 + 85 * 999
    assert D("0.0575") * 10_000_000 < 1_000_000 and (tax["tax"], tax["total_due"]) == ("400", "450")
    assert tax["due"] == "2027-03-01"
    assert results[FORM]["forms"]["s_corporation"]["eligible"] == "no"  # preferred stock is a second class
    assert results[FORM]["stock"]["election_due"] == str(date(2026, 12, 14) + timedelta(days=30))
    assert results[FORM]["ip"]["prototype"]["expires"] == "2146-12-31"  # 120 years from creation in 2026
    assert sorted(results[FORM]["unassigned"]) == ["library", "logo", "mark", "protocol", "prototype"]


def test_the_first_months_cash_by_hand(results: dict[str, Any]) -> None:
    """60,000 and 400,000 come; 17,000 of salaries with 11 %; operating 13,375, hosting 900, laptops 7,800; suppliers are paid
    after 25 of 30 days."""
    operating = 1400 + 650 + 6500 + 520 + 160 + 210 + 3800 + 45 + 90
    owed = round(D(operating + 900) * 25 / 30, 2)
    cash = 460_000 - 17_000 * D("1.11") - operating - 900 - 7_800 + owed
    assert D(results[PLAN]["months"]["2027-01"]["cash"]) == cash == D("430950.83")


def test_every_month_balances_and_every_year_adds_up(results: dict[str, Any]) -> None:
    plan = results[PLAN]
    months = list(plan["months"].values())
    for before, month in pairwise(months):
        assert D(month["cash"]) == D(before["cash"]) + D(month["cash_change"])
    for month in months:
        claims = sum(D(month[name]) for name in ("payables", "safes", "capital", "retained"))
        assert D(month["cash"]) + D(month["receivables"]) + D(month["fixed_assets"]) == claims
    for year, row in plan["years"].items():
        own = [month for key, month in plan["months"].items() if key.startswith(year)]
        assert D(row["net_income"]) == sum(D(month["net_income"]) for month in own)
        assert row["cash"] == own[-1]["cash"]


def test_the_need_is_the_buffer_less_the_lowest_cash_without_investors(results: dict[str, Any]) -> None:
    plan, given, lowest = results[PLAN], D(0), D(10**9)
    for month in plan["months"].values():
        given += D(month["safe_money"]) + D(month["round_money"])
        lowest = min(lowest, D(month["cash"]) - given)
    assert D(plan["funding_need"]) == 40_000 - lowest
    assert D(plan["investor_money"]) == 400_000 + 250_000 + 1_400_000
    assert D(plan["lowest_cash"]) == min(D(month["cash"]) for month in plan["months"].values())


def test_a_customer_costs_what_filling_the_cheapest_channels_costs(results: dict[str, Any]) -> None:
    """35 / 9 % for six, 4.20 / 0.66 % for eleven, the rest of the money at 48 / 5.5 %; the plan uses that cost."""
    cost = [round(D(35) / D("0.09"), 2), round(D("4.20") / D("0.0066"), 2), round(D(48) / D("0.055"), 2)]
    budget = D(results[PLAN]["marketing_per_month"])
    left = budget - 6 * cost[0] - 11 * cost[1]
    assert 0 < left < 5 * cost[2]
    average = round(budget / (17 + round(left / cost[2], 4)), 2)
    assert D(results[CHANNELS]["acquisition_cost"]) == average
    assert (
        results[PLAN]["acquisition_cost"] == results[CHANNELS]["acquisition_cost"]
        and results[PLAN]["acquisition_known"]
    )


def test_the_average_marketing_is_that_of_the_first_year_of_sales(results: dict[str, Any]) -> None:
    spent = [D(month["marketing"]) for key, month in results[PLAN]["months"].items() if "2027-07" <= key <= "2028-06"]
    assert D(results[PLAN]["marketing_per_month"]) == round(sum(spent) / 12, 2)


def test_channel_tests_keep_their_promises_and_the_money_for_them(results: dict[str, Any]) -> None:
    """By scipy's binomial: a channel that just does not pay is kept in at most 5 %, one as expected in at least 80 %."""
    from scipy.stats import binom

    most = float(results[MODEL]["most_to_pay"])
    for key, contact, rate in (("introductions", 35, 0.09), ("search", 4.20, 0.0066), ("fairs", 48, 0.055)):
        found = results[CHANNELS]["channels"][key]
        size, keep = found["contacts"], found["keep_from"]
        assert binom.sf(keep - 1, size, contact / most) <= 0.05 < binom.sf(keep - 2, size, contact / most)
        assert binom.sf(keep - 1, size, rate) >= 0.8
        assert D(found["test_cost"]) == round(size * D(str(contact)), 2)
    afforded = [one for one in results[CHANNELS]["channels"].values() if one["affordable"]]
    assert D(results[CHANNELS]["test_cost"]) == sum(D(one["test_cost"]) for one in afforded) <= 30_000
    assert not results[CHANNELS]["channels"]["social"]["worth_it"]  # 1.60 / 0.09 % is 1,777.78, above the most to pay


def test_ownership_after_the_round_by_ycs_formula(results: dict[str, Any]) -> None:
    """Post-money SAFEs take 10 % and 5 % of the capitalization with them; the pool is then raised to 12 % of everything."""
    held = Fraction(8_600_000)
    company = held / (1 - Fraction(400_000, 4_000_000) - Fraction(250_000, 5_000_000))
    # p = pre / (company + added); new = raised / p; 600,000 + added = 12 % of (company + added + new).
    ratio = Fraction(1_400_000, 6_500_000)
    added = (Fraction(12, 100) * company * (1 + ratio) - 600_000) / (1 - Fraction(12, 100) * (1 + ratio))
    everything = (company + added) * (1 + ratio)
    found = results[OWNERS]
    holdings = found["stages"]["seed"]["holdings"]
    assert (holdings["safe-angels"]["shares"], holdings["safe-accelerator"]["shares"]) == (
        int(company / 10),
        int(company / 20),
    )
    assert float(found["founders_after"]) == pytest.approx(float(8_000_000 / everything), abs=2e-5)
    assert float(holdings["pool"]["share"]) == pytest.approx(0.12, abs=1e-5)
    assert float(holdings["round-seed"]["share"]) == pytest.approx(1.4 / 7.9, abs=2e-5)
    assert found["investor_money"] == results[PLAN]["investor_money"]


def test_the_launch_without_calendars_is_the_longest_path(results: dict[str, Any]) -> None:
    graph = networkx.DiGraph()
    lengths = {row["id"]: int(row["duration"]) for row in rows("brindlestep_tasks.csv")}
    for row in rows("brindlestep_tasks.csv"):
        graph.add_node(row["id"])
        for before in filter(None, row["predecessors[]"].split(";")):
            graph.add_edge(before, row["id"], weight=lengths[before])
    ends = {
        key: max((networkx.dag_longest_path_length(graph.subgraph(networkx.ancestors(graph, key) | {key})), 0))
        + lengths[key]
        for key in graph
    }
    days: list[date] = []
    day = FIRST
    book = holidays.country_holidays("US", years=2027)
    while len(days) < max(ends.values()):
        if day.weekday() < 5 and day not in book:
            days.append(day)
        day += timedelta(days=1)
    assert results[LAUNCH]["finish"] == str(days[-1])


def test_no_founder_works_on_two_tasks_a_protected_day_or_without_the_days_a_task_takes(
    results: dict[str, Any],
) -> None:
    fitted = results[LAUNCH]["fitted"]
    tasks = {row["id"]: row for row in rows("brindlestep_tasks.csv")}
    weeks = results[TIME]["weeks"].values()
    taken: dict[str, set[date]] = defaultdict(set)
    for key, row in tasks.items():
        start, finish = (date.fromisoformat(fitted[key][name]) for name in ("start", "finish"))
        for before in filter(None, row["predecessors[]"].split(";")):
            assert date.fromisoformat(fitted[before]["finish"]) < start
        if row["owner"] not in FOUNDERS:
            continue
        there = free_hours(row["owner"])
        share: dict[date, D] = {}
        for week in weeks:
            own = [
                day for day in there if date.fromisoformat(week["begins"]) <= day <= date.fromisoformat(week["ends"])
            ]
            share |= {day: D(week["free_days"][row["owner"]]) / len(own) for day in own}
        span = [start + timedelta(days=n) for n in range((finish - start).days + 1)]
        assert start in share and finish in share
        work = sum(min(D(1), share[day]) for day in span if day in share)
        assert work + D("0.001") >= int(row["duration"]) > work - min(D(1), share[finish])  # enough, and not a day more
        assert not taken[row["owner"]] & set(span)
        taken[row["owner"]] |= set(span)
    assert results[LAUNCH]["launch"] == max(each["finish"] for each in fitted.values()) == "2027-05-24"


def test_the_work_of_the_launch_costs_its_tasks_and_the_channel_tests(results: dict[str, Any]) -> None:
    named = sum(D(row["cost"]) for row in rows("brindlestep_tasks.csv") if row["cost"])
    assert D(results[LAUNCH]["bac"]) == named + D(results[CHANNELS]["test_cost"])
    assert D(results[LAUNCH]["bac"]) <= D(results[PLAN]["before_sales"])
    months = list(results[LAUNCH]["months"].values())
    assert sum(D(month["planned"]) for month in months) == D(results[LAUNCH]["bac"])
    assert ceil(float(months[-1]["cumulative"])) == ceil(float(results[LAUNCH]["bac"]))


def test_the_workbook_recalculated_by_another_engine_says_what_the_plan_says(planned: Planned) -> None:
    from tests.coordinator.exports.recalculate import cached, formulas_of, recalculate

    book = (Path(planned.folder) / "out" / "budget.xlsx").read_bytes()
    formulas, stored, found = formulas_of(book), cached(book), recalculate(book)
    shown = {at: stored[at] for at in formulas if isinstance(stored.get(at), float)}
    assert len(shown) > 900
    wrong = {
        at: (value, found.get(at)) for at, value in shown.items() if found.get(at) != pytest.approx(value, abs=0.006)
    }
    assert not wrong
    checks = [value for (sheet, _), value in found.items() if sheet == "Statements"]
    assert checks


def test_a_price_changed_in_the_workbook_moves_revenue_cash_and_need(planned: Planned) -> None:
    """209 instead of 199 for half of the customers: the average price rises by 10 x the plan's weight."""
    from tests.coordinator.exports.recalculate import address_of, recalculate

    book = (Path(planned.folder) / "out" / "budget.xlsx").read_bytes()
    need = address_of(book, "Need", "Needed from investors", "Value")
    price = address_of(book, "Prices", "Practice", "Price a month (USD)")
    plain: dict[Any, Any] = recalculate(book)
    changed: dict[Any, Any] = recalculate(book, {price: 209.0})
    average = address_of(book, "Prices", "Average customer", "Price a month (USD)")
    won = {key: D(group["obtainable_customers"]) for key, group in planned.results[MARKET]["groups"].items()}
    assert changed[average] == pytest.approx(
        float(plain[average]) + float(10 * won["small"] / sum(won.values())), abs=0.01
    )
    assert float(changed[need]) < float(plain[need])


def test_documents_pages_and_calendar_are_written_and_hold_the_plan(planned: Planned) -> None:
    out = Path(planned.folder) / "out"
    assert {"plan.docx", "budget.xlsx", "plan.html", "calendar.ics", "plan.json"} <= {
        path.name for path in out.iterdir()
    }
    page = (out / "plan.html").read_text("utf-8")
    for words in ("Business model", "Cap table", "What to do on Monday", "578.35", "59.07", "85,165"):
        assert words.lower() in page.lower(), words
    import icalendar

    calendar: Any = icalendar.Calendar.from_ical((out / "calendar.ics").read_bytes())
    entries = {(str(event["SUMMARY"]), event["DTSTART"].dt) for event in calendar.walk("VEVENT")}
    assert {day for name, day in entries if "election" in name} == {date(2027, 1, 13)}
    assert sum("meeting" in name for name, _ in entries) >= 20
    assert {day for name, day in entries if name in ("Launch", "Brindlestep: launch")} == {date(2027, 5, 24)}
    assert any("Sister's wedding" in name and day == date(2027, 4, 15) for name, day in entries)
