"""Experts, tools and flows on the screen."""

from collections.abc import Iterator, Mapping
from typing import Any

from coordinator.console.ask import kind_of
from coordinator.console.screen import Column, Screen
from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.flow import Flow
from coordinator.engine.schema import Schema


def first_sentence(text: str) -> str:
    """The first paragraph of a description in one line."""
    return " ".join(text.strip().split("\n\n")[0].split())


def show_tools(screen: Screen, tools: Mapping[str, Mapping[str, str]]) -> None:
    """Every tool with what it does, by expert."""
    screen.table(
        [Column("Expert"), Column("Tool"), Column("What it does")],
        [[expert, tool, first_sentence(text)] for expert, found in tools.items() for tool, text in found.items()],
    )


def flow_json(flow: Flow, compiled: CompiledFlow) -> dict[str, Any]:
    """A flow with the brief it asks for."""
    return {
        **flow.model_dump(mode="json", by_alias=True, exclude={"brief", "templates", "literals"}),
        "brief": [
            {"path": path, "kind": kind, "need": need, "about": about}
            for path, kind, need, about in brief_rows(compiled.brief)
        ],
    }


def show_flow(screen: Screen, flow: Flow, compiled: CompiledFlow) -> None:
    """Steps, sync points and the brief a flow asks for."""
    screen.line(f"{flow.title} ({flow.flow}, version {flow.version})", style="bold")
    screen.line(flow.description)
    screen.heading("Steps")
    screen.table(
        [Column("Step"), Column("Expert"), Column("Makes"), Column("Reads"), Column("After")],
        [[s.id, s.expert, s.produces, ", ".join(s.needs.values()), ", ".join(s.after)] for s in flow.steps],
    )
    if flow.syncs:
        screen.heading("Sync points")
        screen.table(
            [Column("Sync point"), Column("Covers"), Column("Approved by"), Column("Checks")],
            [
                [s.id, ", ".join(s.covers), (s.approvers or "nobody").removeprefix("fact:"), "; ".join(c.title or c.check for c in s.checks)]
                for s in flow.syncs
            ],
        )
    screen.heading("The brief it asks for (* is a name of your own)")
    screen.table(
        [Column("Fact"), Column("What it is"), Column("Needed"), Column("About")],
        list(brief_rows(compiled.brief)),
    )


def brief_rows(schema: Schema, prefix: str = "", within: bool = True) -> Iterator[tuple[str, str, str, str]]:
    """(path, kind, need, about) of every fact that a brief may give."""
    for key, child in sorted(schema.get("properties", {}).items()):
        path = f"{prefix}.{key}" if prefix else key
        needed = within and key in schema.get("required", [])
        if "properties" in child:
            yield from brief_rows(child, path, needed or "default" not in child)
        elif isinstance(child.get("additionalProperties"), dict):
            yield from _row_of_rows(child["additionalProperties"], f"{path}.*")
        else:
            yield path, kind_of(child), _need(child, needed), str(child.get("description") or child.get("title") or "")


def _row_of_rows(schema: Schema, path: str) -> Iterator[tuple[str, str, str, str]]:
    if "properties" in schema:
        yield from brief_rows(schema, path)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from _row_of_rows(schema["additionalProperties"], f"{path}.*")
    else:
        yield path, kind_of(schema), _need(schema, False), str(schema.get("description") or "")


def _need(schema: Schema, needed: bool) -> str:
    if "reason" in schema and "default" in schema:
        return f"no: {schema['default']} is assumed, {schema['reason']}"
    return "yes" if needed and "default" not in schema else "no"


def show_flows(screen: Screen, flows: list[Flow]) -> None:
    """One line a flow."""
    screen.table(
        [Column("Flow"), Column("Title"), Column("Steps", True), Column("Experts")],
        [[f.flow, f.title, str(len(f.steps)), ", ".join(f.participants)] for f in flows],
    )
