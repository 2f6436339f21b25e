"""Every error that a person may meet, as one tree.

* PixelError                 something went wrong that the user can read about (exit 1)
  + ConfigurationError       a setting, a file of ours or an expert's folder is wrong (exit 2)
  + InvalidInput             a fact, an argument or a file of the user's is wrong (exit 3)
    - MissingFacts           facts without an honest default are not there (exit 3)
    - Infeasible             the facts contradict each other (exit 3)
  + Unavailable              something outside does not answer: expert, store, disk (exit 4)
  + NeedsPerson              only a person can go on from here (exit 5)

A message says what is wrong with which value, then the way out.
"""

from typing import Any


class PixelError(Exception):
    """The root. `code` is stable and meant for programs, `exit_code` for shells."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, field: str = "", seen: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.seen = seen

    def as_dict(self) -> dict[str, str]:
        """The error as an expert sends it over MCP and as `--json` prints it."""
        parts = {"code": self.code, "message": self.message}
        if self.field:
            parts["field"] = self.field
        if self.seen is not None:
            parts["seen"] = str(self.seen)[:200]
        return parts


class ConfigurationError(PixelError):
    """A setting, a file of the suite or an expert's folder is wrong."""

    code = "configuration"
    exit_code = 2


class InvalidInput(PixelError):
    """A fact, an argument or a file of the user's is wrong."""

    code = "invalid_input"
    exit_code = 3


class MissingFacts(InvalidInput):
    """Facts that have no honest default are not there."""

    code = "missing_facts"

    def __init__(self, message: str, *, paths: tuple[str, ...] = ()) -> None:
        super().__init__(message, field=", ".join(paths))
        self.paths = paths


class Infeasible(InvalidInput):
    """The facts cannot all hold; the message names those that collide."""

    code = "infeasible"


class Unavailable(PixelError):
    """Something outside does not answer: an expert, the store, the disk."""

    code = "unavailable"
    exit_code = 4


class NeedsPerson(PixelError):
    """Only a person can go on from here: a decision, an approval."""

    code = "needs_person"
    exit_code = 5


def by_code(code: str) -> type[PixelError]:
    """The class that carries `code`, so that an error keeps its kind across MCP."""
    found: list[type[PixelError]] = [PixelError]
    for cls in found:
        if cls.code == code:
            return cls
        found.extend(cls.__subclasses__())
    return PixelError
