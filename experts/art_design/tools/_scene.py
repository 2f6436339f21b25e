"""A drawing of rectangles, circles, lines, paths and text that becomes SVG or a PDF page, the same bytes each time."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from experts.art_design.tools._color import Rgb
from experts.art_design.tools._letters import Command, font_file, outline_of, wrap_most

INK, MUTED, LINE, PAPER, PANEL = "#1F2933", "#52606D", "#CBD2D9", "#FFFFFF", "#F5F7FA"
GOOD, BAD, ACCENT = "#2F5D1E", "#8A2B0E", "#7B1FA2"
FONT = "DejaVu Sans, Arial, sans-serif"


def number(value: float) -> str:
    """A coordinate with three digits, without trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def naive_cmyk(color: str) -> tuple[float, float, float, float]:
    """#RRGGBB as cyan, magenta, yellow and black from 0 to 1 without an ICC profile: the common grey goes to black."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    most = max(shares)
    if most == 0:
        return 0.0, 0.0, 0.0, 1.0
    cyan, magenta, yellow = ((most - share) / most for share in shares)
    return cyan, magenta, yellow, 1 - most


def printable(said: str) -> str:
    """Text without what XML cannot hold: control characters, halves of surrogate pairs, non-characters."""
    return "".join(letter for letter in said if letter.isprintable() or letter == " ")


def readable_on(color: str) -> str:
    """Black-ish or white: whichever has the higher contrast on `color` (WCAG 2.2)."""
    from experts.art_design.tools._color import contrast

    fill = Rgb(*(int(color[at : at + 2], 16) for at in (1, 3, 5)))
    dark = Rgb(0x1F, 0x29, 0x33)
    return "#FFFFFF" if contrast(Rgb(255, 255, 255), fill) >= contrast(dark, fill) else INK


@dataclass(frozen=True)
class _Shape:
    kind: str
    at: tuple[float, ...]
    fill: str | None = None
    stroke: str | None = None
    thick: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    commands: tuple[Command, ...] = ()
    said: str = ""
    bold: bool = False
    anchor: str = "start"


@dataclass
class Scene:
    """A drawing of `width` x `height` units; `label` says what it shows."""

    width: float
    height: float
    label: str
    background: str | None = PAPER
    shapes: list[_Shape] = field(default_factory=list)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str | None = None,
        stroke: str | None = None,
        thick: float = 1,
        radius: float = 0,
        dash: tuple[float, ...] = (),
        opacity: float = 1,
    ) -> None:
        """A rectangle."""
        self.shapes.append(_Shape("rect", (x, y, w, h, radius), fill, stroke, thick, dash, opacity))

    def circle(
        self,
        x: float,
        y: float,
        r: float,
        fill: str | None = None,
        stroke: str | None = None,
        thick: float = 1,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A circle."""
        self.shapes.append(_Shape("circle", (x, y, r), fill, stroke, thick, dash))

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        stroke: str = LINE,
        thick: float = 1,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A straight line."""
        self.shapes.append(_Shape("line", (x1, y1, x2, y2), None, stroke, thick, dash))

    def path(
        self,
        commands: tuple[Command, ...],
        fill: str | None = None,
        stroke: str | None = None,
        thick: float = 1,
        x: float = 0,
        y: float = 0,
        scale: float = 1,
        opacity: float = 1,
    ) -> None:
        """A path, scaled and then moved; round caps and joins."""
        moved = tuple(
            (letter, tuple(c * scale + (x if at % 2 == 0 else y) for at, c in enumerate(coords)))
            for letter, coords in commands
        )
        self.shapes.append(_Shape("path", (), fill, stroke, thick, (), opacity, moved))

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: float = 11,
        fill: str = INK,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """One line of live text; y is its baseline."""
        self.shapes.append(_Shape("text", (x, y, size), fill, None, 1, said=printable(said), bold=bold, anchor=anchor))

    def lines(
        self,
        x: float,
        y: float,
        said: str,
        room: float,
        most: int,
        size: float = 11,
        fill: str = INK,
        bold: bool = False,
        leading: float = 1.4,
        anchor: str = "start",
    ) -> float:
        """Wrapped live text from baseline y; returns the baseline after it."""
        for line in wrap_most(said, size, room, most, bold):
            self.text(x, y, line, size, fill, bold, anchor)
            y += size * leading
        return y

    def outline(
        self,
        x: float,
        y: float,
        said: str,
        size: float,
        fill: str = INK,
        bold: bool = True,
        anchor: str = "start",
    ) -> None:
        """One line of text as outlines that need no font; y is its baseline."""
        found, scale = outline_of(said, bold), size / 1000
        moved = {"start": 0.0, "middle": (found.left + found.right) / 2, "end": found.right}[anchor] * scale
        self.say(said)
        self.path(found.commands, fill=fill, x=x - moved, y=y, scale=scale)

    def say(self, said: str) -> None:
        """What the following outlines read as, noted in the SVG for who searches it."""
        self.shapes.append(_Shape("mark", (), said=printable(said)))

    def picture(self, other: "Scene", x: float, y: float, scale: float) -> None:
        """Another scene's shapes, scaled and then moved into this one."""
        if other.background:
            self.rect(x, y, other.width * scale, other.height * scale, other.background)
        for shape in other.shapes:
            self.shapes.append(_moved(shape, x, y, scale))

    def svg(self, shown: float = 1) -> str:
        """The drawing as SVG text; its width and height are `shown` times the units that it is drawn in."""
        label = printable(self.label)
        size = f'width="{number(self.width * shown)}" height="{number(self.height * shown)}"'
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {number(self.width)} {number(self.height)}" '
            f'role="img" aria-label="{escape(label)}" font-family="{FONT}">',
            f"<title>{escape(label)}</title>",
        ]
        if self.background:
            parts.append(f'<rect width="100%" height="100%" fill="{self.background}"/>')
        parts += [_element(shape) for shape in self.shapes]
        return "\n".join([*parts, "</svg>"]) + "\n"

    def draw(self, canvas: Any, x: float, top: float, scale: float = 1, cmyk: bool = False) -> None:
        """The drawing on a reportlab canvas, its upper left corner at (x, top) in points."""
        register_fonts()
        canvas.saveState()
        canvas.translate(x, top)
        canvas.scale(scale, scale)
        if self.background:
            _paint(canvas, _Shape("rect", (0, 0, self.width, self.height, 0), self.background), cmyk)
        for shape in self.shapes:
            _paint(canvas, shape, cmyk)
        canvas.restoreState()


def pdf_of(scenes: list[Scene], title: str, scale: float = 1, cmyk: bool = False) -> bytes:
    """Scenes as the pages of a PDF, each of its scene's size in points times `scale`."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("Pixel Experts")
    for scene in scenes:
        canvas.setPageSize((scene.width * scale, scene.height * scale))
        scene.draw(canvas, 0, scene.height * scale, scale, cmyk)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _moved(shape: _Shape, x: float, y: float, scale: float) -> _Shape:
    from dataclasses import replace

    dash = tuple(part * scale for part in shape.dash)
    if shape.kind in ("path", "mark"):
        commands = tuple(
            (letter, tuple(c * scale + (x if at % 2 == 0 else y) for at, c in enumerate(coords)))
            for letter, coords in shape.commands
        )
        return replace(shape, commands=commands, thick=shape.thick * scale, dash=dash)
    sizes = {"rect": 2, "circle": 2, "line": 4, "text": 2}[shape.kind]
    at = tuple(c * scale + ((x if i % 2 == 0 else y) if i < sizes else 0) for i, c in enumerate(shape.at))
    return replace(shape, at=at, thick=shape.thick * scale, dash=dash)


def path_data(commands: tuple[Command, ...]) -> str:
    """A path's `d`."""
    return "".join(letter + " ".join(number(c) for c in coords) for letter, coords in commands)


def _element(shape: _Shape) -> str:
    if shape.kind == "mark":
        return f"<!-- {escape(shape.said).replace('--', '- -')} -->"
    look = f'fill="{shape.fill or "none"}"'
    if shape.stroke:
        look += f' stroke="{shape.stroke}" stroke-width="{number(shape.thick)}"'
    if shape.dash:
        look += f' stroke-dasharray="{" ".join(map(number, shape.dash))}"'
    if shape.opacity != 1:
        look += f' opacity="{number(shape.opacity)}"'
    at = [number(c) for c in shape.at]
    if shape.kind == "rect":
        radius = f' rx="{at[4]}"' if shape.at[4] else ""
        return f'<rect x="{at[0]}" y="{at[1]}" width="{at[2]}" height="{at[3]}"{radius} {look}/>'
    if shape.kind == "circle":
        return f'<circle cx="{at[0]}" cy="{at[1]}" r="{at[2]}" {look}/>'
    if shape.kind == "line":
        return f'<line x1="{at[0]}" y1="{at[1]}" x2="{at[2]}" y2="{at[3]}" {look}/>'
    if shape.kind == "text":
        weight = ' font-weight="bold"' if shape.bold else ""
        anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
        return f'<text x="{at[0]}" y="{at[1]}" font-size="{at[2]}"{weight}{anchor} {look}>{escape(shape.said)}</text>'
    ends = ' stroke-linecap="round" stroke-linejoin="round"' if shape.stroke else ""
    return f'<path d="{path_data(shape.commands)}" {look}{ends}/>'


def register_fonts() -> None:
    """Make DejaVu Sans known to reportlab, to be embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, bold in (("DejaVu", False), ("DejaVu-Bold", True)):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, font_file(bold)))


def _paint(canvas: Any, shape: _Shape, cmyk: bool) -> None:
    from reportlab.lib.colors import CMYKColor, HexColor

    def ink(color: str) -> Any:
        return CMYKColor(*naive_cmyk(color)) if cmyk else HexColor(color)

    if shape.kind == "mark":
        return
    canvas.saveState()
    if shape.fill:
        canvas.setFillColor(ink(shape.fill))
    if shape.stroke:
        canvas.setStrokeColor(ink(shape.stroke))
        canvas.setLineWidth(shape.thick)
        canvas.setDash(*([list(shape.dash)] if shape.dash else [[]]))
    if shape.opacity != 1:
        canvas.setFillAlpha(shape.opacity)
        canvas.setStrokeAlpha(shape.opacity)
    filled, stroked = int(bool(shape.fill)), int(bool(shape.stroke))
    at = shape.at
    if shape.kind == "rect" and at[4]:
        canvas.roundRect(at[0], -at[1] - at[3], at[2], at[3], min(at[4], at[2] / 2, at[3] / 2), stroked, filled)
    elif shape.kind == "rect":
        canvas.rect(at[0], -at[1] - at[3], at[2], at[3], stroked, filled)
    elif shape.kind == "circle":
        canvas.circle(at[0], -at[1], at[2], stroked, filled)
    elif shape.kind == "line":
        canvas.line(at[0], -at[1], at[2], -at[3])
    elif shape.kind == "text":
        canvas.setFont("DejaVu-Bold" if shape.bold else "DejaVu", at[2])
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
        draw[shape.anchor](at[0], -at[1], shape.said)
    else:
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.drawPath(_pdf_path(canvas, shape.commands), stroked, filled, 1)
    canvas.restoreState()


def _pdf_path(canvas: Any, commands: tuple[Command, ...]) -> Any:
    made = canvas.beginPath()
    here = (0.0, 0.0)
    for letter, c in commands:
        if letter == "M":
            made.moveTo(c[0], -c[1])
        elif letter == "L":
            made.lineTo(c[0], -c[1])
        elif letter == "Q":  # PDF has cubic curves only
            one = [h + 2 / 3 * (q - h) for h, q in zip(here, c[:2], strict=True)]
            two = [e + 2 / 3 * (q - e) for e, q in zip(c[2:], c[:2], strict=True)]
            made.curveTo(one[0], -one[1], two[0], -two[1], c[2], -c[3])
        elif letter == "C":
            made.curveTo(c[0], -c[1], c[2], -c[3], c[4], -c[5])
        else:
            made.close()
        if c:
            here = (c[-2], c[-1])
    return made
