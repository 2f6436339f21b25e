"""Dates of contracts, each counted by hand on a calendar by the conventions that the tool states."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]
Row = tuple[str, str | None, str, str]


def rows(found: Any) -> set[Row]:
    return {
        (item.kind, str(item.date) if item.date else None, item.period, item.waits_for) for item in found.obligations
    }


def extracted(call: Call, text: str, **more: Any) -> Any:
    found = call("extract_contract_dates", text=text, as_of="2027-03-01", **more)
    for item in found.obligations:
        assert text[item.start : item.end] == item.quote
    return found


RENEWAL = "unless a party gives sixty (60) days' written notice before the end of the term."
# Twelve months from 1 March 2027 end on 29 February 2028, and 60 days before that is 31 December 2027:
# 29 days back to 31 January, 31 more to 31 December.
TERM_OF_A_YEAR = {
    ("effective", "2027-03-01", "", ""),
    ("term_end", "2028-02-29", "12 months", ""),
    ("renewal_notice", "2027-12-31", "60 days", ""),
    ("renewal", "2028-03-01", "", ""),
}


def test_notice_is_counted_back_from_the_end_of_the_term(call: Call) -> None:
    text = (
        "This Agreement takes effect on 1 March 2027. The term is twelve (12) months from the effective date. "
        f"It renews for one year {RENEWAL}"
    )
    found = extracted(call, text)
    assert rows(found) == TERM_OF_A_YEAR and found.questions == []


def test_a_term_in_the_sentence_of_the_effective_date_and_a_payment_without_an_event_are_found(call: Call) -> None:
    text = (
        "This Agreement is effective 1 March 2027 and continues for twelve (12) months. "
        f"It renews for successive terms of one year {RENEWAL} Invoices are payable within 30 days."
    )
    found = extracted(call, text)
    assert rows(found) == TERM_OF_A_YEAR | {("payment", None, "30 days", "")}
    assert found.questions == ["From which event do the 30 days run in 'Invoices are payable within 30 days.'?"]


@pytest.mark.parametrize(
    ("sentence", "period", "event"),
    [
        (
            "The Customer shall pay within thirty (30) days after receipt of a correct invoice.",
            "30 days",
            "receipt of a correct invoice",
        ),
        ("Fees are due net 45.", "45 days", ""),
        ("The fee shall be paid within 14 days of invoice.", "14 days", "invoice"),
        ("Payment is due no later than ten (10) business days following delivery.", "10 working days", "delivery"),
        ("The price is payable quarterly in advance.", "quarterly in advance", ""),
        ("Payment is due on the first day of each month.", "on the first day of each month", ""),
    ],
)
def test_payment_terms_are_read_as_they_are_worded(call: Call, sentence: str, period: str, event: str) -> None:
    found = extracted(call, f"This Agreement is made on 1 March 2027 between the parties. {sentence}")
    assert [(item.period, item.waits_for) for item in found.obligations if item.kind == "payment"] == [(period, event)]
    assert bool(found.questions) is (event == "" and period.endswith("days"))


def test_a_payment_that_runs_from_the_effective_date_has_a_day(call: Call) -> None:
    # 1 March and ten days: 11 March
    text = "This Agreement is effective 1 March 2027. A deposit of $5,000 is payable within ten days of the Effective Date."
    (deposit,) = [item for item in extracted(call, text).obligations if item.kind == "payment"]
    assert (str(deposit.date), deposit.amount) == ("2027-03-11", "$5,000")


@pytest.mark.parametrize(
    ("first", "term", "last"),
    [
        ("31 December 2027", "two (2) months", "2028-02-28"),  # the day before 29 February, the last of the month
        ("29 February 2028", "one year", "2029-02-27"),  # the anniversary of a leap day is taken as 28 February
        ("1 January 2027", "one year", "2027-12-31"),
        ("31 January 2027", "one month", "2027-02-27"),
    ],
)
def test_terms_over_year_ends_and_leap_days_take_the_earlier_reading(
    call: Call, first: str, term: str, last: str
) -> None:
    found = extracted(call, f"This Agreement is effective {first} and continues for {term}.")
    assert [str(item.date) for item in found.obligations if item.kind == "term_end"] == [last]


def test_two_ends_are_asked_about_and_the_earlier_one_counts(call: Call) -> None:
    text = (
        "This Agreement takes effect on 1 March 2027. The term ends on 28 February 2029. "
        "This Agreement shall continue for one (1) year. It renews for one year " + RENEWAL
    )
    found = extracted(call, text)
    assert any("2028-02-29 and 2029-02-28" in question for question in found.questions)
    # 29 February 2028 less 60 days
    assert ("renewal_notice", "2027-12-31", "60 days", "") in rows(found)


def test_a_right_to_end_within_a_period_is_no_end_of_the_term(call: Call) -> None:
    text = (
        "This Agreement takes effect on 1 March 2027. "
        "If control of the Supplier changes, the Customer may end the agreement within 60 days."
    )
    assert not [item for item in extracted(call, text).obligations if item.kind == "term_end"]


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("This Agreement shall continue until the fifth (5th) anniversary of the Effective Date.", "2032-02-29"),
        ("The Term ends on the five (5) year anniversary of the Effective Date.", "2032-02-29"),
        ("This Agreement shall terminate on June 1,2028.", "2028-06-01"),
        # whichever comes first is not a day
        ("This Agreement ends upon the earlier of the first anniversary of the Effective Date and completion.", None),
        # these count something else than the agreement
        ("This Agreement ends if a failure to pay continues for a period of ten (10) days.", None),
        ("For a period of two years following termination of this Agreement records are kept.", None),
    ],
)
def test_ends_by_anniversary_are_found_and_other_periods_are_not_taken_for_them(
    call: Call, sentence: str, last: str | None
) -> None:
    # five years from 1 March 2027 end on 29 February 2032
    found = extracted(call, f"This Agreement takes effect on March 1,2027. {sentence}")
    assert [str(item.date) for item in found.obligations if item.kind == "term_end"] == ([last] if last else [])
    assert any("No end of the agreement" in warning for warning in found.warnings) is (last is None)


def test_hard_spaces_and_broken_lines_inside_dates_are_read(call: Call) -> None:
    text = "This Agreement is effective 1\u00a0March\r\n2027 and continues for twenty\u2011four (24) months."
    assert {("effective", "2027-03-01", "", ""), ("term_end", "2029-02-28", "24 months", "")} <= rows(
        extracted(call, text)
    )


def test_a_term_beyond_the_calendar_is_asked_about(call: Call) -> None:
    found = extracted(call, "This Agreement is effective 1 December 9999 and continues for 1200 months.")
    assert any("leave the calendar" in question for question in found.questions)


def test_an_effective_date_that_differs_from_the_text_is_asked_about(call: Call) -> None:
    found = extracted(
        call, "This Agreement is effective 1 March 2027 and continues for one year.", effective="2027-04-01"
    )
    assert any("2027-03-01" in question and "2027-04-01" in question for question in found.questions)


def test_a_day_that_does_not_exist_is_asked_about(call: Call) -> None:
    found = extracted(call, "This Agreement is effective as of 30 February 2027 and is governed by Irish law.")
    assert any("30 February 2027" in question for question in found.questions)


def test_a_text_without_words_is_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        call("extract_contract_dates", text=" \n ", as_of="2027-03-01")
