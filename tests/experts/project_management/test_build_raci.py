"""RACI against the sample matrix of the PMBOK Guide."""

import pytest

from experts.core.errors import InvalidInput
from experts.project_management.tools.build_raci import build_raci

# PMI, PMBOK Guide, 6th edition, figure 9-4: sample RACI chart.
SAMPLE = {
    "create_charter": {"ann": "A", "ben": "R", "carlos": "I", "dina": "I", "ed": "I"},
    "collect_requirements": {"ann": "I", "ben": "A", "carlos": "R", "dina": "C", "ed": "C"},
    "submit_change_request": {"ann": "I", "ben": "A", "carlos": "R", "dina": "R", "ed": "C"},
    "develop_test_plan": {"ann": "A", "ben": "C", "carlos": "I", "dina": "I", "ed": "R"},
}


def test_the_sample_of_the_pmbok_guide_holds() -> None:
    found = build_raci(SAMPLE)
    assert {key: row.accountable for key, row in found.rows.items()} == {
        "create_charter": "ann",
        "collect_requirements": "ben",
        "submit_change_request": "ben",
        "develop_test_plan": "ann",
    }
    assert found.rows["submit_change_request"].responsible == ["carlos", "dina"]
    assert (found.people["carlos"].responsible, found.people["carlos"].informed) == (2, 2)
    assert found.table[0] == ["", "ann", "ben", "carlos", "dina", "ed"]
    assert found.table[1] == ["create_charter", "A", "R", "I", "I", "I"]
    assert found.warnings == []


def test_one_person_may_do_and_answer_for_the_work_and_too_much_of_it_is_warned_of() -> None:
    found = build_raci({"a": {"lena": "R/A"}, "b": {"lena": "ra"}}, most_accountable=1)
    assert found.rows["a"].accountable == "lena" and found.rows["a"].responsible == ["lena"]
    assert found.warnings == ["'lena' answers for 2 rows, more than 1; pass some on."]


def test_rows_without_one_a_or_without_r_are_refused_together() -> None:
    with pytest.raises(InvalidInput) as refused:
        build_raci({"a": {"x": "R"}, "b": {"x": "A", "y": "AR"}, "c": {"x": "A"}})
    assert "row 'a' has no A" in str(refused.value)
    assert "row 'b' has 2 A (x, y)" in str(refused.value)
    assert "row 'c' has no R; name who does the work, or write AR for 'x'" in str(refused.value)


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(InvalidInput, match="row 'a', 'x': 'S' is not a role"):
        build_raci({"a": {"x": "S"}})
