"""Hollenbeck's innovation strategy, driven once for all tests; each test that changes it works on a copy."""

import asyncio
import csv
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.deliver import export
from coordinator.drive import drive
from mcp_servers.known import experts
from tests.e2e.campaign import SESSION, begin, data, open_campaign

BRIEFS = Path(__file__).parents[3] / "examples" / "briefs"
HOLLENBECK = BRIEFS / "hollenbeck_innovation.toml"

OPPORTUNITY = "innovation_opportunity_assessment"
VALUES = "initiative_valuation"
PORTFOLIO = "technology_trend_analysis_and_recommendations"
CASE = "digital_investment_roi_analysis"
ADOPTION = "digital_adoption_forecast"
MARKET = "digital_market_positioning_strategy"
CONCEPT = "digital_experience_design"
ROADMAP = "digital_transformation_roadmap"
EVERY = sorted([OPPORTUNITY, VALUES, PORTFOLIO, CASE, ADOPTION, MARKET, CONCEPT, ROADMAP])

Results = dict[str, dict[str, Any]]


PICTURES = {
    OPPORTUNITY: ["maturity", "segments"],
    VALUES: ["values"],
    PORTFOLIO: ["portfolio", "radar"],
    CASE: ["case", "phasing"],
    ADOPTION: ["adoption"],
    MARKET: ["map"],
    CONCEPT: [
        *("flow", "tokens", "screen-portal_home", "screen-portal_site", "screen-portal_basket"),
        *("screen-app_start", "screen-app_pickup", "screen-app_tool"),
    ],
    ROADMAP: ["roadmap"],
}
SKETCH = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'


@contextmanager
def sketched() -> Iterator[None]:
    """Actions with a square for each picture: drawing takes most of an action's time, and documents need a picture."""
    with pytest.MonkeyPatch.context() as patch:
        for expert in experts().values():
            for name in expert.actions.keys() & PICTURES.keys():
                made = {f"innovation-{id}": SKETCH for id in PICTURES[name]}
                patch.setattr(
                    sys.modules[expert.actions[name].run.__module__], "pictures_of", lambda *_, made=made: made
                )
        yield


@cache
def driven() -> Path:
    """The folder of the driven session with its workbook and calendar; not to be changed."""
    folder = Path(tempfile.mkdtemp(prefix="innovation-"))

    async def plan() -> None:
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk, HOLLENBECK))
            await export(desk, SESSION, folder, ("xlsx", "ics", "json", "html", "docx"))

    with sketched():
        asyncio.run(plan())
    return folder


@cache
def results() -> Results:
    """The data of every step, by step."""
    folder = driven()

    async def read() -> Results:
        async with open_campaign(folder) as desk:
            state = await workspace.read(desk, SESSION)
            return {step: data(state, step) for step in state.plan().steps}

    return asyncio.run(read())


def copied(to: Path) -> Path:
    """A copy of the driven session whose call log is empty."""
    folder = to / "copy"
    shutil.copytree(driven(), folder)
    (folder / "calls.log").write_text("", "utf-8")
    return folder


@cache
def brief() -> dict[str, Any]:
    """The brief as written, numbers as decimals."""
    return tomllib.loads(HOLLENBECK.read_text("utf-8"), parse_float=Decimal)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the brief's CSV files."""
    with (BRIEFS / f"hollenbeck_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flows(kinds: Mapping[str, int]) -> dict[str, list[Decimal]]:
    """By initiative, the sum of each year from 2027 to 2032; `kinds` gives the sign of each kind that counts."""
    found: dict[str, list[Decimal]] = {}
    for row in rows("cash_flows"):
        line = found.setdefault(row["initiative"], [Decimal(0)] * 6)
        line[int(row["year"]) - 2027] += kinds.get(row["kind"], 0) * Decimal(row["amount"])
    return found
