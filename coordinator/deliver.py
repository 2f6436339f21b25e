"""Put a session together as one deliverable, and write its files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coordinator.desk import Desk
from coordinator.engine.model import Artifact, Fact
from coordinator.engine.plan import OPEN, Plan, SyncState
from coordinator.engine.schema import figures
from coordinator.exports.deliverable import Deliverable, Section
from coordinator.exports.formatting import format_date
from coordinator.exports.registry import render_all
from coordinator.exports.write import write_files
from coordinator.handoffs import as_json, handoffs, table_of
from coordinator.state import State
from coordinator.values import values
from coordinator.workspace import read
from experts.core.blocks import Callout, Cite, ItemList, Table, block
from experts.core.contract import Block
from experts.core.errors import NeedsPerson, Unavailable

_FRONT = {"headline": "In short", "would_change": "What would change this advice", "monday": "What to do on Monday"}

MOST_KEYS = 12
"""How many keys of one shared figure the first page lists."""
FRONT_ITEMS = 2
"""How many items of each step the first page carries; the step's own section has them all."""


async def export(desk: Desk, session: str, folder: Path, formats: tuple[str, ...] = ()) -> list[Path]:
    """Write a session's files into `folder`; all of them or none. The same session gives the same bytes.

    Raises NeedsPerson while no step has an artifact, Unavailable where a file cannot be made or written.
    """
    state = await read(desk, session)
    rendered = render_all(deliverable(state), formats)
    if rendered.failed:
        where, why = next(iter(rendered.failed.items()))
        raise Unavailable(f"exporter {where} failed ({why}); nothing was written")
    return write_files(rendered.files, folder)


def deliverable(state: State) -> Deliverable:
    """The whole plan as exporters take it."""
    plan = state.plan()
    shown = {name: found for name in plan.steps if (found := _shown(state, plan, name)) is not None}
    if not shown:
        raise NeedsPerson(
            f"session {state.session.id} has nothing to export yet; run: pixel sessions resume {state.session.id}"
        )
    blocks = [(name, piece) for name, artifact in shown.items() for piece in artifact.result.document]
    flow = state.flow.flow
    return Deliverable(
        title=state.session.name,
        subtitle=flow.title,
        session=state.session.id,
        made_on=state.session.created_at,
        currency=str(state.values.get("currency", "XXX")),
        workbook=flow.workbook,
        draft=draft_reasons(state, plan),
        front=_front(state, plan, blocks),
        sections=[_section(state, plan, name, artifact) for name, artifact in shown.items()],
        appendix=_appendix(state, shown),
        values=values(state, shown),
        pictures={key: svg for artifact in shown.values() for key, svg in artifact.result.pictures.items()},
        raw=_raw(state, plan, shown),
    )


def draft_reasons(state: State, plan: Plan) -> list[str]:
    """Why the plan is a draft; empty while everything is current, agreed and grounded."""
    reasons = []
    for name, step in plan.steps.items():
        if step.status != "current":
            title = state.flow.steps[name].title or name
            reasons.append(f"{title} is not up to date ({step.reason or 'what it reads has changed'})")
    reasons += [
        f"{c.metric} has two values: {c.value} ({c.owner}) and {', '.join(f'{v} ({s})' for s, v in c.others.items())}"
        for c in plan.conflicts.values()
    ]
    for name, sync in plan.syncs.items():
        if sync.status not in OPEN and sync.status != "waiting":
            reasons.append(f"{state.flow.syncs[name].title or name}: {sync.reason}")
    reasons += ["a feedback loop between the steps has not settled" for loop in plan.loops if not loop.settled]
    return reasons


def _shown(state: State, plan: Plan, name: str) -> Artifact | None:
    found = plan.steps[name].artifact
    if found is not None:
        return found
    version = state.pointers.get(name, (None, 0))[0]
    return next((a for (step, _), a in state.artifacts.items() if step == name and a.version == version), None)


def _front(state: State, plan: Plan, blocks: list[tuple[str, Block]]) -> list[Block]:
    front: list[Block] = []
    slotted: dict[str, list[tuple[str, Block]]] = {}
    for name, piece in blocks:
        if piece.body.get("slot"):
            slotted.setdefault(piece.body["slot"], []).append((name, piece))
    for name, piece in slotted.get("headline", []):
        front.append(
            block(
                f"front-{name}-{piece.id}",
                Callout(tone=piece.body.get("tone", "note"), text=piece.body["text"], slot="headline"),
            )
        )
    rows: dict[str, dict[str, Any]] = {}
    for key, metric in state.flow.metrics.items():
        for name, ref in _metric_refs(state, plan, metric.owner, key)[:MOST_KEYS]:
            rows[_key(name)] = {
                "what": name.replace("_", " ").capitalize(),
                "value": Cite(ref=ref),
                "owner": state.flow.steps[metric.owner].expert,
            }
    if rows:
        columns: list[Any] = [
            {"key": "what", "label": "Shared figure"},
            {"key": "value", "label": "Value"},
            {"key": "owner", "label": "Owner"},
        ]
        front.append(block("key-figures", Table(title="Figures the whole plan shares", columns=columns, rows=rows)))
    front.append(_decisions(state, plan))
    asked = handoffs(state)
    if asked:
        titles = {name: step.title or name for name, step in state.flow.steps.items()}
        front.append(block("handoffs", table_of(asked, titles)))
    for slot, title in _FRONT.items():
        per_step: dict[str, list[str]] = {}
        for name, piece in slotted.get(slot, []):
            per_step.setdefault(name, []).extend(_texts(piece))
        items = [text for texts in per_step.values() for text in texts[:FRONT_ITEMS]]
        if items and slot != "headline":
            front.append(
                block(
                    f"front-{slot}", ItemList(title=title, items=list(dict.fromkeys(items)), ordered=slot == "monday")
                )
            )
    return front


def _texts(piece: Block) -> list[str]:
    return list(piece.body["items"]) if piece.kind == "list" else [piece.body["text"]]


def _metric_refs(state: State, plan: Plan, owner: str, key: str) -> list[tuple[str, str]]:
    """A shared figure by its name and ref; one with keys, such as a price for each product, several times."""
    artifact = plan.steps[owner].artifact
    if artifact is None:
        return []
    found = figures(owner, artifact.result.data, state.flow.actions[owner].output, artifact.result.grounds)
    mine = [(figure.metric, figure.id) for figure in found if figure.metric]
    return [(name.replace(".", ", "), ref) for name, ref in mine if name == key or name.startswith(f"{key}.")]


def _decisions(state: State, plan: Plan) -> Block:
    rows: dict[str, dict[str, Any]] = {}
    for name, sync in plan.syncs.items():
        covered = [plan.steps[step].artifact for step in state.flow.syncs[name].covers]
        versions = ", ".join(f"{state.flow.steps[a.step].title or a.step} v{a.version}" for a in covered if a)
        rows[name] = {
            "what": state.flow.syncs[name].title or name,
            "state": decision_line(sync),
            "covers": versions or "nothing yet",
            "date": _decided_on(state, name, sync),
            "checks": "; ".join(_check_line(c.title, c.problem, c.applies) for c in sync.checks) or "none",
        }
    columns: list[Any] = [
        {"key": "what", "label": "Decision"},
        {"key": "state", "label": "State"},
        {"key": "covers", "label": "Covers"},
        {"key": "date", "label": "Recorded"},
        {"key": "checks", "label": "Checks"},
    ]
    notes = [
        f"{state.flow.syncs[name].title or name}: {patch.because or 'a judgement was changed to make the checks hold'}"
        for name, sync in plan.syncs.items()
        for patch in state.flow.syncs[name].negotiate[: sync.patches]
    ]
    note = ("Negotiated: " + "; ".join(notes) + ".") if notes else ""
    return block("decisions", Table(title="Decisions and approvals", columns=columns, rows=rows, note=note))


def _check_line(title: str, problem: str | None, applies: bool) -> str:
    return f"{title}: {'not applicable, the brief sets no limit' if not applies else problem or 'holds'}"


def decision_line(sync: SyncState) -> str:
    """A sync point's state in words."""
    if sync.status == "provisional":
        return f"Provisional: {sync.reason}"
    if sync.status == "approved":
        return f"Approved by {' and '.join(sync.approved_by)}"
    if sync.status == "passed":
        return "Checks hold; no approver is named"
    return f"{sync.status.capitalize()}: {sync.reason}"


def _decided_on(state: State, name: str, sync: SyncState) -> str:
    dates = [d.at.date() for d in state.decisions if d.subject == name and d.covers == sync.covers]
    return format_date(max(dates)) if dates else "not yet"


def _section(state: State, plan: Plan, name: str, artifact: Artifact) -> Section:
    step = state.flow.steps[name]
    status = f"v{artifact.version}"
    for sync_name, sync in state.flow.syncs.items():
        if name in sync.covers and plan.syncs[sync_name].status != "waiting":
            status += f" · {decision_line(plan.syncs[sync_name])}"
    if plan.steps[name].status != "current":
        status += " · out of date"
    return Section(
        id=name,
        title=step.title or name.replace("_", " ").capitalize(),
        expert=step.expert,
        status=status,
        narrative=plan.prose.get(name, artifact.result.narrative),
        blocks=artifact.result.document,
    )


def _appendix(state: State, shown: dict[str, Artifact]) -> list[Block]:
    assumed = {p: f for p, f in state.facts.items() if f.origin == "assumed" and f.value is not None}
    rows: dict[str, dict[str, Any]] = {}
    for alike in _alike(assumed).values():
        path = alike[0].path
        rows[_key(path)] = {
            "what": path if len(alike) == 1 else f"{path} and {len(alike) - 1} more like it",
            "value": Cite(ref=f"fact:{path}"),
            "reason": alike[0].reason,
            "by": alike[0].by,
        }
    for name, artifact in shown.items():
        for field, reason in artifact.result.reasons.items():
            if reason and field in artifact.result.judgement and not isinstance(artifact.result.judgement[field], dict):
                rows[_key(f"{name}-{field}")] = {
                    "what": f"{state.flow.steps[name].title or name}: {field.replace('_', ' ')}",
                    "value": Cite(ref=f"judgement:{name}.{field}"),
                    "reason": reason,
                    "by": artifact.action,
                }
    columns: list[Any] = [
        {"key": "what", "label": "What"},
        {"key": "value", "label": "Value"},
        {"key": "reason", "label": "Why"},
        {"key": "by", "label": "Assumed by"},
    ]
    blocks = (
        [
            block(
                "assumptions",
                Table(
                    title="What was assumed",
                    columns=columns,
                    rows=rows,
                    note="Change any of these and only what reads it is planned again.",
                ),
            )
        ]
        if rows
        else []
    )
    blocks.append(_methods(shown))
    warnings = [text for artifact in shown.values() for text in artifact.result.warnings]
    if warnings:
        blocks.append(block("warnings", ItemList(title="Warnings", items=warnings)))
    return blocks


def _alike(assumed: dict[str, Fact]) -> dict[tuple[str, ...], list[Fact]]:
    """Assumptions that say the same of the rows of one table stand in one line."""
    groups: dict[tuple[str, ...], list[Fact]] = {}
    for path, fact in assumed.items():
        key = (path.partition(".")[0], path.rpartition(".")[2], str(fact.value), fact.reason)
        groups.setdefault(key, []).append(fact)
    return groups


def _methods(shown: dict[str, Artifact]) -> Block:
    rows: dict[str, dict[str, Any]] = {}
    for name, artifact in shown.items():
        for working in artifact.result.workings:
            rows[_key(f"{name}-{working.key}")] = {
                "step": name.replace("_", " "),
                "working": working.key.replace("_", " "),
                "tool": f"{artifact.action.partition('/')[0]} / {working.tool}",
                "method": str(working.result.get("method", "")),
            }
    columns: list[Any] = [
        {"key": "step", "label": "Step"},
        {"key": "working", "label": "Working"},
        {"key": "tool", "label": "Tool, to call again"},
        {"key": "method", "label": "Method and source"},
    ]
    return block(
        "workings",
        Table(
            title="How the figures were worked out",
            columns=columns,
            rows=rows,
            note="Arguments, sources and results of every working are in plan.json.",
        ),
    )


def _key(text: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in text.lower())


def _raw(state: State, plan: Plan, shown: dict[str, Artifact]) -> dict[str, Any]:
    return {
        "session": {
            "id": state.session.id,
            "name": state.session.name,
            "flow": state.session.flow,
            "version": state.flow.flow.version,
        },
        "made_on": state.session.created_at.isoformat(),
        "draft": draft_reasons(state, plan),
        "facts": [f.model_dump(mode="json", exclude_none=True) for f in state.facts.values() if f.value is not None],
        "artifacts": {
            name: artifact.model_dump(mode="json", exclude={"called": True, "result": {"pictures", "document"}})
            for name, artifact in shown.items()
        },
        "figures": [
            figure.model_dump(mode="json", exclude_none=True)
            for name, artifact in shown.items()
            for figure in figures(name, artifact.result.data, state.flow.actions[name].output, artifact.result.grounds)
        ],
        "metrics": plan.metrics,
        "conflicts": [vars(conflict) for conflict in plan.conflicts.values()],
        "syncs": {name: _sync_json(sync) for name, sync in plan.syncs.items()},
        "handoffs": [as_json(one) for one in handoffs(state)],
        "decisions": [d.model_dump(mode="json", exclude_none=True, exclude={"token_hash"}) for d in state.decisions],
    }


def _sync_json(sync: SyncState) -> dict[str, Any]:
    found = {**vars(sync), "checks": [vars(check) for check in sync.checks]}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def headline_texts(state: State, plan: Plan) -> Iterator[tuple[str, str]]:
    """(step, text with citations) of every headline, for short summaries."""
    for name in plan.steps:
        artifact = _shown(state, plan, name)
        for piece in artifact.result.document if artifact else []:
            if piece.body.get("slot") == "headline":
                for text in _texts(piece):
                    yield name, text
