"""What a search engine reads of a page: a page that passes, each fault, hostile HTML."""

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools._page import DEEPEST, read
from experts.marketing_sales.tools.audit_page_seo import audit_page_seo

URL = "https://tidewater.example/cold-brew"
GOOD = """<!doctype html><html lang="en"><head><title>Cold brew by subscription | Tidewater</title>
<meta name="description" content="Cold brew at your door every Friday."><meta name="viewport" content="width=device-width">
<link rel="canonical" href="https://tidewater.example/cold-brew">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Product", "name": "Cold brew"}</script>
</head><body><h1>Cold brew</h1><p>Fresh every week.</p><h2>Prices</h2><a href="/prices">Prices of cold brew</a>
<a href="https://other.example/">Our roaster</a><img src="bottle.jpg" alt="A bottle of cold brew"></body></html>"""


def test_a_page_that_follows_the_rules_has_no_fault() -> None:
    page = audit_page_seo(GOOD, URL, "cold brew")
    assert (page.faults, page.improvements) == (0, 0)
    assert (page.title, page.title_length) == ("Cold brew by subscription | Tidewater", 37)
    assert (page.canonical, page.indexable, page.h1) == (URL, True, ["Cold brew"])
    assert page.structured_types == ["Product"]
    assert (page.links, page.links_outside, page.images, page.images_without_alt) == (2, 1, 1, 0)
    assert page.keyword_in == ["title", "description", "h1", "url", "text"]
    assert (page.keyword_count, page.words) == (2, 12)


def test_the_parts_agree_with_an_independent_parser() -> None:
    """openpyxl's and python-docx's lxml reads the same page."""
    etree = pytest.importorskip("lxml.html")
    tree = etree.fromstring(GOOD)
    page = audit_page_seo(GOOD, URL)
    assert page.title == tree.findtext(".//title")
    assert page.h1 == [node.text_content() for node in tree.iter("h1")]
    assert page.links == len(list(tree.iter("a"))) and page.images == len(list(tree.iter("img")))
    assert page.description == tree.xpath("string(//meta[@name='description']/@content)")


@pytest.mark.parametrize(
    ("old", "new", "check", "status"),
    [
        ("<title>Cold brew by subscription | Tidewater</title>", "", "title", "fault"),
        ("</title>", "</title><title>Two</title>", "title", "improve"),
        ("| Tidewater</title>", "x" * 80 + "</title>", "title", "improve"),
        (
            '<meta name="viewport"',
            '<meta name="robots" content="NoIndex, follow"><meta name="viewport"',
            "robots",
            "fault",
        ),
        ('href="https://tidewater.example/cold-brew"', 'href="/cold-brew"', "canonical", "improve"),
        ('href="https://tidewater.example/cold-brew"', 'href="https://tidewater.example/"', "canonical", "improve"),
        ("</head>", '<link rel="canonical" href="https://a.example/"></head>', "canonical", "fault"),
        ("<h1>Cold brew</h1>", "", "h1", "improve"),
        ("<h2>Prices</h2>", "<h4>Prices</h4>", "heading order", "improve"),
        (' alt="A bottle of cold brew"', "", "image alts", "improve"),
        ("Prices of cold brew</a>", "click here</a>", "link texts", "improve"),
        ('href="/prices"', 'href="javascript:go()"', "link addresses", "improve"),
        ('"name": "Cold brew"}', '"name": }', "structured data", "fault"),
        ('"@type": "Product", ', "", "structured data", "fault"),
        (' lang="en"', "", "language", "improve"),
        ('<meta name="viewport" content="width=device-width">', "", "viewport", "improve"),
        ("Cold brew by subscription", "Coffee by subscription", "keyword", "improve"),
    ],
)
def test_each_fault_is_found(old: str, new: str, check: str, status: str) -> None:
    assert old in GOOD
    page = audit_page_seo(GOOD.replace(old, new), URL, "cold brew")
    assert (check, status) in {(row.check, row.status) for row in page.findings}


def test_an_icons_title_a_linked_picture_and_a_graph_are_read_as_browsers_do() -> None:
    page = audit_page_seo(
        "<title>Shop</title><svg><title>icon</title></svg><a href='/'><img src='l.png' alt='Home'></a>"
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {"@type": ["WebSite", "CreativeWork"]}]}</script>'
    )
    assert page.title == "Shop"
    assert page.structured_types == ["Organization", "WebSite", "CreativeWork"]
    assert ("link texts", "fine") in {(row.check, row.status) for row in page.findings}


def test_broken_nesting_and_deep_json_end() -> None:
    assert audit_page_seo("<p>one<script>two three</script><div>" + "<a><h1>" * 5000 + "four").words == 2
    deep = "<script type='application/ld+json'>" + "[" * 100_000 + "</script>"
    assert audit_page_seo("<p>" + deep).faults == 2  # no title, and JSON that cannot be read


@pytest.mark.parametrize(
    ("html", "url", "says"), [("just words", "", "no HTML tags"), ("<p>a", "tidewater", "must begin")]
)
def test_what_is_no_html_or_no_address_is_refused(html: str, url: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        audit_page_seo(html, url)


@pytest.mark.parametrize(
    "part", ["<!--", "<![if ", "<?", "<!", "</", "<script><!--", "<a b=", '<a b="', "<style>", "<svg>"]
)
def test_hundreds_of_thousands_of_unclosed_parts_end(part: str) -> None:
    """Without care the standard parser takes minutes for a page of comments that never end."""
    page = audit_page_seo("<h1>Cold brew</h1>" + part * (450_000 // len(part)))
    assert page.h1 == ["Cold brew"]


def test_comments_hide_what_they_hold_but_not_inside_scripts() -> None:
    page = audit_page_seo("<!-- <h1>no</h1> --><h1>yes</h1><script>a = '<!--'</script><h2>also</h2><title>T</title>")
    assert (page.h1, page.title) == (["yes"], "T")


def test_thousands_of_links_without_an_end_stay_few_open_elements() -> None:
    """Each piece of text goes to every open element, so their number decides how long a hostile page takes."""
    page = read('<a aria-label="x" href="/">y' * 3000)

    assert len(page._open) == DEEPEST
    assert audit_page_seo('<a aria-label="Prices" href="/p"><i></i></a><h1>Tea</h1>').h1 == ["Tea"]


def test_a_link_named_by_its_label_alone_has_a_text() -> None:
    made = audit_page_seo('<html lang="en"><a aria-label="Our prices" href="/p"><i></i></a></html>')

    assert next(row.detail for row in made.findings if row.check == "link texts").startswith("0 of 1")
