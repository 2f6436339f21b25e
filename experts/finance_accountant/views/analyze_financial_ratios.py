"""A dashboard of ratios by group, and their definitions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools._reference import table
from experts.finance_accountant.tools.analyze_financial_ratios import Ratios
from experts.finance_accountant.views._look import MUTED, box, canvas, fit, number, percent, text, words

_GROUPS = {
    "Liquidity": ("current_ratio", "quick_ratio", "cash_ratio"),
    "Leverage": ("debt_to_equity", "liabilities_to_assets", "interest_cover"),
    "Margins": ("gross_margin", "operating_margin", "net_margin"),
    "Cash cycle, days": ("days_inventory", "days_receivables", "days_payables", "cash_conversion_cycle"),
    "Returns (DuPont)": ("return_on_equity", "asset_turnover", "equity_multiplier", "return_on_assets"),
}


def view(result: Ratios, arguments: Mapping[str, Any]) -> View:
    """Tiles by group, then every ratio with its definition."""
    cycle, equity = result.ratios.get("cash_conversion_cycle"), result.ratios.get("return_on_equity")
    parts = []
    if equity is not None:
        parts.append(f"equity returns {percent(equity)}")
    if "current_ratio" in result.ratios:
        parts.append(f"current assets cover current liabilities {number(result.ratios['current_ratio'])} times")
    if cycle is not None:
        parts.append(f"cash is tied up for {number(cycle, 0)} days")
    title = "; ".join(parts) or "Ratios of the statements"
    title = title[:1].upper() + title[1:]
    definitions = table("ratio_definitions").current()
    rows = [
        {
            "ratio": words(key),
            "value": _value(key, result.ratios.get(key)) or result.undefined.get(key, ""),
            "how": str(definitions[key]),
        }
        for group in _GROUPS.values()
        for key in group
    ]
    columns = {"ratio": ("Ratio", "text"), "value": ("Value", "text"), "how": ("Definition", "text")}
    return View(
        title=title,
        blocks=document(
            Picture(picture="dashboard", title=title, alt=f"Ratios by group. {title}."),
            grid("Ratios", columns, rows),
            *closing(result),
        ),
        pictures={"dashboard": _dashboard(result, title)},
    )


def _value(key: str, value: Decimal | None) -> str:
    if value is None:
        return ""
    if "margin" in key or key.startswith("return") or key == "liabilities_to_assets":
        return percent(value)
    return f"{number(value, 0)} d" if key.startswith(("days", "cash_conv")) else number(value)


def _dashboard(result: Ratios, title: str) -> str:
    parts: list[str] = []
    for row, (group, keys) in enumerate(_GROUPS.items()):
        top = 66 + row * 96
        parts.append(text(16, top + 12, group, 12, MUTED, bold=True))
        for at, key in enumerate(keys):
            left = 16 + at * 196
            value = _value(key, result.ratios.get(key))
            parts += [
                box(left, top + 20, 184, 60, "#F7F9FA"),
                text(left + 12, top + 40, fit(words(key), 11, 164), 11, MUTED),
                text(left + 12, top + 68, value or "not defined", 20 if value else 12, bold=bool(value)),
            ]
    return canvas(816, 66 + 96 * len(_GROUPS) + 6, title, parts)
