"""A column of text as set, and as a user's own spacing makes it (WCAG 2.2, 1.4.12)."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._letters import width_of
from experts.art_design.tools._scene import BAD, GOOD, INK, LINE, MUTED, Scene
from experts.art_design.tools.check_typography import TypographyReport
from experts.art_design.views._page import EDGE, INNER, digits, foot, label, sheet
from experts.core.blocks import Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid

_SAMPLE = (
    "Good text is read, not seen. A line that is too long makes the eye lose its way back; one that is too short "
    "breaks the thought. Between the lines there must be enough room for the eye to travel, and in the box enough "
    "room for the reader who needs more."
)
_LINES = 5


def view(result: TypographyReport, arguments: Mapping[str, Any]) -> View:
    """The specimen and the verdicts."""
    length = digits(result.characters_per_line, 0)
    verdict = "within 45 to 75" if result.comfortable_length else "outside 45 to 75"
    title = f"About {length} characters a line, {verdict}"
    if result.box_fits is False:
        title += "; the box is too low for the user's spacing"
    checks = _checks(result, arguments)
    rows = [{"name": name, "value": value, "verdict": "met" if met else "not met"} for name, value, met in checks]
    heads = {"name": ("Check", "text"), "value": ("Value", "text"), "verdict": ("Verdict", "text")}
    return View(
        title=title,
        blocks=document(
            Picture(picture="specimen", title=title, alt=f"A column of text as set and with wide spacing. {title}."),
            grid("Checks", heads, rows),
            *closing(result),
        ),
        pictures={"specimen": _specimen(result, arguments, title, checks).svg()},
    )


def _checks(result: TypographyReport, arguments: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    length = f"{digits(result.characters_per_line, 0)} characters"
    found = [
        ("Line length for comfort, 45 to 75 characters", length, result.comfortable_length),
        (f"Line length, 1.4.8 (AAA), at most {40 if arguments['cjk'] else 80}", length, result.length_aaa),
        ("Line height, 1.4.8 (AAA), at least 1.5", plain(arguments["line_height"]), result.line_height_aaa),
        ("Paragraph space, 1.4.8 (AAA), at least 1.5 lines", plain(arguments["paragraph_space"]), result.paragraph_aaa),
    ]
    if result.box_fits is not None and result.box_needs_px is not None:
        said = f"needs {digits(result.box_needs_px, 0)} px, has {plain(arguments['box_height_px'])}"
        found.append(("Box holds its text at the user's spacing, 1.4.12 (AA)", said, result.box_fits))
    return found


def _specimen(
    result: TypographyReport, arguments: Mapping[str, Any], title: str, checks: list[tuple[str, str, bool]]
) -> Scene:
    size, column = float(arguments["font_px"]), float(arguments["column_px"])
    scale = min(1.0, INNER / column, 60 / size)
    size, column = size * scale, column * scale
    said = "Set in DejaVu Sans, which is wider than most faces; line lengths are from the mean advance given."
    scene, y = sheet(title, said + (f" Drawn at {scale * 100:.0f}%." if scale < 1 else ""))
    for name, height, letter, word in (
        (f"As set: line height {plain(arguments['line_height'])}", float(arguments["line_height"]), 0.0, 0.0),
        ("With the user's spacing: line height 1.5, letters 0.12 em, words 0.16 em", 1.5, 0.12, 0.16),
    ):
        y = label(scene, y + 6, name)
        top = y
        y += size * 0.9
        for line in _lines(size, column, letter, word)[:_LINES]:
            x = EDGE
            for part in line:
                if not letter:
                    scene.text(x, y, part, size, INK)
                else:
                    at = x
                    for glyph in part:
                        scene.text(at, y, glyph, size, INK)
                        at += width_of(glyph, size) + letter * size
                x += _wide(part, size, letter) + width_of(" ", size) + (letter + word) * size
            y += size * height
        scene.line(EDGE + column, top, EDGE + column, y - size * 0.5, LINE, 1, (4, 3))
        y += 14
    y = label(scene, y + 6, "Checks")
    for name, value, met in checks:
        scene.circle(EDGE + 7, y - 4, 7, GOOD if met else BAD)
        scene.text(EDGE + 26, y, name, 13, INK)
        scene.text(EDGE + INNER - 100, y, value, 12, MUTED, anchor="end")
        scene.text(EDGE + INNER, y, "met" if met else "not met", 12, GOOD if met else BAD, True, "end")
        y += 30
    foot(scene, y + 2, "1.4.12 asks that nothing is lost when the user sets this spacing, not that it is set by you.")
    return scene


def _wide(part: str, size: float, letter: float) -> float:
    return width_of(part, size) + letter * size * len(part)


def _lines(size: float, column: float, letter: float, word: float) -> list[list[str]]:
    """Words by line at the given spacing; a word wider than the column has a line of its own."""
    space = width_of(" ", size) + (letter + word) * size
    lines: list[list[str]] = [[]]
    used = 0.0
    for part in _SAMPLE.split():
        wide = _wide(part, size, letter)
        if lines[-1] and used + space + wide > column:
            lines.append([])
            used = 0.0
        used += (space if lines[-1] else 0) + wide
        lines[-1].append(part)
    return lines
