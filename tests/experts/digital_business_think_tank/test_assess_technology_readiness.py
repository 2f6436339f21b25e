"""NASA's rule: a level holds only if every level below it is met (NPR 7123.1, appendix E)."""

from datetime import date

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools._figures import table
from experts.digital_business_think_tank.tools.assess_technology_readiness import Evidence, assess_technology_readiness

TODAY = date(2026, 11, 25)
UP_TO_4 = [
    "principle_published",
    "application_described",
    "critical_function_experiment",
    "prediction_compared",
    "lab_component_test",
    "relevant_environment_defined",
]


def proof(*criteria: str, source: str = "report 12", day: date = date(2026, 5, 1)) -> list[Evidence]:
    return [Evidence(criterion=criterion, source=source, day=day) for criterion in criteria]


def test_evidence_carries_a_level_and_the_claim_is_lowered() -> None:
    found = assess_technology_readiness(proof(*UP_TO_4, "operational_prototype_demo"), TODAY, claimed=7)
    assert (found.level, found.lowered) == (4, True)
    assert [row.criterion for row in found.next_evidence] == [
        "relevant_component_test",
        "scaling_requirements",
        "relevant_prototype_demo",
        "interfaces_shown",
    ]
    assert found.warnings == [
        "TRL 7 is claimed, but the evidence carries TRL 4.",
        "There is evidence for level 7, but a gap below it ends the count at 4.",
    ]
    assert len(found.questions) == 7


def test_without_evidence_there_is_no_level() -> None:
    found = assess_technology_readiness([], TODAY)
    assert found.level == 0 and [row.level for row in found.next_evidence] == [1]


def test_a_claim_without_source_does_not_count_and_old_evidence_is_flagged() -> None:
    items = [*proof(*UP_TO_4[:2]), *proof("critical_function_experiment", "prediction_compared", source=" ")]
    found = assess_technology_readiness(items, TODAY)
    assert found.level == 2 and found.not_counted[0] == "critical_function_experiment: no source"
    old = assess_technology_readiness(proof("principle_published", day=date(2020, 1, 1)), TODAY)
    assert "Older than three years" in old.warnings[0]


@pytest.mark.parametrize(("scale", "top"), [("trl", 9), ("mrl", 10)])
def test_the_whole_scale_can_be_reached(scale: str, top: int) -> None:
    rows = table("technology_readiness").current()[scale]
    everything = proof(*(key for row in rows.values() for key in row["criteria"]))
    found = assess_technology_readiness(everything, TODAY, scale, claimed=top)  # type: ignore[arg-type]
    assert (found.level, found.next_evidence, found.lowered) == (top, [], False)


def test_unknown_criteria_plans_and_levels_off_the_scale_are_refused() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'lab_component_test'"):
        assess_technology_readiness(proof("lab_component_tests"), TODAY)
    with pytest.raises(InvalidInput, match="a plan is no evidence"):
        assess_technology_readiness(proof("lab_component_test", day=date(2027, 1, 1)), TODAY)
    with pytest.raises(InvalidInput, match="TRL 10 does not exist"):
        assess_technology_readiness([], TODAY, claimed=10)
