"""How figures are written in the finance documents, and the axes and hand-laid pictures they share."""

import html
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from experts.core.money import minor_units
from experts.core.quantities import plain, round_to

INK, MUTED, GRID, GOOD, BAD, ACCENT = "#1F2933", "#52606D", "#D9DEE4", "#2E6B34", "#A4371E", "#12507B"
FONT = "DejaVu Sans, Arial, sans-serif"
_SHORT = {"ebitda": "EBITDA", "ebit": "EBIT", "us": "US", "holt": "Holt", "winters": "Winters"}


def money(amount: Decimal, currency: str) -> str:
    """An amount with thousands separators and the currency's digits; the currency stands in the head."""
    return f"{round_to(amount, minor_units(currency)) + 0:,f}"  # + 0: no minus before a zero


def percent(share: Decimal | None, places: int = 1) -> str:
    """A fraction as percent; nothing for what is absent."""
    return "" if share is None else f"{round_to(share * 100, places):,f}%"


def number(value: Decimal | int | None, places: int = 2) -> str:
    """A plain number, rounded; nothing for what is absent."""
    return "" if value is None else f"{round_to(Decimal(value), places):,f}"


def words(key: str) -> str:
    """A key as words."""
    text = key.replace("_", " ").replace("-", " ").strip()
    text = " ".join(_SHORT.get(part, part) for part in text.split(" "))
    return text[:1].upper() + text[1:]


def compact(value: float) -> str:
    """A number for an axis: 1.2M, 350k, 40."""
    for size, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.4g}{letter}"
    return f"{value:.3g}"


def currency_of(arguments: Mapping[str, Any]) -> str:
    """The currency the tool was called with."""
    return str(arguments["currency"])


def money_axis(axis: Any) -> None:
    """Axis figures as 1.2M, 350k."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: compact(value)))


def bounds(
    axes: Any, values: Iterable[Decimal | float], left: float = 0.06, right: float = 0.16, zero: bool = True
) -> None:
    """Room beside horizontal bars for the figures written at their ends; `zero` keeps the origin in sight."""
    found = [float(value) for value in values] + ([0.0] if zero else [])
    low, high = min(found), max(found)
    span = (high - low) or abs(high) or 1.0
    axes.set_xlim(low - (span * left if low < 0 or not zero else 0), high + span * right)


def percent_axis(axis: Any) -> None:
    """Axis figures as percent."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100:.3g}%"))


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
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" fill="{fill}" stroke="{stroke}"/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = MUTED, width: float = 1) -> str:
    """A straight line."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{stroke}" stroke-width="{width:g}"/>'


def canvas(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """An SVG picture with its title, wrapped over two lines at most, above the parts."""
    import textwrap

    lines = textwrap.wrap(title, int(width / 9.2))[:2]
    heads = [text(16, 28 + 20 * at, said, 15, INK, bold=True) for at, said in enumerate(lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{html.escape(title)}">'
        f'<rect width="{width:g}" height="{height:g}" fill="#FFFFFF"/>{"".join(heads)}{"".join(parts)}</svg>'
    )


def fit(said: str, size: float, width: float) -> str:
    """The text, shortened until it fits `width` at a font size; widths are taken generously."""
    room = int(width / (size * 0.62))
    return said if len(said) <= room else said[: max(room - 1, 1)].rstrip() + "…"


def signed(amount: Decimal, currency: str) -> str:
    """An amount with its sign."""
    return ("+" if amount > 0 else "") + money(amount, currency)


def shown(value: Decimal) -> str:
    """A decimal as it is, with thousands separators."""
    return f"{Decimal(plain(value)):,f}"
