"""The token sheet, and the two files a design system needs: tokens.json (DTCG) and tokens.css."""

import json
from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._letters import shorten
from experts.art_design.tools._scene import ACCENT, INK, LINE, MUTED, PANEL, Scene, readable_on
from experts.art_design.tools.build_design_tokens import DesignTokens
from experts.art_design.views._page import EDGE, INNER, counted, foot, label, sheet
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_MOST = 32
_NAMES = {
    "color": "Colours",
    "dimension": "Dimensions",
    "duration": "Durations",
    "font_weight": "Font weights",
    "font_family": "Font families",
}


def view(result: DesignTokens, arguments: Mapping[str, Any]) -> View:
    """The sheet, a table of tokens, and the files."""
    groups: dict[str, dict[str, Any]] = json.loads(result.dtcg)
    aliases = len(result.resolved)
    title = f"{counted(result.token_count, 'design token')} in {counted(len(groups), 'group')}"
    title += f", {counted(aliases, 'alias', 'aliases')} among them" if aliases else ""
    rows = [
        {"group": _NAMES[group], "token": key, "value": _said(group, token["$value"])}
        for group, tokens in groups.items()
        for key, token in tokens.items()
        if key != "$type"
    ]
    heads = {"group": ("Group", "text"), "token": ("Token", "text"), "value": ("Value", "text")}
    return View(
        title=title,
        blocks=document(
            Picture(picture="tokens", title=title, alt=f"Sheet of design tokens. {title}."),
            grid("Tokens", heads, rows),
            *closing(result),
        ),
        pictures={"tokens": _sheet(result, groups, title).svg()},
        files={"tokens.json": result.dtcg, "tokens.css": result.css},
    )


def _said(group: str, value: Any) -> str:
    if isinstance(value, str) and value.startswith("{"):
        return f"→ {value.strip('{}').partition('.')[2]}"
    if group == "color":
        alpha = value.get("alpha", 1)
        return str(value["hex"]).upper() + (f" at {round(alpha * 100)}%" if alpha != 1 else "")
    if isinstance(value, dict):
        return f"{value['value']:g} {value['unit']}"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _end(tokens: dict[str, Any], value: Any) -> Any:
    while isinstance(value, str) and value.startswith("{"):
        value = tokens[value.strip("{}").partition(".")[2]]["$value"]
    return value


def _sheet(result: DesignTokens, groups: dict[str, dict[str, Any]], title: str) -> Scene:
    scene, y = sheet(title, "An arrow marks an alias and the token it points to.")
    across = 4
    for group, tokens in groups.items():
        y = label(scene, y + 8, _NAMES[group])
        found = [(key, token["$value"]) for key, token in tokens.items() if key != "$type"]
        across_here = 2 if group == "font_family" else across
        cell = (INNER + 16) / across_here
        high = 96.0 if group == "color" else 74.0
        for at, (key, value) in enumerate(found[:_MOST]):
            x, top = EDGE + at % across_here * cell, y + at // across_here * high
            _token(scene, x, top, cell - 16, group, key, value, _end(tokens, value))
        y += -(-min(len(found), _MOST) // across_here) * high
        if len(found) > _MOST:
            scene.text(EDGE, y + 2, f"{len(found) - _MOST} more are in the files.", 11, MUTED)
            y += 18
    foot(scene, y + 10, result.method + ".")
    return scene


def _token(scene: Scene, x: float, y: float, w: float, group: str, key: str, value: Any, end: Any) -> None:
    said = shorten(_said(group, value), 10.5, w - 24)
    if group == "color":
        color = str(end["hex"]).upper()
        alpha = float(end.get("alpha", 1))
        scene.rect(x, y, w, 46, "#FFFFFF", LINE, radius=8)
        scene.rect(x, y, w, 46, color, radius=8, opacity=alpha)
        parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
        seen = "#" + "".join(f"{round(255 + (part - 255) * alpha):02X}" for part in parts)
        scene.text(x + 12, y + 28, said, 10.5, readable_on(seen), True)
        scene.text(x, y + 64, shorten(key, 12, w, True), 12, INK, True)
        return
    scene.rect(x, y, w, 58, PANEL, radius=8)
    scene.text(x + 12, y + 23, shorten(key, 12, w - 24, True), 12, INK, True)
    scene.text(x + 12, y + 42, said, 10.5, MUTED)
    right = x + w - 12
    if group == "dimension":
        size = max(1.0, min(float(end["value"]), w * 0.4))
        scene.rect(right - size, y + 25, size, 8, ACCENT, radius=min(2, size / 2))
    elif group == "font_weight":
        scene.text(right, y + 38, "Aa", 22, INK, int(end) >= 600, "end")
    elif group == "duration":
        scene.circle(right - 9, y + 29, 9, None, ACCENT, 2)
        scene.line(right - 9, y + 29, right - 9, y + 23.5, ACCENT, 2)
        scene.line(right - 9, y + 29, right - 5, y + 31, ACCENT, 2)
