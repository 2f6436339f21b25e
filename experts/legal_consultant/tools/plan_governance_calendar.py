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
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.legal_consultant.tools._legal import Legal, caution, citation, values
from experts.legal_consultant.tools._numbers import add_months

_LATEST = "Annual meeting"
Form = Literal["us_de_corporation", "us_de_llc", "uk_private", "uk_public"]


class Duty(Model):
    """One duty: from and by when. `passed`: its day lies before as_of, see that it was done; `overdue`: it was not."""

    what: str
    status: Literal["due", "passed", "overdue"] = "due"
    opens: Day | None = None
    due: Day
    source: str
    note: str = ""


class GovernanceCalendar(Legal):
    """Duties, overdue ones first, then by date."""

    form: Form
    year: int
    duties: list[Duty]


def plan_governance_calendar(
    form: Form,
    year: Annotated[int, Field(ge=2017, le=2100)],
    formed: Day,
    as_of: Annotated[Day | None, Field(description="Default: 1 January of year.")] = None,
    meeting: Annotated[Day | None, Field(description="Planned annual meeting.")] = None,
    last_meeting: Day | None = None,
    year_end: Annotated[Day | None, Field(description="UK: accounting reference date of the last year.")] = None,
) -> GovernanceCalendar:
    """Plan a year of corporate duties for a Delaware or UK company: meetings, notices, filings; .ics by make_document.

    Use when a company's calendar is set up. It names what is overdue. It does not know bylaws or other states.
    """
    law = values("governance_rules", date(year, 1, 1))
    today = as_of or date(year, 1, 1)
    _checked(form, year, formed, as_of, meeting, last_meeting)
    warnings: list[str] = []
    if form == "us_de_corporation":
        duties = _delaware(law, year, formed, meeting, last_meeting, warnings)
        place = "US-DE"
    elif form == "us_de_llc":
        duties = [] if formed.year == year else [_llc_tax(year, Decimal(law["llc_tax"]))]
        place = "US-DE"
    else:
        duties = _uk(law, form, year, formed, _given(year_end, year), warnings)
        place = "GB"
    if formed.year == year and place == "US-DE":
        warnings.append(f"Formed in {year}: the first report and tax are due the year after.")
    duties = [_aged(duty, today) for duty in duties]
    reasons = _overdue(duties, meeting, last_meeting, formed)
    return GovernanceCalendar(
        jurisdiction=place,
        as_of=today,
        sources=[citation("governance_rules", date(year, 1, 1))],
        escalate=bool(reasons),
        escalation_reason=" ".join(reasons),
        method="Each duty by its statute; months by the calendar, days as calendar days before the meeting; "
        "an annual meeting whose last day lies before as_of is overdue.",
        assumptions=["The company existed all year and its charter and bylaws add nothing."],
        warnings=[
            *reasons,
            *warnings,
            *caution("governance_rules"),
            "Beneficial ownership, tax returns and filings of other states or agencies are not included.",
        ],
        form=form,
        year=year,
        duties=sorted(duties, key=lambda duty: (duty.status != "overdue", duty.due, duty.what)),
    )


def _checked(
    form: Form, year: int, formed: date, as_of: date | None, meeting: date | None, last_meeting: date | None
) -> None:
    if formed.year > year:
        raise InvalidInput(f"formed {formed} is after the year {year} planned", field="formed")
    if as_of is not None and not date(year - 1, 1, 1) <= as_of <= date(year, 12, 31):
        raise InvalidInput(f"as_of {as_of} is not in {year} or the year before; plan that year instead", field="as_of")
    if form != "us_de_corporation" and (meeting or last_meeting):
        raise InvalidInput(
            f"meeting and last_meeting are for us_de_corporation, not for {form}; leave them out",
            field="meeting" if meeting else "last_meeting",
        )
    if last_meeting is not None and last_meeting < formed:
        raise InvalidInput(
            f"last_meeting {last_meeting} is before the company was formed, {formed}", field="last_meeting"
        )
    if last_meeting is not None and last_meeting > (as_of or date(year, 12, 31)):
        raise InvalidInput(
            f"last_meeting {last_meeting} has not been held by {as_of or date(year, 12, 31)}; give a planned one as meeting",
            field="last_meeting",
        )
    if meeting is not None and last_meeting is not None and meeting <= last_meeting:
        raise InvalidInput(f"meeting {meeting} is not after last_meeting {last_meeting}", field="meeting")
    if meeting is not None and meeting.year != year:
        raise InvalidInput(f"meeting {meeting} is not in {year}", field="meeting")


def _aged(duty: Duty, today: date) -> Duty:
    if duty.due >= today:
        return duty
    # Whether a filing was made is not known here; whether the meeting was held follows from last_meeting.
    return duty.model_copy(update={"status": "overdue" if duty.what.startswith(_LATEST) else "passed"})


def _overdue(duties: list[Duty], meeting: date | None, last: date | None, formed: date) -> list[str]:
    found = []
    for duty in duties:
        if not duty.what.startswith(_LATEST):
            continue
        since = f"13 months after the last meeting on {last}" if last else f"13 months after formation on {formed}"
        ask = (
            ""
            if last
            else " No last meeting was given: if one was held, or directors were elected by consent, give its day."
        )
        if duty.status == "overdue":
            found.append(
                f"The annual meeting is overdue since {duty.due}, {since}: any stockholder may ask the Court of Chancery "
                f"to order it (8 Del. C. 211(c)).{ask}"
            )
        elif meeting and meeting > duty.due:
            found.append(f"The planned meeting {meeting} is later than {duty.due}, {since} (8 Del. C. 211(c)).{ask}")
    return found


def _llc_tax(year: int, tax: Decimal) -> Duty:
    return Duty(
        what=f"LLC annual tax (USD {tax})",
        due=date(year, 6, 1),
        source="6 Del. C. 18-1107(b)-(c)",
        note="No annual report.",
    )


def _delaware(
    law: dict[str, int], year: int, formed: date, meeting: date | None, last: date | None, warnings: list[str]
) -> list[Duty]:
    duties = []
    if formed.year < year:
        duties.append(
            Duty(
                what="Annual report and franchise tax",
                opens=date(year, 1, 1),
                due=date(year, 3, 1),
                source="8 Del. C. 502(c), 504",
                note="For the year before.",
            )
        )
    latest = add_months(last or formed, law["de_meeting_months"])
    duties.append(
        Duty(
            what=f"{_LATEST} at the latest (or consent in lieu)",
            due=latest,
            source="8 Del. C. 211(b)-(c)",
            note=f"13 months after {last or formed}; then any stockholder may ask the Court of Chancery to order it.",
        )
    )
    if meeting is None:
        warnings.append("No meeting date was given, so notice, record date and stock list have no dates.")
        return duties
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
        Duty(what="Planned annual meeting", due=meeting, source="8 Del. C. 211(b)"),
    ]
    return duties


def _uk(law: dict[str, int], form: str, year: int, formed: date, end: date, warnings: list[str]) -> list[Duty]:
    public = form == "uk_public"
    # The first review period ends the day before the first anniversary.
    ends_in = max(year, formed.year + 1)
    try:
        review = date(ends_in, formed.month, formed.day) - timedelta(days=1)
    except ValueError:
        review = date(ends_in, 2, 28)
    if formed.year == year:
        warnings.append(f"Formed in {year}: first accounts have periods of their own (Companies Act 2006 s. 442(3)).")
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


def _given(end: date | None, year: int) -> date:
    if end is None:
        raise InvalidInput(
            f"accounts run from the year end; give year_end, for example {year - 1}-12-31", field="year_end"
        )
    if end.year not in (year - 1, year):
        raise InvalidInput(
            f"year_end {end} is not in {year} or {year - 1}; the duties of {year} follow from those year ends",
            field="year_end",
        )
    return end
