"""8 Del. C. 211(c), 502, 504; 6 Del. C. 18-1107; Companies Act 2006 s. 336, 442, 443, 853A. Days counted by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.legal_consultant.views.plan_governance_calendar import view

Call = Callable[..., Any]
DELAWARE = {"form": "us_de_corporation", "year": 2027, "formed": "2020-05-06"}
BRITISH = {"form": "uk_private", "year": 2027, "formed": "2020-05-06", "year_end": "2026-12-31"}


def due(found: Any) -> dict[str, str]:
    return {duty.what: str(duty.due) for duty in found.duties}


def test_an_overdue_meeting_stands_first_and_says_so(call: Call) -> None:
    # 13 months after 10 January 2025: 10 February 2026, before the plan begins
    found = call("plan_governance_calendar", **DELAWARE, last_meeting="2025-01-10")
    first = found.duties[0]
    assert (first.status, str(first.due)) == ("overdue", "2026-02-10")
    assert found.escalate and "overdue since 2026-02-10" in found.escalation_reason
    assert found.warnings[0] == found.escalation_reason
    made = view(found, {})
    assert made.title.startswith("Overdue: annual meeting, since 2026-02-10")
    assert "OVERDUE" in str(made.files["governance.ics"]) and "DTSTART;VALUE=DATE:20270101" in str(
        made.files["governance.ics"]
    )


def test_without_a_last_meeting_it_is_counted_from_formation_and_asked(call: Call) -> None:
    found = call("plan_governance_calendar", **DELAWARE)
    assert found.duties[0].status == "overdue" and "No last meeting was given" in found.escalation_reason


@pytest.mark.parametrize(("as_of", "status"), [("2027-07-10", "due"), ("2027-07-11", "overdue")])
def test_the_last_day_itself_is_not_overdue(call: Call, as_of: str, status: str) -> None:
    found = call("plan_governance_calendar", **DELAWARE, last_meeting="2026-06-10", as_of=as_of)
    (meeting,) = [duty for duty in found.duties if duty.what.startswith("Annual meeting")]
    assert (str(meeting.due), meeting.status) == ("2027-07-10", status)
    # whether the report of 1 March was filed is not known, so it has passed and is not called overdue
    assert next(duty for duty in found.duties if "report" in duty.what).status == "passed"


def test_a_meeting_planned_too_late_escalates_and_its_days_are_counted(call: Call) -> None:
    found = call("plan_governance_calendar", **DELAWARE, last_meeting="2026-06-10", meeting="2027-07-20")
    assert found.escalate and "2027-07-20 is later than 2027-07-10" in found.escalation_reason
    notice = next(duty for duty in found.duties if duty.what.startswith("Notice"))
    # 60 and 10 days before 20 July: 21 May and 10 July (8 Del. C. 222(b))
    assert (str(notice.opens), str(notice.due)) == ("2027-05-21", "2027-07-10")


def test_british_dates_follow_the_companies_act(call: Call) -> None:
    found = due(call("plan_governance_calendar", **BRITISH))
    assert found == {
        "Confirmation statement": "2027-05-19",  # review period ends 5 May, and 14 days
        "Accounts at Companies House": "2027-09-30",
        "Corporation tax paid": "2027-10-01",  # nine months and a day
        "Company tax return": "2027-12-31",
    }
    # Explanatory note 689 to s. 443: six months from 30 June end on 31 December
    public = due(call("plan_governance_calendar", **{**BRITISH, "form": "uk_public", "year_end": "2027-06-30"}))
    assert public["Accounts at Companies House"] == public["Annual general meeting"] == "2027-12-31"


def test_a_company_of_a_leap_day_has_a_review_period(call: Call) -> None:
    found = call("plan_governance_calendar", **{**BRITISH, "formed": "2024-02-29"})
    # twelve months from 29 February end on 28 February; 14 days later is 14 March
    assert due(found)["Confirmation statement"] == "2027-03-14"


def test_in_its_first_year_a_company_owes_no_report(call: Call) -> None:
    llc = call("plan_governance_calendar", form="us_de_llc", year=2027, formed="2027-02-01")
    assert llc.duties == [] and "2027" in llc.warnings[0]
    assert due(call("plan_governance_calendar", form="us_de_llc", year=2028, formed="2027-02-01")) == {
        "LLC annual tax (USD 300)": "2028-06-01"
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({**DELAWARE, "formed": "2028-01-01"}, "2028-01-01"),
        ({**DELAWARE, "meeting": "2028-01-01"}, "2028-01-01"),
        ({**DELAWARE, "last_meeting": "2019-01-01"}, "2019-01-01"),
        ({**DELAWARE, "last_meeting": "2027-05-01", "as_of": "2027-03-01"}, "has not been held"),
        ({**DELAWARE, "last_meeting": "2027-05-01", "meeting": "2027-05-01"}, "not after"),
        ({**DELAWARE, "as_of": "2030-01-01"}, "2030-01-01"),
        ({"form": "us_de_llc", "year": 2027, "formed": "2020-05-06", "meeting": "2027-05-01"}, "us_de_llc"),
        ({k: v for k, v in BRITISH.items() if k != "year_end"}, "year_end"),
        ({**BRITISH, "year_end": "2010-12-31"}, "2010-12-31"),
    ],
)
def test_facts_that_do_not_fit_are_refused(call: Call, arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        call("plan_governance_calendar", **arguments)


def test_a_year_before_the_table_is_refused(call: Call) -> None:
    with pytest.raises((InvalidInput, ValueError), match="2017"):
        call("plan_governance_calendar", **{**DELAWARE, "year": 2016})
