"""Words in advertisements and reviews that may put people off or carry bias, with where they stand."""

import re
from collections.abc import Iterator
from functools import cache

from experts.core.contract import Model
from experts.hr_people_ops.tools._reference import table

# Phrases with the characteristic they may point to; sources are named in check_job_ad_language.
AGE = {
    "digital native": "describes an age; name the tools to be used",
    "recent graduate": "describes an age; say which knowledge is needed",
    "young": "describes an age; leave it out",
    "youthful": "describes an age; leave it out",
    "energetic": "read as an age; describe the work",
    "mature": "describes an age; say which experience is needed",
    "overqualified": "read as an age; leave it out",
    "under 40": "states an age; leave it out",
    "under 30": "states an age; leave it out",
}
GENDER = {
    "he": "gendered; write they or the person",
    "she": "gendered; write they or the person",
    "his": "gendered; write their",
    "her": "gendered; write their",
    "him": "gendered; write them",
    "salesman": "gendered; write salesperson",
    "saleswoman": "gendered; write salesperson",
    "waitress": "gendered; write server",
    "chairman": "gendered; write chair",
    "foreman": "gendered; write supervisor",
    "manpower": "gendered; write staff",
    "guys": "gendered; write team",
    "girl": "gendered; leave it out",
    "ninja": "masculine slang; name the skill",
    "rockstar": "masculine slang; name the skill",
    "guru": "slang; name the skill",
}
ORIGIN = {
    "native speaker": "describes an origin; state the level of the language, and why the work needs it",
    "native english": "describes an origin; state the level of the language, and why the work needs it",
    "citizens only": "citizenship may be asked only where law requires it (8 USC 1324b)",
    "cultural fit": "vague; name the working practice",
    "clean-shaven": "may touch religion; check the need",
}
DISABILITY = {
    "able-bodied": "describes a disability; state the essential task",
    "stand for long periods": "state only if essential, and offer accommodation",
    "valid driver's license": "state only if driving is essential",
    "normal vision": "describes a disability; state the essential task",
}
REVIEW = {
    "abrasive": "personality label found mostly in reviews of women (Snyder 2014); describe one event",
    "bossy": "personality label; describe one event",
    "aggressive": "personality label; describe one event and its effect",
    "emotional": "personality label; describe one event",
    "bubbly": "personality label; describe the work",
    "helpful": "communal word that often stands in for results; name the result",
    "supportive": "communal word that often stands in for results; name the result",
    "always": "absolute; give dates and instances",
    "never": "absolute; give dates and instances",
    "attitude": "personality label; describe behaviour",
    "potential": "a forecast, not this period's work; give evidence",
    "young": "age; leave it out",
    "maternity": "leave must not count; leave it out",
    "pregnan": "protected; leave it out",
    "sick leave": "protected leave must not count; leave it out",
    "disability": "protected; leave it out",
}
_KINDS = {"age": AGE, "gender": GENDER, "origin": ORIGIN, "disability": DISABILITY}


class Flag(Model):
    """A word as it stands, from `start` (characters from 0)."""

    word: str
    start: int
    kind: str
    advice: str


@cache
def _pattern(words: tuple[str, ...], stems: bool) -> re.Pattern[str]:
    body = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    tail = r"[\w-]*" if stems else r"(?![\w-])"
    return re.compile(rf"(?<![\w-])(?:{body}){tail}", re.IGNORECASE)


def phrases(text: str) -> Iterator[Flag]:
    """Age, gender, origin and disability phrases of an advertisement, in order of the text."""
    found: list[Flag] = []
    for kind, words in _KINDS.items():
        found += [
            Flag(word=hit[0], start=hit.start(), kind=kind, advice=words[hit[0].lower()])
            for hit in _pattern(tuple(words), False).finditer(text)
        ]
    yield from sorted(found, key=lambda flag: flag.start)


def coded(text: str, kind: str) -> Iterator[Flag]:
    """Words that begin with a masculine or feminine stem of Gaucher, Friesen & Kay."""
    stems = tuple(table("gendered_words").current()[kind])
    for hit in _pattern(stems, True).finditer(text):
        yield Flag(word=hit[0], start=hit.start(), kind=f"{kind}-coded", advice="")


def review_flags(text: str) -> Iterator[Flag]:
    """Words of a review comment that call for evidence or do not belong there."""
    for hit in _pattern(tuple(REVIEW), True).finditer(text):
        word = hit[0].lower()
        advice = next(said for stem, said in REVIEW.items() if word.startswith(stem))
        yield Flag(word=hit[0], start=hit.start(), kind="review", advice=advice)
