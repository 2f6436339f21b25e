"""How long a post is to a platform, and the limits it is held against.

X counts by weight (twitter-text, configuration v3): most Latin, Greek, Cyrillic, Arabic and Hebrew characters and
general punctuation count 1, all others 2, an emoji with all its joined parts 2, a web address 23. Elsewhere a
character with the marks joined to it counts 1, and so does an emoji.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count
from experts.core.tables import load_table

_TABLE = Path(__file__).parents[1] / "tables" / "platform_text_limits.toml"
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_ADDRESS_LENGTH = 23
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_PICTURE = "[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_MARK = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_MARK}{{0,8}}(?:\u200d{_PICTURE}{_MARK}{{0,8}}){{0,8}}"
)


class PostLength(Model):
    """One kind of text of a platform: how long the text is there, and the most it takes."""

    platform: str
    field: str
    length: Count
    limit: Count
    fits: bool


@cache
def _limits() -> dict[str, Any]:
    return load_table(_TABLE).current()


def post_lengths(text: str, platform: str) -> tuple[list[PostLength], list[str]]:
    """Lengths against the limits of `platform`, of all platforms if it is empty; and what the table notes on them."""
    limits = _limits()
    wanted = platform.strip().lower()
    if wanted and wanted not in limits:
        raise InvalidInput(
            f"platform {platform[:40]!r} is not in table platform_text_limits{did_you_mean(wanted, limits)}",
            field="platform",
        )
    found, notes = [], []
    for name in [wanted] if wanted else limits:
        length = _weight(text) if name == "x" else _graphemes(text)
        found += [
            PostLength(platform=name, field=field, length=length, limit=limit, fits=length <= limit)
            for field, limit in limits[name].items()
            if isinstance(limit, int)
        ]
        if "note" in limits[name]:
            notes.append(f"{name}: {limits[name]['note']}.")
    return found, notes


def _weight(text: str) -> int:
    plain = unicodedata.normalize("NFC", text)
    addresses = len(_ADDRESS.findall(plain))
    rest, emoji = _EMOJI.subn("", _ADDRESS.sub("", plain))
    return (
        addresses * _ADDRESS_LENGTH
        + emoji * 2
        + sum(1 if any(low <= ord(char) <= high for low, high in _LIGHT) else 2 for char in rest)
    )


def _graphemes(text: str) -> int:
    rest, emoji = _EMOJI.subn("", unicodedata.normalize("NFC", text))
    return emoji + sum(not unicodedata.combining(char) for char in rest)
