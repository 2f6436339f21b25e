"""Experts, tools and flows on the screen."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coordinator.console.ask import about, kind_of
from coordinator.console.report import plain
from coordinator.console.screen import Column, Screen
from coordinator.engine.compiled import CompiledFlow
from coordinator.engine.flow import Flow
from coordinator.engine.places import Misfit, line_of
from coordinator.engine.schema import Schema
from coordinator.roster import Link
from experts.core.discovery import Expert


def first_sentence(text: str) -> str:
    """The first paragraph of a description in one line."""
    return " ".join(text.strip().split("\n\n")[0].split())


def expert_json(expert: Expert, full: bool = False) -> dict[str, Any]:
    """One expert: who it is and what it offers; `full` adds its catalogue data."""
    profile = expert.profile
    found: dict[str, Any] = {
        "id": profile.id,
        "name": profile.name,
        "description": profile.description,
        "endpoint": profile.endpoint,
        "tools": {name: first_sentence(inspect.getdoc(function) or "") for name, function in expert.tools.items()},
        "actions": {name: first_sentence(action.description) for name, action in expert.actions.items()},
        "broken": expert.failed,
    }
    return {**profile.model_dump(mode="json"), **found} if full else found


def show_experts(screen: Screen, found: list[dict[str, Any]]) -> None:
    """One line an expert, and its broken files."""
    screen.table(
        [Column("Expert"), Column("Name"), Column("Tools", True), Column("Actions", True), Column("Served at")],
        [[e["id"], e["name"], str(len(e["tools"])), str(len(e["actions"])), e["endpoint"]] for e in found],
    )
    for expert in found:
        for where, why in expert["broken"].items():
            screen.item(f"{where} does not load: {why}", "red")


def show_expert(screen: Screen, found: dict[str, Any]) -> None:
    """One expert in full."""
    screen.line(f"{found['name']} ({found['id']})", style="bold")
    screen.line(found["description"])
    for label in ("tools", "actions"):
        screen.heading(label.capitalize())
        for name, text in found[label].items():
            screen.item(f"{name}: {text}")
    screen.heading("Areas")
    for area in found["areas"]:
        screen.item(f"{area['name']}: {', '.join(area['served_by']) or 'not served yet'}")
    screen.heading("Works with")
    screen.line(", ".join(found["can_collaborate_with"]))
    for where, why in found["broken"].items():
        screen.item(f"{where} does not load: {why}", "red")


def tool_json(expert: str, tool: str, link: Link) -> dict[str, Any]:
    """One tool as its expert publishes it."""
    return {"expert": expert, "tool": tool, "description": link.descriptions[tool], "input_schema": link.tools[tool]}


def show_tools(screen: Screen, found: list[dict[str, Any]]) -> None:
    """Every tool with what it does."""
    screen.table(
        [Column("Expert"), Column("Tool"), Column("What it does")],
        [[t["expert"], t["tool"], first_sentence(t["description"])] for t in found],
    )


def flow_line(flow: Flow) -> dict[str, Any]:
    """A flow in one line, for programs."""
    return {"flow": flow.flow, "title": flow.title, "version": flow.version, "steps": [s.id for s in flow.steps]}


def flow_json(flow: Flow, compiled: CompiledFlow) -> dict[str, Any]:
    """A flow with the brief it asks for."""
    return {
        **flow.model_dump(mode="json", by_alias=True, exclude={"brief", "templates", "literals"}),
        "brief": [
            {"path": path, "kind": kind, "need": need, "about": about}
            for path, kind, need, about in brief_rows(compiled.brief)
        ],
    }


def validity(flow: str, path: Path, found: list[Misfit]) -> dict[str, Any]:
    """What does not fit in a flow's file, each with its line where one is known."""
    text = path.read_text("utf-8")
    problems = [{"line": line_of(text, one), "message": one.message.removeprefix(f"{flow}: ")} for one in found]
    return {"flow": flow, "file": str(path), "valid": False, "problems": problems}


def show_misfits(screen: Screen, found: dict[str, Any]) -> None:
    """One line a problem, as compilers write them."""
    for problem in found["problems"]:
        place = found["file"] + (f":{problem['line']}" if problem["line"] else "")
        screen.line(f"{place}: {problem['message']}")
    count = len(found["problems"])
    screen.line(f"{found['flow']} is not valid: {count} problem{'' if count == 1 else 's'}")


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
                [
                    s.id,
                    ", ".join(s.covers),
                    (s.approvers or "nobody").removeprefix("fact:"),
                    "; ".join(c.title or c.check for c in s.checks),
                ]
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
            yield path, kind_of(child), _need(child, needed), about(path, child)


def _row_of_rows(schema: Schema, path: str) -> Iterator[tuple[str, str, str, str]]:
    if "properties" in schema:
        yield from brief_rows(schema, path)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from _row_of_rows(schema["additionalProperties"], f"{path}.*")
    else:
        yield path, kind_of(schema), _need(schema, False), about(path, schema)


def _need(schema: Schema, needed: bool) -> str:
    if "reason" in schema and "default" in schema:
        return f"no: {plain(schema['default'])} is assumed, {schema['reason']}"
    return "yes" if needed and "default" not in schema else "no"


def show_flows(screen: Screen, flows: list[Flow]) -> None:
    """One line a flow."""
    screen.table(
        [Column("Flow"), Column("Title"), Column("Steps", True), Column("Experts")],
        [[f.flow, f.title, str(len(f.steps)), ", ".join(f.participants)] for f in flows],
    )
