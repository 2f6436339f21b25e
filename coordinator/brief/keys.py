"""Names of facts: keys, dotted paths, and how to write one that is not usable."""

import re
import unicodedata

from experts.core.contract import KEY_PATTERN
from experts.core.errors import InvalidInput

RULE = "small letters a-z, digits, _ and -, at most 60 characters"
LONGEST = 60
DEEPEST = 10

_KEY = re.compile(KEY_PATTERN)


def check_key(key: str, place: str, *, what: str = "key", field: str = "") -> str:
    """`key` if it may name a fact; otherwise an InvalidInput that says how to write it.

    `place` begins the message ("tasks.csv row 7, column id"), `what` says what the key is for.
    """
    if _KEY.fullmatch(key):
        return key
    raise InvalidInput(
        f"{place}: {what} {_shown(key)} is not usable; {_repair(suggest(key))} ({RULE})", field=field, seen=key
    )


def check_path(path: str, place: str) -> str:
    """`path` if it is keys joined by dots and not too deep; otherwise an InvalidInput."""
    parts = path.split(".")
    if len(parts) > DEEPEST:
        raise InvalidInput(f"{place}: {_shown(path)} has more than {DEEPEST} parts; facts are not nested so deeply")
    if all(_KEY.fullmatch(part) for part in parts):
        return path
    wanted = ".".join(suggest(part) for part in parts) if all(suggest(part) for part in parts) else ""
    raise InvalidInput(
        f"{place}: {_shown(path)} is not the path of a fact; "
        f"{_repair(wanted, 'budget.total')} (keys of {RULE}, joined by dots)",
        seen=path,
    )


def suggest(text: str) -> str:
    """The key nearest to `text`: "Paid Search" gives "paid_search"; empty where nothing usable remains."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9_-]+", "_", plain).strip("_-")[:LONGEST]


def _repair(wanted: str, example: str = "paid_search") -> str:
    return f"write {wanted}" if wanted else f"write a name like {example}"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:77] + "...")
