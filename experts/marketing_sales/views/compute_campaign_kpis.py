"""The KPI table: each measure at the low, the expected and the high end."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.compute_campaign_kpis import CampaignKpis
from experts.marketing_sales.views._look import ACCENT, INK, MUTED, box, canvas, fit, money, number, text

NONE = "none"


def view(result: CampaignKpis, arguments: Mapping[str, Any]) -> View:
    """The table as picture and as table."""
    currency = str(arguments["currency"])
    cost = money(result.cost_per_result, currency)
    verb = "costs" if arguments.get("results_low") is None and arguments.get("results_high") is None else "should cost"
    title = f"A result {verb} {cost} {currency}" if cost else "There are no results, so a result has no cost"
    if result.payback_months is not None:
        title += f" and pay back in month {number(result.payback_months, 0)}"
    ends = ("_worst", "", "_best")
    rows = [
        {"measure": "Results"}
        | {
            end: number(arguments["results_expected"] if arguments.get(key) is None else arguments[key], 0)
            for end, key in zip(ends, ("results_low", "results_expected", "results_high"), strict=True)
        }
    ]
    for label, name, places in (
        (f"Cost per result, {currency}", "cost_per_result", None),
        ("Payback, months", "payback_months", 1),
        ("Return on spend", "return_on_spend", 2),
    ):
        found = {}
        for end in ends:
            value = getattr(result, name + end)
            found[end] = (money(value, currency) if places is None else number(value, places)) or NONE
        rows.append({"measure": label} | found)
    for label, value in (
        (
            "Click-through rate",
            None if result.click_through_rate is None else f"{100 * result.click_through_rate:.2f}%",
        ),
        (f"Cost per click, {currency}", money(result.cost_per_click, currency)),
        (f"CPM, {currency} per 1,000", money(result.cost_per_thousand, currency)),
        ("Results per click", None if result.conversion_rate is None else f"{100 * result.conversion_rate:.2f}%"),
    ):
        if value:
            rows.append({"measure": label, "_worst": "", "": value, "_best": ""})
    columns = {
        "measure": ("Measure", "text"),
        "_worst": ("Low results", "ratio"),
        "": ("Expected", "ratio"),
        "_best": ("High results", "ratio"),
    }
    shown = {key or "expected": head for key, head in columns.items()}
    return View(
        title=title,
        blocks=document(
            Picture(picture="kpis", title=title, alt=f"Measures at low, expected and high results. {title}."),
            grid("Measures", shown, [{key or "expected": cell for key, cell in row.items()} for row in rows]),
            *closing(result),
        ),
        pictures={"kpis": _picture(title, list(columns.values()), rows)},
    )


def _picture(title: str, heads: list[tuple[str, str]], rows: list[dict[str, str]]) -> str:
    parts = [text(16, 92, heads[0][0], 12, ACCENT, bold=True)]
    for at, (label, _) in enumerate(heads[1:], 1):
        parts.append(text(230 + 150 * at, 92, label, 12, ACCENT, "end", True))
    for line, row in enumerate(rows):
        y = 102 + 38 * line
        parts.append(box(12, y, 690, 34, "#F4F6F8" if line % 2 else "#FFFFFF"))
        for at, cell in enumerate(row.values()):
            if at == 0:
                parts.append(text(20, y + 22, fit(cell, 12, 200), 12))
            else:
                parts.append(
                    text(230 + 150 * at, y + 22, fit(cell, 13, 140), 13, INK if at == 2 else MUTED, "end", at == 2)
                )
    return canvas(714, 116 + 38 * len(rows), title, parts)
