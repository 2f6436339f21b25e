"""Against W3C's own examples: Techniques H37 (alt), H44 (label), F65 (no alt), F68 (no name), F89 (link of an image)."""

from decimal import Decimal
from typing import Any

import pytest

from experts.art_design.tools.check_accessibility import Target, check_accessibility
from experts.core.errors import InvalidInput


def _criteria(html: str) -> list[str]:
    return [found.criterion for found in check_accessibility(html).findings]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="newsletter.gif" alt="Free newsletter.">',
        '<img src="line.gif" alt="">',
        '<label for="firstname">First name:</label><input type="text" id="firstname">',
        '<label>Name <input type="text"></label>',
        '<input type="submit"><input type="hidden"><input aria-label="Search">',
        '<a href="/"><img src="home.gif" alt="Home"></a>',
        '<!doctype html><html lang="en"><title>Kelp</title><h1>Kelp</h1><h2>Tea</h2></html>',
    ],
)
def test_what_w3c_gives_as_right_has_no_finding(html: str) -> None:
    assert _criteria(html) == []


@pytest.mark.parametrize(
    ("html", "criterion"),
    [
        ('<img src="../images/animal.jpg" />', "1.1.1"),
        ('<input type="image" src="go.png">', "1.1.1"),
        ('<input type="text" placeholder="Name">', "1.3.1, 4.1.2"),
        ('<a href="/"><img src="home.gif" alt=""></a>', "4.1.2"),
        ("<button></button>", "4.1.2"),
        ('<iframe src="x"></iframe>', "4.1.2"),
        ("<html><title>Kelp</title></html>", "3.1.1"),
        ('<html lang="en"><title> </title></html>', "2.4.2"),
        ('<meta name="viewport" content="width=device-width, user-scalable=no">', "1.4.4"),
        ('<meta http-equiv="refresh" content="60; url=x">', "2.2.1"),
    ],
)
def test_what_w3c_gives_as_a_failure_is_found(html: str, criterion: str) -> None:
    found = check_accessibility(html)
    assert [(one.criterion, one.kind) for one in found.findings] == [(criterion, "failure")]


def test_a_skipped_heading_is_advice_with_its_line() -> None:
    found = check_accessibility("<h1>Kelp</h1>\n<h3>Tea</h3>\n<h2>Salt</h2>")
    assert [(one.kind, one.line, one.element) for one in found.findings] == [("advice", 2, "h3")]
    assert (found.failures, found.advice, found.elements) == (0, 1, 3)


@pytest.mark.parametrize(
    ("size", "more", "level", "criteria"),
    [
        ("24", {}, "AA", []),
        ("23.9", {}, "AA", ["2.5.8"]),
        ("20", {"spaced": True}, "AA", []),
        ("20", {"inline": True}, "AAA", []),
        ("44", {}, "AAA", []),
        ("43", {}, "AAA", ["2.5.5"]),
    ],
)
def test_targets_are_24_px_at_aa_and_44_at_aaa(size: str, more: Any, level: Any, criteria: list[str]) -> None:
    target = Target(width_px=Decimal(size), height_px=Decimal(60), **more)
    found = check_accessibility(targets={"menu": target}, level=level)
    assert [one.criterion for one in found.findings] == criteria


def test_hostile_markup_ends() -> None:
    assert check_accessibility("<a>" * 60_000).elements == 60_000
    assert check_accessibility("<img>" * 1_000).failures == 1_000
    assert len(check_accessibility("<img>" * 1_000).findings) == 200


@pytest.mark.parametrize("start", ["<!--", "<a ", '<a x="', "<a b='", "<a x=1 ", "<script>", "</a "])
def test_a_tag_that_does_not_end_is_refused_with_its_line(start: str) -> None:
    with pytest.raises(InvalidInput, match="in line 2, which does not end"):
        check_accessibility("<p>\n" + start * 20_000)


def test_scripts_and_a_bare_less_than_are_no_markup() -> None:
    html = "<p>1 < 2</p><script>if (a<b) document.write('<img>')</script><!-- <img> --><![CDATA[x]]><b>x</b>"
    found = check_accessibility(html)
    assert (found.findings, found.elements) == ([], 3)


@pytest.mark.parametrize("html", ["", "  ", "only words"])
def test_nothing_to_check_is_refused(html: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_accessibility(html)
    assert caught.value.field == "html"


def test_a_target_without_size_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"targets\.menu\.width_px"):
        check_accessibility(targets={"menu": Target(width_px=Decimal(0), height_px=Decimal(10))})


def test_focus_that_is_hidden_and_motion_that_cannot_be_stopped_are_found() -> None:
    """WCAG 2.2: 2.4.7 Focus Visible, 2.3.3 Animation from Interactions, 2.2.2 Pause, Stop, Hide (technique F16)."""
    html = "<style>\na:focus { outline: none }\n.a { animation: spin 1s }\n</style><marquee>News</marquee>"
    found = check_accessibility(html).findings
    assert {(each.criterion, each.kind) for each in found} == {
        ("2.4.7", "advice"),
        ("2.3.3", "advice"),
        ("2.2.2", "failure"),
    }
    kind = "<style>@media (prefers-reduced-motion: no-preference) { .a { animation: spin 1s } }</style><p>x</p>"
    assert check_accessibility(kind).findings == []
    inline = check_accessibility('<button style="outline:0">Buy</button>').findings
    assert [(each.criterion, each.element) for each in inline] == [("2.4.7", "button")]


@pytest.mark.parametrize(
    ("html", "criterion", "kind"),
    [
        # W3C, F30: text alternatives that are none; F84: links that say nothing.
        ('<img src="0001.gif" alt="0001.gif">', "1.1.1", "failure"),
        ('<img src="a.png" alt="image">', "1.1.1", "failure"),
        ('<a href="file110.htm">Click here</a>', "2.4.4", "advice"),
        ('<a href="kaizer.htm"><b>more</b>...</a>', "2.4.4", "advice"),
    ],
)
def test_placeholders_and_links_that_say_nothing_are_found(html: str, criterion: str, kind: str) -> None:
    found = check_accessibility(html).findings
    assert [(one.criterion, one.kind) for one in found] == [(criterion, kind)]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png" alt="Image of the harbour at low tide">',
        '<a href="/" aria-label="More about kelp">more</a>',
        '<a href="/kelp">Read more about kelp</a>',
    ],
)
def test_names_that_say_something_are_left_alone(html: str) -> None:
    assert check_accessibility(html).findings == []
