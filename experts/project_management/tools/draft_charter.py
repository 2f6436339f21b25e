"""Project charter: what authorises a project, with every gap in it named.

Sections after PMI, PMBOK Guide (develop project charter) and ISO 21502:2020 (business case, objectives,
scope, organisation, milestones, budget). A charter without a sponsor, or an objective without a
criterion by which its success is judged, authorises nothing and is refused. Milestones are put in
order of date; the budget is named by amount and by the document or artifact that it comes from.

Limits: it checks that the parts are there and agree, not that they are wise. Whether a criterion
can be measured is read from one sign only: that it holds a figure or a date.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Count, Day, Days, NonNegativeMoney, plain

METHOD = (
    "Charter sections after PMI, PMBOK Guide (develop project charter) and ISO 21502:2020; a sponsor and a success "
    "criterion for each objective are compulsory."
)
MOST_LINES, LONGEST_LINE = 40, 600
Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Lines = Annotated[list[Line], Field(max_length=MOST_LINES)]


class Milestone(Model):
    """A milestone in order of date, with the days from the one before."""

    name: str
    due: Day
    days_after_previous: Days | None


class Objective(Model):
    """An objective and how its success is judged; `measurable` if the criterion holds a figure or a date."""

    objective: str
    criterion: str
    measurable: bool


class Charter(Model):
    """The charter, ready to sign. `open_points` is what a sponsor will be asked and the draft does not answer."""

    title: str
    sponsor: str
    manager: str
    purpose: str
    objectives: list[Objective]
    in_scope: list[str]
    out_of_scope: list[str]
    milestones: list[Milestone]
    budget: NonNegativeMoney | None
    currency: str
    budget_reference: str
    risks: list[str]
    constraints: list[str]
    open_points: list[str]
    measurable: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def draft_charter(
    title: Annotated[str, Field(max_length=200)],
    sponsor: Annotated[str, Field(max_length=200, description="who authorises and pays")],
    manager: Annotated[str, Field(max_length=200, description="project manager")],
    purpose: Annotated[str, Field(max_length=2000, description="need, and why now")],
    objectives: Annotated[dict[Line, Line], Field(max_length=20, description="objective → success criterion")],
    in_scope: Lines,
    out_of_scope: Lines = [],  # noqa: B006 - read only
    milestones: Annotated[dict[Line, Day] | None, Field(max_length=60)] = None,
    budget: NonNegativeMoney | None = None,
    currency: Annotated[str, Field(max_length=3)] = "",
    budget_reference: Annotated[str, Field(max_length=300, description="its source document")] = "",
    risks: Lines = [],  # noqa: B006
    constraints: Lines = [],  # noqa: B006
) -> Charter:
    """Draft a project charter, and list what is still open in it.

    Use when a project is to be authorised. It does not judge the business case.
    """
    for field, value in {"title": title, "sponsor": sponsor, "manager": manager, "purpose": purpose}.items():
        if not value.strip():
            raise InvalidInput(_missing(field), field=field, seen=value)
    if not objectives:
        raise InvalidInput("there are no objectives; give at least one with its success criterion", field="objectives")
    for objective, criterion in objectives.items():
        if not criterion.strip():
            raise InvalidInput(
                f"objective {objective!r} has no success criterion; say what will be measured, by when, and the value "
                "that counts as success",
                field=f"objectives.{objective}",
            )
    if not any(line.strip() for line in in_scope):
        raise InvalidInput("nothing is in scope; name at least one deliverable", field="in_scope")
    _check_budget(budget, currency)
    dated = sorted((milestones or {}).items(), key=lambda item: (item[1], item[0]))
    goals = [
        Objective(objective=one.strip(), criterion=text.strip(), measurable=bool(re.search(r"\d", text)))
        for one, text in objectives.items()
    ]
    return Charter(
        title=title.strip(),
        sponsor=sponsor.strip(),
        manager=manager.strip(),
        purpose=purpose.strip(),
        objectives=goals,
        in_scope=_clean(in_scope),
        out_of_scope=_clean(out_of_scope),
        milestones=[
            Milestone(name=name, due=due, days_after_previous=(due - dated[at - 1][1]).days if at else None)
            for at, (name, due) in enumerate(dated)
        ],
        budget=budget,
        currency=currency,
        budget_reference=budget_reference.strip(),
        risks=_clean(risks),
        constraints=_clean(constraints),
        open_points=_open(goals, out_of_scope, dated, budget, budget_reference, risks, sponsor, manager),
        measurable=sum(goal.measurable for goal in goals),
        method=METHOD,
        assumptions=["The charter is a draft until the sponsor has signed it."],
        warnings=[
            f"The criterion of {goal.objective!r} holds no figure or date, so its success would be a matter of opinion."
            for goal in goals
            if not goal.measurable
        ],
    )


def _missing(field: str) -> str:
    return {
        "sponsor": "the charter has no sponsor; name the person who authorises the project and answers for its money",
        "manager": "the charter has no project manager; name one",
        "purpose": "the charter has no purpose; say which need it meets, and why now",
        "title": "the charter has no title; name the project",
    }[field]


def _check_budget(budget: Decimal | None, currency: str) -> None:
    if budget is None:
        return
    if not currency:
        raise InvalidInput(f"budget {plain(budget)} has no currency; give its ISO 4217 code", field="currency")
    if budget % Decimal(1).scaleb(-minor_units(currency)):
        raise InvalidInput(f"budget {plain(budget)} is finer than the smallest unit of {currency}", field="budget")


def _clean(lines: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]


def _open(
    goals: list[Objective],
    out: list[str],
    dated: list[tuple[str, date]],
    budget: Decimal | None,
    reference: str,
    risks: list[str],
    sponsor: str,
    manager: str,
) -> list[str]:
    vague = sum(not goal.measurable for goal in goals)
    points = [
        (vague, f"Put a figure or a date into {vague} of {len(goals)} success criteria."),
        (not _clean(out), "Say what is out of scope; what is not excluded will be expected."),
        (not dated, "Give at least the last milestone a date."),
        (budget is None, "State the budget, or who will set it and when."),
        (budget is not None and not reference.strip(), "Name the document that the budget comes from."),
        (not _clean(risks), "Name the risks that could stop the project."),
        (sponsor.strip().casefold() == manager.strip().casefold(), "Separate sponsor and project manager."),
    ]
    return [text for needed, text in points if needed]
