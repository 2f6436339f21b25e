"""The look that all design sheets share: a heading that says the finding, section labels, a quiet foot."""

from decimal import Decimal

from experts.art_design.tools._letters import wrap_most
from experts.art_design.tools._scene import ACCENT, INK, LINE, MUTED, Scene
from experts.core.quantities import plain, round_to

WIDTH = 1000.0
EDGE = 48.0
INNER = WIDTH - 2 * EDGE


def sheet(title: str, subtitle: str = "", width: float = WIDTH) -> tuple[Scene, float]:
    """A sheet with its heading, and where its content begins. Set `height` when the content is known."""
    scene = Scene(width, 100, title)
    scene.rect(EDGE, 40, 44, 5, ACCENT)
    y = 78.0
    for line in wrap_most(title, 23, width - 2 * EDGE, 3, True):
        scene.text(EDGE, y, line, 23, INK, bold=True)
        y += 30
    if subtitle:
        y = scene.lines(EDGE, y - 2, subtitle, width - 2 * EDGE, 2, 12.5, MUTED)
    return scene, y + 14


def label(scene: Scene, y: float, said: str, x: float = EDGE, right: float | None = None) -> float:
    """A section's label over a hairline; returns where its content begins."""
    scene.text(x, y, said, 12, MUTED, bold=True)
    scene.line(x, y + 9, right if right is not None else scene.width - EDGE, y + 9, LINE)
    return y + 28


def foot(scene: Scene, y: float, said: str) -> None:
    """The foot of a sheet, which ends it."""
    scene.line(EDGE, y, scene.width - EDGE, y, LINE)
    end = scene.lines(EDGE, y + 22, said, scene.width - 2 * EDGE, 3, 10.5, MUTED)
    scene.height = end + 14


def ratio(value: Decimal) -> str:
    """A contrast ratio as people write it, cut and not rounded: 4.49:1."""
    cut = value.quantize(Decimal("0.01"), rounding="ROUND_FLOOR")
    return f"{plain(cut)}:1"


def digits(value: Decimal, places: int = 2) -> str:
    """A decimal of at most so many places."""
    return plain(round_to(value, places))


def words(key: str) -> str:
    """A key as words: "deep-water" is "Deep water"."""
    said = key.replace("_", " ").replace("-", " ").strip()
    return said[:1].upper() + said[1:]


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 colour", "3 colours"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
