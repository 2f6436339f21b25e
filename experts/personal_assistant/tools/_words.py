"""Words of a request: lower-cased, stemmed, with spelling slips near a known word forgiven."""

import re
from functools import cache

_TOKEN = re.compile(r"[a-z0-9][a-z0-9&/#%+]*(?:['’][a-z]+)?", re.IGNORECASE)
_SUFFIXES = (
    ("ational", "ate"), ("isation", "ize"), ("ization", "ize"), ("ations", "ate"), ("ation", "ate"), ("ising", "ize"),
    ("izing", "ize"), ("ised", "ize"), ("ized", "ize"), ("ise", "ize"), ("ments", "ment"), ("iness", "y"),
    ("ities", "ity"), ("ying", "y"), ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"),
    ("shes", "sh"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""), ("s", ""),
)  # fmt: skip
_KEEP = frozenset(
    [
        "bias",
        "gas",
        "bus",
        "plus",
        "news",
        "sales",
        "has",
        "is",
        "was",
        "us",
        "this",
        "its",
        "as",
        "press",
        "less",
        "business",
        "process",
        "access",
        "address",
        "class",
        "pass",
        "cross",
        "need",
        "feed",
        "seed",
        "speed",
        "during",
        "thing",
        "nothing",
        "something",
        "anything",
        "everything",
        "spring",
        "string",
        "bring",
        "king",
        "ring",
        "sing",
        "wing",
        "building",
        "pricing",
        "training",
        "meeting",
        "wedding",
        "bed",
        "red",
        "led",
        "wise",
        "rise",
        "raise",
        "leads",
        "positioning",
        "reviews",
        "series",
        "analysis",
        "basis",
        "thesis",
        "ed",
        "status",
        "family",
        "apply",
        "reply",
        "supply",
        "july",
        "early",
        "monthly",
        "weekly",
        "daily",
        "hourly",
        "only",
        "bleed",
        "axis",
        "lens",
        "patient",
        "canvas",
        "virus",
        "corpus",
        "campus",
    ]
)
_LONGEST = 400
_FORGIVEN = 6


@cache
def stem(word: str) -> str:
    """A word without its ending, so that "hiring", "hired" and "hires" meet; British -ise is -ize."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if word in _KEEP or len(word) < 4:
        return _bare(word)
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            if suffix == "s" and word[-2] in "su":
                break
            return _bare(word[: len(word) - len(suffix)] + instead)
    return _bare(word)


def _bare(word: str) -> str:
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprtl":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def tokens(text: str) -> list[tuple[str, str]]:
    """(word as written, stem) in order."""
    return [(found[0], stem(found[0])) for found in _TOKEN.finditer(text)][:_LONGEST]


def near(word: str, known: dict[str, str]) -> str | None:
    """The stem of the one known word that a misspelt long word is one slip away from; `known` maps words to stems."""
    word = word.lower()
    if len(word) < _FORGIVEN or word in known or word in _KEEP:
        return None
    from rapidfuzz.distance import OSA

    close = [one for one in known if abs(len(one) - len(word)) < 2 and one[0] == word[0] and len(one) >= _FORGIVEN]
    found = [one for one in close if OSA.distance(one, word, score_cutoff=1) <= 1]
    # In short words one letter for another mostly makes a different word: spring, sprint.
    found = [one for one in found if len(one) != len(word) or len(word) > _FORGIVEN or sorted(one) == sorted(word)]
    stems = {known[one] for one in found}
    return stems.pop() if len(stems) == 1 else None
