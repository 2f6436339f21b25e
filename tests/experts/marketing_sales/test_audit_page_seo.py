"""audit_page_seo: what a search engine reads of a page."""

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.audit_page_seo import audit_page_seo

GOOD = """<!doctype html><html lang="en"><head><title>Cold brew by subscription | Tidewater</title>
<meta name="description" content="Cold brew at your door every Friday."><meta name="viewport" content="width=device-width">
<link rel="canonical" href="https://tidewater.example/cold-brew">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Product", "name": "Cold brew"}</script>
</head><body><h1>Cold brew</h1><p>Fresh every week.</p><h2>Prices</h2><a href="/prices">Prices of cold brew</a>
<img src="bottle.jpg" alt="A bottle of cold brew"></body></html>"""


def test_a_page_that_follows_the_rules_has_no_finding() -> None:
    page = audit_page_seo(GOOD, "cold brew")
    assert page.findings == []
    assert (page.title, page.title_length) == ("Cold brew by subscription | Tidewater", 37)
    assert (page.canonical, page.indexable) == ("https://tidewater.example/cold-brew", True)
    assert page.structured_data == ["Product"]
    assert page.headings == ["h1: Cold brew", "h2: Prices"]
    assert (page.links, page.images) == (1, 1)
    assert page.keyword_in == {"title": True, "description": True, "h1": True, "text": True}
    assert page.words == 10  # Cold brew / Fresh every week / Prices / Prices of cold brew


@pytest.mark.parametrize(
    ("old", "new", "severity", "says"),
    [
        ("<title>Cold brew by subscription | Tidewater</title>", "", "error", "no title"),
        ("</title>", "</title><title>Two</title>", "warning", "2 titles"),
        (
            '<meta name="viewport"',
            '<meta name="robots" content="noindex, follow"><meta name="viewport"',
            "error",
            "noindex",
        ),
        ('href="https://tidewater.example/cold-brew"', 'href="/cold-brew"', "warning", "not absolute"),
        ("<h1>Cold brew</h1>", "", "warning", "No h1"),
        ("<h2>Prices</h2>", "<h4>Prices</h4>", "note", "jumps from h1 to h4"),
        (' alt="A bottle of cold brew"', "", "warning", "no alt attribute"),
        ("Prices of cold brew</a>", "click here</a>", "note", "says only 'click here'"),
        ('"name": "Cold brew"}', '"name": }', "error", "JSON-LD cannot be read"),
        ('"@type": "Product", ', "", "warning", "without @type"),
        (' lang="en"', "", "note", "lang attribute"),
    ],
)
def test_each_fault_is_found_with_its_severity(old: str, new: str, severity: str, says: str) -> None:
    assert old in GOOD
    found = audit_page_seo(GOOD.replace(old, new)).findings
    assert [(f.severity, says in f.what) for f in found if says in f.what] == [(severity, True)]


def test_text_in_scripts_is_not_the_pages_text_and_broken_nesting_ends() -> None:
    page = audit_page_seo("<p>one<script>two three</script><div>" + "<a><h1>" * 5000 + "four")
    assert page.words == 2
    assert audit_page_seo('<img src="x"><p>' + "[" * 100_000).words == 0


def test_what_is_no_html_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no HTML element"):
        audit_page_seo("just words, no page")
