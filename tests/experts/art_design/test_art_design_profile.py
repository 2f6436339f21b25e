"""The expert as the suite discovers it."""

from pathlib import Path

import pytest

import experts.art_design
from experts.core.discovery import load_expert
from experts.core.tables import load_table

FOLDER = Path(experts.art_design.__file__).parent
EXPERT = load_expert(FOLDER, "experts.art_design")


def test_every_module_loads_and_every_served_area_names_what_exists() -> None:
    assert EXPERT.failed == {}
    assert set(EXPERT.tools) - EXPERT.unlisted == {
        "audit_ui_heuristics",
        "build_design_tokens",
        "build_icon_set",
        "build_layout_grid",
        "build_logo_concepts",
        "build_palette",
        "build_type_scale",
        "build_wireframe",
        "check_accessibility",
        "check_contrast",
        "check_typography",
        "compare_colors",
        "compose_brand_guidelines",
        "convert_color",
        "make_marketing_asset",
        "plan_usability_test",
        "score_usability",
        "spec_print_layout",
        "specify_formats",
        "write_creative_brief",
    }
    served = {name for area in EXPERT.profile.areas for name in area.served_by}
    assert set(EXPERT.tools) - EXPERT.unlisted <= served <= set(EXPERT.tools) | set(EXPERT.actions)
    assert all(area.served_by for area in EXPERT.profile.areas)


def test_the_profile_is_the_catalogues() -> None:
    profile = EXPERT.profile
    assert (profile.id, profile.endpoint) == ("art-design", "/mcp/design-expert")
    assert len(profile.areas) == 10
    assert profile.can_collaborate_with == ["marketing-sales", "personal-assistant"]


def test_every_tool_says_what_it_does_when_to_use_it_and_what_it_does_not_do() -> None:
    for name, tool in EXPERT.tools.items():
        text = tool.__doc__ or ""
        assert "Use when" in text, name
        assert "It does not" in text, name


@pytest.mark.parametrize("path", sorted((FOLDER / "tables").glob("*.toml")), ids=lambda path: path.stem)
def test_every_table_is_valid_and_has_values_in_force(path: Path) -> None:
    table = load_table(path)
    assert table.id == path.stem
    assert table.current()
