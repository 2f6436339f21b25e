"""`evaluate`: a pure function from facts, decisions and artifacts to what is current and what to do next.

Loops and negotiation start from nothing at every evaluation, and artifacts are found by
their input digest; so the same facts, judgements and decisions always give the same plan,
by whatever way they were reached, and what was seen before costs no call.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from coordinator.engine import checks
from coordinator.engine.compiled import CompiledFlow, Unit
from coordinator.engine.flow import Check, Feedback, Sync
from coordinator.engine.metrics import collect, find_conflicts, holders_basis
from coordinator.engine.model import Artifact, Called, Decision, Fact, Prose
from coordinator.engine.narrative import render
from coordinator.engine.plan import OPEN, Call, CheckResult, Conflict, LoopState, Plan, StepState, SyncState
from coordinator.engine.refs import MISSING, flatten, get, matches, parse, tree_of
from coordinator.engine.schema import digest, figures, leaves, project, required_missing, sha256, sparse

Find = Callable[[str, str], Artifact | None]
"""The artifact of a step with an input digest, if the session has ever had it."""


def evaluate(
    flow: CompiledFlow,
    facts: Mapping[str, Fact],
    decisions: Iterable[Decision],
    find: Find,
    prose: Mapping[str, Prose] | None = None,
) -> Plan:
    """What holds now. `facts` is the latest fact per path, `decisions` every decision ever taken."""
    taken = list(decisions)
    given = {path: fact for path, fact in facts.items() if fact.value is not None}
    decided = sorted((f for p, f in given.items() if p.startswith("decided.")), key=lambda f: f.revision)
    in_force: list[Fact] = []
    lapsed: list[str] = []
    plan = _World(flow, given, in_force, taken, find, prose or {}).plan()
    for fact in decided:
        # A decision counts only while its holders read what they read when it was taken; that is
        # seen in the world without it, which therefore has to be known first.
        basis = holders_basis(fact.path.removeprefix("decided."), flow, plan.steps)
        if basis is None:
            return plan
        if basis != fact.basis:
            lapsed.append(fact.path)
            continue
        in_force.append(fact)
        plan = _World(flow, given, in_force, taken, find, prose or {}).plan()
    return Plan(**{**plan.__dict__, "lapsed": tuple(lapsed)})


def broken_by(
    flow: CompiledFlow, facts: Mapping[str, Fact], decisions: Iterable[Decision], find: Find, metric: str, value: str
) -> list[str]:
    """Which checks that hold now would not if every holder of a metric had this value: one sentence each.

    What a decision leads to is known only when its holders have run with it; this is what can be said before.
    """
    given = {path: fact for path, fact in facts.items() if fact.value is not None}
    world = _World(flow, given, [], list(decisions), find, {})
    world.plan()
    before = {id(check): world._check(check) for sync in flow.flow.syncs for check in sync.checks}
    world.steps = {name: _with_metric(flow, name, step, metric, value) for name, step in world.steps.items()}
    found = []
    for sync in flow.flow.syncs:
        for check in sync.checks:
            now = world._check(check)
            if now.problem and not before[id(check)].problem:
                found.append(f"{sync.title or sync.id}, {now.title}: {now.problem}")
    return found


def _with_metric(flow: CompiledFlow, name: str, step: StepState, metric: str, value: str) -> StepState:
    """The step as if its figure of a metric had another value."""
    if step.artifact is None:
        return step
    data = flatten(step.artifact.result.data)
    published = figures(name, step.artifact.result.data, flow.actions[name].output, {})
    changed = {figure.id.partition("#")[2]: value for figure in published if figure.metric == metric}
    result = step.artifact.result.model_copy(update={"data": tree_of(data | changed)})
    return replace(step, artifact=step.artifact.model_copy(update={"result": result}))


class _World:
    """One evaluation under one set of decided metrics; a pass restarts when negotiation patches."""

    def __init__(
        self,
        flow: CompiledFlow,
        facts: Mapping[str, Fact],
        decided: list[Fact],
        decisions: list[Decision],
        find: Find,
        prose: Mapping[str, Prose],
    ) -> None:
        values = {path: fact.value for path, fact in facts.items() if not path.startswith("decided.")}
        values |= {fact.path: fact.value for fact in decided}
        self.tree = tree_of(values)
        self.flow = flow
        self.decisions = decisions
        self.find = find
        self.better = prose
        self.patched: dict[str, int] = {}

    def plan(self) -> Plan:
        while True:
            self._clear()
            if all(self._evaluate(unit) for unit in self.flow.units):
                return Plan(
                    steps={step: self.steps[step] for step in self.flow.steps},
                    syncs={sync: self.syncs[sync] for sync in self.flow.syncs},
                    loops=tuple(self.loops),
                    conflicts=self._conflicts(),
                    metrics={key: value for key, (_, value) in collect(self.flow, self.steps).items()},
                    missing=tuple(sorted(self.missing)),
                    lapsed=(),
                    prose={step: self._prose(step) for step, s in self.steps.items() if s.artifact},
                )

    def _clear(self) -> None:
        self.steps: dict[str, StepState] = {}
        self.syncs: dict[str, SyncState] = {}
        self.loops: list[LoopState] = []
        self.missing: set[str] = set()

    def _evaluate(self, unit: Unit) -> bool:
        """Evaluate one unit; False when a sync point took its next patch and all starts again."""
        if unit.kind == "step":
            self.steps[unit.members[0]] = self._step(unit.members[0], {})
        elif unit.kind == "loop":
            self._loop(unit)
        else:
            sync = self.flow.syncs[unit.members[0]]
            state = self._sync(sync)
            if state.status == "failed" and self.patched.get(sync.id, 0) < len(sync.negotiate):
                self.patched[sync.id] = self.patched.get(sync.id, 0) + 1
                return False
            self.syncs[sync.id] = state
        return True

    # ---- steps -------------------------------------------------------------------------------------

    def _step(self, name: str, fed: Mapping[str, Any]) -> StepState:
        step, spec = self.flow.steps[name], self.flow.actions[name]
        closed = [sync for sync in step.after if self.syncs[sync].status not in OPEN]
        if closed:
            return StepState(
                "waiting", f"sync point {closed[0]}: {self.syncs[closed[0]].reason or self.syncs[closed[0]].status}"
            )
        inputs: dict[str, Any] = {}
        for alias, upstream in step.needs.items():
            artifact = self.steps[upstream].artifact if self.steps[upstream].status == "current" else None
            if artifact is None:
                return StepState("waiting", f"{upstream} is not current")
            inputs[alias] = project(artifact.result.data, spec.inputs["properties"][alias])
        inputs |= fed
        brief = project(self.tree, spec.brief)
        missing = list(required_missing(brief, spec.brief))
        if missing:
            self.missing |= set(missing)
            return StepState("waiting", f"facts are missing: {', '.join(missing)}")
        judgement = sparse(self._judgement(name), spec.judgement)
        called = Called(brief=brief, inputs=inputs, judgement=judgement)
        key = digest(spec.id, brief, inputs, judgement)
        artifact = self.find(name, key)
        if artifact is not None:
            return StepState("current", artifact=artifact, digest=key)
        return StepState("ready", call=Call(name, called, key), digest=key)

    def _judgement(self, name: str) -> dict[str, Any]:
        stored = self.tree.get("judgement", {}).get(name, {})
        chosen = project(stored, self.flow.actions[name].judgement)
        for sync in self.flow.flow.syncs:
            for patch in sync.negotiate[: self.patched.get(sync.id, 0)]:
                if patch.step == name:
                    chosen = patch.judgement | chosen  # what a person chose is not negotiated away
        return dict(chosen)

    # ---- loops -------------------------------------------------------------------------------------

    def _loop(self, unit: Unit) -> None:
        """Run the members until no receiver's inputs change, within the passes of the edges."""
        limit = min(edge.passes for edge in unit.edges)
        fed: dict[str, dict[str, Any]] = {}
        history: list[dict[str, dict[str, Any]]] = []
        for count in range(1, limit + 1):
            for member in unit.members:
                self.steps[member] = self._step(member, fed.get(member, {}))
            history.append(fed)
            if any(self.steps[member].status != "current" for member in unit.members):
                self.loops.append(LoopState(unit.members, count, settled=False))
                return
            following = self._feed(unit.edges, fed)
            if following == fed:
                self.loops.append(LoopState(unit.members, count, settled=True))
                return
            fed = following
        self.loops.append(LoopState(unit.members, limit, settled=False, last_two=(history[-1], fed)))
        for member in unit.members:
            reason = f"the feedback loop did not settle within {limit} passes"
            self.steps[member] = StepState("waiting", reason, artifact=self.steps[member].artifact)

    def _feed(self, edges: Iterable[Feedback], before: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        fed: dict[str, dict[str, Any]] = {}
        for edge in edges:
            artifact = self.steps[edge.from_step].artifact
            assert artifact is not None
            view = self.flow.actions[edge.to.step].inputs["properties"][edge.to.input]
            value = project(artifact.result.data, view)
            last = before.get(edge.to.step, {}).get(edge.to.input)
            if last is not None and _within(last, value, view, edge.tolerance):
                value = last
            fed.setdefault(edge.to.step, {})[edge.to.input] = value
        return fed

    # ---- sync points -------------------------------------------------------------------------------

    def _sync(self, sync: Sync) -> SyncState:
        stale = [step for step in sync.covers if self.steps[step].status != "current"]
        if stale:
            return SyncState("waiting", f"{stale[0]} is not current", patches=self.patched.get(sync.id, 0))
        conflict = self._blocking_conflict(sync)
        results = tuple(self._check(check) for check in sync.checks)
        failed = [result for result in results if result.problem]
        approvers = self._approvers(sync)
        covers = {step: self._content(step) for step in sync.covers}
        facts: dict[str, Any] = {
            "checks": results,
            "patches": self.patched.get(sync.id, 0),
            "approvers": approvers,
            "covers": covers,
        }
        if conflict is not None:
            return SyncState("conflict", f"two values of {conflict.metric}", **facts)
        if failed:
            return SyncState("failed", f"{failed[0].title}: {failed[0].problem}", **facts)
        said = {d.by: d for d in self.decisions if d.subject == sync.id and d.covers == covers and d.via != "auto"}
        refused = [name for name in approvers if name in said and said[name].kind in ("reject", "changes")]
        if refused:
            return SyncState("rejected", f"{refused[0]}: {said[refused[0]].reason or said[refused[0]].kind}", **facts)
        approved = tuple(name for name in approvers if name in said)
        facts["approved_by"] = approved
        absent = [name for name in approvers if name not in approved]
        if not approvers:
            return SyncState("passed", **facts)
        if not absent:
            return SyncState("approved", **facts)
        reason = f"not yet approved by {_listed(absent)}"
        return SyncState("provisional" if sync.offline == "provisional" else "pending", reason, **facts)

    def _check(self, check: Check) -> CheckResult:
        title = check.title or check.check
        sides = [self._side(side) for side in (check.left, check.right)]
        if not all(sides):
            return CheckResult(check.check, title, None, applies=False)
        return CheckResult(check.check, title, checks.find(check.check)(*sides))

    def _side(self, side: str | list[str]) -> dict[str, object]:
        found: dict[str, object] = {}
        for ref in [side] if isinstance(side, str) else side:
            parts = parse(ref)
            artifact = self.steps[parts.owner].artifact if parts.kind == "figure" else None
            tree = self.tree if parts.kind == "fact" else artifact.result.data if artifact else {}
            found |= {f"{ref}:{path}": value for path, value, _ in matches(tree, parts.path)}
        return found

    def _approvers(self, sync: Sync) -> tuple[str, ...]:
        named, asking = self._people(sync.approvers), self._people(sync.requester)
        others = tuple(name for name in named if name not in asking)
        return others or ((f"somebody other than {_listed(list(asking))}",) if named else ())

    def _people(self, ref: str | None) -> tuple[str, ...]:
        value = get(self.tree, parse(ref).path) if ref else MISSING
        if value is MISSING:
            return ()
        return tuple(dict.fromkeys(value)) if isinstance(value, list) else (str(value),)

    def _content(self, step: str) -> str:
        """What an approval covers: the data and the prose as a person reads it."""
        artifact = self.steps[step].artifact
        assert artifact is not None
        return sha256([artifact.result.data, render(self._prose(step), lambda ref: str(self.value(ref)))])

    def _prose(self, step: str) -> str:
        artifact = self.steps[step].artifact
        assert artifact is not None
        better = self.better.get(step)
        if better and all(str(self.value(ref)) == seen for ref, seen in better.cites.items()):
            return better.text
        return artifact.result.narrative

    def value(self, ref: str) -> Any:
        """The value behind an absolute ref, or MISSING."""
        parts = parse(ref)
        if parts.kind == "fact":
            return get(self.tree, parts.path)
        if parts.kind == "judgement":
            owner, _, path = parts.path.partition(".")
        else:
            owner, path = parts.owner, parts.path
        artifact = self.steps[owner].artifact if owner in self.steps else None
        if artifact is None:
            return MISSING
        return get(artifact.result.judgement if parts.kind == "judgement" else artifact.result.data, path)

    # ---- shared figures ----------------------------------------------------------------------------

    def _conflicts(self) -> dict[str, Conflict]:
        return find_conflicts(self.flow, self.steps)

    def _blocking_conflict(self, sync: Sync) -> Conflict | None:
        seen = set().union(*(self.flow.ancestors(step) for step in sync.covers))
        for conflict in self._conflicts().values():
            if {conflict.owner, *conflict.others} <= seen:
                return conflict
        return None


def _within(a: Any, b: Any, schema: dict[str, Any], tolerance: Decimal) -> bool:
    """Whether two values differ only in quantities, each by at most `tolerance`."""
    left, right = ({path: (value, leaf) for path, value, leaf in leaves(side, schema)} for side in (a, b))
    if left.keys() != right.keys():
        return False
    for path, (value, leaf) in left.items():
        other = right[path][0]
        if value == other:
            continue
        if leaf.get("x-unit") in (None, "date") or abs(Decimal(str(value)) - Decimal(str(other))) > tolerance:
            return False
    return True


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
