"""Prose cites figures as `[[ref]]` and writes no other digits; this module checks and renders it."""

import re
from collections.abc import Callable, Iterable, Iterator

CITATION = re.compile(r"\[\[([^\[\]]+)\]\]")
_NUMBER_WORDS = (
    "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
    "|seventy|eighty|ninety|hundred|hundreds|thousand|thousands|million|millions|billion|dozen|dozens"
)
_FREE_DIGITS = re.compile(rf"\S*\d\S*|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)


def citations(text: str) -> Iterator[str]:
    """Every ref that the text cites, in order."""
    yield from CITATION.findall(text)


def rewrite(text: str, change: Callable[[str], str]) -> str:
    """The text with every cited ref changed."""
    return CITATION.sub(lambda found: f"[[{change(found.group(1))}]]", text)


def render(text: str, show: Callable[[str], str]) -> str:
    """The text with every citation replaced by what `show` gives for its ref."""
    return CITATION.sub(lambda found: show(found.group(1)), text)


def uncited_digits(text: str, allowed: Iterable[str]) -> list[str]:
    """Digits (and number words above ten) outside citations, the allowed quotations taken out first."""
    text = CITATION.sub(" ", text)
    if not _FREE_DIGITS.search(text):
        return []
    for quoted in sorted((q for q in allowed if q), key=len, reverse=True):
        text = text.replace(quoted, " ")
    return _FREE_DIGITS.findall(text)
