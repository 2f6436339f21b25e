"""Hand-laid SVG: text that is measured before it is set, so that nothing overflows."""

import functools
import math
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

INK, MUTED, LINE, PAPER = "#1F2933", "#52606D", "#CBD2D9", "#FFFFFF"
NAVY, TEAL, RUST, GREEN, PLUM = "#004E89", "#1A759F", "#B5451B", "#3F6B2A", "#6D4C91"
TINTS = {NAVY: "#E3EDF5", TEAL: "#E4F1F6", RUST: "#FBE9E1", GREEN: "#E9F2E3", PLUM: "#EFE9F5"}
FONT = "DejaVu Sans, Arial, sans-serif"

# Advance widths of DejaVu Sans in ems, by groups of letters; a letter in no group is as wide as most capitals.
_GROUPS = (
    (0.29, "ijlI'|"),
    (0.33, " \u00a0.,:;"),
    (0.40, "-/\\ft()[]"),
    (0.42, "r"),
    (0.56, "csz"),
    (0.62, "akvxyTFJLYZ?“”"),
    (0.65, "bdeghnopqu0123456789ESP"),
    (0.80, "DGHNOQU+=<>×±→"),
    (1.00, "mwMW%@—…"),
)


@functools.cache
def _advances() -> dict[str, float]:
    return {letter: width for width, letters in _GROUPS for letter in letters}


def width_of(text: str, size: float, bold: bool = False) -> float:
    """A safe upper estimate of a text's width in DejaVu Sans, in the units of `size`."""
    known = _advances()
    total = sum(known.get(letter, 1.05 if ord(letter) > 0x2E80 else 0.71) for letter in text)
    return total * size * (1.15 if bold else 1.02)


def shorten(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text cut to fit `room`, with an ellipsis."""
    text = " ".join(_words(text))
    if width_of(text, size, bold) <= room:
        return text
    while text and width_of(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, size: float, room: float, most: int, bold: bool = False) -> list[str]:
    """The text in at most `most` lines that fit `room`; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    words = _words(text)
    while words and len(lines) < most:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold) <= room:
            line += f" {words.pop(0)}"
        if len(lines) == most - 1 and words:
            line, words = " ".join([line, *words]), []
        lines.append(shorten(line, size, room, bold))
    return lines


def _words(text: str) -> list[str]:
    """Words between breaking spaces; a no-break space holds its neighbours together."""
    return [word for word in re.split(r"[ \t\r\n]+", text) if word]


def number(value: float) -> str:
    """A coordinate with two digits, without trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Drawing:
    """An SVG picture that is added to from back to front."""

    def __init__(self, width: float, height: float, label: str) -> None:
        self.width, self.height = width, height
        self._label = label
        self._parts: list[str] = []

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str = "none",
        stroke: str = "none",
        radius: float = 0,
        thick: float = 1,
    ) -> None:
        """A rectangle."""
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}" rx="{number(radius)}" '
            f'fill="{fill}" stroke="{stroke}" stroke-width="{number(thick)}"/>'
        )

    def circle(
        self,
        x: float,
        y: float,
        r: float,
        fill: str = "none",
        stroke: str = "none",
        thick: float = 1,
        opacity: float = 1,
    ) -> None:
        """A circle."""
        self._parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{fill}" fill-opacity="{number(opacity)}" '
            f'stroke="{stroke}" stroke-width="{number(thick)}"/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, thick: float = 1, dash: str = ""
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" stroke="{stroke}" '
            f'stroke-width="{number(thick)}"{dashed}/>'
        )

    def path(
        self, d: str, fill: str = "none", stroke: str = "none", thick: float = 1, opacity: float = 1, dash: str = ""
    ) -> None:
        """A path by its data."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="{d}" fill="{fill}" fill-opacity="{number(opacity)}" stroke="{stroke}" stroke-width="{number(thick)}" '
            f'stroke-linejoin="round"{dashed}/>'
        )

    def polygon(
        self,
        points: Sequence[tuple[float, float]],
        fill: str = "none",
        stroke: str = "none",
        thick: float = 1,
        opacity: float = 1,
        dash: str = "",
    ) -> None:
        """A closed line through points."""
        d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
        self.path(d, fill, stroke, thick, opacity, dash)

    def arrow(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = MUTED, thick: float = 1.4, head: float = 7
    ) -> None:
        """A line with a head at its end."""
        angle = math.atan2(y2 - y1, x2 - x1)
        self.line(x1, y1, x2 - head * 0.8 * math.cos(angle), y2 - head * 0.8 * math.sin(angle), stroke, thick)
        self.head(x2, y2, angle, stroke, head)

    def head(self, x: float, y: float, angle: float, fill: str = MUTED, size: float = 7) -> None:
        """The head of an arrow that points to (x, y)."""
        sides = [(x - size * math.cos(angle + turn), y - size * math.sin(angle + turn)) for turn in (0.42, -0.42)]
        self.polygon([(x, y), *sides], fill=fill)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 11,
        fill: str = INK,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """One line of text; y is its baseline."""
        weight = ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}" text-anchor="{anchor}"{weight}>'
            f"{escape(text)}</text>"
        )

    def turned(
        self,
        x: float,
        y: float,
        text: str,
        angle: float,
        size: float = 11,
        fill: str = INK,
        anchor: str = "middle",
        bold: bool = False,
    ) -> None:
        """One line of text turned by `angle` degrees (clockwise) around its anchor."""
        weight = ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text transform="translate({number(x)} {number(y)}) rotate({number(angle)})" font-size="{number(size)}" '
            f'fill="{fill}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
        )

    def lines(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        most: int,
        size: float = 11,
        fill: str = INK,
        anchor: str = "start",
        bold: bool = False,
    ) -> float:
        """Wrapped text from baseline y; returns the baseline after it."""
        for line in wrap(text, size, room, most, bold):
            self.text(x, y, line, size, fill, anchor, bold)
            y += size * 1.35
        return y

    def heading(self, title: str, subtitle: str = "", margin: float = 24) -> float:
        """The finding at the top left, with a line below it; returns the y where the picture may begin."""
        y = self.lines(margin, margin + 14, title, self.width - 2 * margin, 3, 16, INK, bold=True)
        if subtitle:
            y = self.lines(margin, y - 2, subtitle, self.width - 2 * margin, 2, 11, MUTED)
        return y + 4

    def svg(self) -> str:
        """The picture as SVG text."""
        size = f'width="{number(self.width)}" height="{number(self.height)}" viewBox="0 0 {number(self.width)} {number(self.height)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" role="img" '
            f'aria-label="{escape(self._label, {chr(34): "&quot;"})}">'
            f'<rect width="100%" height="100%" fill="{PAPER}"/>' + "".join(self._parts) + "</svg>\n"
        )
