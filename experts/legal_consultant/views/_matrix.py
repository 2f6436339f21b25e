"""A table drawn as a picture: cells of wrapped text, coloured by what they say, with a legend below."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

INK = "#1F2933"
GREEN, AMBER, RED, GREY, WHITE = "#DDF0DD", "#FCF0DC", "#F7DEDA", "#E8EEF3", "#FFFFFF"
MOST_ROWS = 24
_SIZE, _LINE, _PAD = 11, 15, 8
_EM = 6.9
"""Width of a letter of DejaVu Sans at 11 pixels, on the wide side."""


@dataclass(frozen=True)
class Cell:
    """One cell: its text and its ground."""

    text: str
    fill: str = WHITE
    bold: bool = False


def matrix(
    title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Cell]], legend: Sequence[str] = ()
) -> str:
    """SVG of `rows` under `columns` (head, width in pixels); rows beyond two dozen are counted, not drawn."""
    width = sum(size for _, size in columns) + 40
    shown = rows[:MOST_ROWS]
    notes = [f"{len(rows) - MOST_ROWS} more rows are in the table."] if len(rows) > MOST_ROWS else []
    parts: list[str] = []
    top = 20
    for line in _wrapped(title, width - 40, 16 / _SIZE * _EM * 1.06):
        top += 21
        parts.append(_text(20, top - 5, line, 16, bold=True))
    top += 12
    heads = [Cell(head, GREY, bold=True) for head, _ in columns]
    for row in [heads, *shown]:
        lines = [
            _wrapped(cell.text, size - 2 * _PAD, _EM * (1.12 if cell.bold else 1))
            for cell, (_, size) in zip(row, columns, strict=True)
        ]
        height = max(len(found) for found in lines) * _LINE + 2 * _PAD
        left = 20
        for cell, found, (_, size) in zip(row, lines, columns, strict=True):
            parts.append(
                f'<rect x="{left}" y="{top}" width="{size}" height="{height}" fill="{cell.fill}" stroke="#B8C2CC"/>'
            )
            parts += [
                _text(left + _PAD, top + _PAD + 11 + _LINE * at, line, _SIZE, cell.bold)
                for at, line in enumerate(found)
            ]
            left += size
        top += height
    top += 8
    for note in [*legend, *notes]:
        for line in _wrapped(note, width - 40, _EM):
            top += _LINE
            parts.append(_text(20, top, line, _SIZE))
    height = top + 20
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="DejaVu Sans, Arial, sans-serif">'
    )
    return "\n".join([head, f'<rect width="{width}" height="{height}" fill="white"/>', *parts, "</svg>"])


def _wrapped(text: str, width: float, em: float) -> list[str]:
    # Wide scripts take a whole square a letter.
    wide = any(ord(letter) > 0x2E80 for letter in text)
    most = max(4, int(width / (em * (1.75 if wide else 1))))
    return textwrap.wrap(text, most) or [""]


def _text(x: float, y: float, text: str, size: int, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{INK}"{weight}>{escape(clean)}</text>'
