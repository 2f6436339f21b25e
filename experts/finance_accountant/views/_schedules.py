"""What depreciation and loan schedules share: tables that are shortened in the middle, and step charts."""

from typing import Any

LONGEST = 40


def shortened(rows: list[dict[str, str]], keys: list[str]) -> list[dict[str, str]]:
    """The rows, or the first and last of a long list with a row of dots between them."""
    if len(rows) <= LONGEST:
        return rows
    half = LONGEST // 2
    return [*rows[:half], dict.fromkeys(keys, "…"), *rows[-half:]]


def every(count: int, most: int = 14) -> int:
    """The step between axis marks so that at most `most` are shown."""
    return max(1, -(-count // most))


def legend_below(axes: Any, columns: int) -> None:
    """A legend under the axes, without a frame."""
    axes.legend(frameon=False, fontsize=9, ncols=columns, loc="upper center", bbox_to_anchor=(0.5, -0.14))
