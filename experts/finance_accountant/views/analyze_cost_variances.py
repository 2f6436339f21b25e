"""Variances as a tree: total, price and efficiency, then each input."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.analyze_cost_variances import CostVariances
from experts.finance_accountant.views._look import (
    BAD,
    GOOD,
    MUTED,
    box,
    canvas,
    currency_of,
    fit,
    line,
    money,
    signed,
    text,
    words,
)

_SHOWN = 12


def view(result: CostVariances, arguments: Mapping[str, Any]) -> View:
    """The tree, then actual against allowed cost by input."""
    currency = currency_of(arguments)
    gap = result.total_variance
    if gap:
        title = f"Cost is {money(abs(gap), currency)} {currency} {'above' if gap > 0 else 'below'} standard"
    else:
        title = "Cost is at standard"
    if result.price_variance or result.efficiency_variance:
        more = abs(result.efficiency_variance) > abs(result.price_variance)
        title += f", mostly by {'efficiency' if more else 'price'}"
    columns = {
        "input": ("Input", "text"),
        "actual": ("Actual", "money"),
        "standard": ("Allowed", "money"),
        "price": ("Price", "money"),
        "efficiency": ("Efficiency", "money"),
        "total": ("Total", "money"),
    }
    rows = [
        {
            "input": words(key),
            "actual": money(one.actual_cost, currency),
            "standard": money(one.standard_cost, currency),
            "price": _marked(one.price_variance, currency),
            "efficiency": _marked(one.efficiency_variance, currency),
            "total": _marked(one.total_variance, currency),
        }
        for key, one in result.inputs.items()
    ]
    tables = [grid(f"Variances, {currency}", columns, rows, note="U: unfavourable, F: favourable")]
    if result.fixed_overhead is not None:
        fixed = result.fixed_overhead
        pairs = [("Spending", fixed.spending_variance), ("Production volume", fixed.volume_variance)]
        heads = {"name": ("Fixed overhead", "text"), "value": ("Variance", "money")}
        tables.append(grid("Fixed overhead", heads, [{"name": n, "value": _marked(v, currency)} for n, v in pairs]))
    return View(
        title=title,
        blocks=document(
            Picture(picture="tree", title=title, alt=f"Variances by kind and input. {title}."),
            *tables,
            *closing(result),
        ),
        pictures={"tree": _tree(result, title, currency)},
    )


def _marked(amount: Decimal, currency: str) -> str:
    return f"{money(abs(amount), currency)} {'U' if amount > 0 else 'F' if amount < 0 else ''}".strip()


def _tree(result: CostVariances, title: str, currency: str) -> str:
    """Left the total, then price and efficiency, right the inputs with both parts."""
    names = list(result.inputs)
    names = sorted(names, key=lambda key: -abs(result.inputs[key].total_variance))[:_SHOWN]
    step, top = 46, 72
    leaves = [(kind, key) for kind in ("price", "efficiency") for key in names]
    height = top + step * len(leaves) + 24
    parts: list[str] = []
    middle = top + step * len(leaves) / 2
    for at, kind in enumerate(("price", "efficiency")):
        center = top + step * (len(names) * at + len(names) / 2)
        amount = result.price_variance if kind == "price" else result.efficiency_variance
        parts += [
            line(226, middle, 262, center),
            *_node(262, center - 22, 200, f"{words(kind)} variance", amount, currency),
        ]
        for number, key in enumerate(names):
            place = top + step * (len(names) * at + number + 0.5)
            value = getattr(result.inputs[key], f"{kind}_variance")
            parts += [line(462, center, 498, place), *_node(498, place - 20, 286, words(key), value, currency)]
    parts += _node(16, middle - 22, 210, "Total variance", result.total_variance, currency)
    if len(result.inputs) > len(names):
        parts.append(text(498, height - 8, f"and {len(result.inputs) - len(names)} more inputs, smaller", 11, MUTED))
    return canvas(800, height, f"{title} ({currency})", parts)


def _node(x: float, y: float, width: float, label: str, amount: Decimal, currency: str) -> list[str]:
    color = BAD if amount > 0 else GOOD if amount < 0 else MUTED
    said = f"{signed(amount, currency)} {'U' if amount > 0 else 'F' if amount < 0 else ''}".strip()
    return [
        box(x, y, width, 40, "#FFFFFF", color),
        text(x + 10, y + 16, fit(label, 11, width - 20), 11),
        text(x + 10, y + 32, fit(said, 12, width - 20), 12, color, bold=True),
    ]
