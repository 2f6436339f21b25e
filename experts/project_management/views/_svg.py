"""Pictures laid by hand: boxes, lines and text that is measured before it is set."""

from xml.sax.saxutils import escape, quoteattr

INK, MUTED, LINE, PAPER, NAVY, RUST = "#1F2933", "#52606D", "#C3CBD3", "#FFFFFF", "#12507B", "#A4441D"
FONT = "DejaVu Sans, Arial, sans-serif"
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|()[]-/ !"), frozenset("mwMWOQDGHNU@%—…→&")


def width_of(text: str, size: float, bold: bool = False) -> float:
    """A safe upper estimate of the width of text in DejaVu Sans."""
    units = sum(0.43 if c in _NARROW else 1.03 if c in _WIDE or ord(c) > 0x2E80 else 0.69 for c in text)
    return units * size * (1.12 if bold else 1.0)


def cut(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text in one line that fits `room`, with an ellipsis where it does not."""
    text = " ".join(text.split())
    if width_of(text, size, bold) <= room:
        return text
    while text and width_of(f"{text}…", size, bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def lines_of(text: str, size: float, room: float, most: int, bold: bool = False) -> list[str]:
    """The text in at most `most` lines that fit `room`."""
    words = text.split()
    lines: list[str] = []
    while words and len(lines) < most:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold) <= room:
            line = f"{line} {words.pop(0)}"
        if words and len(lines) == most - 1:
            line, words = " ".join([line, *words]), []
        lines.append(cut(line, size, room, bold))
    return lines


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Canvas:
    """A picture that grows from back to front under a title that says the finding."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self._title = title
        self._size = (width, height)
        self._parts: list[str] = []
        self.top = 26.0
        for line in lines_of(title, 17, width - 40, 3, True):
            self.text(20, self.top + 6, line, 17, bold=True)
            self.top += 23
        self.top += 8

    def box(
        self, x: float, y: float, w: float, h: float, fill: str = PAPER, stroke: str = LINE, thick: float = 1
    ) -> None:
        """A rounded box."""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" rx="3" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{_n(thick)}"/>'
        )

    def path(
        self, points: list[tuple[float, float]], stroke: str = MUTED, thick: float = 1.2, arrow: bool = False
    ) -> None:
        """A polyline, with an arrow head at its end if asked; the head points to the right or down."""
        text = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(f'<polyline points="{text}" fill="none" stroke="{stroke}" stroke-width="{_n(thick)}"/>')
        if arrow:
            x, y = points[-1]
            head = f"{_n(x)},{_n(y)} {_n(x - 7)},{_n(y - 3.5)} {_n(x - 7)},{_n(y + 3.5)}"
            self._parts.append(f'<polygon points="{head}" fill="{stroke}"/>')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 11,
        color: str = INK,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """One line of text whose baseline is at `y`."""
        weight = ' font-weight="bold"' if bold else ""
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{color}"{weight}{where}>{escape(text)}</text>'
        )

    def svg(self, height: float | None = None) -> str:
        """The picture as SVG text; `height` cuts the canvas where its content ends."""
        width, tall = self._size[0], height or self._size[1]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(tall)}" '
            f'viewBox="0 0 {_n(width)} {_n(tall)}" role="img" aria-label={quoteattr(self._title)} '
            f'font-family="{FONT}"><rect width="100%" height="100%" fill="{PAPER}"/>{"".join(self._parts)}</svg>\n'
        )
