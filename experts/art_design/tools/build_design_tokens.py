"""Design tokens as W3C DTCG JSON and CSS custom properties.

Format: Design Tokens Community Group, Design Tokens Format Module 2025.10 (https://www.designtokens.org/tr/2025.10/):
`$type`, `$value`, alias "{group.token}"; colours as sRGB components with `hex`, dimensions and durations as value
and unit. Groups: color, dimension, duration, font_weight, font_family. An alias is written in the group of the token
that it leads to. CSS: --group-token, an alias as var().

Limits: these five types; no composite types (shadow, typography), modes or themes. The format is a Community Group
report, not a W3C Recommendation, and older tools read colours as hex strings only.
"""

import json
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from experts.art_design.tools._color import read_ink
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to

MOST_TOKENS = 500
_FAMILY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,79}")


class DesignTokens(Model):
    """`dtcg` is the JSON file's text, `css` the stylesheet's; `resolved` maps each alias to the token it ends at."""

    dtcg: str
    css: str
    token_count: Count
    resolved: dict[Key, str] = {}
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_design_tokens(
    colors: Annotated[dict[Key, str] | None, Field(description="CSS colours by token")] = None,
    dimensions_px: Annotated[dict[Key, Ratio] | None, Field(description="spacing, sizes")] = None,
    durations_ms: dict[Key, Ratio] | None = None,
    font_weights: Annotated[dict[Key, Count] | None, Field(description="1-1000")] = None,
    font_families: dict[Key, str] | None = None,
    aliases: Annotated[dict[Key, Key] | None, Field(description="alias to token or alias")] = None,
) -> DesignTokens:
    """Write design tokens as W3C DTCG JSON and CSS variables, with aliases resolved and checked.

    Use when a palette, a type scale or spacing is to become a design system's tokens.
    It does not write composite tokens (shadows, typography) or themes.
    """
    values: dict[str, tuple[str, Any, str]] = {}  # token -> group, $value, CSS
    tables: dict[str, dict[str, Any]] = {
        "colors": colors or {},
        "dimensions_px": dimensions_px or {},
        "durations_ms": durations_ms or {},
        "font_weights": font_weights or {},
        "font_families": font_families or {},
        "aliases": aliases or {},
    }
    count = sum(map(len, tables.values()))
    if not 1 <= count <= MOST_TOKENS:
        raise InvalidInput(f"there are {count} tokens; give from 1 to {MOST_TOKENS}", field="colors")
    seen: set[str] = set()
    for table, tokens in tables.items():
        for key, value in tokens.items():
            field = f"{table}.{key}"
            if key in seen:
                raise InvalidInput(f"token {key!r} is given twice; rename one of them", field=field)
            seen.add(key)
            if table != "aliases":
                values[key] = _READERS[table](value, field)
    links: dict[str, str] = tables["aliases"]
    ends = {alias: _end(alias, links, values) for alias in links}
    groups: dict[str, dict[str, Any]] = {}
    lines = []
    for key, (group, value, css) in values.items():
        groups.setdefault(group, {"$type": _TYPES[group]})[key] = {"$value": value}
        lines.append(f"  --{_css_name(group, key)}: {css};")
    for alias, target in links.items():
        group = values[ends[alias]][0]
        groups[group][alias] = {"$value": f"{{{group}.{target}}}"}
        lines.append(f"  --{_css_name(group, alias)}: var(--{_css_name(group, target)});")
    return DesignTokens(
        dtcg=json.dumps(groups, indent=2, ensure_ascii=False) + "\n",
        css=":root {\n" + "\n".join(lines) + "\n}\n",
        token_count=count,
        resolved=ends,
        method="Design Tokens Format Module 2025.10 (W3C Community Group report) and CSS custom properties",
        assumptions=["colours are sRGB"],
        warnings=[],
    )


def _end(alias: str, aliases: dict[str, str], values: dict[str, Any]) -> str:
    path = [alias]
    while path[-1] not in values:
        if path[-1] not in aliases:
            raise InvalidInput(
                f"alias {path[-2]!r} leads to {path[-1]!r}, which is no token; name one that is given",
                field=f"aliases.{path[-2]}",
            )
        following = aliases[path[-1]]
        if following in path:
            cycle = " -> ".join([*path[path.index(following) :], following])
            raise InvalidInput(
                f"aliases run in a circle: {cycle}; point one of them at a token with a value",
                field=f"aliases.{path[-1]}",
            )
        path.append(following)
    return path[-1]


_TYPES = {
    "color": "color",
    "dimension": "dimension",
    "duration": "duration",
    "font_weight": "fontWeight",
    "font_family": "fontFamily",
}


def _css_name(group: str, key: str) -> str:
    return f"{group.replace('_', '-')}-{key}"


def _color(value: str, field: str) -> tuple[str, Any, str]:
    ink = read_ink(value, field)
    part = [_number(round_to(Decimal(channel) / 255, 6)) for channel in ink.rgb]
    found: dict[str, Any] = {"colorSpace": "srgb", "components": part, "hex": ink.rgb.hex.lower()}
    css = ink.rgb.hex
    if ink.alpha < 1:
        alpha = round_to(ink.alpha, 4)
        found["alpha"] = _number(alpha)
        css = f"rgb({ink.rgb.red} {ink.rgb.green} {ink.rgb.blue} / {plain(alpha)})"
    return "color", found, css


def _dimension(value: Decimal, field: str) -> tuple[str, Any, str]:
    if abs(value) > 100_000:
        raise InvalidInput(f"{field} {plain(value)!r} is above 100000 px; correct it", field=field)
    return "dimension", {"value": _number(value), "unit": "px"}, f"{plain(value)}px"


def _duration(value: Decimal, field: str) -> tuple[str, Any, str]:
    if not 0 <= value <= 600_000:
        raise InvalidInput(f"{field} {plain(value)!r} is not between 0 and 600000 ms; correct it", field=field)
    return "duration", {"value": _number(value), "unit": "ms"}, f"{plain(value)}ms"


def _weight(value: int, field: str) -> tuple[str, Any, str]:
    if not 1 <= value <= 1000:
        raise InvalidInput(f"{field} {value!r} is not between 1 and 1000; 400 is regular, 700 bold", field=field)
    return "font_weight", value, str(value)


def _family(value: str, field: str) -> tuple[str, Any, str]:
    names = [name.strip() for name in value.split(",")]
    if len(names) > 10 or not all(map(_FAMILY.fullmatch, names)):
        raise InvalidInput(
            f"{field} {value[:80]!r} is no list of font names; write names of letters, digits and spaces, "
            "for example 'Inter, sans-serif'",
            field=field,
        )
    css = ", ".join(f'"{name}"' if " " in name else name for name in names)
    return "font_family", names if len(names) > 1 else names[0], css


def _number(value: Decimal) -> int | float:
    """JSON's number with the digits of the decimal: DTCG wants numbers, not strings."""
    return int(value) if value == value.to_integral_value() else float(plain(value))


_READERS: dict[str, Any] = {
    "colors": _color,
    "dimensions_px": _dimension,
    "durations_ms": _duration,
    "font_weights": _weight,
    "font_families": _family,
}
