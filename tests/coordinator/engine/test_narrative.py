"""Prose writes digits only through citations."""

import pytest

from coordinator.engine.narrative import citations, render, uncited_digits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs [[cost#total]].", []),
        ("It costs 500.", ["500."]),
        ("Twelve channels", ["Twelve"]),
        ("two or ten channels", []),
        ("meets WCAG 2.2", []),
        ("Q3 results", ["Q3"]),
        ("the Studio 54 brief", []),
    ],
)
def test_digits_outside_citations_literals_and_quotations_are_found(text: str, found: list[str]) -> None:
    assert uncited_digits(text, ["WCAG 2.2", "Studio 54"]) == found


def test_a_citation_is_replaced_by_what_its_ref_shows() -> None:
    text = "[[a#x]] of [[fact:b.c]]"
    assert list(citations(text)) == ["a#x", "fact:b.c"]
    assert render(text, {"a#x": "USD 5", "fact:b.c": "9"}.__getitem__) == "USD 5 of 9"
