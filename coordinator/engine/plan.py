"""What `evaluate` finds: the state of every step, sync point, loop and shared figure."""

from dataclasses import dataclass, field
from typing import Any, Literal

from coordinator.engine.model import Artifact, Called

StepStatus = Literal["current", "ready", "waiting"]
SyncStatus = Literal["waiting", "failed", "conflict", "rejected", "pending", "provisional", "approved", "passed"]
OPEN: frozenset[str] = frozenset({"provisional", "approved", "passed"})
"""Sync states that let the gated steps go on."""


@dataclass(frozen=True)
class Call:
    """One action to call."""

    step: str
    called: Called
    digest: str


@dataclass(frozen=True)
class StepState:
    """A step: current with its artifact, ready to be called, or waiting for what `reason` says."""

    status: StepStatus
    reason: str = ""
    artifact: Artifact | None = None
    call: Call | None = None
    digest: str = ""


@dataclass(frozen=True)
class CheckResult:
    """One check of a sync point; `problem` is None where it holds."""

    name: str
    title: str
    problem: str | None
    applies: bool = True


@dataclass(frozen=True)
class SyncState:
    """A sync point: its checks, what negotiation tried, who approved and who has not."""

    status: SyncStatus
    reason: str = ""
    checks: tuple[CheckResult, ...] = ()
    patches: int = 0
    approvers: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    covers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LoopState:
    """A feedback loop: settled within its passes, or the receiver's last two inputs."""

    members: tuple[str, ...]
    passes: int
    settled: bool
    last_two: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Two values of one shared figure. `basis` is the digest of what its holders read."""

    metric: str
    owner: str
    value: str
    others: dict[str, str]
    basis: str


@dataclass(frozen=True)
class Plan:
    """The whole answer for one set of facts, judgements and decisions."""

    steps: dict[str, StepState]
    syncs: dict[str, SyncState]
    loops: tuple[LoopState, ...]
    conflicts: dict[str, Conflict]
    metrics: dict[str, str]
    missing: tuple[str, ...]
    lapsed: tuple[str, ...]
    prose: dict[str, str]

    @property
    def calls(self) -> list[Call]:
        """The actions that may be called now, in the flow's order."""
        return [state.call for state in self.steps.values() if state.call is not None]

    @property
    def fresh(self) -> bool:
        """Whether every step is current."""
        return all(state.status == "current" for state in self.steps.values())

    @property
    def done(self) -> bool:
        """Whether nothing is left to call or to decide before the plan is whole (provisional approvals aside)."""
        return (
            self.fresh
            and not self.conflicts
            and all(loop.settled for loop in self.loops)
            and all(sync.status in OPEN for sync in self.syncs.values())
        )
