"""Several servers in one web app: routes side by side, one lifespan that runs them all."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from mcp.server import MCPServer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def suite_app(servers: Mapping[str, MCPServer], host: str = "127.0.0.1") -> Starlette:
    """One ASGI app that serves each server at its path, by streamable HTTP, and /health."""
    routes = []
    for path, server in servers.items():
        # An answer as one JSON body: clients read a server-sent event only up to a mebibyte, and a step of a real plan
        # with its pictures is larger than that.
        routes += server.streamable_http_app(streamable_http_path=path, host=host, json_response=True).routes

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for server in servers.values():
                await stack.enter_async_context(server.session_manager.run())
            yield

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "servers": list(servers)})

    return Starlette(routes=[*routes, Route("/health", health)], lifespan=lifespan)
