"""The palette sheet: the colours as swatches, and every use of them as it will be seen."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from experts.art_design.tools._color import Rgb, contrast, read_opaque
from experts.core.quantities import plain

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

# Points, on a sheet as wide as a page's text.
WIDTH = 547.0
_EDGE = 6.0
_SWATCHES_A_ROW = 4
_ROW = 58.0
_SAMPLE = 142.0
MOST_SWATCHES = 24
MOST_USES = 40
MOST_ALIKE = 4
_ALIKE = 24.0
# So that each sheet fits on a printed page of text.
_TALLEST = 720.0

_CONTINUED = "Uses of colour, continued"
_BLACK, _WHITE = Rgb(0, 0, 0), Rgb(255, 255, 255)
_PASS, _FAIL = "#2F5D1E", "#8A2B0E"


@dataclass(frozen=True)
class ShownUse:
    """One use of two colours, as the sheet shows it.

    Colours are "#RRGGBB", names as a person calls them. `suggestion` replaces the background
    if `on_background`, else the foreground.
    """

    label: str
    foreground: str
    background: str
    foreground_name: str
    background_name: str
    size_pt: Decimal
    bold: bool
    graphic: bool
    ratio: Decimal
    required: Decimal
    passes: bool
    suggestion: str | None
    suggestion_ratio: Decimal | None
    on_background: bool


@dataclass(frozen=True)
class ShownAlike:
    """Two colours that are hard to tell apart, as the named vision sees them ("#RRGGBB")."""

    names: str
    vision: str
    first: str
    second: str


def palette_sheets(
    title: str, colors: dict[str, tuple[str, str]], alike: list[ShownAlike], uses: list[ShownUse]
) -> dict[str, str]:
    """The sheets as SVG by picture id: "palette", then "palette-2" and on where there are many uses.

    `colors` maps ids to (name, "#RRGGBB"). `title` says the finding. At most 24 swatches, 4
    pairs of look-alikes and 40 uses are drawn, failing uses first where there are more; the
    same arguments give the same bytes.
    """
    shown = uses if len(uses) <= MOST_USES else sorted(uses, key=lambda use: use.passes)[:MOST_USES]
    fit = _fitting(_Layout.of(title, colors, alike[:MOST_ALIKE]).uses_top)
    first, rest = shown[:fit], shown[fit:]
    fit = _fitting(_Layout.of(_CONTINUED, {}, []).uses_top)
    parts = [first, *(rest[i : i + fit] for i in range(0, len(rest), fit))]
    left_out = len(uses) - len(shown)
    pages = {}
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        note = f"{left_out} more uses are in the table." if left_out and last else ""
        if number == 0:
            pages["palette"] = _page(title, colors, alike[:MOST_ALIKE], part, note)
        else:
            pages[f"palette-{number + 1}"] = _page(_CONTINUED, {}, [], part, note)
    return pages


@dataclass(frozen=True)
class _Layout:
    """Where the parts of a sheet begin, in points from its top."""

    heading: list[str]
    swatch: float
    swatches_top: float
    alike_top: float
    uses_top: float

    @classmethod
    def of(cls, title: str, colors: dict[str, tuple[str, str]], alike: list[ShownAlike]) -> "_Layout":
        heading = _lines(_drawable(title), WIDTH - 2 * _EDGE, 12, "bold", 4)
        drawn = min(len(colors), MOST_SWATCHES)
        rows = -(-drawn // _SWATCHES_A_ROW)
        swatch = 58.0 if rows <= 2 else 34.0
        top = 14 + 15.5 * len(heading)
        alike_top = top + (rows * (swatch + 22) + (16 if len(colors) > drawn else 0) + 4 if drawn else 0)
        return cls(heading, swatch, top, alike_top, alike_top + _ALIKE * len(alike) + (6 if drawn else 0))


def _fitting(uses_top: float) -> int:
    return max(1, int((_TALLEST - uses_top - 40) // _ROW))


def _page(
    title: str, colors: dict[str, tuple[str, str]], alike: list[ShownAlike], uses: list[ShownUse], note: str
) -> str:
    from experts.core import charts

    layout = _Layout.of(title, colors, alike)
    swatches = list(colors.values())[:MOST_SWATCHES]
    more = len(colors) - len(swatches)
    height = layout.uses_top + (20 + _ROW * len(uses) if uses else 0) + (18 if note else 4)
    with charts.figure(WIDTH / 72, height / 72, "") as (made, axes):
        made.set_layout_engine(None)
        axes.set_position((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        pen = _Pen(axes)
        for number, line in enumerate(layout.heading):
            pen.text(_EDGE, 14 + 15.5 * number, line, 12, charts.INK, weight="bold")
        for number, (name, color) in enumerate(swatches):
            row, column = divmod(number, _SWATCHES_A_ROW)
            width = (WIDTH - 2 * _EDGE + 10) / _SWATCHES_A_ROW - 10
            left, top = _EDGE + column * (width + 10), layout.swatches_top + row * (layout.swatch + 22)
            _swatch(pen, left, top, width, layout.swatch, name, color, charts.INK)
        if more:
            pen.text(_EDGE, layout.alike_top - 10, f"{more} more colours are not drawn.", 9, charts.MUTED)
        for number, pair in enumerate(alike):
            _look_alike(pen, layout.alike_top + _ALIKE * number, pair, charts.INK)
        if uses:
            _uses(pen, layout.uses_top, uses, charts.INK, charts.MUTED, charts.GRID)
        if note:
            pen.text(_EDGE, height - 8, note, 9, charts.MUTED)
        return charts.svg(made)


def _swatch(pen: "_Pen", x: float, y: float, width: float, high: float, name: str, color: str, ink: str) -> None:
    fill = read_opaque(color, "colors")
    on_it = max((_BLACK, _WHITE), key=lambda letter: contrast(letter, fill))
    pen.box(x, y, width, high, color)
    pen.text(x + 8, y + high - 9, color, 9, on_it.hex)
    for line in _lines(_drawable(name), width, 9.5, "bold", 1):
        pen.text(x, y + high + 12, line, 9.5, ink, weight="bold")


def _look_alike(pen: "_Pen", y: float, pair: ShownAlike, ink: str) -> None:
    pen.bar(_EDGE, y, 26, 18, pair.first)
    pen.bar(_EDGE + 26, y, 26, 18, pair.second)
    says = f"Hard to tell apart with {pair.vision}: {pair.names}"
    for line in _lines(_drawable(says), WIDTH - 2 * _EDGE - 62, 9, "normal", 1):
        pen.text(_EDGE + 62, y + 12.5, line, 9, ink)


def _uses(pen: "_Pen", y: float, uses: list[ShownUse], ink: str, muted: str, grid: str) -> None:
    suggests = any(use.suggestion for use in uses)
    planned, nearest = _EDGE, _EDGE + _SAMPLE + 8
    words = nearest + (_SAMPLE + 12 if suggests else 4)
    verdict = WIDTH - _EDGE
    room = verdict - 92 - words
    pen.text(planned, y + 6, "As planned", 8.5, muted)
    if suggests:
        pen.text(nearest, y + 6, "Nearest that passes", 8.5, muted)
    pen.text(words, y + 6, "Use", 8.5, muted)
    pen.text(verdict, y + 6, "Contrast", 8.5, muted, align="right")
    y += 14
    for use in uses:
        pen.rule(_EDGE, verdict, y, grid)
        box = y + 6
        _sample(pen, planned, box, use, use.foreground, use.background)
        if use.suggestion and use.suggestion_ratio is not None:
            front, back = (use.foreground, use.suggestion) if use.on_background else (use.suggestion, use.background)
            _sample(pen, nearest, box, use, front, back)
        lines = _lines(_drawable(use.label), room, 9.5, "bold", 2)
        below = box + 9
        for number, line in enumerate(lines):
            pen.text(words, below + 12 * number, line, 9.5, ink, weight="bold")
        below += 12 * len(lines)
        for line in _lines(_drawable(_described(use)), room, 8, "normal", 1):
            pen.text(words, below, line, 8, muted)
        if use.suggestion and use.suggestion_ratio is not None:
            says = f"{'Background ' if use.on_background else ''}{use.suggestion}: {_ratio(use.suggestion_ratio)}"
            for line in _lines(says, room, 8, "normal", 1):
                pen.text(words, below + 11, line, 8, ink)
        color = _PASS if use.passes else _FAIL
        pen.text(verdict, box + 10, _ratio(use.ratio), 11, ink, weight="bold", align="right")
        pen.text(verdict, box + 22, f"needs {plain(use.required)} : 1", 8, muted, align="right")
        pen.text(verdict, box + 36, "PASS" if use.passes else "FAIL", 9.5, color, weight="bold", align="right")
        y += _ROW


def _sample(pen: "_Pen", x: float, y: float, use: ShownUse, foreground: str, background: str) -> None:
    high = _ROW - 12
    pen.box(x, y, _SAMPLE, high, background)
    if use.graphic:
        pen.disc(x + 24, y + high / 2, 11, foreground)
        pen.bar(x + 46, y + high / 2 - 4, _SAMPLE - 62, 8, foreground)
        return
    size = float(min(max(use.size_pt, Decimal(7)), Decimal(24)))
    weight = "bold" if use.bold else "normal"
    sample = _drawable(" ".join(use.label.split()))
    if _width(sample, size, weight) > _SAMPLE - 16:
        sample = "Aa 123"
    middle = x + _SAMPLE / 2
    pen.text(middle, y + high / 2 + size * 0.36, sample, size, foreground, weight=weight, align="center")


def _described(use: ShownUse) -> str:
    pair = f"{use.foreground_name} on {use.background_name}"
    size = "graphic" if use.graphic else f"{plain(use.size_pt)} pt{' bold' if use.bold else ''}"
    return f"{pair}, {size}"


def _ratio(ratio: Decimal) -> str:
    """A ratio cut to 2 places, so that what fails never reads as passing: "4.49 : 1"."""
    return f"{ratio.quantize(Decimal('0.01'), rounding=ROUND_FLOOR):f} : 1"


class _Pen:
    """Draws on axes whose units are points from the top left; text is never read as mathematics."""

    def __init__(self, axes: Any) -> None:
        self._axes = axes

    def text(
        self, x: float, y: float, text: str, size: float, color: str, *, weight: str = "normal", align: str = "left"
    ) -> None:
        self._axes.text(
            x, y, text, fontsize=size, color=color, fontweight=weight, ha=align, va="baseline", parse_math=False
        )

    def box(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A filled box with round corners; a thin grey edge keeps pale colours visible on white."""
        from matplotlib.patches import FancyBboxPatch

        style = "round,pad=0,rounding_size=4"
        self._axes.add_patch(
            FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=color, edgecolor="#B8C0C8", linewidth=0.6)
        )

    def disc(self, x: float, y: float, radius: float, color: str) -> None:
        from matplotlib.patches import Circle

        self._axes.add_patch(Circle((x, y), radius, facecolor=color, edgecolor="none"))

    def bar(self, x: float, y: float, width: float, height: float, color: str) -> None:
        from matplotlib.patches import Rectangle

        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=color, edgecolor="none"))

    def rule(self, left: float, right: float, y: float, color: str) -> None:
        self._axes.plot([left, right], [y, y], color=color, linewidth=0.7)


def _font(size: float, weight: str) -> "FontProperties":
    from matplotlib.font_manager import FontProperties

    return FontProperties(family="DejaVu Sans", size=size, weight=weight)


def _width(text: str, size: float, weight: str) -> float:
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, weight), ismath=False)
    return float(width)


def _lines(text: str, width: float, size: float, weight: str, most: int) -> list[str]:
    """`text` in at most `most` lines that are at most `width` points wide; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most:
        last = len(lines) == most - 1
        cut = len(rest)
        if _width(rest, size, weight) > width:
            tail = "\u2026" if last else ""
            low, high = 1, len(rest)
            while low < high:  # the longest beginning that fits
                middle = (low + high + 1) // 2
                low, high = (middle, high) if _width(rest[:middle] + tail, size, weight) <= width else (low, middle - 1)
            cut = low
            space = rest.rfind(" ", 0, cut + 1)
            if not last and space > 0:
                cut = space
            lines.append(rest[:cut].rstrip() + tail)
        else:
            lines.append(rest)
        rest = rest[cut:].lstrip()
    return lines


def _drawable(text: str) -> str:
    """`text` with a box in place of each character that the font has not got."""
    from matplotlib.font_manager import findfont, get_font

    font = get_font(findfont(_font(10, "normal")))
    return "".join(c if c.isspace() or font.get_char_index(ord(c)) else "\u25a1" for c in text)
