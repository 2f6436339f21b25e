"""Pieces that actions write their documents with: citations, joined names, tables and sheets of figures.

An action's document is a list of blocks (blocks.py). `draft` numbers them; the functions here make
the bodies that most actions need, so that an action says what it shows and not how.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from experts.core.blocks import (
    Callout,
    Cell,
    Cite,
    Column,
    Event,
    Heading,
    ItemList,
    Picture,
    Prose,
    Sheet,
    SheetCell,
    Table,
    block,
)
from experts.core.contract import Block, Model

NONE = "\u2013"
"""What a cell without a figure shows."""

_NOT_FREE = re.compile(
    r"\d|\b(?:eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?)\b",
    re.IGNORECASE,
)


def draft(*bodies: Model | None) -> list[Block]:
    """Bodies as the blocks of a document, in order; None stands for a part that this plan does not have."""
    return [block(f"b{number}", body) for number, body in enumerate(bodies, 1) if body is not None]


def own(path: str) -> str:
    """A citation of a figure of this artifact, for prose."""
    return f"[[self#{path}]]"


def said(ref: str) -> str:
    """A citation of any ref, for prose."""
    return f"[[{ref}]]"


def shown(value: object, ref: str) -> Cell:
    """A cell that cites `ref`, or a dash where there is no value."""
    return NONE if value is None else Cite(ref=ref)


def quoted(text: str, ref: str) -> str:
    """`text` itself, or a citation of it where it holds numbers, which prose may only cite."""
    return f"[[{ref}]]" if _NOT_FREE.search(text) or "[[" in text else text


def joined(names: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def few(names: Sequence[str], rest: str = "others", most: int = 5) -> str:
    """The first names joined; `rest` stands for those beyond `most`."""
    return joined([*names[:most], rest] if len(names) > most else list(names))


def capitalised(text: str) -> str:
    """The text with its first letter as a capital and the rest as it is."""
    return text[:1].upper() + text[1:]


def title_of(key: str, label: str | None) -> str:
    """A label as given, else the id as words: "paid_social" is "Paid social"."""
    return label or capitalised(key.replace("_", " ").replace("-", " ").strip()) or key


def sentence(text: str) -> str:
    """The text with a full stop, if it does not end in a mark of its own."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "\u2026", "]]")) else f"{text}."


def headline(text: str, tone: Literal["good", "note", "warning", "decision"] = "note") -> Callout:
    """The step's main result, which also stands on the plan's first page."""
    return Callout(tone=tone, text=text, slot="headline")


def heading(text: str) -> Heading:
    """A heading inside a step's section."""
    return Heading(text=text)


def text(words: str) -> Prose:
    """A paragraph that cites."""
    return Prose(text=words)


def would_change(items: Sequence[str], title: str = "What would change this") -> ItemList | None:
    """The facts that would change the advice, most important first; the first ones reach the first page."""
    return ItemList(title=title, items=list(items), slot="would_change") if items else None


def monday(items: Sequence[str], title: str = "What to do first") -> ItemList | None:
    """Concrete actions, each with its owner."""
    return ItemList(title=title, items=list(items), slot="monday", ordered=True) if items else None


def items(title: str, entries: Sequence[str], ordered: bool = False) -> ItemList | None:
    """A list, or nothing where it would be empty."""
    return ItemList(title=title, items=list(entries), ordered=ordered) if entries else None


def picture(id: str, title: str, alt: str) -> Picture:
    """The place of a picture of this action; its id must be unique within a flow."""
    return Picture(picture=id, title=title, alt=alt)


def event(summary: str, start: str, end: str | None = None, description: str = "") -> Event:
    """An entry of the plan's calendar; `start` and `end` are refs of dates."""
    return Event(summary=summary, start=start, end=end, description=description)


def figure_table(
    title: str, columns: Mapping[str, tuple[str, str]], rows: Mapping[str, Mapping[str, Cell]], note: str = ""
) -> Table | None:
    """A table by row id; `columns` maps a key to its label and unit (text, money, rate …). No rows, no table."""
    if not rows:
        return None
    return Table(title=title, columns=_columns(columns), rows={key: dict(row) for key, row in rows.items()}, note=note)


def figure_sheet(
    name: str,
    title: str,
    columns: Mapping[str, tuple[str, str]],
    rows: Mapping[str, Mapping[str, str | SheetCell]],
    note: str = "",
) -> Sheet | None:
    """A worksheet by row id; a cell is text, a figure, or a figure with the formula that computes it."""
    if not rows:
        return None
    cells = {key: dict(row) for key, row in rows.items()}
    return Sheet(name=name, title=title, columns=_columns(columns), rows=cells, note=note)


def at(ref: str, unit: str, formula: str | None = None) -> SheetCell:
    """A worksheet cell of a figure; with `formula` (over `[[ref]]`) it is live."""
    return SheetCell(ref=ref, unit=unit, formula=formula)


def helper(unit: str, formula: str) -> SheetCell:
    """A worksheet cell that only the workbook computes: it shows no figure of the plan."""
    return SheetCell(unit=unit, formula=formula)


def row_sources(pattern: str, ref: str, keys: Iterable[str]) -> dict[str, str]:
    """Sources of a tool's list argument that was made from a table, row by row.

    `row_sources("flows.{}.amount", "fact:cash.{}.amount", ["y1", "y2"])` gives
    `{"flows.0.amount": "fact:cash.y1.amount", "flows.1.amount": "fact:cash.y2.amount"}`.
    """
    return {pattern.format(index): ref.format(key) for index, key in enumerate(keys)}


def row_grounds(pattern: str, ref: str, keys: Iterable[str]) -> dict[str, str]:
    """Grounds of an artifact's table that was made from a tool's list result, row by row.

    `row_grounds("years.{}.cash", "working:npv#rows.{}.cash", ["2027", "2028"])` gives
    `{"years.2027.cash": "working:npv#rows.0.cash", …}`.
    """
    return {pattern.format(key): ref.format(index) for index, key in enumerate(keys)}


def _columns(columns: Mapping[str, tuple[str, str]]) -> list[Column]:
    found: list[Any] = [{"key": key, "label": label, "unit": unit} for key, (label, unit) in columns.items()]
    return found
