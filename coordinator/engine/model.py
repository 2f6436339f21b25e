"""What the engine remembers: facts, artifacts, decisions. See docs/architecture.md for the words."""

from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime

from experts.core.contract import ActionResult, Model, Ref

Origin = Literal["given", "document", "assumed", "decided", "host", "provider", "person"]


class Fact(Model):
    """One entry of a session's append-only journal; the latest per path counts.

    `value` is canonical (a string, an int, a bool or a list of strings); None removes the path.
    `basis`, on `decided.*`, is the digest of what the metric's holders read when it was decided.
    """

    path: str
    value: Any
    origin: Origin
    by: str
    reason: str = ""
    basis: str | None = None
    revision: int = 0


class Called(Model):
    """What an action was called with; its digest is the artifact's input digest."""

    brief: dict[str, Any]
    inputs: dict[str, Any]
    judgement: dict[str, Any]


class Artifact(Model):
    """One immutable version of a step's deliverable."""

    step: str
    version: int
    action: str
    input_digest: str
    upstream: dict[str, int]
    called: Called
    result: ActionResult


class Figure(Model):
    """A quantity of an artifact, derived from its schema; never written by hand."""

    id: Ref
    value: str
    unit: str
    ground: Ref | None
    metric: str | None = None


class Decision(Model):
    """What a person (or, provisionally, nobody) said about a sync point or a conflict."""

    id: str
    kind: Literal["approve", "reject", "changes", "conflict"]
    subject: str
    covers: dict[str, str]
    by: str
    via: Literal["cli", "web", "elicitation", "host_relayed", "auto"]
    reason: str = ""
    value: str | None = None
    token_hash: str | None = None
    at: AwareDatetime


class Prose(Model):
    """Better prose than the template: shown while every value it cites is the one it was written for."""

    text: str
    by: str
    cites: dict[Ref, str]


class Session(Model):
    """One run of a flow. `flow_text` and `pins` are what it started with."""

    id: str
    name: str
    flow: str
    flow_text: str
    pins: dict[str, Any]
    created_at: AwareDatetime
    expires_at: AwareDatetime
    revision: int
    parent: str | None = None


class Event(Model):
    """One thing that happened, for people to read."""

    kind: str
    data: dict[str, Any]
    at: datetime
