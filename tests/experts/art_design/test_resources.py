"""Tables, playbooks, templates and prompts."""

from collections import Counter
from pathlib import Path

import pytest

import experts.art_design
from experts.core.discovery import load_expert
from experts.core.tables import load_table
from experts.core.texts import load_prompt, load_text

FOLDER = Path(experts.art_design.__file__).parent
EXPERT = load_expert(FOLDER, "experts.art_design")


def test_wcag_2_2_has_its_86_criteria() -> None:
    """WCAG 2.1 has 78 (30 A, 20 AA, 28 AAA); 2.2 adds 2 A, 4 AA, 3 AAA and removes 4.1.1 (A)."""
    criteria = load_table(FOLDER / "tables" / "wcag_2_2_criteria.toml").current()
    assert Counter(row["level"] for row in criteria.values()) == {"A": 31, "AA": 24, "AAA": 31}
    assert sorted(key for key, row in criteria.items() if row["since"] == "2.2") == sorted(
        ["2.4.11", "2.4.12", "2.4.13", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8", "3.3.9"]
    )
    assert "4.1.1" not in criteria


def test_iso_216_sizes_halve() -> None:
    """ISO 216: each size is the one before, cut across its longer side, rounded down to whole millimetres."""
    sizes = load_table(FOLDER / "tables" / "iso_216.toml").current()
    for series in "AB":
        for number in range(10):
            width, height = sizes[f"{series}{number}"]
            assert sizes[f"{series}{number + 1}"] == [height // 2, width]


@pytest.mark.parametrize("path", sorted([*FOLDER.glob("playbooks/*.md"), *FOLDER.glob("templates/*.md")]), ids=str)
def test_texts_have_a_head_and_name_only_tools_that_exist(path: Path) -> None:
    text = load_text(path)
    assert text.head.author == "Pixel Experts"
    _names_exist(text.body)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("prompts/*.md")), ids=lambda path: path.stem)
def test_prompts_fill_and_name_only_tools_that_exist(path: Path) -> None:
    prompt = load_prompt(path)
    filled = prompt.fill({argument.name: "something" for argument in prompt.head.arguments})
    assert "{{" not in filled
    _names_exist(filled)


def test_the_named_prompts_and_resources_are_there() -> None:
    assert {path.stem for path in FOLDER.glob("prompts/*.md")} == {
        "creative_direction",
        "critique_design",
        "brand_voice_to_visuals",
    }
    assert {"usability_heuristics", "colour_theory_primer", "font_licences"} <= {
        path.stem for path in FOLDER.glob("playbooks/*.md")
    }


def _names_exist(text: str) -> None:
    import re

    known = {*EXPERT.tools, *EXPERT.actions, "make_document"}
    starts = (
        "build_",
        "check_",
        "compare_",
        "compose_",
        "convert_",
        "make_",
        "plan_",
        "score_",
        "spec_",
        "write_",
        "audit_",
    )
    for word in re.findall(r"\b[a-z]+_[a-z_]+\b", text):
        if word.startswith(starts):
            assert word in known, word
