"""A marketing asset laid out from copy and palette: text fitted by measurement, contrast checked.

Layout: a margin of 7% of the shorter side (and the margins that a network covers); the headline as large as fits
its room in at most four lines, the body next, then the call to action and the mark. Text is measured in DejaVu Sans
and drawn as outlines. Smallest sizes: 2.6% of the shorter side for social pictures, 11 px on banners, 8 pt in print
at 300 dpi. Contrast: WCAG 2.2, 1.4.3; 4.5:1, or 3:1 for text of at least 24 px (18.66 px bold). Sizes: reference
table asset_sizes with the day it was checked.

Limits: sizes of networks change; nothing here says whether copy persuades. Text in a picture needs a text
alternative with the post (WCAG 1.1.1). DejaVu Sans stands for the brand's typeface.
"""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.art_design.tools._color import Rgb, contrast, floor4, read_opaque
from experts.art_design.tools._letters import has_letter, width_of, wrap
from experts.art_design.tools._nearest import nearest_passing
from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.quantities import Count, Ratio, plain, round_to
from experts.core.tables import load_table

AssetFormat = Literal[
    "instagram_square", "instagram_portrait", "instagram_story", "facebook_link", "linkedin_post", "x_post",
    "banner_rectangle", "banner_leaderboard", "banner_skyscraper", "banner_billboard", "flyer_a5", "flyer_a6",
]  # fmt: skip
Template = Literal["poster", "split", "frame"]
_TABLE = Path(__file__).parents[1] / "tables" / "asset_sizes.toml"


class TextBlock(Model):
    """Lines of one size in px; `x` and `y` are the first baseline's left end."""

    lines: list[str]
    size_px: Ratio
    x: Ratio
    y: Ratio
    leading_px: Ratio
    bold: bool
    color: str
    background: str
    contrast: Ratio
    required: Ratio
    passes: bool
    suggestion: str | None = None


class MarketingAsset(Model):
    """Where everything stands, in px; `button` is x, y, width, height; `safe_px` at top and bottom may be covered."""

    format: AssetFormat
    name: str
    width_px: Count
    height_px: Count
    safe_px: Count
    template: Template
    texts: dict[Key, TextBlock]
    button: list[Ratio] = []
    passes: bool
    method: str
    sources: list[str]
    assumptions: list[str] = []
    warnings: list[str] = []


def make_marketing_asset(
    format: AssetFormat,
    headline: Annotated[str, Field(max_length=120)],
    background: str,
    text: str,
    accent: Annotated[str, Field(description="button and shapes")],
    body: Annotated[str, Field(max_length=400)] = "",
    call_to_action: Annotated[str, Field(max_length=40)] = "",
    brand: Annotated[str, Field(max_length=40)] = "",
    template: Template = "poster",
) -> MarketingAsset:
    """Lay out a social picture, banner or flyer from copy and colours; text that does not fit is refused.

    Use when copy and palette are agreed; make_document gives SVG, PNG and PDF.
    It does not write copy or place photographs.
    """
    table = load_table(_TABLE)
    size = table.current()[format]
    copy = {"headline": headline, "body": body, "call_to_action": call_to_action, "brand": brand}
    copy = {key: " ".join(said.split()) for key, said in copy.items()}
    if not copy["headline"]:
        raise InvalidInput("headline is empty; give the one thing to say", field="headline")
    for key, said in copy.items():
        if missing := [letter for letter in said if not has_letter(letter, True)]:
            raise InvalidInput(f"{key} has {missing[0]!r}, which DejaVu Sans cannot draw; leave it out", field=key)
    colors = {"background": background, "text": text, "accent": accent}
    inks = {key: read_opaque(said, key) for key, said in colors.items()}
    texts, button = _layout(size["width"], size["height"], size["safe"], format, template, copy, inks)
    warnings = [
        f"{key}: contrast {plain(block.contrast)} is below {plain(block.required)}:1"
        + (f"; {block.suggestion} is the nearest colour that passes" if block.suggestion else "")
        for key, block in texts.items()
        if not block.passes
    ]
    return MarketingAsset(
        format=format,
        name=size["name"],
        width_px=size["width"],
        height_px=size["height"],
        safe_px=size["safe"],
        template=template,
        texts=texts,
        button=button,
        passes=not warnings,
        method="text fitted by measured widths; contrast by WCAG 2.2, 1.4.3; size from table asset_sizes",
        sources=[f"asset_sizes, checked on {table.checked_on.isoformat()}"],
        assumptions=["DejaVu Sans stands for the brand's typeface; another one runs wider or narrower"],
        warnings=warnings,
    )


def room_of(width: int, height: int, safe: int, template: str) -> tuple[float, float, float, float]:
    """Where text may stand: x, y, width, height."""
    flat = width > 2.2 * height
    edge = min(width, height) * (0.14 if flat else 0.07)
    left, top, right, bottom = edge, edge + safe, width - edge, height - edge - safe
    if template == "frame":
        inset = edge * (0.25 if flat else 0.6)
        left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
    elif template == "split":
        if width >= height:
            right = width * 0.66 - edge / 2
        else:
            top = max(top, height * 0.34 + edge / 2)
    return left, top, right - left, bottom - top


def _least(format: str, shorter: int) -> float:
    if format.startswith("banner"):
        return 11.0
    return 8 / 72 * 300 if format.startswith("flyer") else shorter * 0.026


def _layout(
    width: int, height: int, safe: int, format: str, template: str, copy: dict[str, str], inks: dict[str, Rgb]
) -> tuple[dict[str, TextBlock], list[Decimal]]:
    x, y, w, h = room_of(width, height, safe, template)
    least = _least(format, min(width, height))
    flat = width > 2.2 * height
    most = max(least * 1.1, (h * 0.6 if flat else min(width, height) * 0.13))
    size = most
    while size >= least:
        found = _try(x, y, w, h, size, least, flat, copy, inks)
        if found:
            return found
        size *= 0.96
    raise Infeasible(
        f"the copy does not fit {width} x {height} px even at {round(least)} px: "
        f"headline {len(copy['headline'])}, body {len(copy['body'])} characters; shorten it or choose a larger format",
        field="body" if copy["body"] else "headline",
    )


def _try(
    x: float, y: float, w: float, h: float, size: float, least: float, flat: bool, copy: dict[str, str],
    inks: dict[str, Rgb],
) -> tuple[dict[str, TextBlock], list[Decimal]] | None:  # fmt: skip
    """The layout at one size of headline, or None if it does not fit."""
    body_size = max(least, size * (0.42 if flat else 0.4))
    act_size = max(least, body_size * 0.95)
    pad = act_size * 0.75
    button_w = width_of(copy["call_to_action"], act_size, True) + 2 * pad if copy["call_to_action"] else 0.0
    button_h = act_size * 1.35 + pad if button_w else 0.0
    brand_size = max(least, act_size * 0.85)
    brand_w = width_of(copy["brand"], brand_size, True) if copy["brand"] else 0.0
    side = (max(button_w, brand_w) + pad * 1.5) if flat and (button_w or brand_w) else 0.0
    room = w - side
    if room < size or button_w > w or brand_w > w:
        return None
    head = wrap(copy["headline"], size, room, True)
    body = wrap(copy["body"], body_size, room) if copy["body"] else []
    if head is None or body is None or len(head) > (2 if flat else 4):
        return None
    stacked = not flat and bool(button_w and brand_w) and button_w + brand_w + pad > w
    foot = 0.0 if flat else (button_h + (brand_size * 2 if stacked else 0) if button_w else brand_size * 1.3)
    if not copy["brand"] and not button_w:
        foot = 0.0
    text_h = len(head) * size * 1.14 + (len(body) * body_size * 1.42 + body_size * 0.7 if body else 0)
    if text_h + foot + (body_size * 1.4 if foot else 0) > h:
        return None
    if flat and button_h + (brand_size * 1.8 if brand_w else 0) > h:
        return None
    top = y + (h - text_h) / 2 if flat else y
    texts = {"headline": _block(head, size, x, top + size * 0.86, 1.14, True, inks["text"], inks["background"])}
    under = top + len(head) * size * 1.14
    if body:
        start = under + body_size * 0.7 + body_size * 0.86
        texts["body"] = _block(body, body_size, x, start, 1.42, False, inks["text"], inks["background"])
    button: list[Decimal] = []
    if button_w:
        bx = x + w - button_w if flat else x
        by = y + (h - button_h - (brand_size * 1.8 if brand_w else 0)) / 2 if flat else y + h - button_h
        button = [_px(bx), _px(by), _px(button_w), _px(button_h)]
        on = max((Rgb(255, 255, 255), inks["background"], inks["text"]), key=lambda ink: contrast(ink, inks["accent"]))
        base = by + button_h / 2 + act_size * 0.36
        texts["call_to_action"] = _block(
            [copy["call_to_action"]], act_size, bx + pad, base, 1.2, True, on, inks["accent"]
        )
    if brand_w:
        if flat:
            bx = x + w - brand_w
            base = (float(button[1]) + button_h + brand_size * 1.6) if button else y + h / 2 + brand_size * 0.36
        else:
            bx = x + w - brand_w if not stacked else x
            base = y + h - button_h / 2 + brand_size * 0.36 if button_w and not stacked else y + h - brand_size * 0.2
            base = y + h - button_h - brand_size * 0.9 if stacked else base
            bx = bx if button_w else x
        texts["brand"] = _block([copy["brand"]], brand_size, bx, base, 1.2, True, inks["text"], inks["background"])
    return texts, button


def _block(
    lines: list[str], size: float, x: float, y: float, leading: float, bold: bool, ink: Rgb, paper: Rgb
) -> TextBlock:
    large = size >= (Decimal("18.66") if bold else 24)
    required = Decimal(3) if large else Decimal("4.5")
    ratio = contrast(ink, paper)
    near: Any = None if ratio >= required else nearest_passing(ink, paper, required)
    return TextBlock(
        lines=lines,
        size_px=_px(size),
        x=_px(x),
        y=_px(y),
        leading_px=_px(size * leading),
        bold=bold,
        color=ink.hex,
        background=paper.hex,
        contrast=floor4(ratio),
        required=required,
        passes=ratio >= required,
        suggestion=near.color.hex if near else None,
    )


def _px(value: float) -> Decimal:
    return round_to(Decimal(f"{value:.6f}"), 2)
