"""Differences on the screen and as JSON: between revisions of a session, and between two sessions."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from coordinator.compare import Changed
from coordinator.console.screen import Column, Screen
from coordinator.engine.facts import schema_of
from coordinator.exports.deliverable import Value
from coordinator.exports.formatting import describe_ref, format_value
from coordinator.state import State
from experts.core.errors import PixelError


def show_diff(screen: Screen, state: State, old: int, new: int, changed: list[Changed]) -> None:
    """Each changed fact and figure, old → new."""
    later = "now" if new == state.session.revision else f"revision {new}"
    if not changed:
        screen.line(f"Nothing differs between revision {old} and {later}.")
        return
    titles = {step.id: step.title or step.id for step in state.flow.flow.steps}
    currency = str(state.values.get("currency", "XXX"))
    for label, chosen in (
        ("Facts", [c for c in changed if c.ref.startswith("fact:")]),
        ("Figures", [c for c in changed if not c.ref.startswith("fact:")]),
    ):
        if not chosen:
            continue
        screen.heading(f"{label}, revision {old} → {later}")
        rows_ = []
        for change in chosen:
            unit = _unit(state, change)
            name = change.ref.removeprefix("fact:") if label == "Facts" else describe_ref(change.ref, titles)
            rows_.append([name, *(_side(text, unit, currency) for text in (change.old, change.new))])
        screen.table([Column(""), Column("Old", True), Column("New", True)], rows_)
    if not state.plan().fresh:
        screen.line()
        screen.line(f"Steps that are not up to date show no figures; run: pixel sessions resume {state.session.id}")


def _unit(state: State, change: Changed) -> str:
    if change.unit or not change.ref.startswith("fact:"):
        return change.unit
    try:
        return str(schema_of(state.flow, change.ref.removeprefix("fact:"), "session").get("x-unit", "text"))
    except PixelError:
        return "text"  # a decided figure is no fact of the brief


def _side(text: str | None, unit: str, currency: str) -> str:
    return "none" if text is None else format_value(Value(text=text, unit=unit or "text"), currency)


def diff_json(session: str, old: int, new: int, changed: Iterable[Changed]) -> dict[str, Any]:
    """The same for programs, with absolute refs."""
    return {"session": session, "from": old, "to": new, "changed": [vars(change) for change in changed]}


def show_comparison(screen: Screen, a: State, b: State, changed: list[Changed], whole: bool) -> None:
    """Two sessions side by side: facts that differ, the shared figures, and figures by step or one by one."""
    if not changed:
        screen.line(f"{a.session.name} and {b.session.name} have the same facts and figures.")
        return
    titles = {step.id: step.title or step.id for step in a.flow.flow.steps}
    heads = [Column(""), Column(f"{a.session.name} ({a.session.id})", True)]
    heads.append(Column(f"{b.session.name} ({b.session.id})", True))
    currencies = [str(state.values.get("currency", "XXX")) for state in (a, b)]

    def line(name: str, change: Changed) -> list[str]:
        unit = _unit(a, change) or _unit(b, change)
        sides = zip((change.old, change.new), currencies, strict=True)
        return [name, *(_side(text, unit, currency) for text, currency in sides)]

    facts = [change for change in changed if change.ref.startswith("fact:")]
    figures = [change for change in changed if not change.ref.startswith("fact:")]
    if facts:
        screen.heading("Facts that differ")
        screen.table(heads, [line(change.ref.removeprefix("fact:"), change) for change in facts])
    plans = [state.plan() for state in (a, b)]
    shared = dict.fromkeys([*plans[0].metrics, *plans[1].metrics])
    if shared:
        screen.heading("Shared figures")
        rows = []
        for name in shared:
            owner = next((c for c in figures if c.ref.endswith(f".{name}") or c.ref.endswith(f"#{name}")), None)
            unit = owner.unit if owner else ""
            sides = zip(plans, currencies, strict=True)
            rows.append([name.replace("_", " "), *(_side(p.metrics.get(name), unit, c) for p, c in sides)])
        screen.table(heads, rows)
    if whole and figures:
        screen.heading("Figures that differ")
        screen.table(heads, [line(describe_ref(change.ref, titles), change) for change in figures])
    elif figures:
        screen.heading("Figures that differ, by step")
        counted = Counter(change.ref.partition("#")[0] for change in figures)
        screen.table([Column("Step"), Column("Figures", True)], [[titles[s], str(n)] for s, n in counted.items()])
        screen.line("Each of them: add --all.")
    for state, plan in zip((a, b), plans, strict=True):
        if not plan.fresh:
            screen.line(f"Session {state.session.id} is not up to date; run: pixel sessions resume {state.session.id}")


def comparison_json(a: State, b: State, changed: Iterable[Changed]) -> dict[str, Any]:
    """The same for programs."""
    sides = {
        state.session.id: {"name": state.session.name, "fresh": plan.fresh, "metrics": plan.metrics}
        for state in (a, b)
        for plan in [state.plan()]
    }
    return {"sessions": sides, "differs": [{"ref": c.ref, "unit": c.unit, "values": [c.old, c.new]} for c in changed]}
