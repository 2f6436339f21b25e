"""Step of product_launch_coordination: what has to be cleared before the launch, when it can be in hand, what blocks."""

from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Days, NonNegativeMoney
from experts.core.worksheet import Worksheet
from experts.legal_consultant.actions._launch_clearance_document import (
    Clearances,
    document_of,
    narrative_of,
    pictures_of,
)
from experts.legal_consultant.actions._launch_rights import FoundRight, RightFacts, TermRow, rights_of, terms_of
from experts.legal_consultant.tools.check_license_compatibility import (
    LicenseCheck,
    Use,
    check_license_compatibility,
)
from experts.legal_consultant.tools.schedule_clearances import (
    Clearance,
    ClearanceSchedule,
    Status,
    Why,
    schedule_clearances,
)

KIND = "ClearanceChecklist"
VERSION = 1
NEEDS = {"launch_plan": "LaunchPlan", "identity": "VisualIdentity"}

MOST_ITEMS = 200
Kind = Literal["mark", "patent", "design", "copyright", "licence", "claim", "regulatory", "contract"]
ItemKey = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,50}$")]
LaunchDate = Annotated[Day, Field(json_schema_extra={"x-metric": "launch_date"})]


class Product(Model):
    name: Text
    outbound_license: Annotated[str, Field(max_length=60)] = Field(
        "proprietary",
        json_schema_extra={"reason": "a product is sold under its maker's own terms until told otherwise"},
    )
    software_use: Use = Field(
        "distributed", json_schema_extra={"reason": "software in a product that is sold is passed on with it"}
    )


class Launch(Model):
    open_blockers_allowed: Count = Field(
        0, json_schema_extra={"reason": "nothing that can stop the sale is left open on the day of the launch"}
    )


class Schedule(Model):
    start: Day
    country: Text
    subdivision: Text | None = None
    weekend: list[str] | None = None


class ItemFacts(Model):
    """Something to clear. Lead times in calendar days; `after` and `blocks` are tasks of the plan."""

    label: Text
    kind: Kind
    status: Status = Field("open", json_schema_extra={"reason": "nobody has said that it is under way"})
    blocking: bool = Field(True, json_schema_extra={"reason": "what has to be cleared stops the launch until told otherwise"})  # fmt: skip
    owner: Text | None = None
    jurisdiction: Text | None = None
    evidence: Text | None = None
    lead_days: Days | None = None
    expedited_days: Days | None = None
    after: Text | None = None
    blocks: Text | None = None
    cost: NonNegativeMoney | None = None
    expedite_cost: NonNegativeMoney | None = None
    component: Key | None = None


class ComponentFacts(Model):
    """A component and its licence as an SPDX expression."""

    label: Text | None = None
    license: Annotated[str, Field(max_length=300)]


class TeamMember(Model):
    name: Text


class Brief(Model):
    """Marks, licences, claims and approvals; components; rights that exist; the calendar that counts."""

    currency: str
    product: Product
    launch: Launch
    schedule: Schedule
    team: dict[Key, TeamMember] = {}
    clearances: dict[ItemKey, ItemFacts] = Field({}, max_length=MOST_ITEMS)
    components: dict[Key, ComponentFacts] = Field({}, max_length=200)
    rights: dict[Key, RightFacts] = Field({}, max_length=20)


class TaskView(Model):
    label: str
    finish: Day


class LaunchPlanView(Model):
    launch_date: Day
    tasks: dict[Key, TaskView]


class SimilarView(Model):
    name: str


class IdentityView(Model):
    similar_names: dict[Key, SimilarView] = {}


class Inputs(Model):
    launch_plan: LaunchPlanView
    identity: IdentityView


class Judgement(Model):
    expedite: bool = Field(
        False, json_schema_extra={"reason": "faster examination costs extra; it is worth that only if a date needs it"}
    )


class Item(Model):
    """One item of the checklist. `needed`: the work has to wait for it; `why`: why it blocks the launch."""

    label: str
    kind: Kind
    status: Status
    blocking: bool
    needed: bool
    owner: str | None = None
    jurisdiction: str | None = None
    evidence: str | None = None
    after: str | None = None
    blocks: str | None = None
    starts: Day | None = None
    clear: Day | None = None
    lead_days: Days | None = None
    working_days: Days | None = None
    days_before_launch: Days | None = None
    expedited: bool = False
    cost: NonNegativeMoney
    blocks_launch: bool
    why: Why = ""


class CheckedComponent(Model):
    label: str
    license: str
    fit: str
    reason: str
    duties: list[str] = []


class Right(Model):
    """A right and when it ends; `steps` are what must be filed to keep it, or to extend it abroad."""

    label: str
    kind: str
    expires: Day | None = None
    steps: dict[Key, TermRow] = {}


class Output(Model):
    """The checklist. `clearance_date`: the last blocking item with a lead time is in hand."""

    launch_date: LaunchDate
    items: dict[ItemKey, Item]
    open_blockers: Count
    planned: Count
    cleared: Count
    expedited: Count
    clearance_date: Day | None = None
    clearance_cost: NonNegativeMoney
    components: dict[Key, CheckedComponent] = {}
    rights: dict[Key, Right] = {}


_SHOWN = ("starts", "clear", "working_days", "days_before_launch", "cost")


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """List what a launch has to clear, date it, count the blockers, and say when rights end.

    A component whose licence conflicts with the product's is a blocker until an item of the checklist deals
    with it; so is a name like one that is in use. Information, not legal advice.
    """
    sheet = Worksheet()
    licences = _licences(sheet, brief)
    items = _items(brief, inputs, licences)
    dated = _dated(sheet, brief, inputs, items, judgement)
    rights = rights_of(sheet, brief.rights, brief.schedule.country)
    names = {key: member.name for key, member in brief.team.items()}
    output = Output(
        launch_date=inputs.launch_plan.launch_date,
        items={
            key: Item(
                label=item.label,
                kind=item.kind,
                status=item.status,
                blocking=item.blocking,
                needed=item.blocking and item.status != "cleared" and dated.items[key].working_days is not None,
                owner=names.get(item.owner, item.owner) if item.owner else None,
                jurisdiction=item.jurisdiction,
                evidence=item.evidence,
                after=item.after,
                blocks=item.blocks,
                lead_days=item.lead_days,
                expedited=dated.items[key].expedited,
                blocks_launch=dated.items[key].blocks_launch,
                why=dated.items[key].why,
                **{name: getattr(dated.items[key], name) for name in _SHOWN},
            )
            for key, item in items.items()
        },
        open_blockers=dated.open_blockers,
        planned=dated.planned,
        cleared=dated.cleared,
        expedited=dated.expedited,
        clearance_date=dated.clearance_date,
        clearance_cost=dated.cost,
        components={
            key: CheckedComponent(
                label=title_of(key, brief.components[key].label),
                license=found.expression,
                fit=found.fit,
                reason=found.reason,
                duties=found.duties,
            )
            for key, found in (licences.components.items() if licences else ())
        },
        rights={
            key: Right(
                label=title_of(key, brief.rights[key].label),
                kind=brief.rights[key].kind,
                expires=found.expires,
                steps=found.steps,
            )
            for key, found in rights.items()
        },
    )
    clearances = Clearances(brief=brief, inputs=inputs, output=output, licences=licences)
    pictures = pictures_of(clearances)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds={
            "launch_date": "launch_plan#launch_date",
            **{f"items.*.{name}": f"working:clearances#items.*.{name}" for name in _SHOWN},
            "items.*.lead_days": "fact:clearances.*.lead_days",
            **{
                name: f"working:clearances#{name}"
                for name in ("open_blockers", "planned", "cleared", "expedited", "clearance_date")
            },
            "clearance_cost": "working:clearances#cost",
            **terms_of(rights),
        },
        narrative=narrative_of(clearances),
        document=document_of(clearances, pictures),
        pictures=pictures,
        warnings=_warnings(brief, inputs, dated, licences, rights),
    )


def _licences(sheet: Worksheet, brief: Brief) -> LicenseCheck | None:
    if not brief.components:
        return None
    try:
        return sheet.run(
            "licences",
            {"as_of": "fact:schedule.start"},
            check_license_compatibility,
            components={key: each.license for key, each in brief.components.items()},
            outbound=brief.product.outbound_license,
            as_of=brief.schedule.start,
            use=brief.product.software_use,
        )
    except InvalidInput as error:
        error.field = "product.outbound_license" if error.field == "outbound" else f"{error.field}.license"
        raise


def _items(brief: Brief, inputs: Inputs, licences: LicenseCheck | None) -> dict[str, ItemFacts]:
    """The brief's items, and what licences and names add to them."""
    found = dict(brief.clearances)
    for key, item in brief.clearances.items():
        for name in ("after", "blocks"):
            task = getattr(item, name)
            tasks = {k for k in inputs.launch_plan.tasks if not k.startswith("clear-")}
            if task is not None and task not in inputs.launch_plan.tasks:
                raise InvalidInput(
                    f"clearances.{key}.{name} names the task {task!r}, which is not in the plan{did_you_mean(task, tasks)}",
                    field=f"clearances.{key}.{name}",
                    seen=task,
                )
        if item.component is not None and item.component not in brief.components:
            raise InvalidInput(
                f"clearances.{key}.component {item.component!r} is not one of the components"
                f"{did_you_mean(item.component, brief.components)}",
                field=f"clearances.{key}.component",
                seen=item.component,
            )
    dealt_with = {item.component for item in brief.clearances.values() if item.component}
    for key, component in licences.components.items() if licences else ():
        if component.fit in ("conflict", "ask") and key not in dealt_with:
            label = title_of(key, brief.components[key].label)
            found[f"licence-{key}"[:50]] = ItemFacts(
                label=f"Licence of {label}", kind="licence", evidence=component.reason
            )
    if inputs.identity.similar_names and not any(item.kind == "mark" for item in brief.clearances.values()):
        first = next(iter(inputs.identity.similar_names.values())).name
        found["mark-similar-name"] = ItemFacts(
            label=f"Search and opinion on the name {brief.product.name}, which reads like {first}", kind="mark"
        )
    return found


def _dated(
    sheet: Worksheet, brief: Brief, inputs: Inputs, items: dict[str, ItemFacts], judgement: Judgement
) -> ClearanceSchedule:
    when = brief.schedule
    fields = ("lead_days", "expedited_days", "cost", "expedite_cost")
    try:
        return sheet.run(
            "clearances",
            {
                **{f"items.*.{name}": f"fact:clearances.*.{name}" for name in fields},
                **{
                    f"items.{key}.after": f"launch_plan#tasks.{item.after}.finish"
                    for key, item in items.items()
                    if item.after
                },
                "start": "fact:schedule.start",
                "launch": "launch_plan#launch_date",
            },
            schedule_clearances,
            items={
                key: Clearance(
                    status=item.status,
                    blocking=item.blocking,
                    owner=(item.owner or "")[:200],
                    after=inputs.launch_plan.tasks[item.after].finish if item.after else None,
                    **{name: getattr(item, name) for name in fields},
                )
                for key, item in items.items()
            },
            start=when.start,
            launch=inputs.launch_plan.launch_date,
            jurisdiction=", ".join(dict.fromkeys(i.jurisdiction for i in items.values() if i.jurisdiction))[:200]
            or when.country,
            country=when.country,
            subdivision=when.subdivision,
            weekend=when.weekend,
            expedite=judgement.expedite,
        )
    except InvalidInput as error:
        error.field = error.field.replace("items.", "clearances.", 1)
        raise


def _warnings(
    brief: Brief, inputs: Inputs, dated: ClearanceSchedule, licences: LicenseCheck | None, rights: dict[str, FoundRight]
) -> list[str]:
    found = []
    if not brief.clearances:
        found.append("The brief lists nothing to clear; an empty list is not a clearance.")
    if brief.components and licences is not None:
        found += licences.warnings
    return [*found, *dated.warnings, *dict.fromkeys(text for each in rights.values() for text in each.warnings)]
