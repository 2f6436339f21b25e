"""deck.pptx: the plan as slides to show, one message a slide."""

import io
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from coordinator.exports import _slides as slides
from coordinator.exports._svg import picture_of, png_of, size_of
from coordinator.exports._tables import lay_out
from coordinator.exports._word import MUTED, RUST
from coordinator.exports.deliverable import Deliverable, Section
from coordinator.exports.formatting import SLOT_TITLES, capitalized, clean, format_moment, render_prose
from experts.core.blocks import Callout, ItemList, Picture, Prose, Table, body_of
from experts.core.contract import Block, Model
from experts.core.workbook import stable_zip

NAME = "deck"
FILES = ("deck.pptx",)

MOST_ROWS, MOST_COLUMNS = 14, 7
"""The largest table that a slide shows; a larger one is in the document and the workbook."""
MOST_TABLES = 2
"""How many tables of each part become slides."""
MOST_PICTURES = 5
MOST_LINES_ABOVE = 6
"""How many lines of text still leave room for a picture below them."""
_SIZE = 16


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """deck.pptx: title, the plan in short, shared figures, decisions, each part's result, pictures and small tables,
    what would change the advice, what to do on Monday. Real titles and alt texts; the same plan gives the same bytes.

    An unknown ref or picture raises ConfigurationError naming it.
    """
    return {"deck.pptx": stable_zip(_Deck(deliverable).write())}


class _Deck:
    """Writes one deliverable into one presentation."""

    def __init__(self, plan: Deliverable) -> None:
        self._plan = plan
        self._deck = slides.presentation()
        self._foot = clean(f"{plan.title} \u00b7 {format_moment(plan.made_on)} \u00b7 amounts in {plan.currency}")

    def write(self) -> bytes:
        plan = self._plan
        self._cover()
        front = [body_of(piece) for piece in plan.front]
        headlines: list[tuple[str, str]] = [
            (self._say(b.text), b.tone) for b in front if isinstance(b, Callout) and b.slot == "headline"
        ]
        self._bullets("The plan in short", headlines)
        if plan.draft:
            self._bullets("Why this is a draft", [(capitalized(clean(reason)), "warning") for reason in plan.draft])
        for body in front:
            if isinstance(body, Table):
                self._table(body)
        for section in plan.sections:
            self._section(section)
        for body in front:
            if isinstance(body, ItemList):
                title = self._say(body.title) or SLOT_TITLES.get(body.slot or "", "To do")
                self._bullets(title, [(self._say(item), "note") for item in body.items], body.ordered)
        properties: Any = self._deck.core_properties
        moment = plan.made_on.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.title, properties.subject = clean(plan.title)[:255], clean(plan.subtitle)[:255]
        properties.author = properties.last_modified_by = "Pixel Experts"
        properties.created = properties.modified = moment
        out = io.BytesIO()
        self._deck.save(out)
        return out.getvalue()

    def _cover(self) -> None:
        plan = self._plan
        page = slides.add_slide(self._deck, clean(plan.title), self._foot, bool(plan.draft))
        slides.add_text(page, clean(plan.subtitle), slides.LEFT, 1.7, slides.BODY_WIDTH, 0.6, size=20)
        parts = ", ".join(clean(section.title) for section in plan.sections)
        slides.add_text(page, f"In this plan: {parts}.", slides.LEFT, 2.6, slides.BODY_WIDTH, 2.0, size=_SIZE)
        if plan.draft:
            text = "Draft: this plan is not final. The reasons follow."
            slides.add_text(page, text, slides.LEFT, 5.4, slides.BODY_WIDTH, 0.5, size=_SIZE, ink=RUST)
        text = "Where every figure comes from is listed in plan.html and plan.json."
        slides.add_text(page, text, slides.LEFT, 6.1, slides.BODY_WIDTH, 0.5, size=12, ink=MUTED)

    def _section(self, section: Section) -> None:
        bodies = [body_of(piece) for piece in section.blocks]
        points: list[tuple[str, str]] = [(self._say(b.text), b.tone) for b in bodies if isinstance(b, Callout)]
        points += [(self._say(b.text), "note") for b in bodies if isinstance(b, Prose) and b.slot]
        title = clean(section.title)
        points = points or [(self._say(section.narrative), "note")]
        pictures = list(_pictures(section.blocks))[:MOST_PICTURES]
        if pictures and self._with_picture(title, points, pictures[0]):
            del pictures[0]
        else:
            self._bullets(title, points)
        for picture in pictures:
            self._picture(title, picture)
        small = [
            b
            for b in bodies
            if isinstance(b, Table)
            and 0 < len(b.rows) <= MOST_ROWS
            and len(b.columns) <= MOST_COLUMNS
            and not _to_sign(b)
        ]
        for table in small[:MOST_TABLES]:
            self._table(table, title)

    def _bullets(self, title: str, texts: list[tuple[str, str]], numbered: bool = False) -> None:
        texts = [(text, tone) for text, tone in texts if text]
        groups = slides.pages_of([text for text, _ in texts], slides.BODY_WIDTH, slides.BODY_HIGH, _SIZE)
        done = 0
        for number, group in enumerate(groups, 1):
            said = title if len(groups) == 1 else f"{title} ({number} of {len(groups)})"
            page = slides.add_slide(self._deck, said, self._foot, bool(self._plan.draft))
            shown = texts[done : done + len(group)]
            slides.add_bullets(page, shown, slides.TOP, size=_SIZE, first=done + 1 if numbered else None)
            done += len(group)

    def _with_picture(self, title: str, texts: list[tuple[str, str]], picture: Picture) -> bool:
        """A slide with the texts above a picture; False, and no slide, where the texts leave no room for it."""
        lines = sum(slides.lines_of(text, slides.BODY_WIDTH - 0.4, _SIZE) + 0.5 for text, _ in texts)
        if lines > MOST_LINES_ABOVE:
            return False
        page = slides.add_slide(self._deck, title, self._foot, bool(self._plan.draft))
        slides.add_bullets(page, texts, slides.TOP, size=_SIZE)
        self._draw(page, picture, slides.TOP + 0.15 + lines * _SIZE * 1.25 / 72)
        return True

    def _draw(self, page: Any, picture: Picture, top: float = slides.TOP) -> None:
        svg = picture_of(picture.picture, self._plan.pictures)
        width, high = size_of(picture.picture, svg)
        slides.add_picture(page, png_of(picture.picture, svg), width, high, self._say(picture.alt), top)

    def _picture(self, section: str, picture: Picture) -> None:
        title = f"{section}: {self._say(picture.title)}"
        self._draw(slides.add_slide(self._deck, title, self._foot, bool(self._plan.draft)), picture)

    def _table(self, table: Table, section: str = "") -> None:
        laid = lay_out(table, self._plan.values, self._plan.currency)
        rows = [[cell.text for cell in row] for row in laid.rows]
        title = self._say(table.title)
        page = slides.add_slide(
            self._deck, f"{section}: {title}" if section else title, self._foot, bool(self._plan.draft)
        )
        shown = rows[:MOST_ROWS]
        slides.add_table(page, laid.heads, laid.numeric, [[_cut(text) for text in row] for row in shown], slides.TOP)

    def _say(self, text: str) -> str:
        return clean(render_prose(text, self._plan.values, self._plan.currency)).strip()


def _pictures(blocks: list[Block]) -> Iterator[Picture]:
    for piece in blocks:
        body: Model = body_of(piece)
        if isinstance(body, Picture):
            yield body


def _to_sign(table: Table) -> bool:
    """Whether a table is there to be filled in by hand."""
    return any(
        isinstance(cell, str) and cell.startswith("____") for row in table.rows.values() for cell in row.values()
    )


def _cut(text: str, most: int = 110) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"
