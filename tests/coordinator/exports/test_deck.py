"""deck.pptx: read back with python-pptx."""

import io
from typing import Any

import pytest
from pptx import Presentation

from coordinator.exports import deck
from coordinator.exports._slides import lines_of, pages_of
from coordinator.exports.deliverable import Deliverable
from experts.core.blocks import Callout, ItemList, Picture, block
from experts.core.errors import ConfigurationError


@pytest.fixture(scope="module")
def slides(plan: Deliverable) -> Any:
    return Presentation(io.BytesIO(deck.render(plan)["deck.pptx"])).slides


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_every_slide_has_a_title_of_its_own_and_its_number(slides: Any, plan: Deliverable) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[0] == plan.title and all(titles)
    assert len(set(titles)) == len(titles)
    assert all(str(number) in texts(slide).split("\n") for number, slide in enumerate(slides, 1))


def test_pictures_have_alternative_text_and_stay_on_their_slide(slides: Any, plan: Deliverable) -> None:
    drawn = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    assert len(drawn) == len(plan.pictures)
    for shape in drawn:
        assert shape._element.nvPicPr.cNvPr.get("descr")
        assert shape.left >= 0 and shape.left + shape.width <= 13.34 * 914400
        assert shape.top + shape.height <= 7.0 * 914400


def test_figures_read_as_in_the_document_and_nothing_is_left_uncited(slides: Any) -> None:
    said = "\n".join(texts(slide) for slide in slides)
    assert "USD 96,000" in said or any("96,000" in cell for slide in slides for cell in cells(slide))
    assert "[[" not in said


def cells(slide: Any) -> list[str]:
    return [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]


def test_a_draft_says_so_on_every_slide_and_why(plan: Deliverable) -> None:
    drafted = plan.model_copy(update={"draft": ["the budget is not up to date"]})
    slides = Presentation(io.BytesIO(deck.render(drafted)["deck.pptx"])).slides
    assert all("Draft" in texts(slide) for slide in slides)
    assert any("The budget is not up to date" in texts(slide) for slide in slides)


def test_a_long_list_goes_on_on_the_next_slide_and_keeps_counting(plan: Deliverable) -> None:
    items = [f"Owner {letter * 40}: " + "do what the plan says, in full and with care. " * 4 for letter in "abcdefghij"]
    many = plan.model_copy(
        update={"front": [block("m", ItemList(title="What to do on Monday", items=items, ordered=True))]}
    )
    slides = [s for s in Presentation(io.BytesIO(deck.render(many)["deck.pptx"])).slides if "Monday" in texts(s)]
    assert len(slides) > 1
    assert sum(text.count("do what the plan says") for text in map(texts, slides)) == 40
    assert "10." in texts(slides[-1]) and "\n1." not in texts(slides[-1])


def test_an_unknown_picture_or_ref_is_named(plan: Deliverable) -> None:
    for body in (Picture(picture="nope", title="x", alt="y"), Callout(tone="note", text="[[fact:no.such]]")):
        section = plan.sections[0].model_copy(update={"blocks": [block("x", body)]})
        with pytest.raises(ConfigurationError, match=r"nope|no\.such"):
            deck.render(plan.model_copy(update={"sections": [section]}))


def test_texts_are_parted_so_that_each_part_fits() -> None:
    assert lines_of("a" * 10, 12, 16) == 1
    groups = pages_of(["word " * 60] * 12, 12, 5, 16)
    assert sum(map(len, groups)) == 12 and len(groups) > 1
    assert pages_of([], 12, 5, 16) == []


def test_text_that_leaves_no_room_for_a_picture_gets_a_slide_of_its_own(plan: Deliverable) -> None:
    name = next(iter(plan.pictures))
    blocks = [
        block("a", Callout(tone="note", text="A result that takes many words to say. " * 30, slot="headline")),
        block("b", Picture(picture=name, title="The picture", alt="a chart")),
    ]
    section = plan.sections[0].model_copy(update={"blocks": blocks})
    slides = Presentation(io.BytesIO(deck.render(plan.model_copy(update={"sections": [section]}))["deck.pptx"])).slides
    assert sum(shape.shape_type == 13 for slide in slides for shape in slide.shapes) == 1
