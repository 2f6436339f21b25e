"""What the tests of the startup flow share: its brief, its steps by short names, its rows as a person reads them."""

import csv
from typing import Any

from tests.e2e.campaign import ROOT

BRIEFS = ROOT / "examples" / "briefs"
BRINDLESTEP = BRIEFS / "brindlestep.toml"
FLOW = "startup_ideation_to_launch"

TIME = "requirements_gathering_and_coordination"
MARKET = "idea_validation_and_market_analysis"
MODEL = "business_model_design_and_innovation"
FORM = "business_structure_and_ip_protection"
PLAN = "financial_planning_and_funding_strategy"
CHANNELS = "go_to_market_strategy_development"
OWNERS = "ownership_and_cap_table"
LAUNCH = "launch_execution_planning"
EVERY = [TIME, MARKET, MODEL, FORM, PLAN, CHANNELS, OWNERS, LAUNCH]


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one of the brief's CSV files."""
    with (BRIEFS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
