"""Hand-laid SVG for the assistant's pictures: text is measured before it is set, so that nothing overflows."""

from functools import cache
from xml.sax.saxutils import escape

INK, MUTED, LINE, PAPER, SOFT = "#1F2933", "#52606D", "#CBD2D9", "#FFFFFF", "#F3F5F7"
BLUE, RUST, GREEN, PLUM = "#12507B", "#A4371E", "#3F6B2A", "#6D4C91"
TINTS = {BLUE: "#E3EDF5", RUST: "#FBE9E1", GREEN: "#E9F2E3", PLUM: "#EFE9F5", MUTED: "#EDF0F2"}
FONT = "DejaVu Sans, Arial, sans-serif"

# Advance widths of DejaVu Sans in ems, by groups of letters; a letter in no group is as wide as most capitals.
_GROUPS = (
    (0.29, "ijlI'|"),
    (0.33, " \u00a0.,:;"),
    (0.40, "-/\\ft()[]"),
    (0.42, "r"),
    (0.56, "csz"),
    (0.62, "akvxyTFJLYZ?_"),
    (0.65, "bdeghnopqu0123456789ESP"),
    (0.80, "DGHNOQU+=<>×→"),
    (1.00, "mwMW%@…"),
)


@cache
def _advances() -> dict[str, float]:
    return {letter: width for width, letters in _GROUPS for letter in letters}


def width_of(text: str, size: float, bold: bool = False) -> float:
    """A safe upper estimate of a text's width in DejaVu Sans, in the units of `size`."""
    known = _advances()
    total = sum(known.get(letter, 1.05 if ord(letter) > 0x2E80 else 0.72) for letter in text)
    return total * size * (1.15 if bold else 1.02)


def shorten(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text cut to fit `room`, with an ellipsis."""
    text = " ".join(text.split())
    if width_of(text, size, bold) <= room:
        return text
    while text and width_of(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, size: float, room: float, most: int, bold: bool = False) -> list[str]:
    """The text in at most `most` lines that fit `room`; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold) <= room:
            line += f" {words.pop(0)}"
        if len(lines) == most - 1 and words:
            line, words = " ".join([line, *words]), []
        lines.append(shorten(line, size, room, bold))
    return lines


def written(text: str) -> str:
    """The text as SVG can hold it: escaped, without the control characters that XML forbids."""
    return escape("".join(sign if sign.isprintable() else " " for sign in text))


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Drawing:
    """An SVG picture that is added to from back to front, under a title that says the finding."""

    def __init__(self, width: float, title: str) -> None:
        self.width = width
        self._label = title
        self._parts: list[str] = []
        lines = wrap(title, 15, width - 40, 3, bold=True)
        for number, line in enumerate(lines):
            self.text(20, 30 + 20 * number, line, 15, bold=True)
        self.top = 30 + 20 * len(lines)
        """Where the drawing under the title may begin."""

    def rect(self, x: float, y: float, w: float, h: float, fill: str, stroke: str = "none", radius: float = 0) -> None:
        """A rectangle."""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" rx="{_n(radius)}" fill="{fill}" '
            f'stroke="{stroke}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, thick: float = 1) -> None:
        """A straight line."""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}" '
            f'stroke-width="{_n(thick)}"/>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float, stroke: str = MUTED) -> None:
        """A curve that leaves downwards and arrives from above, with a head."""
        middle = (y1 + y2) / 2
        self._parts.append(
            f'<path d="M{_n(x1)} {_n(y1)}C{_n(x1)} {_n(middle)} {_n(x2)} {_n(middle)} {_n(x2)} {_n(y2 - 6)}" fill="none" '
            f'stroke="{stroke}" stroke-width="1.4"/><path d="M{_n(x2)} {_n(y2)}l-4 -8h8z" fill="{stroke}"/>'
        )

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
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}" text-anchor="{anchor}"{weight}>'
            f"{written(text)}</text>"
        )

    def svg(self, height: float) -> str:
        """The picture, `height` high."""
        w, h = _n(self.width), _n(height)
        label = written(self._label).replace('"', "&quot;")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" '
            f'font-family="{FONT}" role="img" aria-label="{label}"><rect width="{w}" height="{h}" fill="{PAPER}"/>'
            f"{''.join(self._parts)}</svg>\n"
        )


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 file", "2 files"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
