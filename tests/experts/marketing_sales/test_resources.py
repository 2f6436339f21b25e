"""Tables, playbooks, templates and prompts load, and the tools agree with the tables."""

from pathlib import Path

import pytest

import experts.marketing_sales
from experts.core.errors import InvalidInput
from experts.core.tables import load_table
from experts.core.texts import load_prompt, load_text
from experts.marketing_sales.tools import plan_search_ads

FOLDER = Path(experts.marketing_sales.__file__).parent


@pytest.mark.parametrize("path", sorted(FOLDER.glob("tables/*.toml")), ids=lambda path: path.stem)
def test_tables_are_dated_and_named_after_their_files(path: Path) -> None:
    table = load_table(path)
    assert table.id == path.stem and table.source and table.current()


@pytest.mark.parametrize(
    "path", sorted([*FOLDER.glob("playbooks/*.md"), *FOLDER.glob("templates/*.md")]), ids=lambda path: path.stem
)
def test_texts_carry_author_source_and_review(path: Path) -> None:
    text = load_text(path)
    assert (text.head.author, text.head.status) == ("Pixel Experts", "reviewed")
    assert text.head.source and text.body.startswith("# ")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("prompts/*.md")), ids=lambda path: path.stem)
def test_prompts_fill_and_refuse_a_missing_argument(path: Path) -> None:
    prompt = load_prompt(path)
    filled = prompt.fill({argument.name: "something" for argument in prompt.head.arguments})
    assert "{{" not in filled and "something" in filled
    with pytest.raises(InvalidInput, match="is missing"):
        prompt.fill({})


def test_prompts_and_playbooks_name_only_tools_that_exist() -> None:
    tools = {path.stem for path in FOLDER.glob("tools/[a-z]*.py")}
    for name in ("campaign_brief", "positioning_statement", "test_readout"):
        body = (FOLDER / "prompts" / f"{name}.md").read_text("utf-8")
        named = {word for word in tools if word in body}
        assert len(named) >= 2, name


def test_search_ad_lengths_are_the_tables() -> None:
    limits = load_table(FOLDER / "tables" / "search_ad_limits.toml").current()
    assert (limits["headlines_least"], limits["headlines_most"]) == plan_search_ads.HEADLINES
    assert (limits["descriptions_least"], limits["descriptions_most"]) == plan_search_ads.DESCRIPTIONS
    assert (
        limits["headline_characters"],
        limits["description_characters"],
    ) == (plan_search_ads.HEADLINE, plan_search_ads.DESCRIPTION)
