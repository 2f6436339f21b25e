"""`pixel serve`: one expert, the coordinator, or all of them, on stdio or HTTP."""

import gc
from typing import Literal

from mcp.server import MCPServer

from experts.core.discovery import profiles
from experts.core.errors import ConfigurationError, InvalidInput, Unavailable
from experts.core.names import did_you_mean
from mcp_servers.expert_server import Profile, expert_server
from mcp_servers.known import coordinator_path, experts, one_expert
from mcp_servers.settings import Settings

COORDINATOR = "/mcp/coordinator"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def expert_servers() -> dict[str, MCPServer]:
    """Every expert at its endpoint, and with its actions below it for coordinators."""
    servers: dict[str, MCPServer] = {}
    for expert in experts().values():
        servers[expert.profile.endpoint] = expert_server(expert)
        servers[coordinator_path(expert)] = expert_server(expert, "coordinator")
    return servers


async def serve(
    target: str,
    transport: Literal["stdio", "http"],
    settings: Settings,
    host: str = "",
    port: int = 0,
    profile: Profile = "default",
) -> None:
    """Serve until stopped. Beyond loopback it refuses: nobody is authenticated yet."""
    known = profiles()
    if target not in (*known, "coordinator", "all"):
        raise InvalidInput(f"there is no server {target!r}{did_you_mean(target, [*known, 'coordinator', 'all'])}")
    if transport == "stdio":
        if target == "all":
            raise InvalidInput("stdio carries one server; name an expert or coordinator, or use --http")
        if target != "coordinator":
            documents = settings.data_dir / "documents"
            server = expert_server(one_expert(target, profile == "coordinator"), profile, documents)
            _started()
            await server.run_stdio_async()
            return
        from mcp_servers.compose import open_desk
        from mcp_servers.coordinator_server import coordinator_server

        async with open_desk(settings) as desk:
            _started()
            await coordinator_server(desk).run_stdio_async()
        return
    await _http(target, settings, host or settings.http.host, port or settings.http.port)


def _started() -> None:
    """Everything made so far lasts as long as the process: the collector need not look at it again."""
    gc.freeze()
    gc.enable()


async def _http(target: str, settings: Settings, host: str, port: int) -> None:
    if host not in _LOOPBACK:
        raise ConfigurationError(
            f"host {host!r} is reachable from outside and there is no authentication yet; use 127.0.0.1"
        )
    import uvicorn

    from mcp_servers.suite import suite_app

    async def run(servers: dict[str, MCPServer]) -> None:
        config = uvicorn.Config(
            suite_app(servers, host), host=host, port=port, log_level="warning", timeout_keep_alive=75
        )
        try:
            await uvicorn.Server(config).serve()
        except SystemExit as error:
            raise Unavailable(f"port {port} on {host} cannot be used; choose another with --port") from error

    if target not in ("all", "coordinator"):
        path = experts()[target].profile.endpoint
        await run({p: server for p, server in expert_servers().items() if p == path or p.startswith(f"{path}/")})
        return
    from mcp_servers.compose import open_desk
    from mcp_servers.coordinator_server import coordinator_server

    async with open_desk(settings) as desk:
        servers = expert_servers() if target == "all" else {}
        await run({**servers, COORDINATOR: coordinator_server(desk)})
