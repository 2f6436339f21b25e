"""Training needs from a skills matrix, and due dates of compulsory courses.

Gap = required level of the person's role - level held, where positive. A course is booked for everyone with a gap in
its skill, and for everyone in a role that must hold it and whose last completion + validity falls before the end of the
window (or who never completed it). Sessions = people / seats, rounded up. Cost = people x fee + sessions x session
cost; hours = people x hours (working time lost).

Limits: levels are as assessed by a person and serve development only; nothing is ordered by person. State-mandated
course contents and intervals are not included; give the interval.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.names import did_you_mean
from experts.core.quantities import Day, Money, NonNegativeMoney, NonNegativeVolume, Volume

_Level = Annotated[int, Field(ge=0, le=5)]


class Course(Model):
    """Closes a skill gap, or is compulsory for roles every so many months (0: once)."""

    hours: Annotated[NonNegativeVolume, Field(le=2000)]
    fee: NonNegativeMoney = Decimal(0)
    session_cost: NonNegativeMoney = Decimal(0)
    seats: Annotated[int, Field(ge=1, le=1000)] = 12
    skill: Key | None = None
    required_for: Annotated[list[Key], Field(max_length=60)] = []
    valid_months: Annotated[int, Field(ge=0, le=240)] = 0


class Learner(Model):
    """A person by id."""

    role: Key
    levels: Annotated[dict[Key, _Level], Field(max_length=200)] = {}
    completed: Annotated[dict[Key, Day], Field(max_length=100)] = {}


class Booking(Model):
    """A person's course."""

    person: str
    course: str
    reason: Literal["gap", "never completed", "overdue", "expires"]
    gap: int | None = None
    due: Day | None = None


class CoursePlan(Model):
    """One course."""

    people: int
    sessions: int
    hours: Volume
    cost: Money


class TrainingPlan(Model):
    """Money in the given currency."""

    bookings: list[Booking]
    courses: dict[str, CoursePlan]
    gaps_by_skill: dict[str, int]
    uncovered_skills: list[str]
    overdue: int
    total_hours: Volume
    total_cost: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_training(
    roles: Annotated[
        dict[Key, Annotated[dict[Key, _Level], Field(max_length=60)]],
        Field(max_length=60, description="role: skill: required level 0-5"),
    ],
    people: Annotated[dict[Key, Learner], Field(min_length=1, max_length=500)],
    courses: Annotated[dict[Key, Course], Field(min_length=1, max_length=80)],
    on: Day,
    currency: str,
    window_months: Annotated[int, Field(ge=1, le=36)] = 3,
) -> TrainingPlan:
    """Skills gaps, course bookings, compulsory due dates, hours and cost.

    Use when training is planned or compliance training is tracked.
    """
    minor_units(currency)
    if on.year > 9900:
        raise InvalidInput(f"on {on} is out of range", field="on")
    for key, learner in people.items():
        if learner.role not in roles:
            raise InvalidInput(
                f"role {learner.role!r} of {key!r} is not in roles{did_you_mean(learner.role, roles)}",
                field=f"people.{key}.role",
            )
        for course, day in learner.completed.items():
            if course not in courses:
                raise InvalidInput(
                    f"{key!r} completed {course!r}, which is no course{did_you_mean(course, courses)}",
                    field=f"people.{key}.completed.{course}",
                )
            if day > on:
                raise InvalidInput(
                    f"{key!r} completed {course!r} on {day}, after {on}", field=f"people.{key}.completed"
                )
    for key, item in courses.items():
        for role in item.required_for:
            if role not in roles:
                raise InvalidInput(f"course {key!r} is required for unknown role {role!r}", field=f"courses.{key}")
    end = add_months(on, window_months)
    bookings = [
        booking
        for key, item in courses.items()
        for person, learner in people.items()
        if (booking := _booking(key, item, person, learner, roles, on, end))
    ]
    gaps: dict[str, int] = {}
    for learner in people.values():
        for skill, level in roles[learner.role].items():
            if level > learner.levels.get(skill, 0):
                gaps[skill] = gaps.get(skill, 0) + 1
    plans = {key: _course(item, sum(row.course == key for row in bookings)) for key, item in courses.items()}
    uncovered = sorted(set(gaps) - {item.skill for item in courses.values()})
    late = sum(row.reason in ("overdue", "never completed") for row in bookings)
    warnings = [f"No course closes the gap in {', '.join(uncovered)}."] if uncovered else []
    if late:
        warnings.append(f"{late} compulsory completions are overdue or missing on {on}.")
    return TrainingPlan(
        bookings=bookings,
        courses=plans,
        gaps_by_skill=dict(sorted(gaps.items())),
        uncovered_skills=uncovered,
        overdue=late,
        total_hours=sum((plan.hours for plan in plans.values()), Decimal(0)),
        total_cost=sum((plan.cost for plan in plans.values()), Decimal(0)),
        method=f"Gap = required - held level; compulsory courses due by {end}; sessions = people / seats rounded up; cost = "
        f"people x fee + sessions x session cost, {currency}.",
        assumptions=["A skill that is not assessed counts as level 0.", "One course closes a gap of any size."],
        warnings=warnings,
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    from calendar import monthrange

    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _booking(
    key: str, course: Course, person: str, learner: Learner, roles: dict[str, dict[str, int]], on: date, end: date
) -> Booking | None:
    if learner.role in course.required_for:
        done = learner.completed.get(key)
        if done is None:
            return Booking(person=person, course=key, reason="never completed", due=on)
        if course.valid_months:
            due = add_months(done, course.valid_months)
            if due <= end:
                return Booking(person=person, course=key, reason="overdue" if due < on else "expires", due=due)
    if course.skill is not None:
        gap = roles[learner.role].get(course.skill, 0) - learner.levels.get(course.skill, 0)
        if gap > 0:
            return Booking(person=person, course=key, reason="gap", gap=gap)
    return None


def _course(course: Course, people: int) -> CoursePlan:
    sessions = -(-people // course.seats)
    return CoursePlan(
        people=people,
        sessions=sessions,
        hours=course.hours * people,
        cost=course.fee * people + course.session_cost * sessions,
    )
