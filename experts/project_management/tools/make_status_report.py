"""Status report: one page whose colours follow a stated rule, with stale figures refused or marked.

Each measure has an amber and a red threshold; which side is bad follows from their order (red below
amber: low is bad, as for CPI; red above amber: high is bad, as for days late). A value at a threshold
has crossed it. A milestone is amber if its forecast is after its plan, red if by more than the days
of tolerance; a forecast that has passed without the milestone being done is refused. The whole is the worst colour; with a
stale measure it is amber at best, for what is not known is not green.

Limits: thresholds are the organisation's tolerances; none is built in. Colours order attention and
explain nothing.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days, Ratio, plain

METHOD = (
    "RAG by rule: a measure is red or amber when its value reaches that threshold; a milestone is amber when forecast "
    "late, red beyond the tolerance; the whole takes the worst colour, amber at best while a measure is stale."
)
Colour = Literal["green", "amber", "red", "stale", "done"]
MOST_MEASURES, MOST_MILESTONES, MOST_LINES = 12, 20, 8
Name = Annotated[str, Field(max_length=120)]
Line = Annotated[str, Field(max_length=300)]
Lines = Annotated[list[Line], Field(max_length=MOST_LINES)]


class Measure(Model):
    """A value, the day it was measured, and the thresholds from which it is amber and red."""

    value: Ratio
    measured_on: Day
    amber: Ratio
    red: Ratio


class Due(Model):
    """A milestone as planned and as now expected."""

    planned: Day
    forecast: Day
    done: bool = False


class RatedMeasure(Model):
    """A measure with its colour and the rule in words; `age` in days."""

    name: str
    value: Ratio
    colour: Colour
    rule: str
    age: Days


class RatedMilestone(Model):
    """A milestone with its colour; `late` is calendar days of forecast after plan, negative if early."""

    name: str
    planned: Day
    forecast: Day
    late: Days
    colour: Colour


class StatusReport(Model):
    """One page. `reasons` says which lines set the overall colour."""

    project: str
    as_of: Day
    overall: Literal["green", "amber", "red"]
    reasons: list[str]
    measures: list[RatedMeasure]
    milestones: list[RatedMilestone]
    done: list[str]
    next: list[str]
    decisions: list[str]
    stale: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def make_status_report(
    project: Name,
    as_of: Day,
    measures: Annotated[
        dict[Name, Measure],
        Field(max_length=MOST_MEASURES, description="red < amber: low is bad"),
    ],
    milestones: Annotated[dict[Name, Due] | None, Field(max_length=MOST_MILESTONES)] = None,
    done: Lines = [],  # noqa: B006 - read only
    next: Lines = [],  # noqa: B006
    decisions: Lines = [],  # noqa: B006
    tolerance_days: Annotated[Count, Field(description="later milestone is red")] = 5,
    max_age_days: Count = 14,
    stale: Literal["mark", "refuse"] = "mark",
) -> StatusReport:
    """Make a one-page status report: red, amber, green by rule (make_document: pptx).

    Use when a sponsor asks where a project stands. It does not invent reasons.
    """
    if not project.strip():
        raise InvalidInput("the report has no project; name it", field="project")
    if not measures:
        raise InvalidInput(
            "there are no measures; give at least one, for example the CPI from measure_earned_value", field="measures"
        )
    rated = [_measure(name, one, as_of, max_age_days) for name, one in measures.items()]
    old = [one for one in rated if one.colour == "stale"]
    if old and stale == "refuse":
        raise InvalidInput(
            f"{old[0].name!r} was measured {old[0].age} days before {as_of}, more than {max_age_days}; measure it again, "
            "or let stale='mark' show it as stale",
            field=f"measures.{old[0].name}.measured_on",
            seen=old[0].age,
        )
    dues = [_milestone(name, one, as_of, tolerance_days) for name, one in (milestones or {}).items()]
    dues.sort(key=lambda one: (one.planned, one.name))
    overall, reasons = _overall(rated, dues, as_of)
    return StatusReport(
        project=" ".join(project.split()),
        as_of=as_of,
        overall=overall,
        reasons=reasons,
        measures=rated,
        milestones=dues,
        done=done,
        next=next,
        decisions=decisions,
        stale=len(old),
        method=METHOD,
        assumptions=[
            f"Milestones: red when more than {tolerance_days} calendar days late. Measures older than {max_age_days} days "
            "are stale. Thresholds are those given."
        ],
        warnings=[f"{one.name!r} is {one.age} days old and not rated; measure it again." for one in old],
    )


def _measure(name: str, one: Measure, as_of: date, oldest: int) -> RatedMeasure:
    if one.measured_on > as_of:
        raise InvalidInput(
            f"{name!r} was measured on {one.measured_on}, after the report's date {as_of}; correct one of them",
            field=f"measures.{name}.measured_on",
        )
    if one.amber == one.red:
        raise InvalidInput(
            f"{name!r}: amber and red are both {plain(one.amber)}; give two thresholds, whose order says which side is "
            "bad",
            field=f"measures.{name}.red",
        )
    age = (as_of - one.measured_on).days
    low_is_bad = one.red < one.amber
    word = "≤" if low_is_bad else "≥"
    rule = f"amber {word} {plain(one.amber)}, red {word} {plain(one.red)}"
    colour: Colour = "green"
    if age > oldest:
        colour = "stale"
    elif _crossed(one.value, one.red, low_is_bad):
        colour = "red"
    elif _crossed(one.value, one.amber, low_is_bad):
        colour = "amber"
    return RatedMeasure(name=name, value=one.value, colour=colour, rule=rule, age=age)


def _crossed(value: Decimal, threshold: Decimal, low_is_bad: bool) -> bool:
    return value <= threshold if low_is_bad else value >= threshold


def _milestone(name: str, one: Due, as_of: date, tolerance: int) -> RatedMilestone:
    if one.done and one.forecast > as_of:
        raise InvalidInput(
            f"milestone {name!r} is done, but its date {one.forecast} is after {as_of}; give the day it was reached",
            field=f"milestones.{name}.forecast",
        )
    if not one.done and one.forecast < as_of:
        raise InvalidInput(
            f"milestone {name!r} is not done, and its forecast {one.forecast} has passed by {as_of}; give a new forecast, "
            "or say that it is done",
            field=f"milestones.{name}.forecast",
        )
    late = (one.forecast - one.planned).days
    colour: Colour = "green"
    if one.done:
        colour = "done"
    elif late > tolerance:
        colour = "red"
    elif late > 0:
        colour = "amber"
    return RatedMilestone(name=name, planned=one.planned, forecast=one.forecast, late=late, colour=colour)


def _overall(
    measures: list[RatedMeasure], dues: list[RatedMilestone], as_of: date
) -> tuple[Literal["green", "amber", "red"], list[str]]:
    lines: list[tuple[Colour, str]] = [
        (one.colour, f"{one.name}: {plain(one.value)} ({one.rule})") for one in measures if one.colour != "stale"
    ]
    lines += [(one.colour, f"{one.name}: forecast {one.forecast}, {one.late} days after plan") for one in dues]
    unknown = [f"{one.name}: {one.age} days old" for one in measures if one.colour == "stale"]
    for colour in ("red", "amber"):
        found = [text for seen, text in lines if seen == colour]
        if colour == "amber":
            found += unknown
        if found:
            return ("red", found) if colour == "red" else ("amber", found)
    return "green", [f"every measure and milestone is within its thresholds on {as_of}"]
