"""Plans a company's yearly corporate duties: meetings, notices, filings, consents.

Delaware corporation: a stockholder may ask the Court of Chancery for a meeting once 30 days after the date designated for
it, or 13 months after the last one or the incorporation, have passed (8 Del. C. 211(c)); notice 10 to 60 days before
(222(b)); record date 10 to 60 days before (213(a)); stock list 10 days up to the day before (219(a)); annual report and
franchise tax by 1 March (502(c), 504). Delaware LLC: USD 300 by 1 June (6 Del. C. 18-1107). UK: confirmation statement
within 14 days after the review period of 12 months (Companies Act 2006 s. 853A); accounts 9 months after the year end, 6
for a plc (s. 442; a period from a month's last day ends on a month's last day, s. 443); plc AGM within 6 months (s. 336).

Limits: charter, bylaws, listing rules, first accounts and other states' filings are not included.
"""

import calendar
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.legal_consultant.tools._legal import Legal, citation, values
from experts.legal_consultant.tools._numbers import add_months

Form = Literal["us_de_corporation", "us_de_llc", "uk_private", "uk_public"]


class Duty(Model):
    """One duty: from and by when."""

    what: str
    opens: Day | None = None
    due: Day
    source: str
    note: str = ""


class GovernanceCalendar(Legal):
    """Duties by date."""

    form: Form
    year: int
    duties: list[Duty]


def plan_governance_calendar(
    form: Form,
    year: Annotated[int, Field(ge=2017, le=2100)],
    formed: Day,
    meeting: Annotated[Day | None, Field(description="Planned annual meeting.")] = None,
    last_meeting: Day | None = None,
    year_end: Annotated[Day | None, Field(description="UK: accounting reference date of the last year.")] = None,
) -> GovernanceCalendar:
    """Plan a year of corporate duties for a Delaware or UK company: meetings, notices, filings; .ics by make_document.

    Use when a company's calendar is set up. It does not know bylaws, listing rules or other states.
    """
    law = values("governance_rules", date(year, 1, 1))
    if formed.year > year:
        raise InvalidInput(f"formed {formed} is after the year {year} planned", field="formed")
    warnings: list[str] = []
    if form == "us_de_corporation":
        duties = _delaware(law, year, formed, meeting, last_meeting, warnings)
        place = "US-DE"
    elif form == "us_de_llc":
        duties = [
            Duty(
                what="LLC annual tax (USD 300)",
                due=date(year, 6, 1),
                source="6 Del. C. 18-1107(b)-(c)",
                note="No annual report.",
            )
        ]
        place = "US-DE"
    else:
        duties = _uk(law, form, year, formed, _given(year_end))
        place = "GB"
    late = [
        duty.what
        for duty in duties
        if meeting and duty.what.startswith("Annual meeting at the latest") and meeting > duty.due
    ]
    return GovernanceCalendar(
        jurisdiction=place,
        as_of=date(year, 1, 1),
        sources=[citation("governance_rules", date(year, 1, 1))],
        escalate=bool(late),
        escalation_reason="The planned meeting is later than 13 months after the last one." if late else "",
        method="Each duty by its statute; months by the calendar, days as calendar days before the meeting.",
        assumptions=["The company existed all year and its charter and bylaws add nothing."],
        warnings=[
            *warnings,
            "Beneficial ownership, tax returns and filings of other states or agencies are not included.",
        ],
        form=form,
        year=year,
        duties=sorted(duties, key=lambda duty: (duty.due, duty.what)),
    )


def _delaware(
    law: dict[str, int], year: int, formed: date, meeting: date | None, last: date | None, warnings: list[str]
) -> list[Duty]:
    duties = [
        Duty(
            what="Annual report and franchise tax",
            opens=date(year, 1, 1),
            due=date(year, 3, 1),
            source="8 Del. C. 502(c), 504",
            note="For the year before.",
        )
    ]
    latest = add_months(last or formed, law["de_meeting_months"])
    duties.append(
        Duty(
            what="Annual meeting at the latest (or consent in lieu)",
            due=latest,
            source="8 Del. C. 211(b)-(c)",
            note=f"13 months after {last or formed}; then any stockholder may ask the Court of Chancery to order it.",
        )
    )
    if meeting is None:
        warnings.append("No meeting date was given, so notice, record date and stock list have no dates.")
        return duties
    if meeting.year != year:
        raise InvalidInput(f"meeting {meeting} is not in {year}", field="meeting")
    first, final = (meeting - timedelta(days=law[key]) for key in ("de_notice_max", "de_notice_min"))
    duties += [
        Duty(
            what="Record date of the meeting",
            opens=first,
            due=final,
            source="8 Del. C. 213(a)",
            note="Set by the board.",
        ),
        Duty(what="Notice of the annual meeting", opens=first, due=final, source="8 Del. C. 222(b)"),
        Duty(
            what="Stock list open to stockholders",
            opens=meeting - timedelta(days=law["de_list_days"]),
            due=meeting - timedelta(days=1),
            source="8 Del. C. 219(a)",
        ),
        Duty(what="Annual meeting", due=meeting, source="8 Del. C. 211(b)"),
    ]
    return duties


def _uk(law: dict[str, int], form: str, year: int, formed: date, end: date) -> list[Duty]:
    public = form == "uk_public"
    try:
        review = date(year, formed.month, formed.day) - timedelta(days=1)
    except ValueError:
        review = date(year, 2, 28)
    months = law["uk_public_accounts_months" if public else "uk_private_accounts_months"]
    duties = [
        Duty(
            what="Confirmation statement",
            opens=review + timedelta(days=1),
            due=review + timedelta(days=law["uk_confirmation_days"]),
            source="Companies Act 2006 s. 853A",
            note=f"Review period ends {review}; an earlier statement moves it.",
        ),
        Duty(what="Accounts at Companies House", due=_month_end(end, months), source="Companies Act 2006 s. 442-443"),
        Duty(
            what="Corporation tax paid",
            due=_month_end(end, 9) + timedelta(days=1),
            source="TMA 1970 s. 59D",
            note="Large companies pay by instalments.",
        ),
        Duty(
            what="Company tax return",
            due=_month_end(end, law["uk_ct_return_months"]),
            source="FA 1998 Sch. 18 para. 14",
        ),
    ]
    if public:
        duties.append(
            Duty(
                what="Annual general meeting",
                due=_month_end(end, law["uk_public_agm_months"]),
                source="Companies Act 2006 s. 336",
            )
        )
    return duties


def _month_end(day: date, months: int) -> date:
    """`months` later; from a month's last day to a month's last day (s. 443(4)-(5))."""
    later = add_months(day, months)
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return date(later.year, later.month, calendar.monthrange(later.year, later.month)[1])
    return later


def _given(end: date | None) -> date:
    if end is None:
        raise InvalidInput("accounts run from the year end; give year_end, for example 2025-12-31", field="year_end")
    return end
