"""Flows: participants, steps, sync points, feedback edges and metrics, as one TOML file each."""

import tomllib
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, ValidationError

from coordinator.engine.places import FlowError, Misfit
from experts.core.contract import Key, Model, Ref
from experts.core.errors import ConfigurationError

Unit = Literal["money", "rate", "ratio", "count", "days", "months", "date", "text"]


class Step(Model):
    """One action of one expert and the upstream artifacts it reads (`needs`: input alias -> step).

    With `tool` the step calls a tool of somebody else's MCP server: `arguments` maps the tool's arguments to refs,
    `options` gives it constants, `results` maps what it gives to units, `narrative` is the text that cites them.
    """

    id: Key
    expert: str
    produces: str
    title: str = ""
    action: str = ""
    needs: dict[str, str] = {}
    after: list[str] = []
    tool: str = ""
    arguments: dict[str, Ref] = {}
    options: dict[str, Any] = {}
    results: dict[str, Unit] = {}
    narrative: str = ""


class Check(Model):
    """A named check over refs; `left` and `right` may each be several."""

    check: str
    left: Ref | list[Ref]
    right: Ref | list[Ref]
    title: str = ""


class Patch(Model):
    """A judgement that negotiation tries when checks fail."""

    step: str
    judgement: dict[str, Any]
    because: str = ""


class Sync(Model):
    """A sync point: gates the steps that name it in `after`.

    Whoever `requester` names asked for what is agreed here, and so cannot be one who agrees.
    """

    id: Key
    title: str = ""
    experts: list[str]
    covers: list[str] = Field(min_length=1)
    approvers: str | None = None
    requester: str | None = None
    offline: Literal["provisional", "wait"] = "wait"
    checks: list[Check] = []
    negotiate: list[Patch] = []


class Receiver(Model):
    step: str
    input: str


class Feedback(Model):
    """An edge against the flow's direction, run to a fixed point within `passes` runs of the receiver."""

    from_step: str = Field(alias="from")
    to: Receiver
    passes: int = Field(3, ge=2, le=12)
    tolerance: Decimal = Field(Decimal(0), ge=0)


class Metric(Model):
    """A figure that the whole plan shares; `owner` is the step whose value counts."""

    owner: str
    tolerance: Decimal = Field(Decimal(0), ge=0)


class Template(Model):
    """Rows a brief may leave to the flow: used, as assumed facts, where the brief has no such table."""

    reason: str
    rows: dict[str, Any]


class Flow(Model):
    """One collaboration flow.

    `named_by` is the path of the fact that a session is named by; `workbook` the name of its workbook's file.
    """

    flow: Key
    version: int = Field(ge=1)
    title: str
    description: str
    participants: list[str]
    literals: list[str] = []
    workbook: Key = "budget"
    named_by: str = "campaign.name"
    metrics: dict[Key, Metric] = {}
    steps: list[Step] = Field(min_length=1)
    syncs: list[Sync] = []
    feedback: list[Feedback] = []
    brief: dict[str, Any] = {}
    templates: dict[Key, Template] = {}
    handoff_triggers: list[str] = []
    success_metrics: list[str] = []


def parse_flow(text: str, where: str) -> Flow:
    """Read a flow; a FlowError (or, for what is no TOML, a ConfigurationError) names the file and the field."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{where} is not valid TOML: {error}") from error
    try:
        return Flow.model_validate(data)
    except ValidationError as error:
        raise FlowError([_misfit(where, data, dict(found)) for found in error.errors()]) from error


def _misfit(where: str, data: dict[str, Any], error: dict[str, Any]) -> Misfit:
    place = [str(part) for part in error["loc"]]
    entry: Any = data
    for part in error["loc"][:2]:
        entry = entry[part] if isinstance(entry, list | dict) and part in _keys(entry) else None
    table, id, word = "", "", place[-1] if place else ""
    if place and place[0] in ("steps", "syncs", "feedback", "metrics"):
        table = place[0]
        id = str(entry.get("id", "")) if isinstance(entry, dict) and table != "metrics" else ".".join(place[1:2])
        id = "" if table == "feedback" else id
    return Misfit(f"{where}: {'.'.join(place)}: {error['msg']}", table, id, word)


def _keys(tree: list[Any] | dict[str, Any]) -> Any:
    return range(len(tree)) if isinstance(tree, list) else tree
