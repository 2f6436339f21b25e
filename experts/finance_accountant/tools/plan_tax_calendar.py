"""United States federal filing and payment dates for one tax year, with the shift of IRC 7503.

Returns fall on the 15th day of the month counted from the end of the tax year: third month for
partnerships and S corporations (IRC 6072(b)), fourth for C corporations and individuals, fifth for
exempt organisations (Form 990); C corporations with a June year end had the third month for tax
years that began before 2026 (Public Law 114-41, section 2006). Automatic extensions of six months (Forms
4868, 7004, 8868; seven months for the June case). Estimated tax: individuals April, June, September
15 and January 15 (IRC 6654); C corporations the 15th of the 4th, 6th, 9th and 12th month of the tax
year (IRC 6655). Employers: Forms 941, 940, W-2 and 1099-NEC of the calendar year in which the tax
year ends. A date on a Saturday, Sunday or legal holiday in the District of Columbia, Emancipation
Day (16 April) included, moves to the next working day. An extension extends filing, not payment.

Limits: federal only: no state, payroll deposit schedule, excise, FBAR or information returns
other than those named; disaster relief postpones dates by notice. Individuals: calendar year.
"""

from calendar import monthrange
from datetime import date
from typing import Literal

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.finance_accountant.tools._deadlines import fifteenth, shifted

Entity = Literal["individual", "partnership", "s_corporation", "c_corporation", "exempt_organization"]


class Deadline(Model):
    """One date; statutory is the day before weekends and holidays are taken into account."""

    due: Day
    form: str
    what: str
    kind: Literal["file", "pay", "file and pay", "extend"]
    statutory: Day
    moved: bool


class TaxCalendar(Model):
    """Dates in order."""

    tax_year_start: Day
    tax_year_end: Day
    deadlines: list[Deadline]
    jurisdiction: str = "US (federal)"
    sources: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


_RETURNS = {
    "individual": ("Form 1040", 4, "Form 4868"),
    "partnership": ("Form 1065", 3, "Form 7004"),
    "s_corporation": ("Form 1120-S", 3, "Form 7004"),
    "c_corporation": ("Form 1120", 4, "Form 7004"),
    "exempt_organization": ("Form 990", 5, "Form 8868"),
}


def plan_tax_calendar(
    entity: Entity,
    fiscal_year_end: Day,
    employer: bool = False,
) -> TaxCalendar:
    """US federal filing and payment dates of a tax year; also as .ics.

    Use when deadlines are asked.
    """
    _check(entity, fiscal_year_end)
    found = [*_return_dates(entity, fiscal_year_end), *_estimates(entity, fiscal_year_end)]
    if employer:
        found += _employer(fiscal_year_end.year)
    start = fifteenth(fiscal_year_end, -11).replace(day=1)
    return TaxCalendar(
        tax_year_start=start,
        tax_year_end=fiscal_year_end,
        deadlines=sorted(found, key=lambda item: (item.due, item.form, item.what)),
        sources=["IRC 6072, 6081, 6654, 6655, 7503", "Public Law 114-41, section 2006", "IRS Publication 509"],
        method="Statutory dates counted from the end of the tax year; a Saturday, Sunday or legal holiday in the "
        "District of Columbia moves a date to the next working day (IRC 7503; Rev. Rul. 2015-13).",
        assumptions=["A full tax year of twelve months. Holidays as now enacted; relief by notice is not known here."],
        warnings=[
            "Federal dates only, as information, not advice; ask the states of business for theirs.",
            "An extension moves the return, not the payment: tax is due on the original date.",
        ],
    )


def _check(entity: str, end: date) -> None:
    if not 2018 <= end.year <= 2035:
        raise InvalidInput(
            f"fiscal_year_end {end} is outside 2018 to 2035; the dates are known for these", field="fiscal_year_end"
        )
    if end.day != monthrange(end.year, end.month)[1]:
        raise InvalidInput(
            f"fiscal_year_end {end} is not the last day of a month; give that day (52-53-week years are not covered)",
            field="fiscal_year_end",
        )
    if entity == "individual" and end.month != 12:
        raise InvalidInput(
            f"fiscal_year_end {end}: individuals are covered for calendar years only; give December 31",
            field="fiscal_year_end",
        )


def _deadline(day: date, form: str, what: str, kind: Literal["file", "pay", "file and pay", "extend"]) -> Deadline:
    due = shifted(day)
    return Deadline(due=due, form=form, what=what, kind=kind, statutory=day, moved=due != day)


def _return_dates(entity: str, end: date) -> list[Deadline]:
    form, month, extension = _RETURNS[entity]
    # The June year end kept the old date for tax years beginning before 2026.
    old_june = entity == "c_corporation" and end.month == 6 and end.year <= 2026
    month = 3 if old_june else month
    pays = entity in ("individual", "c_corporation")
    first = fifteenth(end, month)
    later = fifteenth(end, month + (7 if old_june else 6))
    found = [
        _deadline(
            first,
            form,
            f"Return for the year to {end}" + (" and balance of tax" if pays else ""),
            "file and pay" if pays else "file",
        ),
        _deadline(first, extension, "Last day to ask for the automatic extension", "extend"),
        _deadline(later, form, "Return, if extended", "file"),
    ]
    if entity in ("partnership", "s_corporation"):
        found.append(_deadline(first, "Schedule K-1", "Copies to the owners", "file"))
    return found


def _estimates(entity: str, end: date) -> list[Deadline]:
    if entity == "individual":
        days = [date(end.year, month, 15) for month in (4, 6, 9)] + [date(end.year + 1, 1, 15)]
        form = "Form 1040-ES"
    elif entity == "c_corporation":
        days = [fifteenth(end, months - 12) for months in (4, 6, 9, 12)]
        form = "Form 1120 estimate"
    else:
        return []
    return [_deadline(day, form, f"Estimated tax, instalment {number}", "pay") for number, day in enumerate(days, 1)]


def _employer(year: int) -> list[Deadline]:
    quarters = [date(year, 4, 30), date(year, 7, 31), date(year, 10, 31), date(year + 1, 1, 31)]
    found = [
        _deadline(day, "Form 941", f"Payroll taxes, quarter {number} of {year}", "file")
        for number, day in enumerate(quarters, 1)
    ]
    last = date(year + 1, 1, 31)
    return [
        *found,
        _deadline(last, "Form 940", f"Federal unemployment tax of {year}", "file"),
        _deadline(last, "Form W-2, W-3", f"Wage statements of {year} to employees and SSA", "file"),
        _deadline(last, "Form 1099-NEC", f"Payments of {year} to contractors", "file"),
    ]
