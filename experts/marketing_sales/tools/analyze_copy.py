"""How easily English text reads, how positive its words are, or whether a post fits its platform.

`readability`: Flesch Reading Ease = 206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch, Journal of Applied
Psychology 32, 1948); Flesch-Kincaid grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid, Fishburne,
Rogers & Chissom, Navy Research Branch Report 8-75, 1975). Syllables are counted by rules with a list of exceptions, not by a
dictionary: single words may be off by one, which moves the score of a short text by several points.

`sentiment`: VADER (Hutto & Gilbert, ICWSM 2014), whose lexicon is rated English words and rules for negation, emphasis and
capitals. Compound from -1 to 1; 0.05 and above is positive, -0.05 and below negative, as its authors set.

English test: at least 15 percent of the words must be frequent English function words, and more of them than function words of
German, French, Spanish, Italian, Dutch and Portuguese together. Other text is refused, and so is a phrase of a word or two.

`length`: in any language, against reference://platform_text_limits, for one platform or all. X counts by weight
(twitter-text, configuration v3: 1 or 2 a character, 2 an emoji, 23 a web address), the others characters.

Limits: neither sees meaning, irony or truth. A good score is no proof that readers understand or like the text.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Rate, Ratio, decimal_of, round_to
from experts.marketing_sales.tools import _english
from experts.marketing_sales.tools._curves import EXACT
from experts.marketing_sales.tools._post_length import PostLength, post_lengths

SHORT = 100
POSITIVE = Decimal("0.05")


class CopyAnalysis(Model):
    """The figures of one kind: readability, sentiment or lengths; sentences and syllables but for lengths."""

    words: Count
    sentences: Count | None = None
    syllables: Count | None = None
    reading_ease: Ratio | None = None
    grade: Ratio | None = None
    words_per_sentence: Ratio | None = None
    compound: Ratio | None = None
    tone: str | None = None
    positive: Rate | None = None
    neutral: Rate | None = None
    negative: Rate | None = None
    lengths: list[PostLength] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_copy(
    text: Annotated[str, Field(min_length=1, max_length=50_000)],
    kind: Literal["readability", "sentiment", "length"] = "readability",
    platform: Annotated[str, Field(max_length=40, description="of a post's length; all if empty")] = "",
) -> CopyAnalysis:
    """Analyze English copy (Flesch reading ease and grade, VADER sentiment), or a post's length by platform.

    Use when a text is to be plain, its tone checked or to fit a post. It does not judge meaning.
    """
    if kind == "length":
        return _lengths(text, platform)
    if platform:
        raise InvalidInput(f"platform {platform!r} goes with kind 'length'; leave one out", field="platform")
    found = _english.words(text)
    if not found:
        raise InvalidInput(f"text {text[:40]!r} has no words; write a sentence", field="text")
    share, most = _english.english_share(found)
    if share < _english.LEAST_SHARE or not most:
        raise InvalidInput(
            f"text {text[:40]!r} does not look like English: {share:.0%} of its words are frequent English function words, and "
            "15% are needed; give whole English sentences",
            field="text",
        )
    sentences, syllables = _english.sentences(text), sum(_english.syllables(word) for word in found)
    counts = {"words": len(found), "sentences": sentences, "syllables": syllables}
    warnings = [f"Only {len(found)} words: the figures say little."] if len(found) < SHORT else []
    if kind == "sentiment":
        return _sentiment(text, counts, warnings)
    with localcontext(EXACT):
        length, weight = Decimal(len(found)) / sentences, Decimal(syllables) / len(found)
        return CopyAnalysis(
            **counts,
            reading_ease=round_to(Decimal("206.835") - Decimal("1.015") * length - Decimal("84.6") * weight, 1),
            grade=round_to(Decimal("0.39") * length + Decimal("11.8") * weight - Decimal("15.59"), 1),
            words_per_sentence=round_to(length, 2),
            method="Flesch Reading Ease (1948) and Flesch-Kincaid grade (1975); syllables counted by rules.",
            assumptions=["The text is running prose: headings, lists and links distort sentence length."],
            warnings=warnings,
        )


def _lengths(text: str, platform: str) -> CopyAnalysis:
    lengths, notes = post_lengths(text, platform)
    return CopyAnalysis(
        words=len(text.split()),
        lengths=lengths,
        method="Lengths against reference://platform_text_limits; X by the weights of twitter-text, others in characters.",
        assumptions=["Platforms count and change limits as they like; try the text there before a deadline.", *notes],
        warnings=[
            f"{row.platform} {row.field.replace('_', ' ')}: {row.length} of {row.limit}, {row.length - row.limit} too long."
            for row in lengths
            if not row.fits
        ],
    )


def _sentiment(text: str, counts: dict[str, int], warnings: list[str]) -> CopyAnalysis:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    found = {
        name: decimal_of(f"{value:.4f}") for name, value in SentimentIntensityAnalyzer().polarity_scores(text).items()
    }
    compound = found["compound"]
    tone = "positive" if compound >= POSITIVE else "negative" if compound <= -POSITIVE else "neutral"
    if counts["sentences"] > 1:
        warnings.append("VADER was made for single sentences; over a longer text strong words push it to the ends.")
    return CopyAnalysis(
        **counts,
        compound=compound,
        tone=tone,
        positive=found["pos"],
        neutral=found["neu"],
        negative=found["neg"],
        method="VADER lexicon and rules (Hutto & Gilbert 2014); thresholds of 0.05 either side.",
        assumptions=["Words are meant as most people rate them; irony is not seen."],
        warnings=warnings,
    )
