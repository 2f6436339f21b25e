"""Hand-laid pictures: boxes, lines and text that is measured before it is written."""

import textwrap
from xml.sax.saxutils import escape

INK, MUTED, LINE, ACCENT = "#1F2933", "#52606D", "#C9D1D9", "#4338CA"
GOOD, FAIR, POOR, BUSY = "#BFE3C6", "#FCE8B2", "#ECEFF3", "#F4B9AE"
TINTS = ("#E0E7FF", "#DCFCE7", "#FEF3C7", "#FFE4E6", "#E0F2FE", "#F3E8FF")
_WIDE = 0.62  # of the size: DejaVu Sans is wide, and a cautious measure keeps text inside


def fit(text: str, width: float, size: float = 12) -> str:
    """The text, shortened with an ellipsis to what `width` pixels hold."""
    most = max(2, int(width / (size * _WIDE)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def written(text: str) -> str:
    """The text as SVG can hold it: escaped, without the control characters that XML forbids."""
    return escape("".join(sign if sign.isprintable() else " " for sign in text))


class Canvas:
    """Collects shapes and writes them as one SVG."""

    def __init__(self, width: int, title: str) -> None:
        self.width = width
        self.parts: list[str] = []
        lines = textwrap.wrap(title, int((width - 40) / (17 * _WIDE)), max_lines=3, placeholder="…")
        for number, line in enumerate(lines):
            self.text(20, 32 + 22 * number, line, 17, weight="bold")
        self.top = 32 + 22 * len(lines)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, stroke: str = "none", round_: int = 0) -> None:
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{round_}" fill="{fill}" stroke="{stroke}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, width: float = 1) -> None:
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width}"/>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float, stroke: str = MUTED) -> None:
        """A curve from left to right with a head at its end."""
        middle = (x1 + x2) / 2
        self.parts.append(
            f'<path d="M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2 - 6:.1f},{y2:.1f}" '
            f'fill="none" stroke="{stroke}" stroke-width="1.5"/>'
            f'<path d="M{x2:.1f},{y2:.1f} l-8,-4 l0,8 z" fill="{stroke}"/>'
        )

    def text(
        self, x: float, y: float, text: str, size: float = 12, fill: str = INK, anchor: str = "start", weight: str = ""
    ) -> None:
        bold = f' font-weight="{weight}"' if weight else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}"{bold}>'
            f"{written(text)}</text>"
        )

    def svg(self, height: float) -> str:
        """The picture, `height` pixels high."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{height:.0f}" '
            f'viewBox="0 0 {self.width} {height:.0f}" font-family="DejaVu Sans, Arial, sans-serif">'
            f'<rect width="{self.width}" height="{height:.0f}" fill="#FFFFFF"/>{"".join(self.parts)}</svg>'
        )
