"""What the pictures and documents of this expert share: how figures are written, and common chart parts."""

from datetime import date
from decimal import Decimal
from typing import Any

RED, AMBER, GREEN = "#B42318", "#8A5A00", "#2E6B34"
TINT = {"red": "#FBE3E0", "amber": "#FCEFD2", "green": "#E2F0E3", "grey": "#EEF1F4"}


def figure_of(value: Decimal | int | None, places: int | None = None) -> str:
    """A figure with thousands separators; without `places`, as many digits as it has, at most four."""
    if value is None:
        return "–"
    number = Decimal(value)
    if places is None:
        text = f"{number:,.4f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    return f"{number:,.{places}f}"


def percent(value: Decimal | None, places: int = 0) -> str:
    """A share as percent."""
    return "–" if value is None else f"{Decimal(value) * 100:.{places}f}%"


def days(count: int) -> str:
    """Working days in words."""
    return f"{count:,} working day{'' if count == 1 else 's'}"


def on(day: date, year: bool = True) -> str:
    """A date in words, without a leading zero."""
    return f"{day.day} {day:%B %Y}" if year else f"{day.day} {day:%b}"


def grouped(axis: Any) -> None:
    """Tick labels with thousands separators."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))


def in_percent(axis: Any) -> None:
    """Tick labels of shares as percent."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value * 100:.4g}%"))


def tidy(axes: Any, x: str, y: str, legend: int = 0) -> None:
    """Axis titles, a light grid, and a legend of `legend` columns below the axes."""
    from experts.core.charts import GRID

    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    if legend:
        axes.legend(frameon=False, ncols=legend, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.15))
