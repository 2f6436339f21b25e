"""The commands of `pixel`: each is one call into the layers below; what it shows is in coordinator/console.

Exit codes: 0 done (approvals may be provisional), 1 a fault of ours or an audit that does not hold, 2 configuration
or usage, 3 input, 4 something outside does not answer, 5 only a person can go on, 130 interrupted.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer
from typer import Argument, Option

from coordinator.console.session_commands import Experts, Json, Out, session_commands

if TYPE_CHECKING:
    from coordinator.desk import Desk, Progress
    from coordinator.engine.flow import Flow
    from coordinator.roster import Roster
    from experts.core.discovery import Expert

T = TypeVar("T")

app = typer.Typer(
    name="pixel",
    help="Business plans whose figures add up, made by experts that calculate.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
experts_app = typer.Typer(help="Who the experts are.", no_args_is_help=True)
tools_app = typer.Typer(help="The experts' tools.", no_args_is_help=True)
flows_app = typer.Typer(help="What can be planned.", no_args_is_help=True)


def _on_desk(
    work: "Callable[[Desk], Awaitable[T]]",
    *,
    calls: bool = False,
    experts: str = "",
    progress: "Progress | None" = None,
) -> T:
    """Run `work` on an open desk. Without `calls` no expert is loaded."""
    from mcp_servers.compose import at_url, in_process, open_desk
    from mcp_servers.known import quiet
    from mcp_servers.settings import load_settings

    quiet()

    async def run() -> T:
        connect = at_url(experts) if experts else in_process() if calls else {}
        async with open_desk(
            load_settings(), connect=connect, progress=progress or (lambda _kind, _data: None)
        ) as desk:
            return await work(desk)

    return asyncio.run(run())


def _on_roster(work: "Callable[[Roster], Awaitable[T]]") -> T:
    """Run `work` with the experts alone; no database is opened."""
    from coordinator.roster import Roster
    from mcp_servers.compose import foreign_experts, in_process
    from mcp_servers.known import quiet
    from mcp_servers.settings import load_settings

    quiet()

    async def run() -> T:
        async with Roster(in_process(), foreign_experts(load_settings())) as roster:
            return await work(roster)

    return asyncio.run(run())


def _answer(data: Any, show: Callable[[Any], None], as_json: bool) -> None:
    from coordinator.console.answers import Answer

    Answer(data, show).give(as_json)


def _flow(name: str) -> "tuple[str, Flow]":
    from coordinator.engine.flow import parse_flow
    from experts.core.errors import ConfigurationError
    from mcp_servers.compose import flow_text

    try:
        text = flow_text(name)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"flow {name!r} cannot be read ({error}); save it as TOML in UTF-8") from error
    return text, parse_flow(text, name)


def _expert(id: str) -> "Expert":
    from experts.core.errors import InvalidInput
    from experts.core.names import did_you_mean
    from mcp_servers.known import experts

    known = experts()
    if id not in known:
        raise InvalidInput(f"there is no expert {id!r}{did_you_mean(id, known)}", seen=id)
    return known[id]


app.add_typer(session_commands(_on_desk), name="sessions")
app.add_typer(experts_app, name="experts")
app.add_typer(tools_app, name="tools")
app.add_typer(flows_app, name="flows")


@app.command()
def run(
    flow: Annotated[str, Argument(help="A flow's name (see: pixel flows list) or a .toml file.", show_default=False)],
    brief: Annotated[Path, Option("--brief", help="The brief, a TOML file.", show_default=False)],
    out: Out,
    set_: Annotated[list[str] | None, Option("--set", help="path=value over the brief's; may be repeated.")] = None,
    json: Json = False,
    experts: Experts = "",
    name: Annotated[str, Option("--name", help="A name for the session.", show_default=False)] = "",
) -> None:
    """Plan a brief from end to end and write the plan's files."""
    from coordinator.brief.reading import read_brief
    from coordinator.console import answers, given
    from coordinator.console.ask import ask, can_ask
    from coordinator.console.folder import check_folder
    from coordinator.console.progress import board
    from experts.core.errors import InvalidInput

    text, parsed = _flow(flow)
    found = read_brief(brief)
    if parsed.flow != found.flow:
        raise InvalidInput(
            f"{brief.name} is a brief for the flow {found.flow!r}, not for {parsed.flow!r};"
            f" run {found.flow!r}, or change the flow at the top of the brief",
            field="flow",
        )
    facts = given.brief_facts(found, given.changes(set_ or []))
    check_folder(out)
    stream = sys.stderr if json else sys.stdout
    for note in found.notes:
        print(note, file=stream)
    while True:
        with board(stream, {step.id: step.title or step.id for step in parsed.steps}) as progress:
            answer = _on_desk(
                lambda desk, facts=facts: answers.run(desk, text, facts, name, out),  # type: ignore[misc]
                calls=True,
                experts=experts,
                progress=progress,
            )
        if isinstance(answer, answers.Answer):
            raise typer.Exit(answer.give(json))
        missing, compiled = answer
        if json or not can_ask():
            raise missing
        facts |= ask(compiled, missing, facts)


@experts_app.command("list")
def experts_list(json: Json = False) -> None:
    """Every expert with its tools and actions."""
    from coordinator.console import catalogue
    from mcp_servers.known import experts

    found = [catalogue.expert_json(expert) for expert in experts().values()]
    _answer(found, lambda screen: catalogue.show_experts(screen, found), json)


@experts_app.command("show")
def experts_show(expert: str, json: Json = False) -> None:
    """One expert: what it knows, its tools and actions, with whom it works."""
    from coordinator.console import catalogue

    found = catalogue.expert_json(_expert(expert), full=True)
    _answer(found, lambda screen: catalogue.show_expert(screen, found), json)


@tools_app.command("list")
def tools_list(expert: Annotated[str, Argument(show_default=False)] = "", json: Json = False) -> None:
    """Every tool, or those of one expert, with what it does."""
    from coordinator.console import catalogue

    if expert:
        _expert(expert)

    async def ask(roster: "Roster") -> list[dict[str, Any]]:
        links = [(id, await roster.link(id)) for id in ([expert] if expert else roster.experts)]
        return [catalogue.tool_json(id, tool, link) for id, link in links for tool in link.tools]

    found = _on_roster(ask)
    _answer(found, lambda screen: catalogue.show_tools(screen, found), json)


@tools_app.command("call")
def tools_call(
    expert: str,
    tool: str,
    args: Annotated[str, Option("--args", help="The arguments as JSON; @file reads a file, - reads stdin.")] = "{}",
) -> None:
    """Call one tool; its result is JSON on stdout. Numbers stay exact."""
    from coordinator.console import given

    _expert(expert)
    arguments = given.parse_arguments(given.read_arguments(args))
    found = _on_roster(lambda roster: roster.call_tool(expert, tool, arguments))
    _answer(found, lambda _screen: None, True)


@tools_app.command("document")
def tools_document(
    expert: str,
    tool: str,
    out: Annotated[Path, Option("--out", help="The folder to write to.", show_default=False)],
    args: Annotated[str, Option("--args", help="The tool's arguments as JSON; @file reads a file, - stdin.")] = "{}",
    format: Annotated[
        str, Option("--format", help="docx, pdf, xlsx; svg, png; or the tool's own: ics, css …")
    ] = "docx",
    name: Annotated[str, Option("--name", help="Which, of several pictures or files.", show_default=False)] = "",
    json: Json = False,
) -> None:
    """Call one tool and write its result as a picture or document."""
    from coordinator.console import given
    from coordinator.console.folder import check_folder

    _expert(expert)
    arguments = given.parse_arguments(given.read_arguments(args))
    check_folder(out)
    called = {"tool": tool, "arguments": arguments, "format": format, "name": name}

    async def make(roster: "Roster") -> dict[str, Any]:
        return await roster.make_document(expert, called, out)

    found = _on_roster(make)
    _answer(found, lambda screen: screen.line(f"{found['title']}: {found['path']}"), json)


@flows_app.command("list")
def flows_list(json: Json = False) -> None:
    """Every flow of the suite."""
    from coordinator.console import catalogue
    from mcp_servers.compose import FLOWS

    found = [_flow(path.stem)[1] for path in sorted(FLOWS.glob("*.toml"))]
    _answer([catalogue.flow_line(f) for f in found], lambda screen: catalogue.show_flows(screen, found), json)


@flows_app.command("show")
def flows_show(flow: str, json: Json = False) -> None:
    """One flow: steps, sync points, and the brief it asks for."""
    from coordinator.console import catalogue
    from coordinator.offers import offered

    _, found = _flow(flow)
    compiled = _on_roster(lambda roster: offered(roster, found))
    data = catalogue.flow_json(found, compiled)
    _answer(data, lambda screen: catalogue.show_flow(screen, found, compiled), json)


@flows_app.command("validate")
def flows_validate(flow: Annotated[str, Argument(help="A .toml file, or a flow's name.")], json: Json = False) -> None:
    """Check a flow against the experts it names: actions, inputs, units, sync points, order."""
    from coordinator.console.catalogue import show_misfits, validity
    from coordinator.engine.places import FlowError
    from coordinator.offers import offered
    from mcp_servers.compose import flow_path

    try:
        _, found = _flow(flow)
        _on_roster(lambda roster: offered(roster, found))
    except FlowError as error:
        data = validity(flow, flow_path(flow), error.misfits)
        _answer(data, lambda screen: show_misfits(screen, data), json)
        raise typer.Exit(error.exit_code) from error
    size = f"{len(found.steps)} steps, {len(found.syncs)} sync points, {len(found.metrics)} shared figures"
    _answer({"flow": found.flow, "valid": True}, lambda screen: screen.line(f"{flow} is valid: {size}"), json)


@app.command()
def serve(
    target: Annotated[str, Argument(help="An expert's id, coordinator, or all.", show_default=False)],
    stdio: Annotated[bool, Option("--stdio", help="Serve on stdin and stdout.")] = False,
    http: Annotated[bool, Option("--http", help="Serve streamable HTTP.")] = False,
    host: Annotated[str, Option("--host", help="By default from config.toml.", show_default=False)] = "",
    port: Annotated[
        int, Option("--port", help="By default from config.toml.", min=0, max=65535, show_default=False)
    ] = 0,
    profile: Annotated[
        str, Option("--profile", help="default, or coordinator: with the expert's actions.")
    ] = "default",
) -> None:
    """Serve one expert, the coordinator, or all of them, over MCP."""
    from experts.core.errors import InvalidInput
    from mcp_servers.known import quiet
    from mcp_servers.serve import serve as serve_target
    from mcp_servers.settings import load_settings

    if stdio == http:
        raise InvalidInput(f"say how to serve {target!r}: either --stdio or --http")
    if profile not in ("default", "coordinator"):
        raise InvalidInput(f"there is no profile {profile!r}; it is default or coordinator", seen=profile)
    quiet()
    transport: Literal["stdio", "http"] = "stdio" if stdio else "http"
    asyncio.run(serve_target(target, transport, load_settings(), host, port, profile))  # type: ignore[arg-type]


@app.command()
def doctor(json: Json = False) -> None:
    """Check the installation: Python, data folder, database, experts and flows."""
    from coordinator.console import doctor as look
    from mcp_servers.compose import FLOWS
    from mcp_servers.known import experts, quiet
    from mcp_servers.settings import load_settings

    quiet()
    settings = load_settings()
    findings = [look.python(), look.data_folder(settings.data_dir), asyncio.run(look.database(settings.database_url))]
    findings += look.attempt("experts", lambda: [look.expert(expert) for expert in experts().values()])
    for path in sorted(FLOWS.glob("*.toml")):
        findings += look.attempt(f"flow {path.stem}", lambda path=path: [_on_roster(look.flow(_flow(path.stem)[1]))])  # type: ignore[misc]
    _answer(look.to_json(findings), lambda screen: look.show(screen, findings), json)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(2)


def invoke(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns its exit code. The one place that catches whatever goes wrong."""
    from coordinator.console.errors import tell

    as_json = "--json" in arguments
    try:
        code = app(list(arguments), prog_name="pixel", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except BaseException as error:
        return tell(error, as_json)
