"""The eight kinds of block that documents are made of, one body model each.

Text in blocks is prose: it may cite figures as `[[ref]]`, and writes no other digits.
Exporters know nothing but these models.
"""

from typing import Any, Literal

from experts.core.contract import Block, Model, Ref

Slot = Literal["headline", "decision", "would_change", "monday"]
"""Where a text, callout or list also belongs on the plan's first page."""


class Cite(Model):
    """A cell that shows a figure, fact or judgement."""

    ref: Ref


class SheetCell(Model):
    """A cell of a workbook: a figure or a helper, with the formula that computes it.

    A formula is spreadsheet text over `[[ref]]` and `[[cell:sheet/row/column]]`; a `*` in a
    ref stands for the range of all matching cells. A figure's home is the cell that has a
    formula, else the first that shows it; everywhere else it is a link to that home. A cell
    whose ref is a fact and that has no formula is an input. A helper cell has no ref.
    """

    ref: Ref | None = None
    formula: str | None = None
    unit: str = "ratio"


Cell = str | Cite
Column = dict[Literal["key", "label", "unit"], str]


class Heading(Model):
    text: str
    level: Literal[2, 3] = 3


class Prose(Model):
    text: str
    slot: Slot | None = None


class Callout(Model):
    tone: Literal["good", "note", "warning", "decision"]
    text: str
    slot: Slot | None = None


class ItemList(Model):
    items: list[str]
    title: str = ""
    ordered: bool = False
    slot: Slot | None = None


class Table(Model):
    title: str
    columns: list[Column]
    rows: dict[str, dict[str, Cell]]
    note: str = ""


class Picture(Model):
    picture: str
    title: str
    alt: str


class Event(Model):
    summary: str
    start: Ref
    end: Ref | None = None
    description: str = ""


class Sheet(Model):
    name: str
    title: str
    columns: list[Column]
    rows: dict[str, dict[str, str | SheetCell]]
    note: str = ""
    hidden: bool = False


BODIES: dict[str, type[Model]] = {
    "heading": Heading,
    "text": Prose,
    "callout": Callout,
    "list": ItemList,
    "table": Table,
    "picture": Picture,
    "event": Event,
    "sheet": Sheet,
}


def block(id: str, body: Model) -> Block:
    """Wrap a body in the block of its kind."""
    kind: Any = next(kind for kind, model in BODIES.items() if isinstance(body, model))
    return Block(kind=kind, id=id, body=body.model_dump(mode="json", exclude_none=True))


def body_of(piece: Block) -> Model:
    """The typed body of a block; a ValidationError names what does not fit."""
    return BODIES[piece.kind].model_validate(piece.body)
