"""Cooper's rule at a gate: knock-outs first, then scores; what has no evidence holds."""

from datetime import date
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.write_stage_gate import GateRecord, Must, Should, write_stage_gate

D = Decimal
DAY = date(2026, 11, 25)
MUSTS = {key: Must(answer="yes", evidence="minutes 3") for key in ("strategic_fit", "legal_ethical", "real_problem")}
SHOULDS = {
    "market_attractiveness": Should(score=8, evidence="sizing of May", weight=D(3)),
    "advantage": Should(score=6, evidence="test 4"),
}


def gate(musts: dict[str, Must] | None = None, shoulds: dict[str, Should] | None = None, **more: str) -> GateRecord:
    return write_stage_gate("Harbour", "scoping", DAY, MUSTS | (musts or {}), SHOULDS | (shoulds or {}), **more)  # type: ignore[arg-type]


def test_all_met_and_scored_goes() -> None:
    """(3x8 + 6)/40 = 0.75."""
    found = gate()
    assert (found.decision, found.score, found.missing_evidence) == ("go", D("0.75"), [])
    assert found.framework == "lean_startup" and len(found.questions) == 6


@pytest.mark.parametrize(
    ("musts", "shoulds", "decision", "said"),
    [
        ({"real_problem": Must(answer="no", evidence="x")}, {}, "kill", "Not met: Have people"),
        ({"real_problem": Must(answer="unknown")}, {}, "hold", "No evidence: Have people"),
        ({"real_problem": Must(answer="yes")}, {}, "hold", "No evidence: Have people"),
        ({}, {"advantage": Should(score=9)}, "hold", "No evidence: How much better"),
        (
            {},
            {"market_attractiveness": Should(score=4, evidence="x", weight=D(3))},
            "hold",
            "Score: 45 % is below 60 %",
        ),
        ({"own_rule": Must(answer="no", evidence="x")}, {}, "kill", "Not met: own rule"),
    ],
)
def test_what_stops_a_project(musts: dict[str, Must], shoulds: dict[str, Should], decision: str, said: str) -> None:
    found = gate(musts, shoulds)
    assert found.decision == decision and any(reason.startswith(said) for reason in found.reasons)


def test_criteria_of_the_gate_that_nobody_answered_hold() -> None:
    found = write_stage_gate("Harbour", "launch", DAY, {})
    assert found.decision == "hold" and len(found.missing_evidence) == 6
    assert "no should-meet criterion" in found.reasons[-1]


@pytest.mark.parametrize(
    ("asked", "framework", "count"),
    [
        ("market_creation", "blue_ocean_strategy", 6),
        ("design_thinking", "design_thinking", 17),
        ("industry_transformation", "disruptive_innovation", 6),
    ],
)
def test_a_goal_finds_its_framework_and_asks_its_questions(asked: str, framework: str, count: int) -> None:
    found = gate(framework=asked)
    assert (found.framework, len(found.questions)) == (framework, count)


def test_an_unknown_framework_is_refused() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'design_thinking'"):
        gate(framework="design_thinkin")
