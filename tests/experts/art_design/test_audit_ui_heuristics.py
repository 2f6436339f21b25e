"""Ranking by Nielsen's severity scale (0 to 4) and ten heuristics, 1994; means by hand."""

from decimal import Decimal

import pytest

from experts.art_design.tools.audit_ui_heuristics import HEURISTICS, Problem, audit_ui_heuristics
from experts.core.errors import InvalidInput


def test_problems_are_ranked_by_mean_then_by_the_worst_rating() -> None:
    found = audit_ui_heuristics(
        {
            "no-undo": Problem(heuristic=3, severities=[3, 4, 4]),
            "jargon": Problem(heuristic=2, severities=[2, 2, 2]),
            "spinner": Problem(heuristic=1, severities=[1, 2, 3]),
        }
    )
    assert [problem.id for problem in found.ranked] == ["no-undo", "spinner", "jargon"]
    assert [problem.severity for problem in found.ranked] == [Decimal("3.67"), 2, 2]
    assert found.ranked[1].disputed and any("spinner" in text for text in found.warnings)
    assert found.by_heuristic["User control and freedom"] == 1
    assert len(found.without_findings) == 7


def test_there_are_nielsens_ten_and_one_evaluator_is_too_few() -> None:
    assert list(HEURISTICS) == list(range(1, 11))
    found = audit_ui_heuristics({"one": Problem(heuristic=10, severities=[0])})
    assert found.ranked[0].severity == 0
    assert any("three" in text for text in found.warnings)


@pytest.mark.parametrize(
    ("heuristic", "severities", "field"),
    [(0, [1], "heuristic"), (11, [1], "heuristic"), (1, [5], "severities"), (1, [], "severities")],
)
def test_what_is_off_the_scale_is_refused(heuristic: int, severities: list[int], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        audit_ui_heuristics({"one": Problem(heuristic=heuristic, severities=severities)})
    assert caught.value.field == f"problems.one.{field}"


def test_no_problems_are_refused() -> None:
    with pytest.raises(InvalidInput, match="problems"):
        audit_ui_heuristics({})
