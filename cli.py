"""The command `pixel`. Serving an expert on stdio starts without loading what only the other commands need."""

import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn


def invoke(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns its exit code."""
    target = _served_on_stdio(arguments)
    if target is not None:
        return _serve(*target)
    import pixel_commands

    return pixel_commands.invoke(arguments)


def _served_on_stdio(arguments: Sequence[str]) -> tuple[str, str] | None:
    """Target and profile of `serve TARGET --stdio`; None for any other command line, however it may be wrong."""
    rest = list(arguments)
    if rest[:1] != ["serve"] or "--stdio" not in rest:
        return None
    rest.remove("--stdio")
    profile = "default"
    if "--profile" in rest[:-1]:
        at = rest.index("--profile")
        profile = rest[at + 1]
        del rest[at : at + 2]
    plain = len(rest) == 2 and not rest[1].startswith("-") and profile in ("default", "coordinator")
    return (rest[1], profile) if plain else None


def _serve(target: str, profile: str) -> int:
    gc.disable()  # nothing that starting makes is garbage; the server turns it on again when it is ready
    try:
        import asyncio

        from mcp_servers.known import quiet
        from mcp_servers.serve import serve
        from mcp_servers.settings import load_settings

        quiet()
        asyncio.run(serve(target, "stdio", load_settings(), profile=profile))  # type: ignore[arg-type]
        return 0
    except BaseException as error:
        from coordinator.console.errors import tell

        return tell(error, as_json=False)
    finally:
        gc.enable()


def main() -> NoReturn:
    """The entry of the `pixel` command."""
    if sys.stdout is None or sys.stderr is None:  # closed by the caller: what goes there goes nowhere
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(errors="replace")
    sys.exit(invoke(sys.argv[1:]))


if __name__ == "__main__":
    main()
