"""How figures are written in the HR documents, and the hand-laid pictures they share."""

import html
import textwrap
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from experts.core.blocks import Heading, ItemList, Prose
from experts.core.contract import Model
from experts.core.quantities import round_to
from experts.core.view import closing

INK, MUTED, GRID, GOOD, BAD, ACCENT = "#1F2933", "#52606D", "#D9DEE4", "#2E6B34", "#A4371E", "#12507B"
FONT = "DejaVu Sans, Arial, sans-serif"
_SHORT = {"hr": "HR", "us": "US", "futa": "FUTA", "icc": "ICC", "id": "ID", "eeoc": "EEOC", "vp": "VP"}


def money(amount: Decimal | int | None, places: int = 2) -> str:
    """An amount with thousands separators."""
    return "" if amount is None else f"{round_to(Decimal(amount), places) + 0:,f}"


def percent(share: Decimal | None, places: int = 1) -> str:
    """A fraction as percent; nothing for what is absent."""
    return "" if share is None else f"{round_to(share * 100, places):,f}%"


def number(value: Decimal | int | None, places: int = 2) -> str:
    """A plain number, rounded; nothing for what is absent."""
    return "" if value is None else f"{round_to(Decimal(value), places):,f}"


def probability(value: Decimal | None) -> str:
    """A p-value to four digits; a smaller one as "< 0.0001"."""
    return "< 0.0001" if value is not None and value < Decimal("0.0001") else number(value, 4)


def ending(result: Any) -> tuple[Model, ...]:
    """How a document ends: the tables it rests on with their sources, then warnings, assumptions and method."""
    cited = [ItemList(title="Sources", items=list(result.sources))] if result.sources else []
    return (*cited, *closing(result))


def words(key: str) -> str:
    """A key as words."""
    text = " ".join(_SHORT.get(part, part) for part in key.replace("_", " ").replace("-", " ").split())
    return text[:1].upper() + text[1:]


def written(said: str) -> str:
    """The text as SVG can hold it: escaped, without the control characters that XML forbids."""
    return html.escape("".join(sign if sign.isprintable() else " " for sign in said))


def text(
    x: float, y: float, said: str, size: float = 12, fill: str = INK, anchor: str = "start", bold: bool = False
) -> str:
    """One line of SVG text, escaped."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}" font-size="{size:g}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}>{written(said)}</text>'
    )


def box(x: float, y: float, width: float, height: float, fill: str = "#FFFFFF", stroke: str = GRID) -> str:
    """A rounded rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="5" fill="{fill}" stroke="{stroke}"/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = MUTED, width: float = 1) -> str:
    """A straight line."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{stroke}" stroke-width="{width:g}"/>'


def canvas(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """An SVG picture with its title, wrapped over two lines at most, above the parts."""
    lines = textwrap.wrap(title, int(width / 9.6), max_lines=2, placeholder="…")
    heads = [text(16, 28 + 20 * at, said, 15, INK, bold=True) for at, said in enumerate(lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{written(title)}">'
        f'<rect width="{width:g}" height="{height:g}" fill="#FFFFFF"/>{"".join(heads)}{"".join(parts)}</svg>'
    )


def fit(said: str, size: float, width: float) -> str:
    """The text, shortened until it fits `width` at a font size; widths are taken generously."""
    room = int(width / (size * 0.63))
    return said if len(said) <= room else said[: max(room - 1, 1)].rstrip() + "…"


def wrapped(said: str, size: float, width: float, most: int = 2) -> list[str]:
    """The text over at most `most` lines that fit `width`; the last ends in an ellipsis where cut."""
    room = max(int(width / (size * 0.63)), 4)
    lines = textwrap.wrap(said, room) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), size, width)]
    return lines


def tint(share: float) -> tuple[str, str]:
    """A cell colour from red over white to green for 0 to 1, and the ink that can be read on it."""
    low, middle, high = (236, 178, 160), (255, 255, 255), (163, 208, 168)
    ends, at = ((low, middle), share * 2) if share < 0.5 else ((middle, high), share * 2 - 1)
    mixed = [round(a + (b - a) * at) for a, b in zip(*ends, strict=True)]
    return "#" + "".join(f"{part:02X}" for part in mixed), INK


def markdown(said: str) -> list[Model]:
    """Simple Markdown (headings, lists, paragraphs) as blocks; the first heading is the document's title."""
    made: list[Model] = []
    items: list[str] = []
    lines: list[str] = []

    def flush() -> None:
        if items:
            made.append(ItemList(items=list(items)))
            items.clear()
        if lines:
            made.append(Prose(text=" ".join(lines)))
            lines.clear()

    for raw in said.splitlines():
        row = raw.strip().replace("**", "")
        if row.startswith("#"):
            flush()
            level = len(row) - len(row.lstrip("#"))
            if level > 1:
                made.append(Heading(text=row.lstrip("# "), level=2 if level == 2 else 3))
        elif row.startswith(("- ", "* ")):
            if lines:
                flush()
            items.append(row[2:].removeprefix("[ ] "))
        elif not row:
            flush()
        elif items:
            items[-1] += " " + row
        else:
            lines.append(row)
    flush()
    return made
