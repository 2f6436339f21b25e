"""Every view: the same bytes twice, what it must say, and files that other readers open."""

import inspect
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import docx
import pytest
from pydantic import create_model

import experts.art_design
from experts.core.discovery import load_expert, load_view
from experts.core.view import View
from mcp_servers.documents.render import file_of
from tests.architecture.tree import ROOT

FOLDER = Path(experts.art_design.__file__).parent
EXPERT = load_expert(FOLDER, "experts.art_design")
ARGUMENTS: dict[str, Any] = json.loads((ROOT / "tests/e2e/arguments/art-design.json").read_text("utf-8"))
VIEWS = sorted(path.stem for path in (FOLDER / "views").glob("[a-z]*.py"))
BOOK = {
    **ARGUMENTS["compose_brand_guidelines"],
    "voice": ["Plain words"],
    "imagery": ["Daylight"],
    "do": ["Leave room"],
    "dont": ["Tilt pictures"],
}
SHOWS = {
    "audit_ui_heuristics": ["No undo", "User control and freedom"],
    "build_design_tokens": ["kelp", "#4F772D", "→ kelp"],
    "build_icon_set": ["truck", "24 px"],
    "build_layout_grid": ["Desktop", "span 12: 1152 px"],
    "build_logo_concepts": ["TK", "Tidewater Kelp", "from 30 px or 7.5 mm"],
    "build_palette": ["Copper", "#B85C38", "Deuteranopia", "+180°"],
    "build_type_scale": ["39.81 px", "Step 5"],
    "build_wireframe": ["Home", "Tea from the sea", "Blends 3"],
    "check_accessibility": ["Non-text content", "line 1"],
    "check_contrast": ["4.02:1", "needs 7:1", "#B85C38"],
    "check_typography": ["not met", "As set"],
    "convert_color": ["#FF0000", "Lab, D50", "0%, 100%, 100%, 0%"],
    "compare_colors": ["Brand and Proof", "0.71"],
    "compose_brand_guidelines": ["Tidewater", "Brand guidelines"],
    "make_marketing_asset": ["Tea from", "Taste it"],
    "plan_usability_test": ["target 85%"],
    "score_usability": ["SUS, n=2"],
    "spec_print_layout": ["Panel 3", "99.66 mm"],
    "write_creative_brief": ["Tidewater is the tea that tastes of low tide.", "Organic seal"],
}


def made(tool: str, arguments: dict[str, Any]) -> View:
    """The view of a tool called with JSON arguments, as a server does."""
    function = EXPERT.tools[tool]
    fields: dict[str, Any] = {
        name: (found.annotation, ... if found.default is found.empty else found.default)
        for name, found in inspect.signature(function, eval_str=True).parameters.items()
    }
    values = create_model("Arguments", **fields)(**arguments)
    typed = {name: getattr(values, name) for name in fields}
    view = load_view(EXPERT, tool)
    assert view is not None
    return view(function(**typed), typed)


def shown(svg: str) -> str:
    """All text of a picture, drawn or noted beside outlines."""
    return " ".join(svg.replace("<!--", "<c>").replace("-->", "</c>").split())


def test_every_view_is_checked_here() -> None:
    assert set(SHOWS) == set(VIEWS)


@pytest.mark.parametrize("tool", VIEWS)
def test_a_view_is_the_same_twice_and_says_what_it_must(tool: str) -> None:
    view = made(tool, ARGUMENTS[tool])
    assert view == made(tool, ARGUMENTS[tool])
    pictures = " ".join(shown(svg) for svg in view.pictures.values())
    for text in SHOWS[tool]:
        assert text in pictures, text
    for key, svg in view.pictures.items():
        root = ET.fromstring(svg)
        assert root.tag.endswith("svg"), key
    drawn = {block.body["picture"] for block in view.blocks if block.kind == "picture"}
    assert drawn <= set(view.pictures)
    assert drawn or tool == "write_creative_brief"  # its page is the document; the card stands beside it


@pytest.mark.parametrize("tool", VIEWS)
def test_a_title_says_a_finding_in_one_line(tool: str) -> None:
    view = made(tool, ARGUMENTS[tool])
    assert 10 <= len(view.title) <= 140
    assert "\n" not in view.title


def test_the_print_pdf_has_its_boxes_and_is_in_cmyk() -> None:
    """A4 landscape with 3 mm bleed and 12 mm for marks: 327 x 240 mm of media, boxes in points."""
    import pypdfium2

    data = made("spec_print_layout", ARGUMENTS["spec_print_layout"]).files["print-layout.pdf"]
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 2
    point = 72 / 25.4
    for page in document:
        assert page.get_mediabox() == pytest.approx((0, 0, 327 * point, 240 * point), abs=0.01)
        assert page.get_bleedbox() == pytest.approx([mm * point for mm in (12, 12, 315, 228)], abs=0.01)
        assert page.get_trimbox() == pytest.approx([mm * point for mm in (15, 15, 312, 225)], abs=0.01)
    assert "Guides, not for print" in document[1].get_textpage().get_text_bounded()
    assert b"DeviceRGB" not in bytes(data)


def test_the_brand_book_opens_as_pptx_and_pdf_with_every_page() -> None:
    import pypdfium2
    from pptx import Presentation

    view = made("compose_brand_guidelines", BOOK)
    deck = Presentation(io.BytesIO(bytes(view.files["brand-book.pptx"])))  # type: ignore[arg-type]
    words = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in deck.slides]
    pages = pypdfium2.PdfDocument(view.files["brand-book.pdf"])
    assert len(words) == len(pages) == len(view.pictures) == 10
    for text, page in zip(words, pages, strict=True):
        first = text.split("  ")[0].split(" ")[0]
        assert first in page.get_textpage().get_text_bounded()
    assert "Leave room" in words[-1]


def test_a_book_with_parts_missing_says_so() -> None:
    assert made("compose_brand_guidelines", ARGUMENTS["compose_brand_guidelines"]).title.endswith("3 parts missing")


def test_an_asset_has_its_exact_pixels_as_svg_and_png_and_its_page_as_pdf() -> None:
    import pypdfium2

    from coordinator.exports._svg import png_of

    view = made("make_marketing_asset", ARGUMENTS["make_marketing_asset"])
    root = ET.fromstring(str(view.files["instagram-portrait.svg"]))
    assert (root.get("width"), root.get("height")) == ("1080", "1350")
    png = png_of("asset", view.pictures["asset"])
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1080, 1350)
    flyer = made("make_marketing_asset", {**ARGUMENTS["make_marketing_asset"], "format": "flyer_a5"})
    page = pypdfium2.PdfDocument(flyer.files["flyer-a5.pdf"])[0]
    assert [side / 72 * 25.4 for side in page.get_size()] == pytest.approx([148, 210], abs=0.1)


def test_text_of_an_asset_is_outlines_that_need_no_font() -> None:
    view = made("make_marketing_asset", ARGUMENTS["make_marketing_asset"])
    assert "<text" not in view.pictures["asset"]


def test_token_files_are_json_and_css() -> None:
    files = made("build_design_tokens", ARGUMENTS["build_design_tokens"]).files
    assert json.loads(files["tokens.json"])["color"]["kelp"]["$value"]["hex"] == "#4f772d"
    assert str(files["tokens.css"]).startswith(":root {")


def test_every_icon_and_logo_version_is_a_file_of_its_own() -> None:
    icons = made("build_icon_set", ARGUMENTS["build_icon_set"]).files
    assert set(icons) == {"home.svg", "cart.svg", "leaf.svg", "truck.svg"}
    assert ET.fromstring(str(icons["home.svg"])).get("viewBox") == "0 0 24 24"
    logos = made("build_logo_concepts", ARGUMENTS["build_logo_concepts"]).files
    assert {"roundel-colour.svg", "roundel-black.svg", "roundel-white.svg", "roundel-reversed.svg"} <= set(logos)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("build_palette", {"colors": {f"c{i}": f"#{i * 4:02X}{255 - i * 4:02X}80" for i in range(40)}}),
        ("build_palette", {"colors": {"only": "#123456"}}),
        ("check_contrast", {"pairs": {f"p{i}": {"foreground": f"#{i:02X}3344", "background": "#FFF"} for i in range(60)}}),
        ("compare_colors", {"colors": {f"c{i}": f"#{i:02X}3344" for i in range(20)}}),
        ("audit_ui_heuristics", {"problems": {f"p{i}": {"heuristic": 1 + i % 10, "severities": [i % 5]} for i in range(60)}}),
        ("build_design_tokens", {"colors": {f"c{i}": "#123456" for i in range(60)}}),
        ("build_type_scale", {"base_px": "16", "ratio": "2", "steps_up": 8}),
        ("build_layout_grid", {"breakpoints": {"x": {"width_px": "320", "columns": 1, "gutter_px": "0", "margin_px": "0"}}}),
        ("spec_print_layout", {"size": "A10", "safe_mm": "2"}),
        ("spec_print_layout", {"size": "5000 x 20 mm", "safe_mm": "2"}),
        ("check_accessibility", {"html": "<p>Fine</p>"}),
        ("score_usability", {"seq": {"one": [7]}}),
        ("check_typography", {"font_px": "500", "column_px": "20000"}),
        ("check_typography", {"font_px": "1", "column_px": "1"}),
        ("convert_color", {"color": "black"}),
    ],
)  # fmt: skip
def test_one_and_many_can_be_drawn(tool: str, arguments: dict[str, Any]) -> None:
    view = made(tool, arguments)
    assert view.pictures
    for svg in view.pictures.values():
        assert not re.search(r"\bnan\b", svg, re.IGNORECASE)
        ET.fromstring(svg)


def test_text_that_xml_cannot_hold_or_that_looks_like_markup_is_drawn_safely() -> None:
    odd = "A\x00B\x1b<b>&\ufffe -- \u2028"
    brief = {**ARGUMENTS["write_creative_brief"], "project": odd, "mandatories": [odd]}
    frames = {"one": {"title": odd, "components": [{"kind": "hero", "label": odd}, {"kind": "cards", "label": odd}]}}
    for tool, arguments in (("write_creative_brief", brief), ("build_wireframe", {"screens": frames})):
        for svg in made(tool, arguments).pictures.values():
            root = ET.fromstring(svg)
            assert not root.findall(".//{http://www.w3.org/2000/svg}b")
            assert "AB" in svg
    book = made("compose_brand_guidelines", {**BOOK, "brand": "A\x0bB", "voice": [odd]})
    assert book.files["brand-book.pptx"]


def test_a_sheet_taller_than_a_page_is_scaled_down_in_word() -> None:
    """Sixty colours: Word cuts off what is taller than the page, so the picture is held to its height."""
    colors = {f"colour_{at}": f"#{at * 4:02X}{255 - at * 4:02X}80" for at in range(60)}
    view = made("build_palette", {"colors": colors})
    paper = docx.Document(io.BytesIO(file_of(view, "build_palette", "docx").data))
    page = paper.sections[0]
    room = page.page_height - page.top_margin - page.bottom_margin
    assert len(paper.inline_shapes) == 1
    assert all(shape.height <= room for shape in paper.inline_shapes)
