"""plan.html: one self-contained page that reads well on a screen, a phone and paper."""

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from coordinator.exports._svg import inline, picture_of, says, size_of
from coordinator.exports._tables import lay_out
from coordinator.exports.deliverable import Deliverable
from coordinator.exports.formatting import (
    FIGURES,
    SLOT_TITLES,
    Part,
    capitalized,
    clean,
    describe_ref,
    format_moment,
    format_value,
    paragraphs,
    parts_of,
    render_prose,
)
from experts.core.blocks import Callout, Event, Heading, ItemList, Picture, Prose, Sheet, Table, body_of
from experts.core.contract import Block

_AFTER_SEPARATOR = re.compile(r"(?<=[/_.@,;:-])(?=\w)")

NAME = "html"
FILES = ("plan.html",)

TONES = {"good": "Good news", "note": "Note", "warning": "Warning", "decision": "Decision"}


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """plan.html: first page, sections, appendix, and the source of every figure that is cited.

    Pictures are inside; nothing is loaded from anywhere and no script runs. All text is
    escaped. An unknown ref or picture raises ConfigurationError naming it.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("coordinator.exports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) or not isinstance(value, str) else clean(value),
    )
    environment.filters["longest"] = _longest
    page = _Page(deliverable)
    front = page.blocks("front", deliverable.front)
    sections = [
        {
            "id": f"section-{section.id}",
            "title": section.title,
            "expert": section.expert,
            "status": section.status,
            "narrative": page.prose(section.narrative),
            "blocks": page.blocks(section.id, section.blocks),
        }
        for section in deliverable.sections
    ]
    appendix = page.blocks("appendix", deliverable.appendix)
    text = environment.get_template("plan.html.j2").render(
        plan=deliverable,
        made_on=format_moment(deliverable.made_on),
        draft=[page.inline(capitalized(reason)) for reason in deliverable.draft],
        front=front,
        sections=sections,
        appendix=appendix,
        sources=page.sources(),
    )
    return {"plan.html": text.encode()}


def _breakable(text: str) -> Markup:
    """Escaped text in which a long name without spaces may break after its separators."""
    pieces = [
        Markup("<wbr>").join(escape(piece) for piece in _AFTER_SEPARATOR.split(word))
        if len(word) > 20
        else escape(word)
        for word in text.split(" ")
    ]
    return Markup(" ").join(pieces)


def _longest(text: str) -> int:
    """Length of the longest piece of escaped text that cannot break."""
    return max((len(piece) for piece in re.split(r"\s|<wbr>", text)), default=0)


class _Page:
    """Turns blocks into what the template shows, and remembers each figure cited, in order."""

    def __init__(self, deliverable: Deliverable) -> None:
        self._plan = deliverable
        self._titles = {section.id: section.title for section in deliverable.sections}
        self._cited: dict[str, int] = {}
        self._inlined = 0

    def sources(self) -> list[dict[str, Any]]:
        """Rows of the appendix of grounds, in order of first citation."""
        values = self._plan.values
        return [
            {
                "number": number,
                "figure": describe_ref(ref, self._titles),
                "ref": ref,
                "value": format_value(values[ref], self._plan.currency),
                "ground": values[ref].ground,
            }
            for ref, number in self._cited.items()
        ]

    def parts(self, parts: list[Part]) -> Markup:
        """Parts as escaped text; a figure with a ground links to its row of the appendix."""
        return Markup("").join(self._part(part) for part in parts)

    def _part(self, part: Part) -> Markup:
        value = self._plan.values[part.ref] if part.ref else None
        if part.ref is None or value is None or value.unit not in FIGURES:
            return _breakable(part.text)
        if not value.ground:
            return Markup('<span class="figure">{}</span>').format(part.text)
        number = self._cited.setdefault(part.ref, len(self._cited) + 1)
        return Markup('<a class="figure" href="#source-{}" title="{}">{}</a>').format(
            number, clean(value.ground), part.text
        )

    def inline(self, text: str) -> Markup:
        return self.parts(parts_of(text, self._plan.values, self._plan.currency))

    def prose(self, text: str) -> list[Markup]:
        return [self.inline(paragraph) for paragraph in paragraphs(text)]

    def blocks(self, owner: str, blocks: list[Block]) -> list[dict[str, Any]]:
        """Views of the blocks of one part; sheets and events are told of in a line at its end."""
        bodies = [(piece, body_of(piece)) for piece in blocks]
        views = list(self._views(owner, bodies))
        sheets = [body.title for _, body in bodies if isinstance(body, Sheet) and not body.hidden]
        events = sum(isinstance(body, Event) for _, body in bodies)
        if sheets or events:
            files = {"sheets": [self.inline(title) for title in sheets], "events": events}
            views.append({"kind": "files", "workbook": self._plan.workbook, **files})
        return views

    def _views(self, owner: str, bodies: list[tuple[Block, Any]]) -> Iterator[dict[str, Any]]:
        deeper = False
        for piece, body in bodies:
            anchor = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{owner}--{piece.id}")
            if isinstance(body, Heading):
                deeper = deeper or body.level == 2
                level = 4 if deeper and body.level == 3 else 3
                yield {"kind": "heading", "id": anchor, "level": level, "text": self.inline(body.text)}
            elif isinstance(body, Prose):
                yield {"kind": "text", "paragraphs": self.prose(body.text), "slot": body.slot or ""}
            elif isinstance(body, Callout):
                yield {
                    "kind": "callout",
                    "tone": body.tone,
                    "label": "In short" if body.slot == "headline" else TONES[body.tone],
                    "paragraphs": self.prose(body.text),
                    "slot": body.slot or "",
                }
            elif isinstance(body, ItemList):
                yield {
                    "kind": "list",
                    "id": anchor,
                    "ordered": body.ordered,
                    "title": self.inline(body.title or SLOT_TITLES.get(body.slot or "", "")),
                    "items": [self.inline(item) for item in body.items],
                }
            elif isinstance(body, Table):
                yield self._table(anchor, body)
            elif isinstance(body, Picture):
                yield self._picture(anchor, body)

    def _table(self, anchor: str, body: Table) -> dict[str, Any]:
        laid = lay_out(body, self._plan.values, self._plan.currency)
        rows = [[self.parts(cell.parts) for cell in row] for row in laid.rows]
        return {
            "kind": "table",
            "id": anchor,
            "title": self.inline(body.title),
            "heads": laid.heads,
            "numeric": laid.numeric,
            "rows": rows,
            "label": render_prose(body.title, self._plan.values, self._plan.currency) or "Table",
            "wide": len(laid.heads) > 3,
            "dense": len(laid.heads) > 7,
            "crowded": len(laid.heads) > 10,
            "short": len(rows) <= 14,
            "note": self.inline(body.note),
        }

    def _picture(self, anchor: str, body: Picture) -> dict[str, Any]:
        svg = picture_of(body.picture, self._plan.pictures)
        self._inlined += 1
        title = render_prose(body.title, self._plan.values, self._plan.currency)
        return {
            "kind": "picture",
            "id": anchor,
            "title": self.inline("" if says(svg, title) else body.title),
            "alt": render_prose(body.alt, self._plan.values, self._plan.currency),
            "svg": Markup(inline(body.picture, svg, f"p{self._inlined}-")),
            "width": round(size_of(body.picture, svg)[0] / 0.75),
        }
