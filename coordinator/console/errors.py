"""Errors as the command line tells them: one sentence, one exit code."""

import os
import sys
import traceback

from typer.exceptions import TyperException

from coordinator.console.screen import print_json
from experts.core.errors import ConfigurationError, PixelError

INTERRUPTED = 130
BROKEN_PIPE = 141


def innermost(error: BaseException) -> BaseException:
    """The error that a group wraps; task groups of clients and servers wrap whatever passes through them."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def tell(error: BaseException, as_json: bool) -> int:
    """Say on stderr what went wrong, with `as_json` on stdout too; returns the exit code."""
    whole, error = error, innermost(error)
    if isinstance(error, SystemExit) and isinstance(error.__context__, OSError):
        error = error.__context__  # the command line library exits by itself when a pipe breaks
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, BrokenPipeError):
        # Whoever read stdout has gone; the interpreter must not complain about that at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    if os.environ.get("PIXEL_DEBUG") == "1":
        traceback.print_exception(whole)
    if isinstance(error, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    if isinstance(error, PixelError):
        known = error
    elif isinstance(error, TyperException):
        known = _usage(error)
    else:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        known = PixelError(f"internal error: {said[:300]}; please report it (PIXEL_DEBUG=1 shows where)")
    if known.message:
        print(" ".join(known.message.split("\n")), file=sys.stderr)
    if as_json:
        print_json({"error": known.as_dict()}, sys.stdout)
    return known.exit_code


def _usage(error: TyperException) -> PixelError:
    """How a command was written wrong, with where to read how to write it. Empty after the help was shown."""
    said = str(getattr(error, "format_message", lambda: error)()).strip()
    if not said:
        return ConfigurationError("")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "pixel"
    return ConfigurationError(f"{said[:1].lower()}{said[1:].rstrip('.')}; see: {command} --help")
