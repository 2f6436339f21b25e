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
