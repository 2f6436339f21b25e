"""Links against the example of Google Analytics Help, read back by urllib."""

from urllib.parse import parse_qs, urlsplit

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.build_utm_links import build_utm_links


def test_the_example_of_google_is_met() -> None:
    """Google Analytics Help, URL builders: example.com with summer-sale from a mailer by email."""
    made = build_utm_links(["https://www.example.com/"], "summer-mailer", "email", "summer-sale")
    assert made.links[0].url == (
        "https://www.example.com/?utm_source=summer-mailer&utm_medium=email&utm_campaign=summer-sale"
    )
    assert made.links[0].length == len(made.links[0].url)


def test_query_and_fragment_stay_and_values_survive_the_journey() -> None:
    made = build_utm_links(["https://example.com/p?id=3#top"], "News Letter", "email", "f\u00fcr 50%&mehr", content="b")
    parts = urlsplit(made.links[0].url)
    assert parts.fragment == "top"
    assert parse_qs(parts.query) == {
        "id": ["3"],
        "utm_source": ["news-letter"],
        "utm_medium": ["email"],
        "utm_campaign": ["f\u00fcr-50%&mehr"],
        "utm_content": ["b"],
    }
    assert len(made.warnings) == 2


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("example.com", "urls.0 'example.com' is not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("https://[broken", "not a web address"),
        ("https://a.example/?utm_source=x", "already carries 'utm_source'"),
        ("https://a.example/?a=1&a=2", "query key 'a' twice"),
    ],
)
def test_links_that_cannot_be_tagged_are_refused(url: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words.replace("(", r"\(")):
        build_utm_links([url], "s", "m", "c")


def test_empty_personal_and_too_long_values_are_refused() -> None:
    with pytest.raises(InvalidInput, match="medium ' ' is empty"):
        build_utm_links(["https://a.example"], "s", " ", "c")
    with pytest.raises(InvalidInput, match="personal data"):
        build_utm_links(["https://a.example"], "s", "m", "c", content="ann@example.com")
    with pytest.raises(InvalidInput, match="more than longest 30"):
        build_utm_links(["https://a.example"], "s", "m", "c", longest=30)
    with pytest.raises(InvalidInput, match="longest 5"):
        build_utm_links(["https://a.example"], "s", "m", "c", longest=5)


def test_a_letter_written_in_two_ways_makes_one_value() -> None:
    """An e with a combining accent (NFD, as some systems write file names) and the composed letter look the same."""
    composed, combined = (
        build_utm_links(["https://example.com/"], name, "email", "c").links[0].url
        for name in ("Caf\u00e9", "Cafe\u0301")
    )

    assert composed == combined
    assert "utm_source=caf%C3%A9&" in composed


@pytest.mark.parametrize(
    "url", ["https://user:secret@example.com/", "https://example.com:port/", "https://example.com:0/"]
)
def test_log_in_data_and_bad_ports_are_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match="not a web address without log-in data"):
        build_utm_links([url], "a", "b", "c")


def test_characters_that_cannot_be_seen_are_refused() -> None:
    with pytest.raises(InvalidInput, match="cannot be seen"):
        build_utm_links(["https://example.com/"], "news\x00letter", "email", "c")
