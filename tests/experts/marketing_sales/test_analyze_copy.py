"""Flesch measures of published sentences, syllables by dictionary, and VADER's own published scores."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools._english import sentences, syllables
from experts.marketing_sales.tools.analyze_copy import analyze_copy

# Counted by the syllable breaks of a dictionary; where two pronunciations are accepted, the shorter (Flesch).
WORDS = {
    1: "cat make jumped school through strengths loved time these blue style eye score ground forth brought asked planned",
    2: "table being reading baker lion wanted candle itself purple season coffee ages rhythm station people fathers nation "
    "pages boxes needed hundred pieces business houses order Friday started careful",
    3: "area beautiful animal customer however family banana video internet radio media usual continent marketing company "
    "created dedicate delivered",
    4: "information television economy ability territory proposition generation January community",
}


@pytest.mark.parametrize(
    ("text", "counts", "ease"),
    [
        # The examples of Wikipedia's article on the Flesch-Kincaid tests: 116, 69 and 37.5 (13 words, 24 syllables).
        ("The cat sat on the mat.", (6, 1, 6), "116.1"),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", (16, 1, 23), "69"),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            (13, 1, 24),
            "37.5",
        ),
    ],
)
def test_reading_ease_is_the_published_one(text: str, counts: tuple[int, int, int], ease: str) -> None:
    made = analyze_copy(text)
    assert (made.words, made.sentences, made.syllables) == counts
    assert made.reading_ease == D(ease)


def test_the_grade_is_kincaids_formula() -> None:
    # 0.39 * 16 + 11.8 * 23/16 - 15.59 = 6.24 + 16.9625 - 15.59 = 7.6125
    text = "This sentence, taken as a reading passage unto itself, is being used to prove a point."
    assert analyze_copy(text).grade == D("7.6")


def test_syllables_are_right_for_nine_in_ten_of_a_list_and_never_off_by_two() -> None:
    counted = {word: number for number, words in WORDS.items() for word in words.split()}
    wrong = {word: syllables(word) - number for word, number in counted.items() if syllables(word) != number}
    assert len(wrong) <= len(counted) // 10, wrong
    assert all(abs(gap) == 1 for gap in wrong.values()), wrong


def test_abbreviations_and_figures_do_not_end_sentences() -> None:
    assert sentences("Mr. Hill paid 3.50 for it. He left! Did he?") == 3
    assert sentences("no mark at all") == 1
    assert syllables("1,250") == 1 and syllables("well-known") == 2


@pytest.mark.parametrize(
    ("text", "compound", "tone"),
    [  # the examples in the README of vaderSentiment, with its published scores
        ("VADER is smart, handsome, and funny.", "0.8316", "positive"),
        ("VADER is not smart, handsome, nor funny.", "-0.7424", "negative"),
        ("The book was good.", "0.4404", "positive"),
        ("At least it isn't a horrible book.", "0.431", "positive"),
        ("The plot was good, but the characters are uncompelling and the dialog is not great.", "-0.7042", "negative"),
    ],
)
def test_sentiment_is_vaders_published_score(text: str, compound: str, tone: str) -> None:
    made = analyze_copy(text, "sentiment")
    assert (made.compound, made.tone) == (D(compound), tone)
    assert made.reading_ease is None and made.positive is not None


@pytest.mark.parametrize(
    "text",
    [
        "Der Kaffee wird jede Woche frisch geröstet und kommt am Freitag zu Ihnen nach Hause.",
        "Le café est torréfié chaque semaine et arrive chez vous le vendredi avec une lettre.",
        "El café se tuesta cada semana y llega a su casa el viernes con una carta.",
        "Fresh coffee",
    ],
)
def test_text_that_is_not_plainly_english_is_refused(text: str) -> None:
    for kind in ("readability", "sentiment"):
        with pytest.raises(InvalidInput, match="does not look like English"):
            analyze_copy(text, kind)  # type: ignore[arg-type]


def test_text_without_words_is_refused() -> None:
    with pytest.raises(InvalidInput, match="has no words"):
        analyze_copy("!!! ...")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        # Conformance cases of twitter-text (config v3): Latin 1, Chinese and emoji 2, a web address 23.
        ("a" * 280, 280),
        ("\u6f22" * 140, 280),
        ("\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f467", 2),
        ("\U0001f1e9\U0001f1ea\U0001f44b\U0001f3fd", 4),
        ("Look: https://example.com/a/very/long/path?with=many&parameters=1 now", 6 + 23 + 4),
        ("cafe\u0301", 4),
    ],
)
def test_x_counts_by_weight(text: str, length: int) -> None:
    rows = analyze_copy(text, kind="length", platform="x").lengths
    assert [(row.field, row.length, row.limit) for row in rows] == [("post", length, 280), ("post_paid", length, 25000)]


def test_a_post_that_is_too_long_says_by_how_much_and_all_platforms_are_checked_without_one() -> None:
    found = analyze_copy("\u6f22" * 301, kind="length")
    by_name = {(row.platform, row.field): row for row in found.lengths}
    assert (by_name["bluesky", "post"].length, by_name["bluesky", "post"].fits) == (301, False)
    assert by_name["threads", "post"].fits and not by_name["x", "post"].fits
    assert "bluesky post: 301 of 300, 1 too long." in found.warnings
    assert any("Links count 23" in said for said in found.assumptions)


def test_an_unknown_platform_or_one_without_length_is_refused() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'mastodon'"):
        analyze_copy("Hello", kind="length", platform="mastodonn")
    with pytest.raises(InvalidInput, match="goes with kind 'length'"):
        analyze_copy("The cat sat on the mat.", platform="x")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The answer is no. We left. So do I. They saw it.", 4),
        ("We sell apples, pears, etc. They are good. Made by Acme Inc. The box is red.", 4),
        ("Mr. Smith met J. R. R. Tolkien at No. 10 Downing St. in London. It was Dr. Who vs. all.", 2),
        ("See Acme Inc. for details, e.g. prices. No. 5 is best.", 2),
        ("J. K. Rowling wrote it. I. M. Pei drew it.", 2),
        ("The U.S. economy grew. It did.", 2),
    ],
)
def test_a_no_or_an_i_ends_a_sentence_and_an_abbreviation_does_not(text: str, count: int) -> None:
    assert sentences(text) == count
