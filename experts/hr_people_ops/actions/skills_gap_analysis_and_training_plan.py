"""What a technology asks of people: skills below level, a dated training plan, posts against natural leavers."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Referral, Text
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import (
    Count,
    Day,
    Money,
    NonNegativeMoney,
    NonNegativeVolume,
    Ratio,
    Share,
    Volume,
)
from experts.core.worksheet import Worksheet
from experts.hr_people_ops.actions._adoption_change import document_of, narrative_of
from experts.hr_people_ops.actions._adoption_pictures import pictures_of
from experts.hr_people_ops.actions._adoption_training import Training, output_of, train

KIND = "ChangeImpact"
VERSION = 1
NEEDS = {"case": "TechBusinessCase"}

Level = Annotated[int, Field(ge=0, le=5)]
Window = Annotated[int, Field(ge=1, le=36)]


class RoleFacts(Model):
    """A role: levels it will need by skill (0 to 5), yearly attrition, and whether the technology releases posts in it."""

    label: Text | None = None
    needs: dict[Key, Level] = Field({}, max_length=60)
    attrition: Share = Field(
        Decimal(0), json_schema_extra={"reason": "no yearly attrition is named, so nobody is expected to leave"}
    )
    annual_cost: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no cost of employment is named; the training plan does not need it"}
    )
    releases_posts: bool = Field(
        False, json_schema_extra={"reason": "no posts are released in a role unless the brief says so"}
    )


class Person(Model):
    """One employee without a name: role, levels held by skill, whether in the pilot, and a group for the access check."""

    role: Key
    levels: dict[Key, Level] = Field({}, max_length=60)
    pilot: bool = Field(False, json_schema_extra={"reason": "outside the pilot unless the brief says so"})
    group: Text | None = None


class SkillFacts(Model):
    label: Text


class Course(Model):
    """A course for a skill, or for roles that all have to take it. In-house figures are used if that is chosen."""

    label: Text | None = None
    skill: Key | None = None
    required_for: list[Key] = Field(
        [], json_schema_extra={"reason": "no role has to take the course unless the brief says so"}
    )
    hours: NonNegativeVolume
    seats: Count = Field(12, json_schema_extra={"reason": "a usual size of a group for practical work"})
    fee: NonNegativeMoney = Field(Decimal(0), json_schema_extra={"reason": "no fee per person is named"})
    session_cost: NonNegativeMoney = Field(Decimal(0), json_schema_extra={"reason": "no cost per session is named"})
    in_house_fee: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "own trainers take no fee per person"}
    )
    in_house_session_cost: NonNegativeMoney | None = None
    order: Annotated[int, Field(ge=0, le=1000)] = Field(
        0, json_schema_extra={"reason": "the order of courses does not matter unless the brief gives one"}
    )


class TrainingFacts(Model):
    """When training is held: before the pilot for those in it, before the roll-out for the others."""

    pilot_start: Day
    pilot_months: Window = Field(2, json_schema_extra={"reason": "two months to train the people of one pilot"})
    rollout_start: Day
    rollout_months: Window = Field(4, json_schema_extra={"reason": "a third of a year to train everybody else"})


class Redeployment(Model):
    """What it takes to prepare one person for other work, and over how many months leavers are counted."""

    months: Annotated[int, Field(ge=1, le=60)] = Field(
        24,
        json_schema_extra={"reason": "two years from the start of the roll-out for posts to fall away by themselves"},
    )
    cost_per_person: NonNegativeMoney | None = None
    hours_per_person: NonNegativeVolume | None = None


class Brief(Model):
    """What the plan for people is made from."""

    currency: str
    roles: dict[Key, RoleFacts] = Field(max_length=60)
    people: dict[Key, Person] = Field(max_length=500)
    skills: dict[Key, SkillFacts] = Field({}, max_length=60)
    courses: dict[Key, Course] = Field(max_length=80)
    training: TrainingFacts
    redeployment: Redeployment


class CaseView(Model):
    released_if_rolled_out: Volume | None = None
    rollout_probability: Share


class Inputs(Model):
    case: CaseView


class Judgement(Model):
    in_house: bool = Field(
        False, json_schema_extra={"reason": "courses are bought until own trainers are named and free"}
    )


class RoleView(Model):
    """One role; people below level are left out where the group is too small to show."""

    label: str
    people: Count
    below_level: Count | None = None
    releases_posts: bool


class SkillView(Model):
    label: str
    below_level: Count


class CourseView(Model):
    """Bookings of one course before the pilot and before the roll-out."""

    label: str
    pilot_people: Count | None = None
    pilot_sessions: Count | None = None
    pilot_cost: Money | None = None
    rollout_people: Count | None = None
    rollout_sessions: Count | None = None
    rollout_cost: Money | None = None


class Held(Model):
    sessions: Count
    people: Count
    hours: Volume
    cost: Money


class MonthView(Model):
    """One month of training."""

    begins: Day
    total: Held
    courses: dict[Key, Held]


class PathView(Model):
    begins: Day
    leavers: Volume
    not_covered: Volume


class GroupView(Model):
    """Access to training of one group; the rate is left out where the group is too small to show."""

    label: str
    rate: Share | None = None
    ratio: Ratio | None = None
    finding: str


class Output(Model):
    """What the change asks of people. `training_after_gate` holds roll-out training and preparation for other work."""

    currency: str
    headcount: Annotated[Count, Field(json_schema_extra={"x-metric": "headcount"})]
    below_level: Count
    roles: dict[Key, RoleView]
    skills: dict[Key, SkillView]
    courses: dict[Key, CourseView]
    pilot_months: dict[Key, MonthView]
    rollout_months: dict[Key, MonthView]
    bookings_before_gate: Count
    bookings_after_gate: Count
    in_house: bool
    released: Volume | None = None
    leavers: Volume | None = None
    path: dict[Key, PathView] = {}
    covered_in: Day | None = None
    to_redeploy: Count
    redeployment_cost: NonNegativeMoney
    training_before_gate: NonNegativeMoney
    rollout_courses: NonNegativeMoney
    training_after_gate: NonNegativeMoney
    training_cost: Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "training_cost"})]
    training_hours: NonNegativeVolume
    groups: dict[Key, GroupView] = {}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Find skills below level, plan courses by month, and hold released posts against natural leavers.

    Counts are by role, skill and course, never by person, and small groups are hidden. Posts released are those the
    business case expects if the roll-out happens; what leavers do not cover is prepared for other work, at a cost that
    goes back into the case. Raises InvalidInput naming the fact that does not fit.
    """
    _check(brief)
    sheet = Worksheet()
    training = train(sheet, brief, inputs, judgement)
    output, grounds = output_of(brief, judgement, training)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output),
        referrals=_referrals(output),
        warnings=_warnings(brief, output, training),
    )


def _referrals(output: Output) -> list[Referral]:
    """What people's law has to answer before posts are released."""
    if not output.released:
        return []
    question = (
        "About [[self#released]] posts may no longer be needed after the roll-out. Whom must the company inform or "
        "consult, by when, and what has to be agreed before the pilot begins?"
    )
    return [Referral(to="legal-consultant", trigger="regulatory_question", question=question)]


def _check(brief: Brief) -> None:
    if not brief.people:
        raise InvalidInput("there are no people; give a row for each employee concerned, without names", field="people")
    for key, person in brief.people.items():
        if person.role not in brief.roles:
            raise InvalidInput(
                f"people.{key} has the role {person.role!r}, which is not among the roles"
                f"{did_you_mean(person.role, brief.roles)}",
                field=f"people.{key}.role",
            )
    if not brief.courses:
        raise InvalidInput("there are no courses; give at least one with its hours", field="courses")
    for key, course in brief.courses.items():
        if not 1 <= course.seats <= 1000 or course.hours > 2000:
            raise InvalidInput(
                f"courses.{key} has {course.seats} seats and {course.hours} hours; give 1 to 1000 seats and at most "
                "2000 hours",
                field=f"courses.{key}.seats",
            )
        for role in course.required_for:
            if role not in brief.roles:
                raise InvalidInput(
                    f"courses.{key} is required for {role!r}, which is not among the roles"
                    f"{did_you_mean(role, brief.roles)}",
                    field=f"courses.{key}.required_for",
                )
    if brief.training.rollout_start < brief.training.pilot_start:
        raise InvalidInput(
            f"training.rollout_start {brief.training.rollout_start} is before training.pilot_start "
            f"{brief.training.pilot_start}; the pilot comes first",
            field="training.rollout_start",
        )
    for key, facts in brief.roles.items():
        if facts.attrition == 1:
            raise InvalidInput(
                f"roles.{key}.attrition is 1, so everybody would leave; give a rate below 1",
                field=f"roles.{key}.attrition",
            )


def _warnings(brief: Brief, output: Output, training: Training) -> list[str]:
    found = [*training.change.warnings]
    for plan in (training.pilot, training.rollout):
        found += [] if plan is None else [text for text in plan.warnings if text.startswith("No course")]
    if training.pilot is None:
        found.append("Nobody is marked as being in the pilot, so no training is planned before it.")
    if training.access is not None:
        found += training.access.warnings
    if output.in_house and all(course.in_house_session_cost is None for course in brief.courses.values()):
        found.append("In-house training is chosen, but no course says what an in-house session costs.")
    return list(dict.fromkeys(found))
