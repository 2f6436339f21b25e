"""Letters as outlines and their widths, from DejaVu Sans, so that a drawing needs no font."""

import threading
from functools import cache, lru_cache
from typing import Any, NamedTuple

Command = tuple[str, tuple[float, ...]]
"""One step of a path: M, L, Q, C or Z and its coordinates, y downwards."""

_EM = 1000.0
_FONT_LOCK = threading.Lock()  # a FreeType face is one object with a state of its own
_CODES = {1: "M", 2: "L", 3: "Q", 4: "C", 79: "Z"}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 1}


class Outline(NamedTuple):
    """A text's outline at 1000 units an em from (0, 0) on its baseline, and the box of its ink."""

    commands: tuple[Command, ...]
    left: float
    top: float
    right: float
    bottom: float


def font_file(bold: bool) -> str:
    """Where the DejaVu Sans file lies that matplotlib ships."""
    import matplotlib

    return f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans{'-Bold' if bold else ''}.ttf"


def embedding_bits(bold: bool = True) -> int:
    """The font's own embedding permission, OS/2 fsType: 0 is installable embedding (OpenType specification)."""
    with _FONT_LOCK:
        return int(_face(bold).get_sfnt_table("OS/2")["fsType"])


def has_letter(letter: str, bold: bool = False) -> bool:
    """Whether the font has a glyph for a character."""
    with _FONT_LOCK:
        return bool(_face(bold).get_char_index(ord(letter)))


def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text: the sum of its advances, without kerning, in the units of `size`."""
    return sum(_advance(letter, bold) for letter in text) * size


@lru_cache(maxsize=512)
def outline_of(text: str, bold: bool = True) -> Outline:
    """The outline of a short text."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    with _FONT_LOCK:
        path: Any = TextPath((0, 0), text, size=_EM, prop=FontProperties(fname=font_file(bold)), usetex=False)
    commands: list[Command] = []
    at = 0
    while at < len(path.codes):
        letter = _CODES[int(path.codes[at])]
        points = path.vertices[at : at + _POINTS[letter]]
        at += _POINTS[letter]
        flat = tuple(round(float(c) * (1 if axis == 0 else -1), 2) for point in points for axis, c in enumerate(point))
        commands.append((letter, () if letter == "Z" else flat))
    xs = [c for _, coords in commands for c in coords[::2]] or [0.0]
    ys = [c for _, coords in commands for c in coords[1::2]] or [0.0]
    return Outline(tuple(commands), min(xs), min(ys), max(xs), max(ys))


def shorten(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text cut to fit `room`, with an ellipsis."""
    text = " ".join(text.split())
    if width_of(text, size, bold) <= room:
        return text
    while text and width_of(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, size: float, room: float, bold: bool = False) -> list[str] | None:
    """The text in lines that fit `room`; None if one word alone does not."""
    lines: list[str] = []
    for word in text.split():
        if width_of(word, size, bold) > room:
            return None
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def wrap_most(text: str, size: float, room: float, most: int, bold: bool = False) -> list[str]:
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


@cache
def _face(bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    return FT2Font(font_file(bold))


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    from matplotlib.ft2font import LoadFlags

    with _FONT_LOCK:
        face = _face(bold)
        face.set_size(100, 72)
        # Characters of the user may be missing; the box that stands for them has a width too.
        index = face.get_char_index(ord(letter))
        return float(face.load_glyph(index, LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100
