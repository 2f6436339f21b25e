"""Playbooks, templates and prompts: Markdown with a TOML head between `+++` lines."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from experts.core.contract import Model
from experts.core.errors import ConfigurationError, InvalidInput

_SLOT = re.compile(r"\{\{([a-z0-9_]+)\}\}")


class TextHead(Model):
    """What a reader must know of a playbook or template before using it.

    `jurisdiction` is an ISO 3166 code, "EU", or "any" where law plays no part.
    """

    title: str
    jurisdiction: str
    effective_from: date
    effective_to: date | None = None
    source: str
    author: str
    reviewed_on: date
    status: Literal["reviewed", "draft"]


class PromptArgument(Model):
    """One blank of a prompt."""

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    description: str
    required: bool = True


class PromptHead(Model):
    """What a host lists of a prompt."""

    title: str
    description: str
    arguments: list[PromptArgument] = []


class PlaybookText(Model):
    """A playbook or template: its head and its Markdown."""

    head: TextHead
    body: str


class PromptText(Model):
    """A prompt: its head and its Markdown with `{{argument}}` blanks."""

    head: PromptHead
    body: str

    def fill(self, values: dict[str, str]) -> str:
        """The text with its blanks filled. InvalidInput names a missing or unknown argument."""
        known = {argument.name: argument for argument in self.head.arguments}
        for name in values:
            if name not in known:
                raise InvalidInput(f"the prompt has no argument {name!r}; it has {', '.join(known) or 'none'}")
        for argument in known.values():
            if argument.required and not values.get(argument.name, "").strip():
                raise InvalidInput(f"argument {argument.name!r} is missing: {argument.description}")
        return _SLOT.sub(lambda found: values.get(found[1], "").strip() or "(not given)", self.body)


def load_text(path: Path) -> PlaybookText:
    """Read and validate a playbook or template. ConfigurationError names the file."""
    head, body = _split(path)
    try:
        return PlaybookText(head=TextHead.model_validate(tomllib.loads(head)), body=body)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{path.parent.name}/{path.name} is not valid: {error}") from error


def load_prompt(path: Path) -> PromptText:
    """Read and validate a prompt; every blank must be a declared argument, and the other way round."""
    head, body = _split(path)
    try:
        made = PromptText(head=PromptHead.model_validate(tomllib.loads(head)), body=body)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{path.parent.name}/{path.name} is not valid: {error}") from error
    blanks, declared = set(_SLOT.findall(body)), {argument.name for argument in made.head.arguments}
    if blanks != declared:
        raise ConfigurationError(f"{path.parent.name}/{path.name}: blanks {sorted(blanks ^ declared)} do not match")
    return made


def _split(path: Path) -> tuple[str, str]:
    text = path.read_text("utf-8")
    parts = text.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ConfigurationError(f"{path.parent.name}/{path.name} must begin with a TOML head between +++ lines")
    return parts[1], parts[2].strip() + "\n"
