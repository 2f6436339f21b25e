"""Other briefs than Tannhof's: the least that is asked for, many states, long names; all honest, all rendered."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.audit import audit
from coordinator.deliver import export
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, begin, data, open_campaign, undrawn
from tests.e2e.flows.adoption import CASE, DECISION, GATE, LAW, PEOPLE, PLAN, TECH

pytestmark = pytest.mark.anyio

LEAST = """
flow = "emerging_technology_adoption"
currency = "JPY"
as_of = 2026-11-30
technology = { name = "Route planning by learning", candidate = "learned" }
criteria = { fit = { weight = 1 } }
alternatives = { learned = { scores = { fit = 7 } }, today = { scores = { fit = 5 } } }
states = { only = { probability = 1 } }
options = { go = { payoffs = { only = 4_000_000 } }, stay = { payoffs = { only = 0 } } }
case = { discount_rate = 0.05, gate_year = 2027 }
roles = { driver = { needs = { app = 1 } } }
people = { p1 = { role = "driver" }, p2 = { role = "driver", levels = { app = 1 } } }
courses = { app = { skill = "app", hours = 2, fee = 9000 } }
training = { pilot_start = 2027-03-01, rollout_start = 2028-06-01 }
schedule = { start = 2027-02-01, country = "JP" }

[cash_flows]
a = { year = 2027, kind = "investment", amount = 3_000_000 }
b = { year = 2028, kind = "investment", amount = 5_000_000 }
c = { year = 2029, kind = "benefit", amount = 20_000_000 }
"""
LONG = "A name that goes on and on, as the names of projects in large companies with 12 departments do; " * 3
MANY: dict[str, Any] = {
    **{f"states.s{n}.probability": "0.2" for n in range(1, 6)},
    **{f"options.{option}.payoffs.s{n}": n * 1000 for option in ("go", "stay") for n in range(1, 6)},
    "states.only": None,
    "states.only.probability": None,
    "options.go.payoffs.only": None,
    "options.stay.payoffs.only": None,
    **{f"cash_flows.x{n}.{key}": value for n in range(1, 6) for key, value in
       {"scenario": f"s{n}", "year": 2030, "kind": "benefit", "amount": n * 100_000}.items()},
    "technology.name": LONG,
    "alternatives.learned.label": LONG,
    "options.go.label": LONG,
    "states.s1.label": LONG,
    "courses.app.label": LONG,
    "roles.driver.label": LONG,
    "kill_criteria.a.label": LONG,
    "kill_criteria.a.threshold": "0.5",
    "obligations.a.label": LONG,
    "risks.a.label": LONG,
    "risks.a.probability": "0.5",
    "risks.a.impact": 1000,
    "components.a.license": "MIT",
    "components.a.label": LONG,
}  # fmt: skip


@pytest.fixture
def brief(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "least.toml"
    path.write_text(LEAST, "utf-8")
    yield path


async def test_the_least_brief_gives_a_plan_that_says_what_it_does_not_know(brief: Path, tmp_path: Path) -> None:
    with undrawn():
        async with open_campaign(tmp_path) as desk:
            plan = await drive(desk, await begin(desk, brief))
            state = await workspace.read(desk, SESSION)
            found = {step: data(state, step) for step in plan.steps}
            (problem,) = (await audit(desk, SESSION)).problems
    # No evidence, no level, so the choice is not agreed; the rest is planned and the plan is a draft.
    assert found[TECH]["trl"] == 0 and problem.startswith("sync point technology_choice is failed")
    assert found[DECISION]["signals"] == {} and "evsi" not in found[DECISION]
    # 20,000,000 / 1.05^2 - (5,000,000 + 9,000) / 1.05 - 3,000,000, in whole yen
    value = Decimal(20_000_000) / Decimal("1.1025") - Decimal(5_009_000) / Decimal("1.05") - 3_000_000
    assert found[CASE]["staged_npv"] == str(value.quantize(Decimal(1)))
    assert found[CASE]["stop_option_value"] == "0"
    # Unknown facts are questions, not answers.
    assert {law["applies"] for law in found[LAW]["laws"].values()} == {"needs_facts"}
    assert found[LAW]["dpia_outcome"] == "not_screened"
    assert found[PEOPLE]["training_cost"] == "9000" and "released" not in found[PEOPLE]
    assert found[GATE]["decision"] == "hold" and found[GATE]["kill_criteria"] == {}
    # The flow's usual tasks; the investment stands at the pilot and the roll-out.
    assert found[PLAN]["tasks"]["pilot"]["cost"] == "3000000" and found[PLAN]["tasks"]["rollout"]["cost"] == "5000000"
    assert found[PLAN]["cost"] == "8009000"


async def test_five_states_and_long_names_are_planned_drawn_and_written(brief: Path, tmp_path: Path) -> None:
    async with open_campaign(tmp_path) as desk:
        plan = await drive(desk, await begin(desk, brief, MANY))
        assert all(step.status == "current" for step in plan.steps.values())
        assert len(data(await workspace.read(desk, SESSION), CASE)["scenarios"]) == 5
        files = await export(desk, SESSION, tmp_path / "out", ("docx", "xlsx"))
    assert {path.suffix for path in files} >= {".docx", ".xlsx"}
