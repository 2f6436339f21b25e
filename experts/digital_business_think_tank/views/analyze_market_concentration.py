"""The HHI on the scale of the guidelines, before and after, and the shares."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList
from experts.core.view import View
from experts.digital_business_think_tank.tools._figures import table
from experts.digital_business_think_tank.tools.analyze_market_concentration import Concentration
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import figure, grid, page, percent, words


def view(result: Concentration, arguments: Mapping[str, Any]) -> View:
    """Title, scale, shares and grounds."""
    title = f"HHI {_span(result.hhi, result.hhi_high)}: {result.level}"
    if result.hhi_after is not None and result.hhi_after_high is not None and result.change is not None:
        verdict = {
            "yes": "the structural presumption applies",
            "no": "no structural presumption",
            "unclear": "a presumption depends on unnamed firms",
        }[result.presumption or "no"]
        title = f"The merger lifts the HHI by {figure(result.change, 0)} to {_span(result.hhi_after, result.hhi_after_high)}: {verdict}"
    shares = sorted(arguments["shares"].items(), key=lambda item: (-item[1], item[0]))
    merging = arguments.get("merging") or []
    rows = [
        {"f": words(name), "s": percent(share), "m": "merging" if name in merging else ""} for name, share in shares
    ]
    if result.unnamed_share:
        rows.append({"f": "(not named)", "s": percent(result.unnamed_share), "m": ""})
    bodies: list[Any] = [
        grid("Shares", {"f": ("Firm", "text"), "s": ("Share", "rate"), "m": ("", "text")}, rows, result.source)
    ]
    if result.grounds:
        bodies.append(ItemList(title="Grounds", items=list(result.grounds)))
    picture = _scale(result, title, table("merger_guidelines").on(arguments["as_of"]))
    return page(title, result, *bodies, pictures={"scale": (picture, title)})


def _span(low: Any, high: Any) -> str:
    return figure(low, 0) if low == high else f"{figure(low, 0)} to {figure(high, 0)}"


def _scale(result: Concentration, title: str, rules: Mapping[str, str]) -> str:
    drawing = svg.Drawing(860, 250 if result.hhi_after is None else 300, title)
    top = drawing.heading(title, f"Herfindahl-Hirschman index; zones of the {rules['name']}")
    moderate, high = float(rules["moderately_concentrated_from"]), float(rules["highly_concentrated_above"])
    most = max(5000.0, min(10000.0, 1.15 * float(result.hhi_after_high or result.hhi_high)))
    left, wide, y = 110.0, 700.0, top + 22

    def at(value: float) -> float:
        return left + wide * min(value, most) / most

    zones = (
        (0.0, moderate, "unconcentrated", svg.TINTS[svg.GREEN]),
        (moderate, high, "moderate", "#FBF1D9"),
        (high, most, "highly concentrated", svg.TINTS[svg.RUST]),
    )
    rows = [("before", result.hhi, result.hhi_high)]
    if result.hhi_after is not None and result.hhi_after_high is not None:
        rows.append(("after", result.hhi_after, result.hhi_after_high))
    tall = 54.0 * len(rows)
    for low, top_value, name, fill in zones:
        drawing.rect(at(low), y, at(top_value) - at(low), tall, fill)
        drawing.text(
            (at(low) + at(top_value)) / 2,
            y - 7,
            svg.shorten(name, 10, at(top_value) - at(low)),
            10,
            svg.MUTED,
            "middle",
        )
    for value in (0.0, moderate, high, most):
        drawing.line(at(value), y, at(value), y + tall + 6, svg.MUTED)
        drawing.text(at(value), y + tall + 20, f"{value:,.0f}", 10, svg.MUTED, "middle")
    for number, (label, before, upper) in enumerate(rows):
        base = y + 54 * number + 27
        drawing.text(left - 12, base + 4, label, 12, svg.INK, "end", bold=True)
        if upper > before:
            drawing.rect(at(float(before)), base - 6, at(float(upper)) - at(float(before)), 12, "#9CC3DC", svg.NAVY, 3)
        drawing.circle(at(float(before)), base, 8, svg.NAVY, svg.PAPER, 2)
        said = _span(before, upper)
        x = at(float(upper)) + 14
        side = "start" if x + svg.width_of(said, 12, True) < left + wide else "end"
        drawing.text(x if side == "start" else at(float(before)) - 14, base + 4, said, 12, svg.INK, side, bold=True)
    if any(upper > before for _, before, upper in rows):
        drawing.text(left, y + tall + 42, "Bar: what the firms that are not named could add", 10, svg.MUTED)
    return drawing.svg()
