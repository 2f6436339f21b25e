"""Gaps by skill, bookings, and a matrix workbook."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.hr_people_ops.tools.plan_training import TrainingPlan
from experts.hr_people_ops.views._look import money, number, words


def view(result: TrainingPlan, arguments: Mapping[str, Any]) -> View:
    """The chart of gaps, courses and due dates, and the matrix."""
    currency = arguments["currency"]
    title = f"{len(result.bookings)} bookings, {number(result.total_hours, 0)} hours, {money(result.total_cost, 0)} {currency}"
    if result.overdue:
        title += f"; {result.overdue} compulsory completions are overdue or missing"
    bodies: list[Model] = []
    pictures = {}
    if result.gaps_by_skill:
        said = "People below the level their role needs, by skill"
        pictures["gaps"] = _chart(result, said)
        bodies.append(Picture(picture="gaps", title=said, alt=f"{said}."))
    columns = {
        "course": ("Course", "text"),
        "people": ("People", "count"),
        "sessions": ("Sessions", "count"),
        "hours": ("Hours", "count"),
        "cost": (f"Cost, {currency}", "money"),
    }
    rows = [
        {
            "course": words(key),
            "people": f"{row.people}",
            "sessions": f"{row.sessions}",
            "hours": number(row.hours, 1),
            "cost": money(row.cost),
        }
        for key, row in result.courses.items()
    ]
    bodies.append(grid("Courses", columns, rows))
    due = [
        {"person": row.person, "course": words(row.course), "reason": row.reason, "due": f"{row.due}"}
        for row in sorted(result.bookings, key=lambda row: (str(row.due), row.course, row.person))
        if row.due
    ]
    if due:
        heads = {
            "person": ("Person", "text"),
            "course": ("Course", "text"),
            "reason": ("Reason", "text"),
            "due": ("Due", "text"),
        }
        bodies.append(grid("Compulsory training by due date", heads, due))
    return View(
        title=title,
        blocks=document(*bodies, *closing(result)),
        pictures=pictures,
        files={"training-matrix.xlsx": _book(result, arguments, currency)},
    )


def _chart(result: TrainingPlan, title: str) -> str:
    from matplotlib.ticker import MaxNLocator

    from experts.core.charts import ACCENT, figure, shorten, svg

    rows = sorted(result.gaps_by_skill.items(), key=lambda item: (-item[1], item[0]))[:30]
    with figure(8, 1.6 + 0.34 * len(rows), title) as (made, axes):
        axes.barh(range(len(rows)), [count for _, count in rows], color=ACCENT, height=0.6)
        for at, (_, count) in enumerate(rows):
            axes.text(count, at, f" {count}", va="center", fontsize=9)
        axes.set_yticks(range(len(rows)), [shorten(words(key), 34) for key, _ in rows])
        axes.invert_yaxis()
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlim(0, max(count for _, count in rows) * 1.12)
        axes.set_xlabel("People with a gap")
        return svg(made)


def _book(result: TrainingPlan, arguments: Mapping[str, Any], currency: str) -> bytes:
    roles, people = arguments["roles"], arguments["people"]
    skills = sorted({skill for needs in roles.values() for skill in needs})[:60]
    matrix: list[tuple[Cell, ...]] = []
    for key, learner in people.items():
        needs = roles[learner.role]
        cells: list[Cell] = [
            f"{learner.levels.get(skill, 0)} of {needs[skill]}" if skill in needs else None for skill in skills
        ]
        gaps = sum(max(level - learner.levels.get(skill, 0), 0) > 0 for skill, level in needs.items())
        matrix.append((key, words(learner.role), *cells, gaps))
    courses: list[tuple[Cell, ...]] = []
    for at, (key, plan) in enumerate(result.courses.items()):
        course, row = arguments["courses"][key], FIRST_ROW + at
        courses.append(
            (
                words(key),
                plan.people,
                course.seats,
                Formula(f"=ROUNDUP(B{row}/C{row},0)", str(plan.sessions)),
                course.hours,
                Formula(f"=B{row}*E{row}", plan.hours),
                course.fee,
                course.session_cost,
                Formula(f"=B{row}*G{row}+D{row}*H{row}", plan.cost),
            )
        )
    bookings: tuple[tuple[Cell, ...], ...] = tuple(
        (row.person, words(row.course), row.reason, row.gap, row.due) for row in result.bookings
    )
    return workbook(
        Grid(
            "Matrix",
            "Skill level held of level needed",
            (
                ("Person", "text", 16),
                ("Role", "text", 22),
                *((words(skill), "text", 14) for skill in skills),
                ("Gaps", "count", 8),
            ),
            tuple(matrix),
            note="For development only; levels as assessed by a person.",
        ),
        Grid(
            "Courses",
            f"Courses, {currency}",
            (
                ("Course", "text", 28),
                ("People", "count", 9),
                ("Seats", "count", 9),
                ("Sessions", "count", 10),
                ("Hours each", "ratio", 11),
                ("Hours", "ratio", 10),
                ("Fee", "money", 12),
                ("Session cost", "money", 13),
                ("Cost", "money", 14),
            ),
            tuple(courses),
        ),
        Grid(
            "Bookings",
            "Who is booked, and why",
            (
                ("Person", "text", 16),
                ("Course", "text", 28),
                ("Reason", "text", 18),
                ("Gap", "count", 8),
                ("Due", "date", 12),
            ),
            bookings,
        ),
    )
