"""Charts as byte-stable SVG: one look for all experts, drawn by matplotlib.

Import this module inside the function that draws: matplotlib is slow to load.
"""

import io
import textwrap
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib.figure import Figure

INK = "#1F2933"
MUTED = "#52606D"
GRID = "#D9DEE4"
ACCENT = "#12507B"
SECOND = "#B85C38"
THIRD = "#4F772D"
SERIES = (ACCENT, SECOND, THIRD, "#7B5EA7", "#C08A00", "#2A9D8F", "#8D6E63", "#5C6B7A")

_STYLE: Any = {
    "svg.hashsalt": "pixel-experts",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.edgecolor": GRID,
    "axes.labelcolor": MUTED,
    "axes.titlecolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "figure.facecolor": "white",
}

# matplotlib's settings are the process's, and servers run tools in threads: one drawing at a time.
_DRAWING = threading.RLock()


@contextmanager
def _quiet() -> Iterator[None]:
    """A letter that the font has not got is drawn as a box; that is no news for stderr."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+")
        yield


@contextmanager
def figure(width: float, height: float, title: str) -> Iterator[tuple[Figure, Any]]:
    """A figure of `width` x `height` inches with one pair of axes and a title that says the finding.

    The title is wrapped to the figure's width and stands above the axes, flush left.
    """
    with _DRAWING, _quiet(), matplotlib.rc_context(_STYLE):
        made = Figure(figsize=(width, height), layout="constrained")
        axes = made.subplots()
        made.suptitle(
            "\n".join(textwrap.wrap(title, int(width * 9))), x=0.01, ha="left", fontsize=12, fontweight="bold"
        )
        yield made, axes


def svg(made: Figure) -> str:
    """The figure as SVG text, the same bytes for the same figure."""
    with _DRAWING, _quiet(), matplotlib.rc_context(_STYLE):
        buffer = io.StringIO()
        made.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def shorten(label: str, width: int) -> str:
    """A label of at most `width` characters; a longer one ends in an ellipsis."""
    return label if len(label) <= width else label[: width - 1].rstrip() + "\u2026"
