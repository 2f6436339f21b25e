"""Errors as the command line tells them: one sentence, one exit code."""

import os
import sys
import traceback

from coordinator.console.screen import print_json
from experts.core.errors import PixelError

INTERRUPTED = 130


def innermost(error: BaseException) -> BaseException:
    """The error that a group wraps; task groups of clients and servers wrap whatever passes through them."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def tell(error: BaseException, as_json: bool) -> int:
    """Say on stderr what went wrong, with `as_json` on stdout too; returns the exit code."""
    error = innermost(error)
    if os.environ.get("PIXEL_DEBUG") == "1":
        traceback.print_exception(error)
    if isinstance(error, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    if isinstance(error, PixelError):
        known = error
    else:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        known = PixelError(f"internal error: {said[:300]}; please report it (PIXEL_DEBUG=1 shows where)")
    print(" ".join(known.message.split("\n")), file=sys.stderr)
    if as_json:
        print_json({"error": known.as_dict()}, sys.stdout)
    return known.exit_code
