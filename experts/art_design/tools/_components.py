"""Components of a wireframe: how high each is on a device, and how many columns it takes."""

from typing import Literal, NamedTuple

ComponentKind = Literal[
    "header", "nav", "hero", "heading", "text", "image", "video", "map", "chart", "cards", "list", "table", "form",
    "search", "tabs", "button", "link", "banner", "footer",
]  # fmt: skip
DeviceKind = Literal["desktop", "tablet", "mobile"]


class Device(NamedTuple):
    """A screen: width, columns, gutter, margin and height of the first view, in CSS px."""

    width: int
    columns: int
    gutter: int
    margin: int
    fold: int


DEVICES: dict[DeviceKind, Device] = {
    "desktop": Device(1200, 12, 24, 24, 800),
    "tablet": Device(768, 8, 24, 24, 1024),
    "mobile": Device(360, 4, 16, 16, 800),
}
FULL_WIDTH = frozenset({"header", "hero", "banner", "footer"})
COUNTED = frozenset({"nav", "cards", "list", "table", "form", "tabs"})
_DEFAULT_COUNT = {"nav": 4, "cards": 3, "list": 4, "table": 4, "form": 3, "tabs": 3}
_HEIGHTS = {
    "header": 64,
    "hero": 400,
    "heading": 40,
    "text": 96,
    "image": 240,
    "video": 320,
    "map": 280,
    "chart": 280,
    "nav": 48,
    "search": 48,
    "tabs": 48,
    "button": 48,
    "link": 24,
    "banner": 56,
    "footer": 160,
}


def count_of(kind: str, count: int | None) -> int:
    """How many items a component shows: as given, else its usual number; 1 for what has no items."""
    return (count or _DEFAULT_COUNT[kind]) if kind in COUNTED else 1


def cards_a_row(count: int, width: int) -> int:
    """How many cards stand side by side: none narrower than 200 px, at most four."""
    return max(1, min(count, 4, (width + 24) // 224))


def height_of(kind: str, count: int, width: int, device: DeviceKind) -> int:
    """A component's height in CSS px, a multiple of 8."""
    if kind == "cards":
        rows = -(-count // cards_a_row(count, width))
        return rows * 240 + (rows - 1) * 24
    if kind == "list":
        return count * 64
    if kind == "table":
        return (count + 1) * 48
    if kind == "form":
        return count * 80 + 56
    if kind == "nav" and device == "desktop" and width < 400:
        return count * 40
    if kind == "hero" and device == "mobile":
        return 360
    if kind == "footer" and device == "mobile":
        return 200
    return _HEIGHTS[kind]
