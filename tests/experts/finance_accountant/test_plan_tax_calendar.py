"""Expected dates: the filing season deadlines the IRS announced (April 18 in 2017, 2022 and 2023), and Publication 509."""

from datetime import date

import pytest

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.plan_tax_calendar import Deadline, Entity, TaxCalendar, plan_tax_calendar


def named(found: TaxCalendar, form: str) -> list[Deadline]:
    return [deadline for deadline in found.deadlines if deadline.form == form]


@pytest.mark.parametrize(
    ("end", "due"),
    [
        (date(2021, 12, 31), date(2022, 4, 18)),  # the 15th was Emancipation Day as observed
        (date(2022, 12, 31), date(2023, 4, 18)),  # Saturday; Monday the 17th was Emancipation Day as observed
        (date(2025, 12, 31), date(2026, 4, 15)),
    ],
)
def test_the_individual_deadline_is_as_the_irs_announced_it(end: date, due: date) -> None:
    found = plan_tax_calendar("individual", end)

    assert min(deadline.due for deadline in named(found, "Form 1040")) == due


def test_publication_509_estimates_and_employer_dates_of_2026() -> None:
    found = plan_tax_calendar("individual", date(2026, 12, 31), employer=True)

    assert [deadline.due for deadline in named(found, "Form 1040-ES")] == [
        date(2026, 4, 15),
        date(2026, 6, 15),
        date(2026, 9, 15),
        date(2027, 1, 15),
    ]
    assert [deadline.due for deadline in named(found, "Form 941")] == [
        date(2026, 4, 30),
        date(2026, 7, 31),
        date(2026, 11, 2),  # October 31 is a Saturday
        date(2027, 2, 1),  # January 31 is a Sunday
    ]
    assert found.deadlines == sorted(found.deadlines, key=lambda one: (one.due, one.form, one.what))


@pytest.mark.parametrize(
    ("entity", "end", "form", "first", "extended"),
    [
        ("partnership", date(2025, 12, 31), "Form 1065", date(2026, 3, 16), date(2026, 9, 15)),
        ("s_corporation", date(2025, 12, 31), "Form 1120-S", date(2026, 3, 16), date(2026, 9, 15)),
        ("c_corporation", date(2025, 12, 31), "Form 1120", date(2026, 4, 15), date(2026, 10, 15)),
        ("c_corporation", date(2026, 6, 30), "Form 1120", date(2026, 9, 15), date(2027, 4, 15)),
        ("c_corporation", date(2027, 6, 30), "Form 1120", date(2027, 10, 15), date(2028, 4, 18)),
        ("exempt_organization", date(2025, 12, 31), "Form 990", date(2026, 5, 15), date(2026, 11, 16)),
    ],
)
def test_returns_by_entity(entity: Entity, end: date, form: str, first: date, extended: date) -> None:
    """A June year end keeps September 15 until tax years that begin in 2026 (Public Law 114-41, section 2006)."""
    found = plan_tax_calendar(entity, end)

    assert [deadline.due for deadline in named(found, form)] == [first, extended]


def test_a_fiscal_corporation_pays_in_the_months_of_its_own_year() -> None:
    found = plan_tax_calendar("c_corporation", date(2026, 9, 30))

    assert [deadline.due for deadline in named(found, "Form 1120 estimate")] == [
        date(2026, 1, 15),
        date(2026, 3, 16),
        date(2026, 6, 15),
        date(2026, 9, 15),
    ]
    assert found.tax_year_start == date(2025, 10, 1)


def test_years_not_known_half_months_and_fiscal_individuals_are_refused() -> None:
    with pytest.raises(InvalidInput, match="outside 2018 to 2035"):
        plan_tax_calendar("partnership", date(2040, 12, 31))
    with pytest.raises(InvalidInput, match="2026-06-15 is not the last day of a month") as caught:
        plan_tax_calendar("partnership", date(2026, 6, 15))
    assert caught.value.field == "fiscal_year_end"
    with pytest.raises(InvalidInput, match="calendar years only"):
        plan_tax_calendar("individual", date(2026, 6, 30))
