"""The text, tables and sheets of a plan for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    event,
    few,
    figure_sheet,
    figure_table,
    headline,
    helper,
    monday,
    own,
    picture,
    said,
    shown,
    text,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.hr_people_ops.actions.skills_gap_analysis_and_training_plan import Brief, Output

Cells = dict[str, "Cell"]
Row = dict[str, "str | SheetCell"]
_STAGES = {"pilot": "before the pilot", "rollout": "before the roll-out"}


def narrative_of(output: Output) -> str:
    """Gaps, courses and cost, posts and leavers."""
    return " ".join(part for part in (_gaps(output), _courses(output), _posts(output)) if part)


def _gaps(output: Output) -> str:
    return (
        f"Of {own('headcount')} people concerned, {own('below_level')} are below the level that their role will need "
        "in at least one skill."
    )


def _courses(output: Output) -> str:
    how = "held by own trainers where a course allows it" if output.in_house else "bought from outside"
    return (
        f"Training takes {own('bookings_before_gate')} bookings before the pilot and {own('bookings_after_gate')} "
        f"before the roll-out, {own('training_hours')} hours in all, and costs {own('training_cost')}, {how}."
    )


def _posts(output: Output) -> str:
    if output.released is None:
        return "The brief names no posts that the technology releases."
    first = f"If it is rolled out, about {own('released')} posts are released"
    if output.leavers is None:
        return (
            f"{first}; no role is named in which they are, so {own('to_redeploy')} are counted as needing other work."
        )
    if not output.to_redeploy:
        when = f" by {own('covered_in')}" if output.covered_in is not None else ""
        return f"{first}; leavers are expected to cover them{when} ({own('leavers')} in all)."
    return (
        f"{first}; {own('leavers')} people are expected to leave these roles anyway. People who need other work: "
        f"{own('to_redeploy')}."
    )


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, gaps, courses, months, posts, access, sheets and calendar."""
    parts = [
        headline(f"{_courses(output)} {_posts(output)}"),
        picture("change_gaps", "People below the level needed, by skill", "Bars: people below level in each skill.")
        if output.skills
        else None,
        _roles(output),
        _course_table(output),
        picture("change_months", "Training by month", "Bars: cost of training by month and course."),
        _month_table(output),
        *_posts_part(brief, output),
        _groups(output),
        text(
            "Levels are as assessed by people and serve development only. Nobody is ranked; roles with few people are "
            "not shown by level, because that would point at persons. Who changes work is settled with those concerned "
            "and their representatives, and is not computed here."
        ),
        would_change(_changes(brief, output)),
        monday(_first(output)),
        *_events(output),
        _course_sheet(brief, output),
        _month_sheet(output),
    ]
    return draft(*parts)


def _roles(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.roles.items():
        rows[key] = {
            "role": each.label,
            "people": shown(True, f"self#roles.{key}.people"),
            "below": "not shown" if each.below_level is None else shown(True, f"self#roles.{key}.below_level"),
            "posts": "yes" if each.releases_posts else "no",
        }
    return figure_table(
        "People by role",
        {
            "role": ("Role", "text"),
            "people": ("People", "count"),
            "below": ("Below level in some skill", "count"),
            "posts": ("Posts released here", "text"),
        },
        rows,
        "A role with few people is not shown by level, nor is another one that would give it away.",
    )


def _course_table(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.courses.items():
        at_ = f"self#courses.{key}"
        if not (each.pilot_people or each.rollout_people):
            continue
        rows[key] = {
            "course": each.label,
            "pilot": shown(each.pilot_people, f"{at_}.pilot_people"),
            "pilot_sessions": shown(each.pilot_sessions, f"{at_}.pilot_sessions"),
            "pilot_cost": shown(each.pilot_cost, f"{at_}.pilot_cost"),
            "rollout": shown(each.rollout_people, f"{at_}.rollout_people"),
            "rollout_sessions": shown(each.rollout_sessions, f"{at_}.rollout_sessions"),
            "rollout_cost": shown(each.rollout_cost, f"{at_}.rollout_cost"),
        }
    return figure_table(
        "Courses and bookings",
        {
            "course": ("Course", "text"),
            "pilot": ("Pilot: people", "count"),
            "pilot_sessions": ("Sessions", "count"),
            "pilot_cost": ("Cost", "money"),
            "rollout": ("Roll-out: people", "count"),
            "rollout_sessions": ("Sessions", "count"),
            "rollout_cost": ("Cost", "money"),
        },
        rows,
        "A person below level in a skill is booked on its course; one course closes a gap of any size.",
    )


def _month_table(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for stage, months in (("pilot", output.pilot_months), ("rollout", output.rollout_months)):
        for key, month in months.items():
            path = f"self#{stage}_months.{key}"
            parts = [
                f"{output.courses[course].label} ({own(f'{stage}_months.{key}.courses.{course}.people')})"
                for course in month.courses
            ]
            rows[f"{stage}-{key}"] = {
                "month": shown(True, f"{path}.begins"),
                "stage": _STAGES[stage],
                "courses": "; ".join(parts) or NONE,
                "sessions": shown(True, f"{path}.total.sessions"),
                "hours": shown(True, f"{path}.total.hours"),
                "cost": shown(True, f"{path}.total.cost"),
            }
    return figure_table(
        "Training by month",
        {
            "month": ("Month from", "date"),
            "stage": ("For", "text"),
            "courses": ("Courses (people booked)", "text"),
            "sessions": ("Sessions", "count"),
            "hours": ("Hours", "count"),
            "cost": ("Cost", "money"),
        },
        rows,
        "Sessions follow the order of the courses and are spread evenly over the months.",
    )


def _posts_part(brief: Brief, output: Output) -> list[Any]:
    if output.released is None or not output.path:
        return []
    cost = (
        f"Preparing people for other work ({own('to_redeploy')} of them) costs {own('redeployment_cost')}."
        if output.to_redeploy
        else ""
    )
    roles = [each.label for each in output.roles.values() if each.releases_posts]
    return [
        picture("change_path", "Posts released and people leaving", "Line: leavers so far; dashed: posts released."),
        text(
            f"Posts are released in {few(roles, 'other roles')}. Leavers are expected values at the attrition in the brief "
            f"and are counted from {said('fact:training.rollout_start')}; they are not replaced. {cost}".strip()
        ),
    ]


def _groups(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.groups.items():
        rows[key] = {
            "group": each.label,
            "rate": shown(each.rate, f"self#groups.{key}.rate"),
            "ratio": shown(each.ratio, f"self#groups.{key}.ratio"),
            "finding": shown(True, f"self#groups.{key}.finding"),
        }
    return figure_table(
        "Access to training by group",
        {
            "group": ("Group", "text"),
            "rate": ("Share booked", "rate"),
            "ratio": ("Against the highest", "ratio"),
            "finding": ("Finding", "text"),
        },
        rows,
        "A screen by the four-fifths rule of US practice, here only to see whether a group is passed over; it is no "
        "proof either way.",
    )


def _changes(brief: Brief, output: Output) -> list[str]:
    found = []
    if not output.in_house and any(c.in_house_session_cost is not None for c in brief.courses.values()):
        found.append("Own trainers instead of bought courses would change the cost of training; the choice is open.")
    if output.to_redeploy:
        found.append(
            f"With fewer leavers than {own('leavers')} more people need other work, and training costs more; the "
            "business case follows."
        )
    if output.released is not None:
        found.append("If the pilot stops the project, no posts are released and the later courses are not held.")
    return found


def _first(output: Output) -> list[str]:
    found = ["Tell those concerned, and their representatives, what is planned before any course is booked."]
    first = [output.courses[key].label for month in output.pilot_months.values() for key in month.courses]
    if first:
        found.append(
            f"Book {few(list(dict.fromkeys(first)), 'the other courses', most=3)} for the people of the pilot."
        )
    return found


def _events(output: Output) -> list[Any]:
    entries = []
    for stage, months in (("pilot", output.pilot_months), ("rollout", output.rollout_months)):
        for key, month in months.items():
            if month.courses:
                names = few([output.courses[course].label for course in month.courses], "others", most=3)
                entries.append(
                    event(
                        f"Training {_STAGES[stage]}: {names}", f"self#{stage}_months.{key}.begins", None, "Month begins"
                    )
                )
    return entries


def _course_sheet(brief: Brief, output: Output) -> Any:
    rows: dict[str, Row] = {}
    for key, each in output.courses.items():
        own_trainers = output.in_house and brief.courses[key].in_house_session_cost is not None
        before = "in_house_" if own_trainers else ""
        fee, session = (f"fact:courses.{key}.{before}{name}" for name in ("fee", "session_cost"))
        seats = f"fact:courses.{key}.seats"
        for stage, label in (("pilot", "pilot"), ("rollout", "roll-out")):
            path = f"self#courses.{key}.{stage}"
            if not getattr(each, f"{stage}_people"):
                continue
            rows[f"{stage}-{key}"] = {
                "course": f"{each.label}, {label}",
                "people": at(f"{path}_people", "count"),
                "seats": at(seats, "count"),
                "sessions": at(f"{path}_sessions", "count", f"ROUNDUP([[{path}_people]]/[[{seats}]],0)"),
                "hours": at(f"fact:courses.{key}.hours", "count"),
                "fee": at(fee, "money"),
                "session": at(session, "money"),
                "cost": at(f"{path}_cost", "money", f"[[{path}_people]]*[[{fee}]]+[[{path}_sessions]]*[[{session}]]"),
            }
    if not rows:
        return None
    stages = {
        stage: ",".join(f"[[cell:training-plan/{key}/cost]]" for key in rows if key.startswith(f"{stage}-")) or "0"
        for stage in ("pilot", "rollout")
    }
    rows["before"] = {
        "course": "Training before the pilot",
        "cost": at("self#training_before_gate", "money", f"SUM({stages['pilot']})"),
    }
    rows["courses"] = {
        "course": "Courses before the roll-out",
        "cost": at("self#rollout_courses", "money", f"SUM({stages['rollout']})"),
    }
    rows["prepare"] = {
        "course": "Preparing people for other work",
        "people": at("self#to_redeploy", "count"),
        "cost": at("self#redeployment_cost", "money", "[[self#to_redeploy]]*[[fact:redeployment.cost_per_person]]")
        if brief.redeployment.cost_per_person is not None
        else at("self#redeployment_cost", "money"),
    }
    rows["after"] = {
        "course": "Training after the gate",
        "cost": at("self#training_after_gate", "money", "[[self#rollout_courses]]+[[self#redeployment_cost]]"),
    }
    rows["all"] = {
        "course": "Training in all",
        "cost": at("self#training_cost", "money", "[[self#training_before_gate]]+[[self#training_after_gate]]"),
    }
    return figure_sheet(
        "Training plan",
        "Courses, bookings and cost",
        {
            "course": ("Course", "text"),
            "people": ("People", "count"),
            "seats": ("Seats", "count"),
            "sessions": ("Sessions", "count"),
            "hours": ("Hours each", "count"),
            "fee": ("Fee a person", "money"),
            "session": ("Cost a session", "money"),
            "cost": ("Cost", "money"),
        },
        rows,
        "Change people, seats, fees or session costs: sessions and cost follow. The business case takes a new figure "
        "when the plan is made again.",
    )


def _month_sheet(output: Output) -> Any:
    courses = {key: each.label for key, each in output.courses.items() if each.pilot_people or each.rollout_people}
    columns = {"month": ("Month from", "date"), "stage": ("For", "text")}
    columns |= {f"c-{key}": (label, "money") for key, label in courses.items()}
    columns["sum"] = ("Cost", "money")
    rows: dict[str, Row] = {}
    for stage, months in (("pilot", output.pilot_months), ("rollout", output.rollout_months)):
        for key, month in months.items():
            path = f"self#{stage}_months.{key}"
            row: Row = {"month": at(f"{path}.begins", "date"), "stage": _STAGES[stage]}
            row |= {f"c-{name}": at(f"{path}.courses.{name}.cost", "money") for name in month.courses}
            costs = ",".join(f"[[{path}.courses.{name}.cost]]" for name in month.courses) or "0"
            row["sum"] = at(f"{path}.total.cost", "money", f"SUM({costs})")
            rows[f"{stage}-{key}"] = row
    if not courses:
        return None
    rows["all"] = {"stage": "All courses", "sum": helper("money", "SUM([[cell:training-months/*-*/sum]])")}
    return figure_sheet("Training months", "Cost of training by month and course", columns, rows)
