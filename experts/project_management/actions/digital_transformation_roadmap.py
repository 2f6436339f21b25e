"""The roadmap of what is funded: dated activities, stage gates with what has to be true, and cost by month."""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import few, title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney
from experts.core.worksheet import Worksheet
from experts.project_management.actions._innovation_roadmap import document_of, narrative_of, pictures_of
from experts.project_management.actions._roadmap import (
    Roadmap,
    RoadmapOutput,
    Schedule,
    Work,
    plan_work,
    roadmap_fields,
    roadmap_grounds,
    roadmap_warnings,
)
from experts.project_management.tools.split_cost_over_tasks import SplitCosts, Weighted, split_cost_over_tasks

KIND = "Roadmap"
VERSION = 1
NEEDS = {"case": "InvestmentCase", "portfolio": "InnovationPortfolio", "concept": "ExperienceConcept"}


class Activity(Model):
    """One piece of work in whole working days; without an initiative it serves the whole programme."""

    initiative: Key | None = None
    label: Text | None = None
    duration: Days
    predecessors: list[str] = Field(
        [], json_schema_extra={"reason": "no predecessor is named, so it can start at once"}
    )
    owner: Text | None = None
    kind: Literal["work", "review", "approval", "gate"] = Field(
        "work", json_schema_extra={"reason": "an activity is work unless the brief calls it a review, approval or gate"}
    )
    criterion: Text | None = None


class Brief(Model):
    """What the roadmap is made from; activities of what is not funded are left out."""

    currency: str
    schedule: Schedule
    activities: dict[Key, Activity]


class LineView(Model):
    label: str
    investment: Money


class CaseView(Model):
    initiatives: dict[Key, LineView]
    investment: Money


class InitiativeView(Model):
    needs: list[str] = []


class PortfolioView(Model):
    initiatives: dict[Key, InitiativeView]


class ConceptView(Model):
    test_people: Count


class Inputs(Model):
    case: CaseView
    portfolio: PortfolioView
    concept: ConceptView


class Judgement(Model):
    overlap_review: bool = Field(
        False, json_schema_extra={"reason": "reviews wait for the work they read until somebody accepts the risk"}
    )


class Gate(Model):
    """A decision to go on, hold or stop; `criterion`: what has to be true to go on."""

    label: str
    initiative: str | None = None
    day: Day
    criterion: str | None = None
    owner: str | None = None


class Stretch(Model):
    """One initiative from its first day to its last, and what it costs."""

    label: str
    start: Day
    finish: Day
    cost: NonNegativeMoney


class Output(RoadmapOutput):
    """The dated plan. Its cost is the investment of the case, spread over the work by duration."""

    bac: Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "total_investment"})]
    finish: Annotated[Day, Field(json_schema_extra={"x-metric": "finish_date"})]
    initiatives: dict[Key, Stretch]
    gates: dict[Key, Gate]
    test_people: Count


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Date the activities of what is funded on the working calendar, with gates and the cost of the case by month.

    Activities of initiatives that are not funded are left out. The investment of an initiative is split over its work
    in proportion to duration. Raises InvalidInput naming the activity that does not fit, Infeasible for a circle.
    """
    _check(brief, inputs)
    kept = {
        key: each
        for key, each in brief.activities.items()
        if each.initiative is None or each.initiative in inputs.case.initiatives
    }
    if not any(each.initiative for each in kept.values()):
        raise InvalidInput(
            "no activity belongs to an initiative that is funded; give the work of "
            f"{few([line.label for line in inputs.case.initiatives.values()])}",
            field="activities",
        )
    sheet = Worksheet()
    costs = _costs(sheet, brief, inputs, kept)
    work = _work(brief, inputs, kept, costs)
    roadmap = plan_work(sheet, work, brief.schedule, brief.currency, overlap_review=judgement.overlap_review)
    output = _output(inputs, roadmap, kept)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(roadmap, kept, output),
        narrative=narrative_of(roadmap, output),
        document=document_of(brief, roadmap, output),
        pictures=pictures_of(roadmap, output),
        warnings=[*roadmap_warnings(roadmap), *costs.warnings, *_warnings(brief, inputs, kept, output)],
    )


def _check(brief: Brief, inputs: Inputs) -> None:
    known = inputs.portfolio.initiatives
    for key, each in brief.activities.items():
        if each.initiative is not None and each.initiative not in known:
            raise InvalidInput(
                f"activities.{key} is of {each.initiative!r}, which is no initiative{did_you_mean(each.initiative, known)}",
                field=f"activities.{key}.initiative",
            )
        for other in each.predecessors:
            if other not in brief.activities:
                raise InvalidInput(
                    f"activities.{key} waits for {other!r}, which is no activity{did_you_mean(other, brief.activities)}",
                    field=f"activities.{key}.predecessors",
                )


def _costs(sheet: Worksheet, brief: Brief, inputs: Inputs, kept: dict[str, Activity]) -> SplitCosts:
    worked = {key: each for key, each in kept.items() if each.initiative is not None and each.kind == "work"}
    return sheet.run(
        "split",
        {
            "costs.*": "case#initiatives.*.investment",
            "tasks.*.weight": "fact:activities.*.duration",
        },
        split_cost_over_tasks,
        costs={key: line.investment for key, line in inputs.case.initiatives.items()},
        tasks={
            key: Weighted.model_validate({"group": each.initiative, "weight": each.duration})
            for key, each in worked.items()
        },
        currency=brief.currency,
    )


def _work(brief: Brief, inputs: Inputs, kept: dict[str, Activity], costs: SplitCosts) -> dict[str, Work]:
    lines = inputs.case.initiatives
    return {
        key: Work(
            label=title_of(key, each.label),
            duration=each.duration,
            duration_ref=f"fact:activities.{key}.duration",
            predecessors=tuple(other for other in each.predecessors if other in kept),
            owner=each.owner,
            phase=lines[each.initiative].label if each.initiative else "Programme",
            kind=each.kind,
            cost=costs.tasks.get(key),
            cost_ref=f"working:split#tasks.{key}",
        )
        for key, each in kept.items()
    }


def _ends(roadmap: Roadmap, kept: dict[str, Activity]) -> dict[str, tuple[str, str]]:
    """Of each initiative, the activity that starts first and the one that finishes last."""
    dated = roadmap.dated.tasks
    found: dict[str, tuple[str, str]] = {}
    for key, each in kept.items():
        if each.initiative is None:
            continue
        first, last = found.get(each.initiative, (key, key))
        found[each.initiative] = (
            key if dated[key].start < dated[first].start else first,
            key if dated[key].finish > dated[last].finish else last,
        )
    return found


def _output(inputs: Inputs, roadmap: Roadmap, kept: dict[str, Activity]) -> Output:
    dated, lines = roadmap.dated.tasks, inputs.case.initiatives
    return Output.model_validate(
        {
            **roadmap_fields(roadmap),
            "initiatives": {
                key: Stretch(
                    label=lines[key].label,
                    start=dated[first].start,
                    finish=dated[last].finish,
                    cost=lines[key].investment,
                )
                for key, (first, last) in _ends(roadmap, kept).items()
            },
            "gates": {
                key: Gate(
                    label=roadmap.work[key].label,
                    initiative=lines[owner].label if (owner := kept[key].initiative) else None,
                    day=dated[key].finish,
                    criterion=kept[key].criterion,
                    owner=kept[key].owner,
                )
                for key in roadmap.in_order
                if kept[key].kind == "gate"
            },
            "test_people": inputs.concept.test_people,
        }
    )


def _grounds(roadmap: Roadmap, kept: dict[str, Activity], output: Output) -> dict[str, str]:
    return {
        **roadmap_grounds(roadmap),
        **{
            f"initiatives.{key}.{name}": f"working:schedule#tasks.{task}.{name}"
            for key, ends in _ends(roadmap, kept).items()
            for name, task in zip(("start", "finish"), ends, strict=True)
        },
        "initiatives.*.cost": "case#initiatives.*.investment",
        "gates.*.day": "working:schedule#tasks.*.finish",
        "test_people": "concept#test_people",
    }


def _waits(kept: dict[str, Activity], later: str, first: str) -> bool:
    """Whether some activity of `later` waits, at any distance, for one of `first`."""
    queue = [key for key, each in kept.items() if each.initiative == later]
    seen = set(queue)
    while queue:
        for before in kept[queue.pop()].predecessors:
            if before in kept and before not in seen:
                if kept[before].initiative == first:
                    return True
                seen.add(before)
                queue.append(before)
    return False


def _warnings(brief: Brief, inputs: Inputs, kept: dict[str, Activity], output: Output) -> list[str]:
    found, lines = [], inputs.case.initiatives
    cut = sorted(
        title_of(key, each.label) for key, each in kept.items() if any(other not in kept for other in each.predecessors)
    )
    if cut:
        found.append(f"These wait for work of an initiative that is not funded, so they no longer wait: {few(cut)}.")
    found += [
        f"{lines[key].label} needs {lines[other].label}, and none of its activities waits for one of those."
        for key in output.initiatives
        for other in inputs.portfolio.initiatives[key].needs
        if other in output.initiatives and not _waits(kept, key, other)
    ]
    if not output.gates:
        found.append("No activity is a gate, so nothing says when a project is stopped.")
    bare = [gate.label for gate in output.gates.values() if not gate.criterion]
    if bare:
        found.append(f"Nothing says what has to be true to pass: {few(bare)}.")
    unowned = [title_of(key, each.label) for key, each in kept.items() if not each.owner]
    if unowned:
        found.append(f"Nobody is named for {few(unowned, 'other activities')}.")
    return found
