"""Tokens against the examples of the Design Tokens Format Module 2025.10."""

import json
from decimal import Decimal

import pytest

from experts.art_design.tools.build_design_tokens import build_design_tokens
from experts.core.errors import InvalidInput


def test_values_and_aliases_are_written_as_the_format_module_does() -> None:
    found = build_design_tokens(
        colors={"hot-pink": "#FF00FF", "shade": "#00000080"},
        dimensions_px={"space-2": Decimal("16")},
        durations_ms={"quick": Decimal("100")},
        font_weights={"bold": 700},
        font_families={"body": "Helvetica Neue, Arial, sans-serif"},
        aliases={"button": "accent", "accent": "hot-pink"},
    )
    tokens = json.loads(found.dtcg)
    assert tokens["color"]["$type"] == "color"
    assert tokens["color"]["hot-pink"]["$value"] == {"colorSpace": "srgb", "components": [1, 0, 1], "hex": "#ff00ff"}
    assert tokens["color"]["shade"]["$value"]["alpha"] == 0.502
    assert tokens["color"]["button"]["$value"] == "{color.accent}"
    assert tokens["dimension"]["space-2"]["$value"] == {"value": 16, "unit": "px"}
    assert tokens["duration"]["quick"]["$value"] == {"value": 100, "unit": "ms"}
    assert tokens["font_weight"] == {"$type": "fontWeight", "bold": {"$value": 700}}
    assert tokens["font_family"]["body"]["$value"] == ["Helvetica Neue", "Arial", "sans-serif"]
    assert found.resolved == {"button": "hot-pink", "accent": "hot-pink"}
    assert "  --color-button: var(--color-accent);\n" in found.css
    assert '  --font-family-body: "Helvetica Neue", Arial, sans-serif;\n' in found.css


def test_a_circle_of_aliases_is_named() -> None:
    with pytest.raises(InvalidInput, match="circle: b -> c -> b"):
        build_design_tokens(colors={"x": "red"}, aliases={"a": "b", "b": "c", "c": "b"})
    with pytest.raises(InvalidInput, match="circle: a -> a"):
        build_design_tokens(colors={"x": "red"}, aliases={"a": "a"})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "colors"),
        ({"colors": {"a": "red"}, "aliases": {"b": "gone"}}, "aliases.b"),
        ({"colors": {"a": "red"}, "dimensions_px": {"a": Decimal(1)}}, "dimensions_px.a"),
        ({"colors": {"a": "reddish"}}, "colors.a"),
        ({"font_weights": {"a": 0}}, "font_weights.a"),
        ({"durations_ms": {"a": Decimal(-1)}}, "durations_ms.a"),
        ({"font_families": {"a": "x; } body { display: none"}}, "font_families.a"),
    ],
)
def test_what_is_no_token_is_refused(given: dict[str, dict[str, str]], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        build_design_tokens(**given)  # type: ignore[arg-type]
    assert caught.value.field == field
