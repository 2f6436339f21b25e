"""The coordinator as an MCP server: one flow at a time, from a brief to files, in any host.

Each answer says what the next call is. Judgement stays at its stated defaults here; facts,
choices and approvals come from the person through these tools.
"""

import functools
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import Field

from coordinator import decisions, workspace
from coordinator.audit import audit
from coordinator.deliver import draft_reasons, export, headline_texts
from coordinator.desk import Desk
from coordinator.drive import drive
from coordinator.engine.facts import Given
from coordinator.engine.flow import parse_flow
from coordinator.engine.plan import Plan
from coordinator.engine.refs import flatten
from coordinator.exports.formatting import render_prose
from coordinator.handoffs import handoffs
from coordinator.offers import offered
from coordinator.state import State
from coordinator.values import values
from experts.core.contract import Model
from experts.core.errors import InvalidInput, PixelError
from mcp_servers.compose import FLOWS, flow_text
from mcp_servers.tools import answer, refusal, strict_tool
from store import sessions as rows

INSTRUCTIONS = (
    "Plans that stay right: experts compute, every figure has a ground, a changed fact re-plans only what reads it."
    " Start with list_experts to see flows and the facts they ask for; start_session with a brief gives a session and"
    " its plan; update_brief changes facts; decide records an approval; export_session writes the files."
    " Quote figures from the answers, never calculate them yourself. Every answer names the next call."
)

Facts = Annotated[dict[str, Any], Field(description="Facts by dotted path or nested, e.g. {'budget.total': '96000'}")]
Id = Annotated[str, Field(description="Session id from start_session or list_sessions")]


class Answer(Model):
    """What every tool gives: a summary to read, details, and the next call."""

    summary: str
    details: dict[str, Any] = {}
    next: str


def coordinator_server(desk: Desk) -> MCPServer:
    """The coordinator over one desk."""
    tools: list[tuple[Callable[..., Awaitable[Answer]], bool]] = [
        (_list_experts(desk), True),
        (_use_expert_tool(desk), True),
        (_start_session(desk), False),
        (_list_sessions(desk), True),
        (_next_step(desk), False),
        (_update_brief(desk), False),
        (_decide(desk), False),
        (_read_workspace(desk), True),
        (_export_session(desk), False),
        (_audit_session(desk), True),
    ]
    return MCPServer(
        name="pixel-experts",
        title="Pixel Experts coordinator",
        instructions=INSTRUCTIONS,
        tools=[_tool(function, read_only) for function, read_only in tools],
        log_level="WARNING",
    )


def _tool(function: Callable[..., Awaitable[Answer]], read_only: bool) -> Tool:
    @functools.wraps(function)
    async def call(**arguments: Any) -> CallToolResult:
        try:
            return answer(await function(**arguments))
        except PixelError as error:
            return refusal(error)

    hints = ToolAnnotations(
        read_only_hint=read_only, destructive_hint=False, idempotent_hint=read_only, open_world_hint=False
    )
    return strict_tool(call, function, hints)


def _given(facts: dict[str, Any]) -> dict[str, Given]:
    flat = flatten(facts)
    exact = {path: Decimal(repr(value)) if isinstance(value, float) else value for path, value in flat.items()}
    return {path: Given(value, "the host") for path, value in exact.items()}


def _summary(state: State, plan: Plan) -> Answer:
    """Where a session stands, in a few sentences, and what comes next."""
    known = values(state, {name: s.artifact for name, s in plan.steps.items() if s.artifact})
    currency = str(state.values.get("currency", "XXX"))
    lines = [render_prose(text, known, currency) for _, text in headline_texts(state, plan)]
    syncs = {name: f"{sync.status}: {sync.reason}".rstrip(": ") for name, sync in plan.syncs.items()}
    waiting = [name for name, sync in plan.syncs.items() if sync.status in ("provisional", "pending")]
    drafts = draft_reasons(state, plan)
    following = f"export_session(session='{state.session.id}') writes the files"
    if waiting:
        following = f"ask {', '.join(plan.syncs[waiting[0]].approvers)}, then decide(sync='{waiting[0]}', token=…); or {following}"
    if not plan.fresh:
        following = f"next_step(session='{state.session.id}')"
    return Answer(
        summary=" ".join(lines) or "Nothing has been worked out yet.",
        details={
            "session": state.session.id,
            "steps": {name: step.status for name, step in plan.steps.items()},
            "sync_points": syncs,
            "approvals": decisions.approvals(state),
            "shared_figures": plan.metrics,
            "draft": drafts,
            "questions": [f"{one.to}: {one.question}" for one in handoffs(state) if one.open],
            "assumed": {
                p: str(f.value) for p, f in state.facts.items() if f.origin == "assumed" and f.value is not None
            },
        },
        next=following,
    )


def _list_experts(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def list_experts(
        expert: Annotated[str, Field(description="An expert id, to see its tools")] = "",
        flow: Annotated[str, Field(description="A flow name, to see its steps and the facts it asks for")] = "",
    ) -> Answer:
        """List the experts and flows; with expert its tools, with flow its steps, sync points and brief.

        Use first, to find who can do what and which facts a plan needs. It changes nothing.
        """
        if expert:
            link = await desk.roster.link(expert)
            tools = {name: text.splitlines()[0] for name, text in link.descriptions.items()}
            return Answer(
                summary=f"{expert} has {len(tools)} tools.",
                details={"tools": tools},
                next="use_expert_tool(expert, tool, arguments)",
            )
        if flow:
            found = await offered(desk.roster, parse_flow(flow_text(flow), flow))
            steps = {step.id: f"{step.expert} makes {step.produces}" for step in found.flow.steps}
            details = {"steps": steps, "sync_points": list(found.syncs), "brief": found.brief["properties"]}
            return Answer(
                summary=found.flow.description, details=details, next=f"start_session(flow='{flow}', brief={{…}})"
            )
        flows = {
            path.stem: parse_flow(path.read_text("utf-8"), path.name).description
            for path in sorted(FLOWS.glob("*.toml"))
        }
        return Answer(
            summary=f"{len(desk.roster.experts)} experts, {len(flows)} flows.",
            details={"experts": desk.roster.experts, "flows": flows},
            next="list_experts(flow=…) for the facts a flow asks for",
        )

    return list_experts


def _use_expert_tool(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def use_expert_tool(expert: str, tool: str, arguments: dict[str, Any]) -> Answer:
        """Call one tool of one expert and get its result with method and assumptions.

        Use for a single calculation outside a plan. Amounts are decimal strings.
        """
        result = await desk.roster.call_tool(expert, tool, arguments)
        return Answer(
            summary=str(result.get("method", f"{tool} of {expert}")), details=result, next="quote the figures as given"
        )

    return use_expert_tool


def _start_session(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def start_session(flow: str, brief: Facts, name: str = "") -> Answer:
        """Open a session on a flow with a brief and plan it with stated defaults.

        Use when the facts are known; what is missing is named and nothing is stored then.
        """
        session = await workspace.start(desk, flow_text(flow), _given(brief), name)
        return await _resumed(desk, session)

    return start_session


async def _resumed(desk: Desk, session: str) -> Answer:
    plan = await drive(desk, session)
    return _summary(await workspace.read(desk, session), plan)


def _list_sessions(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def list_sessions() -> Answer:
        """List earlier sessions, newest first. Use when a new conversation goes on with earlier work."""
        found = await desk.database.tx(rows.all_sessions)
        details = {
            row["id"]: {"name": row["name"], "flow": row["flow"], "started": row["created_at"]} for row in found[:50]
        }
        return Answer(summary=f"{len(found)} sessions.", details=details, next="next_step(session) to go on")

    return list_sessions


def _next_step(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def next_step(session: Id) -> Answer:
        """Run what is stale, and say where the session stands and what it waits for."""
        return await _resumed(desk, session)

    return next_step


def _update_brief(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def update_brief(
        session: Id,
        changes: Facts,
        preview: Annotated[bool, Field(description="Only say what would become stale")] = False,
    ) -> Answer:
        """Change facts (a null removes one); says which steps become stale and why. Runs nothing.

        Use for any change of budget, dates, channels or choices (judgement.<step>.<field>).
        """
        change = workspace.preview if preview else workspace.set_facts
        touched = await change(desk, session, _given(changes))
        details = {s.step: ("runs again: " if s.certain else "may follow: ") + s.why for s in touched}
        return Answer(
            summary=f"{len(touched)} steps {'would become' if preview else 'are'} stale."
            if touched
            else "Nothing depends on it.",
            details=details,
            next=f"update_brief(session='{session}', …) without preview"
            if preview
            else f"next_step(session='{session}')",
        )

    return update_brief


def _decide(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def decide(
        session: Id,
        sync: Annotated[str, Field(description="The sync point")],
        answer: Literal["approve", "reject", "changes"],
        by: Annotated[str, Field(description="The approver who said so, by name")],
        token: Annotated[str, Field(description="Of that approver, from the latest answer about this session")],
        reason: str = "",
    ) -> Answer:
        """Record what a named approver said about a sync point. Only on the person's own words; never on your own.

        It covers exactly the content shown now and falls when that content changes.
        """
        await decisions.decide(desk, session, sync, answer, by, via="host_relayed", reason=reason, token=token)
        return await _resumed(desk, session)

    return decide


def _read_workspace(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def read_workspace(
        session: Id, step: Annotated[str, Field(description="A step, for its figures and prose")] = ""
    ) -> Answer:
        """Read a session: all facts, or one step's figures, grounds, narrative and warnings."""
        state = await workspace.read(desk, session)
        plan = state.plan()
        if not step:
            facts = {
                p: {"value": f.value, "origin": f.origin, "by": f.by}
                for p, f in state.facts.items()
                if f.value is not None
            }
            return Answer(
                summary=f"{len(facts)} facts, revision {state.session.revision}.",
                details=facts,
                next="read_workspace(session, step)",
            )
        found = plan.steps.get(step)
        if found is None:
            raise InvalidInput(f"there is no step {step!r}; steps: {', '.join(plan.steps)}", field="step")
        if found.artifact is None:
            return Answer(summary=f"{step} is {found.status}: {found.reason}", next=f"next_step(session='{session}')")
        result = found.artifact.result
        details = {
            "figures": result.data,
            "grounds": result.grounds,
            "judgement": result.judgement,
            "warnings": result.warnings,
        }
        return Answer(summary=plan.prose[step], details=details, next="update_brief to change what it reads")

    return read_workspace


def _export_session(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def export_session(
        session: Id, folder: Annotated[str, Field(description="Where to write the files")]
    ) -> Answer:
        """Write the plan's files (page, document, workbook, calendar, pictures, data) into a folder."""
        files = await export(desk, session, Path(folder).expanduser())
        return Answer(
            summary=f"{len(files)} files in {folder}.",
            details={"files": [str(f) for f in files]},
            next="open plan.html",
        )

    return export_session


def _audit_session(desk: Desk) -> Callable[..., Awaitable[Answer]]:
    async def audit_session(session: Id) -> Answer:
        """Re-perform every calculation and follow every ground; names whatever does not hold."""
        found = await audit(desk, session)
        details = {
            "problems": found.problems,
            "checked": found.checked,
            "notes": found.notes,
            "assumptions": found.assumptions,
        }
        verdict = "Everything holds." if found.ok else f"{len(found.problems)} problems."
        return Answer(summary=verdict, details=details, next="export_session, or update_brief to mend a problem")

    return audit_session
