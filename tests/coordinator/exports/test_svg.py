"""Pictures made safe to put into a page."""

import pytest

from coordinator.exports._svg import inline, png_of, says, size_of
from experts.core.errors import ConfigurationError

HOSTILE = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 96 48"
 onload="alert(1)">
  <script>alert(1)</script>
  <style>@import url(http://x.test/a.css);</style>
  <style>*{fill: red} .a, g b{stroke: blue}</style>
  <foreignObject><body xmlns="http://www.w3.org/1999/xhtml">hello</body></foreignObject>
  <defs><clipPath id="c"><rect id="r" width="9" height="9"/></clipPath></defs>
  <a xlink:href="javascript:alert(1)"><use xlink:href="#r" clip-path="url(#c)" onclick="x()"/></a>
  <image href="http://x.test/pixel.png"/>
  <rect width="96" height="48" fill="url(http://x.test/f.svg#a)"/>
</svg>"""


def test_nothing_active_and_nothing_from_outside_is_left() -> None:
    made = inline("p", HOSTILE, "p1-")
    for trace in ("script", "alert", "x.test", "onload", "onclick", "foreignObject", "@import"):
        assert trace not in made


def test_ids_and_what_refers_to_them_get_the_same_prefix() -> None:
    made = inline("p", HOSTILE, "p1-")
    assert 'id="p1-c"' in made and 'clip-path="url(#p1-c)"' in made and 'href="#p1-r"' in made


def test_a_style_reaches_only_its_own_picture() -> None:
    assert "#p1-svg * {fill: red}" in inline("p", HOSTILE, "p1-")
    assert "#p1-svg .a, #p1-svg g b {stroke: blue}" in inline("p", HOSTILE, "p1-")


def test_a_picture_is_drawn_at_twice_its_size() -> None:
    png = png_of("p", '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36"/>')
    assert png[:4] == b"\x89PNG"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (192, 96)


def test_a_size_comes_from_the_picture_or_its_view_box() -> None:
    assert size_of("p", '<svg xmlns="http://www.w3.org/2000/svg" width="2in" height="1in"/>') == (144, 72)
    assert size_of("p", HOSTILE) == (72, 36)


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        ("<svg", "not well-formed"),
        ("<html/>", "not SVG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no size"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_id(svg: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=f"'gantt'.*{reason}"):
        inline("gantt", svg, "p1-")


def test_a_picture_that_says_its_title_is_known_to_say_it() -> None:
    svg = "<svg><!-- Search &amp; social --><!-- bring most --><text>More <tspan>here</tspan></text></svg>"
    assert says(svg, "Search & social bring most") and says(svg, "More here")
    assert not says(svg, "Something else") and not says(svg, "")
