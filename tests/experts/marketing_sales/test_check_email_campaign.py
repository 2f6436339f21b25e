"""E-mail checks against the points of the FTC's CAN-SPAM guide (15 U.S.C. 7704, 16 CFR 316)."""

from decimal import Decimal as D

import pytest
from pydantic import TypeAdapter, ValidationError

from experts.marketing_sales.tools.check_email_campaign import Region, check_email_campaign

FOOT = "Advertisement. 12 Harbor Street, Seattle, WA 98101. Unsubscribe here."


def test_a_message_with_opt_out_and_address_passes_and_its_figures_are_products() -> None:
    made = check_email_campaign(
        "Your first box", FOOT, ["US"], 4200, open_rate=D("0.31"), click_rate=D("0.026"), unsubscribe_rate=D("0.002")
    )
    assert {finding.check: finding.status for finding in made.findings} == {
        "opt-out": "found",
        "postal address": "found",
    }
    assert not made.blocked and not made.ask_a_lawyer
    assert (made.expected_opens, made.expected_clicks, made.expected_unsubscribes) == (1302, D("109.2"), D("8.4"))
    assert made.findings[1].source == "15 U.S.C. 7704(a)(5)(A)(iii)"


def test_a_missing_opt_out_and_address_block_it() -> None:
    made = check_email_campaign("Re: our talk", "Buy now.", ["US"], 10)
    assert {finding.check: finding.status for finding in made.findings} == {
        "subject": "look",
        "opt-out": "missing",
        "postal address": "missing",
        "advertising": "look",
    }
    assert made.blocked


def test_a_post_office_box_counts_as_an_address() -> None:
    """16 CFR 316.2(p): a post office box registered with the Postal Service is a valid physical postal address."""
    made = check_email_campaign("News", "PO Box 12. Opt out by reply.", ["US"], 10, consent=True)
    assert [finding.status for finding in made.findings] == ["found", "found"]


def test_recipients_in_europe_without_consent_are_a_question() -> None:
    made = check_email_campaign("N" * 61, FOOT, ["EU", "US", "CA"], 10)
    assert [finding.check for finding in made.findings if finding.status == "ask"] == ["consent CA", "consent EU"]
    assert made.ask_a_lawyer and not made.blocked
    assert not check_email_campaign("News", FOOT, ["EU"], 10, consent=True).ask_a_lawyer


def test_an_address_outside_the_us_is_left_to_a_person() -> None:
    made = check_email_campaign("News", "4 Quay Gardens, Leeds LS1 4AP. Unsubscribe.", ["UK"], 10, consent=True)
    assert [finding.status for finding in made.findings] == ["found", "look"]
    assert not made.blocked


def test_a_receipt_needs_no_opt_out_but_no_promotion_either() -> None:
    made = check_email_campaign("Your receipt", "Thank you.", ["US"], 10, "transactional")
    assert [finding.check for finding in made.findings] == ["purpose"]


def test_a_region_that_is_not_covered_is_refused() -> None:
    with pytest.raises(ValidationError, match="'US', 'EU', 'UK' or 'CA'"):
        TypeAdapter(Region).validate_python("AU")
