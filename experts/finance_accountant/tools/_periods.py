"""Names of months (2026-01) and quarters (2026-Q1) of a series, in order and without gaps."""

import re

from experts.core.errors import InvalidInput

_NAME = re.compile(r"^([12][0-9]{3})-(?:(0[1-9]|1[0-2])|Q([1-4]))$")


def ordered(names: list[str]) -> tuple[list[str], int]:
    """The names by time, and how many make a season. InvalidInput names what is missing or mixed."""
    places = {}
    quarterly = {"Q" in name for name in names}
    for name in names:
        found = _NAME.match(name)
        if found is None:
            raise InvalidInput(
                f"period {name[:20]!r} is not a month like '2026-01' or a quarter like '2026-Q1'", field="history"
            )
        places[name] = _place(name)
    if len(quarterly) > 1:
        raise InvalidInput("history mixes months and quarters; give one kind", field="history")
    result = sorted(names, key=lambda name: places[name])
    season = 4 if quarterly == {True} else 12
    missing = [name for name in following(result[0], places[result[-1]] - places[result[0]]) if name not in places]
    if missing:
        raise InvalidInput(
            f"history has gaps: {', '.join(missing[:6])}{' …' if len(missing) > 6 else ''}; fill them, with 0 only if it was 0",
            field="history",
        )
    return result, season


def following(name: str, count: int) -> list[str]:
    """The `count` periods after `name`."""
    season = 4 if "Q" in name else 12
    first = _place(name) + 1
    return [_name(place, season) for place in range(first, first + count)]


def _place(name: str) -> int:
    season = 4 if "Q" in name else 12
    return int(name[:4]) * season + int(name[-1] if season == 4 else name[-2:]) - 1


def _name(place: int, season: int) -> str:
    year, part = divmod(place, season)
    return f"{year:04}-Q{part + 1}" if season == 4 else f"{year:04}-{part + 1:02}"
