"""Nocta's launch worked out again, with code and tables that the experts do not share."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, begin, open_campaign, undrawn
from tests.spine.harness import calls

ROOT = Path(__file__).parents[3]
BRIEF = ROOT / "examples" / "briefs" / "nocta_launch.toml"

PLAN = "launch_project_initiation"
MARKET = "go_to_market_strategy"
LOOK = "product_visual_identity"
CLEAR = "intellectual_property_protection"
MONEY = "pricing_and_revenue_projections"
GATE = "launch_readiness_review"
STEPS = (PLAN, MARKET, LOOK, CLEAR, MONEY, GATE)

# Public holidays of Hamburg on weekdays of 2027 (gesetzliche Feiertage): Good Friday, Easter Monday, Ascension Day,
# Whit Monday. New Year, Labour Day, Unity Day, Reformation Day and Christmas fall on a Friday, a Saturday, two Sundays
# and a Saturday and Sunday.
HOLIDAYS = {date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the example."""
    with (BRIEF.parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts() -> dict[str, Any]:
    """The brief as TOML, its numbers as decimals."""
    with BRIEF.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def works(day: date) -> bool:
    """Whether a day of 2027 is worked in Hamburg."""
    return day.weekday() < 5 and day not in HOLIDAYS


def on_or_after(day: date) -> date:
    while not works(day):
        day += timedelta(days=1)
    return day


def finish(start: date, days: int) -> date:
    """The last of so many working days, the first of them on or after `start`."""
    day = on_or_after(start)
    while days > 1:
        day = on_or_after(day + timedelta(days=1))
        days -= 1
    return day


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def revenue(scenario: str) -> dict[tuple[str, int], Decimal]:
    """Net revenue by market and month of sales: units x list price x (1 - trade margin), row by row."""
    brief = facts()
    found: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for row in rows("nocta_volumes.csv"):
        if row["scenario"] == scenario:
            price = Decimal(brief["skus"][row["sku"]]["price"])
            margin = Decimal(brief["markets"][row["market"]].get("trade_margin", 0))
            found[row["market"], int(row["month"])] += cents(int(row["units"]) * price * (1 - margin))
    return found


def cost_of_units(scenario: str) -> dict[int, Decimal]:
    """Cost of the units sold, by month of sales."""
    brief = facts()
    found: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows("nocta_volumes.csv"):
        if row["scenario"] == scenario:
            found[int(row["month"])] += int(row["units"]) * Decimal(brief["skus"][row["sku"]]["unit_cost"])
    return found


def month(day: date, after: int = 0) -> str:
    """A calendar month so many months after the one of `day`: "2027-10"."""
    index = day.year * 12 + day.month - 1 + after
    return f"{index // 12}-{index % 12 + 1:02}"


def cash(scenario: str, plan: dict[str, Any], checklist: dict[str, Any]) -> dict[str, Decimal]:
    """Cumulative cash by calendar month, from the brief's money and the dates of the plan and the checklist.

    Sales begin in October (the launch is on the 5th). Receipts come 0, 2 or 2 months later, units are paid two months
    before, channels run evenly over their months, work falls in the months of the schedule, fees when they start.
    """
    brief = facts()
    first = date(2027, 10, 1)
    net: dict[str, Decimal] = defaultdict(Decimal)
    for (market, number), amount in revenue(scenario).items():
        net[month(first, number - 1 + brief["markets"][market]["collection_months"])] += amount
    for number, amount in cost_of_units(scenario).items():
        net[month(first, number - 1 - 2)] -= amount
        net[month(first, number - 1)] -= sum(Decimal(each["monthly"]) for each in brief["running_costs"].values())
    for channel in brief["channels"].values():
        count, before = channel.get("months", 3), Decimal(0)
        for number in range(1, count + 1):
            so_far = cents(Decimal(channel["spend"]) * number / count)
            net[month(first, number - 1 - channel.get("lead_months", 1))] -= so_far - before
            before = so_far
    for key, each in plan["months"].items():
        net[key] -= Decimal(each["planned"])
    fees = {row["id"]: Decimal(row["cost"] or 0) for row in rows("nocta_clearances.csv")}
    for key, item in checklist["items"].items():
        if "starts" in item:
            net[month(date.fromisoformat(item["starts"]))] -= fees[key]
    total, found = Decimal(0), {}
    for key in sorted(net):
        total += net[key]
        found[key] = total
    return found


SHORT: dict[str, Any] = {
    f"volumes.{row['id']}.{name}": None
    for row in rows("nocta_volumes.csv")
    if row["scenario"] == "strong" or int(row["month"]) > 3
    for name in ("scenario", "sku", "market", "month", "units")
} | {"scenarios.strong.label": None, "scenarios.strong.story": None}
"""What leaves Nocta two scenarios and three months of sales, so that a change costs little."""


@asynccontextmanager
async def short_session(folder: Path) -> AsyncIterator[tuple[Desk, Path]]:
    """A driven session of the short brief, and its log of calls; actions draw nothing."""
    with undrawn():
        async with open_campaign(folder) as at:
            await drive(at, await begin(at, BRIEF, SHORT))
            assert set(calls(folder / "calls.log")) == set(STEPS)
            yield at, folder / "calls.log"


async def put_back(at: Desk, log: Path) -> None:
    """The first revision again, which has to cost no call."""
    calls(log)
    await workspace.restore(at, SESSION, 1)
    plan = await drive(at, SESSION)
    assert calls(log) == []
    assert all(step.status == "current" for step in plan.steps.values())
