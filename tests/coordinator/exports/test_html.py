"""plan.html: complete, closed in itself, and safe."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from coordinator.exports.deliverable import Deliverable, Section
from coordinator.exports.html import render
from experts.core.blocks import ItemList, Picture, Prose, Table, block
from experts.core.errors import ConfigurationError
from tests.coordinator.exports.sample import BUDGET, sample

VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


class Outline(HTMLParser):
    """Reads a page strictly: every element closed in order; remembers ids, links and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.attributes: list[tuple[str, str]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self._note(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.append((name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "xlink:href"):
                self.links.append(value or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(plan: Deliverable) -> str:
    return render(plan)["plan.html"].decode()


def outline_of(plan: Deliverable) -> Outline:
    outline = Outline()
    outline.feed(page_of(plan))
    outline.close()
    assert outline.open == []
    return outline


def test_ids_are_unique_and_every_link_leads_to_a_place_in_the_page(plan: Deliverable) -> None:
    outline = outline_of(plan)
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.links
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)
    inner = re.findall(r"url\(#([^)]+)\)", page_of(plan))
    assert inner and set(inner) <= set(outline.ids)


def test_nothing_is_loaded_from_elsewhere_and_no_script_runs(plan: Deliverable) -> None:
    outline = outline_of(plan)
    assert not outline.tags & {"script", "iframe", "object", "embed", "link", "img"}
    assert not [name for name, _ in outline.attributes if name.startswith("on") or name == "src"]
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page_of(plan)))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "@import" not in page_of(plan)


def test_headings_go_down_one_level_at_a_time(plan: Deliverable) -> None:
    levels = outline_of(plan.model_copy(update={"draft": []})).headings
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_text_of_users_is_escaped(plan: Deliverable) -> None:
    page = page_of(plan)
    assert "<script>" not in page
    assert "Landing page &lt;script&gt;alert(1)&lt;/script&gt;" in page.replace("<wbr>", "")


def test_a_draft_says_so_first_with_its_reasons_and_a_final_plan_does_not(plan: Deliverable) -> None:
    page = page_of(plan)
    assert page.index("Draft: this plan is not final") < page.index("<h1>")
    assert "Not yet approved by Ines Calder: the budget" in page
    assert "Draft" not in page_of(sample(draft=False))


def test_a_cited_figure_links_to_the_row_that_says_where_it_comes_from(plan: Deliverable) -> None:
    page = page_of(plan)
    link = re.search(r'<a class="figure" href="#(source-\d+)" title="([^"]*)">USD 6\.85</a>', page)
    assert link is not None and link.group(2) == "Calculated"
    row = page[page.index(f'id="{link.group(1)}"') :].split("</tr>")[0]
    assert "Budget allocation: cost per result" in row and "USD 6.85" in row


def test_the_first_page_comes_before_the_sections_and_the_appendix_last(plan: Deliverable) -> None:
    page = page_of(plan)
    places = [page.index(f'id="{name}"') for name in ("front", f"section-{BUDGET}", "appendix", "sources")]
    assert places == sorted(places)


def test_every_picture_has_a_text_for_those_who_do_not_see_it(plan: Deliverable) -> None:
    assert page_of(plan).count('role="img" aria-label="Bars') == 2


def test_an_unknown_ref_or_picture_is_refused_by_name(plan: Deliverable) -> None:
    def with_block(body: Prose | Picture | Table) -> Deliverable:
        section = Section(id="s", title="S", expert="E", blocks=[block("b", body)])
        return plan.model_copy(update={"sections": [section]})

    with pytest.raises(ConfigurationError, match="'s#nothing'"):
        render(with_block(Prose(text="[[s#nothing]]")))
    with pytest.raises(ConfigurationError, match="'lost'"):
        render(with_block(Picture(picture="lost", title="t", alt="a")))


def test_a_plan_without_parts_is_still_a_page() -> None:
    bare = Deliverable(title="T & <T>", session="s", made_on=sample().made_on, currency="USD")
    assert "T &amp; &lt;T&gt;" in page_of(bare)
    outline_of(bare)


def test_a_caption_is_left_out_where_the_picture_says_it(plan: Deliverable) -> None:
    def captions(title: str) -> int:
        body = Picture(picture="allocation", title=title, alt="Bars")
        section = Section(id="s", title="S", expert="E", blocks=[block("b", body)])
        return page_of(plan.model_copy(update={"sections": [section]})).count("<figcaption>")

    assert captions("Paid search carries the largest part of the budget") == 0
    assert captions("Where the money goes") == 1


def test_a_list_for_the_first_page_has_a_title_in_its_section_too(plan: Deliverable) -> None:
    body = ItemList(items=["Ines Calder approves the budget."], slot="monday")
    section = Section(id="s", title="S", expert="E", blocks=[block("b", body)])
    page = page_of(plan.model_copy(update={"front": [], "sections": [section]}))
    assert "What to do on Monday" in page


def test_a_long_name_may_break_after_its_separators(plan: Deliverable) -> None:
    name = "project-management/campaign_execution_planning"
    section = Section(id="s", title="S", expert="E", blocks=[block("b", Prose(text=name))])
    page = page_of(plan.model_copy(update={"sections": [section]}))
    assert "project-<wbr>management/<wbr>campaign_<wbr>execution_<wbr>planning" in page
