"""The catalogue of icons: centre lines on a 24-px grid, drawn with one stroke.

A drawing is a string of steps: M x y, L x y, C six numbers, Z, O x y r (circle), R x y w h (rectangle),
A x y r from to (arc in degrees, clockwise from the right), D x y (dot).
"""

from experts.art_design.tools._letters import Command
from experts.art_design.tools._marks import arc

GRID = 24.0
# Two pixels of padding, so a 2-px stroke's centre line stays between 3 and 21.
PADDING = 2.0

CATALOGUE = {
    "alert": "M12 4 L21 20 L3 20 Z M12 10 L12 14 D12 17",
    "arrow-left": "M20 12 L4 12 M10 6 L4 12 L10 18",
    "arrow-right": "M4 12 L20 12 M14 6 L20 12 L14 18",
    "bell": "M6 17 L6 11 A12 11 6 180 360 L18 17 M4 17 L20 17 A12 17 3 30 150",
    "bookmark": "M6 4 L18 4 L18 20 L12 15 L6 20 Z",
    "calendar": "R4 6 16 14 M4 10 L20 10 M8 4 L8 7 M16 4 L16 7 D8 14 D12 14 D16 14",
    "camera": "M4 8 L8 8 L10 5 L14 5 L16 8 L20 8 L20 19 L4 19 Z O12 13 3",
    "cart": "M3 4 L6 4 L8 15 L18 15 L20 8 L7 8 D9 19 D17 19",
    "chart": "M4 4 L4 20 L20 20 M8 16 L8 12 M12 16 L12 8 M16 16 L16 5",
    "chat": "M4 5 L20 5 L20 16 L11 16 L7 20 L7 16 L4 16 Z M8 9 L16 9 M8 12 L13 12",
    "check": "M4 12 L10 18 L20 6",
    "clock": "O12 12 9 M12 7 L12 12 L16 14",
    "close": "M6 6 L18 18 M18 6 L6 18",
    "cloud": "M8 19 A8 14 5 90 255 A12 11 5 195 340 A17 15 4 270 450 Z",
    "document": "M6 3 L14 3 L19 8 L19 21 L6 21 Z M14 3 L14 8 L19 8 M9 13 L16 13 M9 17 L14 17",
    "download": "M12 4 L12 15 M7 10 L12 15 L17 10 M4 20 L20 20",
    "edit": "M4 20 L5 15 L16 4 L20 8 L9 19 Z M13 7 L17 11",
    "eye": "M3 12 C6 6 18 6 21 12 C18 18 6 18 3 12 Z O12 12 3",
    "filter": "M4 6 L20 6 M7 12 L17 12 M10 18 L14 18",
    "flag": "M6 21 L6 4 L18 4 L15 8 L18 12 L6 12",
    "folder": "M3 6 L9 6 L11 8 L21 8 L21 19 L3 19 Z",
    "globe": "O12 12 9 M3 12 L21 12 M12 3 C7 8 7 16 12 21 C17 16 17 8 12 3 Z",
    "heart": "M12 20 C4 14 3 10 3 9 C3 4 9 3 12 8 C15 3 21 4 21 9 C21 10 20 14 12 20 Z",
    "home": "M3 11 L12 4 L21 11 M6 9 L6 20 L18 20 L18 9 M10 20 L10 14 L14 14 L14 20",
    "image": "R3 5 18 14 O8 10 2 M3 17 L9 13 L13 16 L17 12 L21 16",
    "info": "O12 12 9 M12 11 L12 16 D12 8",
    "key": "O8 14 5 M12 11 L20 4 M17 6 L19 9",
    "leaf": "M5 19 C3 8 10 4 20 4 C21 14 16 21 5 19 Z M4 20 L14 10",
    "link": "M10 8 L7 8 A7 12 4 270 90 L10 16 M14 8 L17 8 A17 12 4 270 450 L14 16 M9 12 L15 12",
    "list": "M9 6 L20 6 M9 12 L20 12 M9 18 L20 18 D5 6 D5 12 D5 18",
    "lock": "R5 11 14 9 M8 11 L8 8 A12 8 4 180 360 L16 11 D12 15",
    "mail": "R3 5 18 14 M3 7 L12 13 L21 7",
    "map-pin": "M12 21 C6 15 5 12 5 10 A12 10 7 180 360 C19 12 18 15 12 21 Z O12 10 2.5",
    "menu": "M4 7 L20 7 M4 12 L20 12 M4 17 L20 17",
    "minus": "M5 12 L19 12",
    "moon": "M20 14 C14 17 8 11 10 4 C3 6 3 14 6 18 C10 22 18 21 20 14 Z",
    "phone": "R7 3 10 18 M11 18 L13 18",
    "play": "M8 5 L19 12 L8 19 Z",
    "plus": "M12 5 L12 19 M5 12 L19 12",
    "search": "O11 11 7 M16 16 L21 21",
    "send": "M3 11 L21 3 L14 21 L11 13 Z M11 13 L21 3",
    "settings": "M4 7 L6.5 7 M11.5 7 L20 7 O9 7 2.5 M4 17 L12.5 17 M17.5 17 L20 17 O15 17 2.5",
    "share": "O6 12 3 O17 6 3 O17 18 3 M9 11 L14 8 M9 13 L14 16",
    "shield": "M12 3 L20 6 C20 14 17 18 12 21 C7 18 4 14 4 6 Z M9 12 L11 14 L15 10",
    "star": "M12 3 L14.7 9.1 L21 9.7 L16.2 14 L17.6 20.5 L12 17.1 L6.4 20.5 L7.8 14 L3 9.7 L9.3 9.1 Z",
    "sun": "O12 12 4 M12 3 L12 5 M12 19 L12 21 M3 12 L5 12 M19 12 L21 12 M5.6 5.6 L7 7 M17 17 L18.4 18.4 "
    "M5.6 18.4 L7 17 M17 7 L18.4 5.6",
    "tag": "M4 4 L12 4 L20 12 L12 20 L4 12 Z D8 8",
    "trash": "M4 7 L20 7 M9 7 L9 4 L15 4 L15 7 M6 7 L7 20 L17 20 L18 7 M10 11 L10 16 M14 11 L14 16",
    "truck": "R3 6 11 10 M14 10 L18 10 L21 13 L21 16 L14 16 O7.5 17.5 2 O17 17.5 2",
    "upload": "M12 15 L12 4 M7 9 L12 4 L17 9 M4 20 L20 20",
    "user": "O12 8 4 M4 20 C4 14 20 14 20 20",
    "users": "O9 8 3.5 M3 20 C3 14 15 14 15 20 M15.5 4.6 A15 8 3.5 290 430 M17.5 15 C20 15.5 21 18 21 20",
}


def icon(name: str) -> list[tuple[str, tuple[Command, ...]]]:
    """The strokes ("line") and dots ("dot", one M) of an icon."""
    strokes: list[Command] = []
    dots: list[tuple[str, tuple[Command, ...]]] = []
    for step in _steps(CATALOGUE[name]):
        letter, n = step
        if letter == "O":
            strokes += [*arc(n[0], n[1], n[2], 0, 360), ("Z", ())]
        elif letter == "R":
            x, y, w, h = n
            strokes += [("M", (x, y)), ("L", (x + w, y)), ("L", (x + w, y + h)), ("L", (x, y + h)), ("Z", ())]
        elif letter == "A":
            made = arc(*n)
            joined = bool(strokes) and strokes[-1][0] in "MLC"
            strokes += [("L", made[0][1]) if joined else made[0], *made[1:]]
        elif letter == "D":
            dots.append(("dot", (("M", n),)))
        else:
            strokes.append((letter, n))
    return [("line", tuple(strokes)), *dots] if strokes else dots


def points(name: str) -> list[tuple[float, float]]:
    """Every point that the centre lines pass or bend towards at their ends."""
    found = []
    for _, commands in icon(name):
        for _, coords in commands:
            if coords:
                found.append((coords[-2], coords[-1]))
    return found


def _steps(drawing: str) -> list[tuple[str, tuple[float, ...]]]:
    import re

    return [
        (found[0], tuple(float(part) for part in found[1:].split()))
        for found in re.findall(r"[MLCZORAD][^MLCZORAD]*", drawing)
    ]
