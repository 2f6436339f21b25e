"""How likely each expert is meant by the wording of a request, where no listed phrase says so.

A linear model over single words and pairs of neighbours: one logistic regression an expert, trained on the labelled
requests in examples/routing by the script there, which also writes `_wording.json`. Here it is only added up:

    log odds of an expert = bias + sum(weight x value),   value = (1 + ln count) x idf, scaled to length 1

Deterministic, no library, no network; the file is read when the first request is routed.
"""

import itertools
import json
import math
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from experts.personal_assistant.tools import _words

_FILE = Path(__file__).with_suffix(".json")
# The file holds whole numbers: 100 x idf, 20 x weight, 1000 x bias.
IDF_STEPS, WEIGHT_STEPS, BIAS_STEPS = 100, 20, 1000
_FIGURE = re.compile(r"[\d.,]+[km%]?")
_ENDINGS = ("ization", "ation", "ingly", "ing", "edly", "ed", "ers", "er", "ly", "ment", "es", "s")
_SHORTEST = 4


# They weigh in, but say nothing that could be quoted as a reason.
_FUNCTION = frozenset([
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "back", "be",
    "because", "been", "before", "but", "by", "can", "could", "did", "do", "does", "each", "else", "even",
    "every", "for", "from", "get", "go", "had", "has", "have", "he", "her", "here", "him", "how", "i", "if", "in",
    "into", "is", "it", "just", "let", "like", "may", "me", "more", "most", "much", "must", "no", "not", "now",
    "of", "off", "on", "one", "only", "or", "other", "out", "over", "own", "please", "put", "she", "should", "so",
    "some", "still", "such", "than", "them", "then", "there", "they", "thing", "to", "too", "until", "up", "upon",
    "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why",
    "will", "with", "without", "would", "yes", "yet", "you",
])  # fmt: skip


class Model(NamedTuple):
    experts: list[str]
    bias: list[int]
    features: dict[str, list[int]]


class Opinion(NamedTuple):
    """Log odds by expert, the words that spoke most for each, and how many known words carry a meaning of their own."""

    odds: dict[str, float]
    words: dict[str, list[str]]
    telling: int


@cache
def model() -> Model:
    stored = json.loads(_FILE.read_text("utf-8"))
    return Model(stored["experts"], stored["bias"], stored["features"])


def words_of(request: str) -> list[tuple[str, str]]:
    """(normal form, as written) of every word, without the articles."""
    return [(_words.normal(text), text) for text, _, _ in _words.split(request)]


def features(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(feature, as written) of every word and of every two neighbours; figures are all one word, "#"."""
    made = [(_stem(normal), text) for normal, text in words]
    pairs = itertools.pairwise(made)
    return made + [(f"{one} {other}", f"{said} {next_}") for (one, said), (other, next_) in pairs]


def opinion(words: list[tuple[str, str]]) -> Opinion:
    """What the model says of a request, whose words may be mended; nothing, if none of them carries a meaning."""
    known = model()
    found = [(feature, text) for feature, text in features(words) if feature in known.features]
    telling = len({feature for feature, text in found if " " not in feature and _tells(text)})
    if not telling:
        found = []
    counts = Counter(feature for feature, _ in found)
    values = {
        feature: (1 + math.log(count)) * known.features[feature][0] / IDF_STEPS for feature, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    odds: dict[str, float] = {}
    quoted: dict[str, list[str]] = {}
    for at, expert in enumerate(known.experts):
        share = {
            feature: value / length * known.features[feature][1 + at] / WEIGHT_STEPS
            for feature, value in values.items()
        }
        odds[expert] = known.bias[at] / BIAS_STEPS + sum(share.values())
        heavy = sorted({*found}, key=lambda one: (-share[one[0]], one))
        quoted[expert] = _apart([text for feature, text in heavy if share[feature] >= _SAYS and _tells(text)])
    return Opinion(odds, quoted, telling)


# The least part of the log odds that a word must carry to be quoted as a reason.
_SAYS, _QUOTED = 0.2, 3


def _tells(text: str) -> bool:
    return not _FUNCTION.issuperset(text.lower().split())


def _apart(words: list[str]) -> list[str]:
    """The first few of them, leaving out a word that is in one quoted already."""
    kept: list[str] = []
    for word in words:
        if not any(set(word.lower().split()) & set(one.lower().split()) for one in kept):
            kept.append(word)
    return kept[:_QUOTED]


def _stem(word: str) -> str:
    if _FIGURE.fullmatch(word):
        return "#"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word[:-1] if word.endswith(("e", "y")) and len(word) > _SHORTEST else word
