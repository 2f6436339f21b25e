"""docs/flows.md, from the flows' own files: `make schemas` writes it."""

import tomllib

from coordinator.engine.flow import Flow, parse_flow
from mcp_servers.compose import FLOWS
from tests.architecture.tree import ROOT

CATALOGUE = ROOT / "docs" / "flows.md"
BRIEFS = ROOT / "examples" / "briefs"


def catalogue() -> str:
    """What every flow does: its steps and what they read, who agrees on what, loops, shared figures, an example."""
    lines = [
        "# The flows",
        "",
        "Written by `make schemas` from `collaboration_flows/`. `pixel flows show FLOW` prints the brief that a flow asks for.",
        "",
    ]
    lines.append("    pixel run FLOW --brief examples/briefs/BRIEF.toml --out plan")
    for path in sorted(FLOWS.glob("*.toml")):
        lines += ["", *_flow(parse_flow(path.read_text("utf-8"), path.name))]
    return "\n".join(lines) + "\n"


def _flow(flow: Flow) -> list[str]:
    examples = ", ".join(f"[{name}](../examples/briefs/{name})" for name in _examples(flow.flow)) or "none yet"
    lines = [f"## {flow.title}", "", f"`{flow.flow}`: {flow.description}", "", f"Example: {examples}.", ""]
    lines += ["| step | expert | makes | reads | after |", "|---|---|---|---|---|"]
    for step in flow.steps:
        reads = ", ".join(f"`{name}`" for name in step.needs.values())
        lines.append(f"| `{step.id}` | {step.expert} | {step.produces} | {reads} | {', '.join(step.after)} |")
    if flow.syncs:
        lines += ["", "| sync point | who agrees | on | checks |", "|---|---|---|---|"]
        for sync in flow.syncs:
            who = (sync.approvers or "").removeprefix("fact:")
            checks = "; ".join(check.title or check.check for check in sync.checks)
            lines.append(f"| `{sync.id}` | {f'`{who}`' if who else 'nobody'} | {', '.join(sync.covers)} | {checks} |")
    for edge in flow.feedback:
        lines += [
            "",
            f"Fed back: `{edge.from_step}` → `{edge.to.step}` until it settles, at most {edge.passes} passes.",
        ]
    if flow.metrics:
        owned = ", ".join(f"`{name}` ({metric.owner})" for name, metric in flow.metrics.items())
        lines += ["", f"Shared figures, each with the step that owns it: {owned}."]
    return lines


def _examples(flow: str) -> list[str]:
    briefs = {path.name: tomllib.loads(path.read_text("utf-8")) for path in sorted(BRIEFS.glob("*.toml"))}
    return [name for name, brief in briefs.items() if brief.get("flow") == flow]


def main() -> None:
    """Write docs/flows.md."""
    CATALOGUE.write_text(catalogue(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
