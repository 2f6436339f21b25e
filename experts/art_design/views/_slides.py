"""Scenes as slides of native PowerPoint shapes, so that text can be edited and marks stay vectors."""

import io
from itertools import pairwise
from typing import Any

from experts.art_design.tools._letters import Command
from experts.art_design.tools._scene import Scene, printable
from experts.core.workbook import stable_zip

_EMU = 9525
"""English Metric Units in one CSS pixel."""
_TYPEFACE = "Arial"
_STEPS = 10


def pptx_of(scenes: list[Scene], title: str) -> bytes:
    """Scenes of one size in CSS px as a presentation; the same bytes for the same scenes."""
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(int(scenes[0].width * _EMU)), Emu(int(scenes[0].height * _EMU))
    deck.core_properties.title, deck.core_properties.author = printable(title), "Pixel Experts"
    for scene in scenes:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        if scene.background:
            slide.background.fill.solid()
            slide.background.fill.fore_color.rgb = _rgb(scene.background)
        for shape in scene.shapes:
            _add(slide.shapes, shape)
    buffer = io.BytesIO()
    deck.save(buffer)
    return stable_zip(buffer.getvalue())


def _rgb(color: str) -> Any:
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made.from_string(color.lstrip("#"))


def _add(shapes: Any, shape: Any) -> None:
    from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE

    at = [int(value * _EMU) for value in shape.at]
    if shape.kind == "mark":
        return
    if shape.kind == "text":
        _text(shapes, shape)
        return
    if shape.kind == "line":
        made = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *at)
    elif shape.kind == "circle":
        x, y, r = at
        made = shapes.add_shape(MSO_SHAPE.OVAL, x - r, y - r, 2 * r, 2 * r)
    elif shape.kind == "rect":
        x, y, w, h, radius = at
        made = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE if radius else MSO_SHAPE.RECTANGLE, x, y, w, h)
        if radius:
            made.adjustments[0] = min(0.5, radius / max(1, min(w, h)))
    else:
        made = _freeform(shapes, shape.commands)
    if shape.kind != "line":
        if shape.fill:
            made.fill.solid()
            made.fill.fore_color.rgb = _rgb(shape.fill)
        else:
            made.fill.background()
        made.shadow.inherit = False
    if shape.stroke:
        made.line.color.rgb = _rgb(shape.stroke)
        made.line.width = int(shape.thick * _EMU)
    else:
        made.line.fill.background()


def _text(shapes: Any, shape: Any) -> None:
    from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Emu, Pt

    x, y, size = shape.at
    wide = max(40.0, len(shape.said) * size * 0.9)
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[shape.anchor]
    box = shapes.add_textbox(
        Emu(int(left * _EMU)), Emu(int((y - size * 0.98) * _EMU)), Emu(int(wide * _EMU)), Emu(int(size * 1.3 * _EMU))
    )
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size = False, MSO_AUTO_SIZE.NONE
    line = frame.paragraphs[0]
    line.alignment = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}[shape.anchor]
    run = line.add_run()
    run.text = shape.said
    run.font.name, run.font.size, run.font.bold = _TYPEFACE, Pt(round(size * 0.75, 1)), shape.bold
    run.font.color.rgb = _rgb(shape.fill)


def _freeform(shapes: Any, commands: tuple[Command, ...]) -> Any:
    """A freeform of short straight lines: PowerPoint's builder has no curves, and rounds to whole units."""
    builder: Any = None
    commands = tuple((letter, tuple(value * _EMU for value in c)) for letter, c in commands)
    here = (0.0, 0.0)
    points: list[tuple[float, float]] = []

    def flush(close: bool) -> None:
        if points:
            builder.add_line_segments(points, close=close)
            points.clear()

    for letter, c in commands:
        if letter == "M":
            flush(False)
            if builder is None:
                builder = shapes.build_freeform(c[0], c[1], scale=1.0)
            else:
                builder.move_to(c[0], c[1])
        elif letter == "L":
            points.append((c[0], c[1]))
        elif letter in "QC":
            ends = [here, *((c[at], c[at + 1]) for at in range(0, len(c), 2))]
            points += [_bezier(ends, step / _STEPS) for step in range(1, _STEPS + 1)]
        else:
            flush(True)
        if c:
            here = (c[-2], c[-1])
    flush(False)
    return builder.convert_to_shape()


def _bezier(ends: list[tuple[float, float]], t: float) -> tuple[float, float]:
    while len(ends) > 1:
        ends = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(ends)]
    return ends[0]
