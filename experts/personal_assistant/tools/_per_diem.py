"""Federal per diem of a journey, day by day, from the dated table of GSA rates."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Day, Money
from experts.personal_assistant.tools._reference import table

STANDARD = "standard"
"""The one place of the table: anywhere in the continental United States without a rate of its own."""
_TABLE = "per_diem"
_LONGEST = 366


class Journey(Model):
    """place: "standard", or its name to learn whether it is in the table."""

    start: Day
    end: Day
    place: Annotated[str, Field(min_length=1, max_length=80)]


class PerDiemLine(Model):
    """One journey in US dollars; lodging_limit is a ceiling for receipts and not claimed."""

    start: Day
    end: Day
    full_days: Count
    part_days: Count
    meals_and_incidentals: Money
    nights: Count
    lodging_limit: Money
    rows: list[str]


def per_diem(journey: Journey, field: str) -> PerDiemLine:
    """Meals and incidentals of every day of a journey, and the lodging ceiling of its nights.

    Each day takes the rate in force on it: the whole on full days, 75 percent on the day of departure and
    the last day (41 CFR 301-11.101), rounded to the cent a day. A journey within one day has one day at
    75 percent. Lodging is the rate of each night. InvalidInput for a place or day that the table lacks.
    """
    if journey.place.strip().casefold() != STANDARD:
        raise InvalidInput(
            f"place {journey.place!r} is not in table 'per_diem', which has the standard rate only; write 'standard' "
            "if gsa.gov/perdiem shows no rate for that place, else claim its rate as receipts",
            field=f"{field}.place",
        )
    days = (journey.end - journey.start).days + 1
    if not 1 <= days <= _LONGEST:
        raise InvalidInput(
            f"journey {journey.start} to {journey.end} has {days} days; give 1 to {_LONGEST}, start first",
            field=f"{field}.end",
        )
    total, lodging, rows, part = Decimal(0), Decimal(0), [], 0
    for number in range(days):
        day = journey.start + timedelta(days=number)
        values = _on(day, field)
        edge = number in (0, days - 1)
        part += edge
        share = Decimal(values["first_and_last_day_share"]) if edge else Decimal(1)
        total += round_money(Decimal(values["meals_and_incidentals"]) * share, "USD")
        if number < days - 1:
            lodging += Decimal(values["lodging"])
        rows.append(_row(day))
    return PerDiemLine(
        start=journey.start,
        end=journey.end,
        full_days=days - part,
        part_days=part,
        meals_and_incidentals=total,
        nights=days - 1,
        lodging_limit=lodging,
        rows=list(dict.fromkeys(rows)),
    )


def check_apart(journeys: list[Journey]) -> None:
    """InvalidInput where two journeys claim one day."""
    order = sorted(enumerate(journeys), key=lambda pair: pair[1].start)
    for (_, before), (at, after) in pairwise(order):
        if after.start <= before.end:
            raise InvalidInput(
                f"journeys {before.start} to {before.end} and {after.start} to {after.end} share a day; "
                "claim each day once",
                field=f"per_diem.{at}.start",
            )


def _on(day: date, field: str) -> dict[str, str]:
    try:
        return table(_TABLE).on(day)
    except InvalidInput as error:
        error.field = field
        raise


def _row(day: date) -> str:
    for row in table(_TABLE).rows:
        if row.effective_from <= day and (row.effective_to is None or day <= row.effective_to):
            values = row.values
            return (
                f"{row.effective_from} to {row.effective_to or 'open'}: meals and incidentals "
                f"{values['meals_and_incidentals']}, lodging {values['lodging']}"
            )
    return ""
