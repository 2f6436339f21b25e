"""Fills one of the expert's templates: every variable must be given, every result is marked a draft.

Templates (template://…) carry author, review date, jurisdiction and status. Values are inserted as text and never
evaluated (jinja2 sandbox, strict about missing names). A jurisdiction that a template does not name is refused.

Limits: a template is a start; counsel reviews it before signature.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from experts.core.errors import ConfigurationError, InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day
from experts.core.texts import load_text
from experts.legal_consultant.tools._legal import Legal, one_of, template_path, values
from experts.legal_consultant.tools._text import oddities, printable

Template = Literal[
    "nda_mutual", "nda_one_way", "consultancy_agreement", "privacy_notice", "board_minutes", "board_consent"
]
_GIVEN = ("jurisdiction", "law", "courts")
_SHAPED = re.compile(r"^[ \t]{0,3}[#|]", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


class DraftDocument(Legal):
    """The text as Markdown, and what its template is."""

    title: str
    text: str
    status: Literal["draft"]
    template: str
    template_author: str
    template_reviewed_on: Day
    variables: list[str]


def draft_document_from_template(
    template: Template,
    jurisdiction: Annotated[str, Field(max_length=10, description="US-DE, US-NY, GB-EAW or EU.")],
    as_of: Day,
    variables: Annotated[
        dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=5000)]],
        Field(max_length=60, description="Leave empty to be told which."),
    ],
) -> DraftDocument:
    """Draft an NDA, consultancy agreement, privacy notice, board minutes or consent from a template.

    Use when a standard document is needed; make_document gives .docx. It does not replace counsel's review.
    """
    from jinja2 import StrictUndefined, meta
    from jinja2.exceptions import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    library = values("template_library", as_of)
    allowed = library["templates"][template]
    if jurisdiction not in allowed:
        raise InvalidInput(
            f"template {template!r} is not for {jurisdiction!r}; it is for {', '.join(allowed)}. "
            "Another law needs a template of its own",
            field="jurisdiction",
        )
    source = load_text(template_path(template))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    try:
        needed = meta.find_undeclared_variables(environment.parse(source.body)) - set(_GIVEN)
        missing = sorted(name for name in needed if not variables.get(name, "").strip())
        if missing:
            raise InvalidInput(
                f"template {template!r} still needs {', '.join(missing)}", field=f"variables.{missing[0]}"
            )
        for name in variables:
            if name not in needed:
                raise InvalidInput(
                    f"template {template!r} has no {name!r}{did_you_mean(name, needed)}", field=f"variables.{name}"
                )
        clean = {name: printable(_CONTROL.sub("", value)).strip() for name, value in variables.items()}
        for name, value in clean.items():
            if name.endswith("_name") and ("|" in value or "\n" in value):
                raise InvalidInput(
                    f"{name} {value[:60]!r} holds '|' or a line break; it stands in the signature table, so write one line",
                    field=f"variables.{name}",
                )
        if "ip_owner" in clean:
            one_of(clean["ip_owner"], ("company", "consultant"), "variables.ip_owner", "ip_owner")
        given = {
            "jurisdiction": jurisdiction,
            "law": library["law"][jurisdiction],
            "courts": library["courts"][jurisdiction],
        }
        text = environment.from_string(source.body).render(**clean, **given)
    except TemplateError as error:
        raise ConfigurationError(f"template {template!r} is not valid: {error}") from error
    return DraftDocument(
        jurisdiction=jurisdiction,
        as_of=as_of,
        sources=[f"template://{template}", source.head.source],
        escalate=True,
        escalation_reason="A draft: counsel reviews it before anybody signs or publishes it.",
        method="Template filled with the variables given; nothing else was added.",
        assumptions=[f"Governed by {library['law'][jurisdiction]}."],
        warnings=[*_date_warnings(clean), *_shape_warnings(clean), *oddities("\n".join(clean.values()))],
        title=source.head.title,
        text=text,
        status="draft",
        template=template,
        template_author=source.head.author,
        template_reviewed_on=source.head.reviewed_on,
        variables=sorted(needed),
    )


def _date_warnings(given: dict[str, str]) -> list[str]:
    """Dates that stand the wrong way round, where they are written as ISO 8601."""
    try:
        start, end = date.fromisoformat(given["start_date"]), date.fromisoformat(given["end_date"])
    except (KeyError, ValueError):
        return []
    return [f"The end date {end} is before the start date {start}."] if end < start else []


def _shape_warnings(given: dict[str, str]) -> list[str]:
    """Values whose lines would read as headings or tables of the document."""
    shaped = [name for name, value in given.items() if _SHAPED.search(value)]
    return [f"Lines in {', '.join(shaped)} read as headings or tables; see that they belong there."] if shaped else []
