"""analyze_copy: Flesch measures of published sentences, and VADER's own published scores."""

from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.analyze_copy import analyze_copy, syllables


def test_the_flesch_measures_of_a_sentence_counted_by_hand() -> None:
    # 6 words, 6 syllables: 206.835 - 6.09 - 84.6 = 116.145 (half up 116.15), grade 2.34 + 11.8 - 15.59 = -1.45;
    # "The cat sat on the mat" with 116 is the example of Wikipedia's article on the Flesch-Kincaid tests.
    found = analyze_copy("The cat sat on the mat.")
    assert (found.words, found.sentences, found.syllables) == (6, 1, 6)
    assert (found.reading_ease, found.grade) == (Decimal("116.15"), Decimal("-1.45"))


def test_the_second_example_of_the_same_article() -> None:
    # Stated there: 69. 16 words and 23 syllables give 206.835 - 16.24 - 121.6125 = 68.98.
    text = "This sentence, taken as a reading passage unto itself, is being used to prove a point."
    assert analyze_copy(text).reading_ease == Decimal("68.98")


WORDS = {
    1: "cat make jumped school through strengths loved time these blue style eye",
    2: "table being reading baker create lion wanted candle itself purple season coffee ages rhythm station people",
    3: "area beautiful animal customer however family banana video internet radio media usual",
    4: "information television economy ability territory",
}


def test_syllables_are_right_for_nearly_all_of_a_list_counted_by_hand() -> None:
    counted = {word: number for number, words in WORDS.items() for word in words.split()}
    wrong = {word: syllables(word) for word, number in counted.items() if syllables(word) != number}
    assert len(wrong) <= len(counted) // 8, wrong
    assert all(abs(found - counted[word]) == 1 for word, found in wrong.items())


@pytest.mark.parametrize(
    ("text", "compound", "label"),
    [  # the examples in the README of vaderSentiment, with its published scores
        ("VADER is smart, handsome, and funny.", "0.8316", "positive"),
        ("VADER is not smart, handsome, nor funny.", "-0.7424", "negative"),
        ("The book was good.", "0.4404", "positive"),
        ("At least it isn't a horrible book.", "0.431", "positive"),
        ("The plot was good, but the characters are uncompelling and the dialog is not great.", "-0.7042", "negative"),
        ("Today SUX!", "-0.5461", "negative"),
    ],
)
def test_sentiment_is_vaders_published_score(text: str, compound: str, label: str) -> None:
    found = analyze_copy(text, "sentiment")
    assert (found.compound, found.label) == (Decimal(compound), label)


def test_the_longest_sentence_stands_out() -> None:
    found = analyze_copy("We roast on Monday. We ship on Tuesday so that it is with you by Friday. Enjoy it.")
    assert found.sentences == 3
    assert found.standout[0].text == "We ship on Tuesday so that it is with you by Friday."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Der Kaffee wird jede Woche frisch geröstet und kommt am Freitag zu Ihnen nach Hause.",
            "not look like English",
        ),
        ("12345 !!!", "no English words"),
        ("", "no English words"),
    ],
)
def test_what_is_not_english_is_refused(text: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        analyze_copy(text, "sentiment")
