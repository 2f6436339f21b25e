"""The asset manifest of the Tidewater campaign, and of briefs that name less or more than it does."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest

from experts.core.blocks import Callout, ItemList, Table, body_of
from experts.core.contract import ActionResult
from experts.core.errors import InvalidInput

Facts = dict[str, Any]
Run = Callable[..., ActionResult]


def _body(result: ActionResult, block_id: str) -> Any:
    return body_of(next(block for block in result.document if block.id == block_id))


def test_tidewater_makes_fourteen_pieces_and_its_small_prices_fail(
    make_assets: Run, brief: Facts, inputs: Facts
) -> None:
    """Two landing pages, six stills, three films, a script, a card and an e-mail; copper on foam is below 4.5."""
    data = make_assets(brief, inputs).data
    assert (data["total_count"], data["format_count"]) == (14, 6)
    assert (data["checked"], data["passed"], data["failed"]) == (3, 2, 1)
    assert {key: pair["passes"] for key, pair in data["pairs"].items()} == {
        "small_prices": False,
        "button_labels": True,
        "body_text": True,
    }
    prices = data["pairs"]["small_prices"]
    assert (prices["foreground"], prices["background"], prices["ratio"]) == ("#B85C38", "#F4F1EA", "4.0243")
    assert (prices["suggestion"], prices["suggestion_ratio"]) == ("#AF5430", "4.5037")
    assert data["pairs"]["body_text"]["label"] == "Body text"


def test_the_sampling_card_has_print_sizes_and_the_others_have_what_is_open(
    make_assets: Run, brief: Facts, inputs: Facts
) -> None:
    assets = make_assets(brief, inputs).data["assets"]
    assert assets["sampling_card"]["print"] == {
        "trim_width_mm": "105",
        "trim_height_mm": "148",
        "bleed_mm": "3",
        "artwork_width_mm": "111",
        "artwork_height_mm": "154",
        "resolution_dpi": 300,
        "pixel_width": 1312,
        "pixel_height": 1819,
    }
    assert "print" not in assets["films"]
    assert assets["films"]["open"] == ["the aspect ratio", "where it runs"]


def test_the_table_names_channel_and_maker(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    table = _body(make_assets(brief, inputs), "assets")
    assert isinstance(table, Table)
    rows = {key: (row["asset"], row["channel"], row["maker"]) for key, row in table.rows.items()}
    assert rows["podcast_script"] == ("Podcast script", "Podcast sponsorship", "none named")
    assert rows["sampling_card"] == ("Sampling card", "In-store sampling", "Sampling kit")


def test_copper_and_kelp_are_named_as_hard_to_tell_apart(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    result = make_assets(brief, inputs)
    assert result.data["confusions"].keys() == {"copper"}
    assert result.data["confusions"]["copper"]["kelp"]["vision"] == "protan"
    assert any("Copper and kelp" in warning for warning in result.warnings)


def test_the_designer_of_the_team_decides_and_nobody_is_invented(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    monday = _body(make_assets(brief, inputs), "monday")
    assert isinstance(monday, ItemList)
    assert monday.items[0] == (
        "Lena Fujita: decide for Small prices: use [[self#pairs.small_prices.suggestion]] for the text, "
        "or set it in large type."
    )
    del brief["team"]
    monday = _body(make_assets(brief, inputs), "monday")
    assert isinstance(monday, ItemList)
    assert monday.items[0].startswith("Whoever owns the design: decide for Small prices")


def test_without_colours_the_audit_says_that_there_was_nothing_to_check(make_assets: Run, inputs: Facts) -> None:
    result = make_assets({}, inputs)
    assert result.pictures == {}
    assert "The brief names no colours, so there was no contrast to check." in result.narrative
    assert "pairs" not in result.data or result.data["pairs"] == {}
    assert "checked" not in result.data


def test_colours_without_uses_are_shown_but_not_judged(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    del brief["brand"]["uses"]
    result = make_assets(brief, inputs)
    assert set(result.pictures) == {"palette"}
    assert "not where they are used" in result.narrative
    assert "checked" not in result.data


def test_a_plan_that_passes_says_so(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    brief["brand"]["uses"].pop("small_prices")
    headline = _body(make_assets(brief, inputs), "headline")
    assert isinstance(headline, Callout)
    assert headline.tone == "good"
    assert headline.text.endswith("Both uses of colour pass WCAG 2.2 level AA.")


def test_level_aaa_is_a_choice_and_fails_more(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    data = make_assets(brief, inputs, level="AAA").data
    assert (data["failed"], data["pairs"]["button_labels"]["required"]) == (2, "7")


def test_a_brief_without_formats_says_that_there_is_nothing_to_make(make_assets: Run, brief: Facts) -> None:
    result = make_assets(brief, {"creative_brief": {"formats": {}}, "channel_plan": {"formats": {}}})
    assert result.data["total_count"] == 0
    assert result.narrative.startswith("No formats are named")


def test_no_part_of_the_contract_reads_money() -> None:
    from experts.art_design.actions import creative_asset_development as action

    read = json.dumps([action.Brief.model_json_schema(), action.Inputs.model_json_schema()])
    assert '"money"' not in read


def test_a_use_of_an_unknown_colour_is_refused_naming_the_use(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    brief["brand"]["uses"]["small_prices"]["foreground"] = "coper"
    with pytest.raises(
        InvalidInput, match=r"use 'small_prices': foreground 'coper' .* did you mean 'copper'"
    ) as caught:
        make_assets(brief, inputs)
    assert caught.value.field == "brand.uses.small_prices.foreground"


def test_errors_of_tools_name_facts(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    brief["brand"]["uses"]["small_prices"]["text_size_pt"] = "0"
    with pytest.raises(InvalidInput) as caught:
        make_assets(brief, inputs)
    assert caught.value.field == "brand.uses.small_prices.text_size_pt"
    brief["brand"]["colors"]["copper"] = "#B85C3"
    with pytest.raises(InvalidInput, match="'#B85C3' is not a colour") as caught:
        make_assets(brief, inputs)
    assert caught.value.field == "brand.colors.copper"


def test_a_format_that_the_channel_plan_does_not_have_is_refused(make_assets: Run, brief: Facts, inputs: Facts) -> None:
    del inputs["channel_plan"]["formats"]["films"]
    with pytest.raises(InvalidInput, match="format 'films' is in the creative brief but not in the channel plan"):
        make_assets(brief, inputs)


def _many_uses(number: int) -> Facts:
    labels = [
        "x",
        "A long label that no box of the sheet can hold on one line, or even two",
        "Price $5 and $6",
        "\u4fa1\u683c",
    ]
    return {
        f"u{i}": {
            "label": labels[i % len(labels)],
            "foreground": ["copper", "kelp", "#777", "white"][i % 4],
            "background": ["foam", "deep_water", "white", "#8a8a8a"][i % 3],
            "text_size_pt": ["6", "12", "24", "96"][i % 4],
            "kind": ["text", "graphic"][i % 2],
        }
        for i in range(number)
    }


def test_the_palette_sheet_is_the_same_bytes_every_time_and_nothing_leaves_it(
    make_assets: Run, brief: Facts, inputs: Facts
) -> None:
    brief["brand"]["uses"] = _many_uses(45)
    first, second = make_assets(brief, inputs), make_assets(brief, inputs)
    assert first.pictures == second.pictures
    assert [block.id for block in first.document if block.kind == "picture"] == list(first.pictures)
    assert len(first.pictures) > 1
    for svg in first.pictures.values():
        root = ET.fromstring(svg)
        assert "<text" not in svg
        assert float(root.attrib["height"].removesuffix("pt")) <= 740
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for x, y in _corners(root):
            assert -0.5 <= x <= width + 0.5 and -0.5 <= y <= height + 0.5


def _corners(root: ET.Element) -> list[tuple[float, float]]:
    """The points of each filled shape; words are held within their boxes by test_palette_sheet.py."""
    found = []
    for path in root.iter("{http://www.w3.org/2000/svg}path"):
        numbers = [float(token) for token in path.attrib.get("d", "").split() if not token.isalpha()]
        if path.attrib.get("clip-path"):
            found += list(zip(numbers[::2], numbers[1::2], strict=True))
    assert found
    return found
