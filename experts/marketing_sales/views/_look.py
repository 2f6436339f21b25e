"""How figures are written in the marketing documents, and the hand-laid pictures they share."""

import html
from collections.abc import Iterable
from decimal import Decimal

from experts.core.money import minor_units
from experts.core.quantities import round_to

INK, MUTED, GRID, GOOD, BAD, ACCENT, PALE = "#1F2933", "#52606D", "#D9DEE4", "#2E6B34", "#A4371E", "#12507B", "#DCE8F1"
FONT = "DejaVu Sans, Arial, sans-serif"


def money(amount: Decimal | None, currency: str) -> str:
    """An amount with thousands separators and the currency's digits; nothing for what is absent."""
    return "" if amount is None else f"{round_to(amount, minor_units(currency)) + 0:,f}"


def percent(share: Decimal | None, places: int = 1) -> str:
    """A fraction as percent; nothing for what is absent."""
    return "" if share is None else f"{round_to(share * 100, places):,f}%"


def number(value: Decimal | int | None, places: int = 2) -> str:
    """A plain number, rounded; nothing for what is absent."""
    return "" if value is None else f"{round_to(Decimal(value), places):,f}"


def words(key: str) -> str:
    """A key as words."""
    said = key.replace("_", " ").replace("-", " ").strip()
    return said[:1].upper() + said[1:]


def compact(value: float) -> str:
    """A number for an axis: 1.2M, 350k, 40."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.4g}{letter}"
    return f"{value:.3g}"


def fit(said: str, size: float, width: float) -> str:
    """The text, shortened until it fits `width` at a font size; widths are taken generously."""
    room = int(width / (size * 0.66))
    return said if len(said) <= room else said[: max(room - 1, 1)].rstrip() + "…"


def text(
    x: float, y: float, said: str, size: float = 12, fill: str = INK, anchor: str = "start", bold: bool = False
) -> str:
    """One line of SVG text, escaped."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}" font-size="{size:g}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}>{html.escape(said)}</text>'
    )


def box(x: float, y: float, width: float, height: float, fill: str = "#FFFFFF", stroke: str = GRID) -> str:
    """A rounded rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4" fill="{fill}" stroke="{stroke}"/>'


def canvas(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """An SVG picture with its title, wrapped over two lines at most, above the parts (which begin at y = 64)."""
    import textwrap

    lines = textwrap.wrap(title, int(width / 10.2))
    if len(lines) > 2:
        lines = [lines[0], lines[1][: int(width / 10.2) - 1].rstrip() + "…"]
    heads = [text(16, 28 + 20 * at, said, 15, INK, bold=True) for at, said in enumerate(lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{html.escape(title)}">'
        f'<rect width="{width:g}" height="{height:g}" fill="#FFFFFF"/>{"".join(heads)}{"".join(parts)}</svg>'
    )
