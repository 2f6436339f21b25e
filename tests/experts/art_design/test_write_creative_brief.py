"""A brief has one message; what is missing is listed."""

from datetime import date

import pytest

from experts.art_design.tools.write_creative_brief import write_creative_brief
from experts.core.errors import InvalidInput

GIVEN = {
    "project": "Spring launch",
    "objective": "Sell 2000 first boxes by June",
    "audience": "Tea drinkers",
    "message": "Tidewater is the tea that tastes of low tide.",
}


def test_a_full_brief_is_complete() -> None:
    found = write_creative_brief(
        **GIVEN,
        mandatories=["Logo"],
        reasons=["Picked by hand"],
        tone=["plain"],
        deliverables=["2 films"],
        success="2000 boxes",
        due=date(2027, 3, 1),
    )
    assert (found.complete, found.open, found.message_words, found.warnings) == (True, [], 9, [])


def test_missing_parts_are_listed_and_empty_lines_dropped() -> None:
    found = write_creative_brief(**GIVEN, mandatories=["", "Logo "])
    assert found.mandatories == ["Logo"]
    assert len(found.open) == 5
    assert found.open[-1] == "when it is due"


@pytest.mark.parametrize("message", ["It is good. It is cheap.", "Buy it! Now?", "word " * 26])
def test_no_single_message_is_refused(message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        write_creative_brief(**{**GIVEN, "message": message})
    assert caught.value.field == "message"


def test_an_abbreviation_or_a_decimal_is_no_second_sentence() -> None:
    assert write_creative_brief(**{**GIVEN, "message": "Version 2.0 is here"}).message_words == 4


def test_an_and_and_a_missing_figure_are_flagged() -> None:
    found = write_creative_brief(**{**GIVEN, "message": "Good and cheap", "objective": "Sell more"})
    assert [text.split(" ")[0] for text in found.warnings] == ["the", "neither"]


@pytest.mark.parametrize("field", list(GIVEN))
def test_an_empty_part_is_refused(field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        write_creative_brief(**{**GIVEN, field: " \n"})
    assert caught.value.field == field
