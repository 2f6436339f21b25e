"""The workings of a plan for people, and the figures made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experts.core.drafting import row_sources, title_of
from experts.core.worksheet import Worksheet
from experts.hr_people_ops.tools.assess_change_impact import (
    ChangeImpactFigures,
    Leaving,
    Skilled,
    assess_change_impact,
)
from experts.hr_people_ops.tools.forecast_headcount import HeadcountForecast, Role, forecast_headcount
from experts.hr_people_ops.tools.plan_training import Course, Learner, TrainingPlan, plan_training
from experts.hr_people_ops.tools.spread_training import CourseLoad, TrainingCalendar, spread_training
from experts.hr_people_ops.tools.test_adverse_impact import SMALLEST_GROUP, AdverseImpact, Group, test_adverse_impact

if TYPE_CHECKING:
    from experts.hr_people_ops.actions.skills_gap_analysis_and_training_plan import Brief, Inputs, Judgement, Output


@dataclass(frozen=True)
class Training:
    """What the tools found: plans and calendars before the pilot and before the roll-out, leavers, sums, access."""

    pilot: TrainingPlan | None
    rollout: TrainingPlan | None
    pilot_calendar: TrainingCalendar
    rollout_calendar: TrainingCalendar
    forecast: HeadcountForecast | None
    change: ChangeImpactFigures
    access: AdverseImpact | None


def train(sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement) -> Training:
    """Plan both rounds of training, date them, forecast leavers, and sum up."""
    plans, calendars = {}, {}
    for stage, during in (("pilot", True), ("rollout", False)):
        plans[stage] = _plan(sheet, brief, judgement, stage, during)
        calendars[stage] = _calendar(sheet, brief, judgement, stage, plans[stage])
    forecast = _forecast(sheet, brief, inputs)
    change = _change(sheet, brief, inputs, forecast, calendars)
    return Training(
        plans["pilot"],
        plans["rollout"],
        calendars["pilot"],
        calendars["rollout"],
        forecast,
        change,
        _access(sheet, brief, plans),
    )


def _own(brief: Brief, judgement: Judgement, key: str) -> bool:
    """Whether a course is held by own trainers."""
    return judgement.in_house and brief.courses[key].in_house_session_cost is not None


def _prices(brief: Brief, judgement: Judgement) -> dict[str, str]:
    """Where hours, fee and session cost of each course come from."""
    found = {"courses.*.hours": "fact:courses.*.hours", "courses.*.seats": "fact:courses.*.seats"}
    for key in brief.courses:
        before = "in_house_" if _own(brief, judgement, key) else ""
        for name in ("fee", "session_cost"):
            found[f"courses.{key}.{name}"] = f"fact:courses.{key}.{before}{name}"
    return found


def _terms(brief: Brief, judgement: Judgement, key: str) -> dict[str, Any]:
    course = brief.courses[key]
    own = _own(brief, judgement, key)
    return {
        "hours": course.hours,
        "seats": course.seats,
        "fee": course.in_house_fee if own else course.fee,
        "session_cost": course.in_house_session_cost if own else course.session_cost,
    }


def _plan(sheet: Worksheet, brief: Brief, judgement: Judgement, stage: str, during: bool) -> TrainingPlan | None:
    people = {key: person for key, person in brief.people.items() if person.pilot is during}
    if not people:
        return None
    start = brief.training.pilot_start if during else brief.training.rollout_start
    return sheet.run(
        stage,
        {"on": f"fact:training.{stage}_start", **_prices(brief, judgement)},
        plan_training,
        roles={key: dict(role.needs) for key, role in brief.roles.items()},
        people={key: Learner(role=person.role, levels=person.levels) for key, person in people.items()},
        courses={
            key: Course(skill=course.skill, required_for=course.required_for, **_terms(brief, judgement, key))
            for key, course in brief.courses.items()
        },
        on=start,
        currency=brief.currency,
    )


def _calendar(
    sheet: Worksheet, brief: Brief, judgement: Judgement, stage: str, plan: TrainingPlan | None
) -> TrainingCalendar:
    rows = sorted(() if plan is None else plan.courses.items(), key=lambda row: (brief.courses[row[0]].order, row[0]))
    booked = {key: each.people for key, each in rows if each.people}
    facts = brief.training
    during = stage == "pilot"
    return sheet.run(
        f"{stage}_calendar",
        {
            "start": f"fact:training.{stage}_start",
            "courses.*.people": f"working:{stage}#courses.*.people",
            **_prices(brief, judgement),
        },
        spread_training,
        courses={key: CourseLoad(people=people, **_terms(brief, judgement, key)) for key, people in booked.items()},
        start=facts.pilot_start if during else facts.rollout_start,
        months=facts.pilot_months if during else facts.rollout_months,
        currency=brief.currency,
    )


def _forecast(sheet: Worksheet, brief: Brief, inputs: Inputs) -> HeadcountForecast | None:
    """Expected leavers of the roles in which posts are released."""
    sizes = {
        key: sum(person.role == key for person in brief.people.values())
        for key, role in brief.roles.items()
        if role.releases_posts
    }
    sizes = {key: size for key, size in sizes.items() if size}
    if not sizes or inputs.case.released_if_rolled_out is None:
        return None
    return sheet.run(
        "leavers",
        {
            "start": "fact:training.rollout_start",
            "roles.*.annual_cost": "fact:roles.*.annual_cost",
            "roles.*.attrition": "fact:roles.*.attrition",
        },
        forecast_headcount,
        roles={
            key: Role(headcount=size, annual_cost=brief.roles[key].annual_cost, attrition=brief.roles[key].attrition)
            for key, size in sizes.items()
        },
        start=brief.training.rollout_start,
        months=brief.redeployment.months,
        currency=brief.currency,
    )


def _change(
    sheet: Worksheet,
    brief: Brief,
    inputs: Inputs,
    forecast: HeadcountForecast | None,
    calendars: dict[str, TrainingCalendar],
) -> ChangeImpactFigures:
    rows = [] if forecast is None else forecast.months
    numbers = [str(at) for at in range(len(rows))]
    facts = brief.redeployment
    return sheet.run(
        "change",
        {
            "cost_before": "working:pilot_calendar#total_cost",
            "cost_after": "working:rollout_calendar#total_cost",
            "hours_before": "working:pilot_calendar#total_hours",
            "hours_after": "working:rollout_calendar#total_hours",
            "released": "case#released_if_rolled_out",
            "redeployment_cost": "fact:redeployment.cost_per_person",
            "redeployment_hours": "fact:redeployment.hours_per_person",
            **row_sources("leaving.{}.month", "working:leavers#months.{}.month", numbers),
            **row_sources("leaving.{}.leavers", "working:leavers#months.{}.leavers", numbers),
        },
        assess_change_impact,
        roles={key: dict(role.needs) for key, role in brief.roles.items()},
        people={key: Skilled(role=person.role, levels=person.levels) for key, person in brief.people.items()},
        cost_before=calendars["pilot"].total_cost,
        cost_after=calendars["rollout"].total_cost,
        hours_before=calendars["pilot"].total_hours,
        hours_after=calendars["rollout"].total_hours,
        released=inputs.case.released_if_rolled_out,
        leaving=None if forecast is None else [Leaving(month=row.month, leavers=row.leavers) for row in rows],
        redeployment_cost=facts.cost_per_person,
        redeployment_hours=facts.hours_per_person,
    )


def _access(sheet: Worksheet, brief: Brief, plans: dict[str, TrainingPlan | None]) -> AdverseImpact | None:
    """Access to training by group, where at least two groups are large enough to be looked at."""
    booked = {row.person for plan in plans.values() if plan is not None for row in plan.bookings}
    groups = {
        key: [each for each, person in brief.people.items() if person.group == label]
        for key, label in groups_of(brief).items()
    }
    total = sum(len(keys) for keys in groups.values())
    large = [keys for keys in groups.values() if len(keys) >= SMALLEST_GROUP and len(keys) * 50 >= total]
    if len(large) < 2 or len(groups) > 30 or not any(key in booked for keys in large for key in keys):
        return None
    return sheet.run(
        "access",
        {},
        test_adverse_impact,
        groups={
            key: Group(applicants=len(keys), selected=sum(each in booked for each in keys))
            for key, keys in groups.items()
        },
    )


def groups_of(brief: Brief) -> dict[str, str]:
    """The labels of the groups by key, in the order of their names."""
    labels = sorted({person.group for person in brief.people.values() if person.group is not None})
    return {f"group-{number}": label for number, label in enumerate(labels, 1)}


def output_of(brief: Brief, judgement: Judgement, found: Training) -> tuple[Output, dict[str, str]]:
    """The artifact and the grounds of its figures."""
    from experts.hr_people_ops.actions import skills_gap_analysis_and_training_plan as action

    change = found.change
    courses = {key: title_of(key, course.label) for key, course in brief.courses.items()}
    grounds = {
        **{
            name: f"working:change#{name}"
            for name in (
                *("headcount", "below_level", "released", "leavers", "covered_in", "to_redeploy", "redeployment_cost"),
                *("training_before_gate", "training_after_gate", "training_cost", "training_hours"),
            )
        },
        "rollout_courses": "working:rollout_calendar#total_cost",
        "bookings_before_gate": "working:pilot_calendar#bookings",
        "bookings_after_gate": "working:rollout_calendar#bookings",
        "roles.*.people": "working:change#roles.*.people",
        "roles.*.below_level": "working:change#roles.*.below_level",
        "skills.*.below_level": "working:change#skills.*",
        "path.*.*": "working:change#path.*.*",
        "groups.*.rate": "working:access#groups.*.rate",
        "groups.*.ratio": "working:access#groups.*.impact_ratio",
    }
    for stage in ("pilot", "rollout"):
        grounds |= {
            f"courses.*.{stage}_people": f"working:{stage}#courses.*.people",
            f"courses.*.{stage}_sessions": f"working:{stage}#courses.*.sessions",
            f"courses.*.{stage}_cost": f"working:{stage}#courses.*.cost",
            f"{stage}_months.*.begins": f"working:{stage}_calendar#months.*.begins",
            f"{stage}_months.*.total.*": f"working:{stage}_calendar#months.*.total.*",
            f"{stage}_months.*.courses.*.*": f"working:{stage}_calendar#months.*.courses.*.*",
        }
    output = action.Output(
        currency=brief.currency,
        **change.model_dump(
            include={
                *("headcount", "below_level", "released", "leavers", "covered_in", "to_redeploy", "redeployment_cost"),
                *("training_before_gate", "training_after_gate", "training_cost", "training_hours"),
            }
        ),
        roles={
            key: action.RoleView(
                label=title_of(key, role.label),
                people=change.roles[key].people,
                below_level=change.roles[key].below_level,
                releases_posts=role.releases_posts,
            )
            for key, role in brief.roles.items()
        },
        skills={
            key: action.SkillView(
                label=brief.skills[key].label if key in brief.skills else title_of(key, None), below_level=count
            )
            for key, count in change.skills.items()
        },
        courses={
            key: action.CourseView(label=courses[key], **_course(found, key))
            for key in sorted(courses, key=lambda key: (brief.courses[key].order, key))
        },
        pilot_months=_months(found.pilot_calendar),
        rollout_months=_months(found.rollout_calendar),
        bookings_before_gate=found.pilot_calendar.bookings,
        bookings_after_gate=found.rollout_calendar.bookings,
        in_house=judgement.in_house,
        path={key: action.PathView(**dict(row)) for key, row in change.path.items()},
        rollout_courses=found.rollout_calendar.total_cost,
        groups={}
        if found.access is None
        else {
            key: action.GroupView(
                label=groups_of(brief)[key], rate=row.rate, ratio=row.impact_ratio, finding=row.finding
            )
            for key, row in found.access.groups.items()
        },
    )
    return output, grounds


def _course(found: Training, key: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for stage, plan in (("pilot", found.pilot), ("rollout", found.rollout)):
        row = None if plan is None else plan.courses[key]
        fields |= {
            f"{stage}_people": None if row is None else row.people,
            f"{stage}_sessions": None if row is None else row.sessions,
            f"{stage}_cost": None if row is None else row.cost,
        }
    return fields


def _months(calendar: TrainingCalendar) -> dict[str, Any]:
    return {key: row.model_dump() for key, row in calendar.months.items()}
