"""What the tests of the adoption flow share: its brief, its steps by short names, its rows as a person reads them."""

import csv
from decimal import Decimal
from typing import Any

from tests.e2e.campaign import ROOT

BRIEFS = ROOT / "examples" / "briefs"
TANNHOF = BRIEFS / "inspection_adoption.toml"
FLOW = "emerging_technology_adoption"

TECH = "technology_assessment_and_feasibility"
DECISION = "competitive_advantage_analysis"
CASE = "technology_investment_analysis"
LAW = "regulatory_and_compliance_review"
PEOPLE = "skills_gap_analysis_and_training_plan"
GATE = "pilot_gate_preparation"
PLAN = "technology_implementation_roadmap"

PROBABILITY = {"strong": Decimal("0.25"), "fair": Decimal("0.45"), "weak": Decimal("0.30")}
SIGNALS = {
    "pass": {"strong": Decimal("0.75"), "fair": Decimal("0.40"), "weak": Decimal("0.05")},
    "mixed": {"strong": Decimal("0.20"), "fair": Decimal("0.40"), "weak": Decimal("0.30")},
    "fail": {"strong": Decimal("0.05"), "fair": Decimal("0.20"), "weak": Decimal("0.65")},
}


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one of the brief's CSV files."""
    with (BRIEFS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def present_value(scenario: str, training: dict[int, Decimal], years: range, rate: str = "0.09") -> Decimal:
    """Net flows of a scenario in some years, discounted from 2027 at year ends; training is a cost."""
    total = Decimal(0)
    for row in rows("inspection_cash_flows.csv"):
        if row["scenario"] in ("", scenario) and int(row["year"]) in years:
            sign = 1 if row["kind"] == "benefit" else -1
            total += sign * Decimal(row["amount"]) / (1 + Decimal(rate)) ** (int(row["year"]) - 2027)
    return total - sum(
        (cost / (1 + Decimal(rate)) ** (year - 2027) for year, cost in training.items() if year in years), Decimal(0)
    )
