"""Cost of goods sold and inventory by the method chosen, beside the other methods."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.compute_inventory_cost import InventoryCost, compute_inventory_cost
from experts.finance_accountant.views._look import currency_of, money, money_axis, number, shown

_NAMES = {"fifo": "FIFO", "lifo": "LIFO (US only)", "weighted_average": "Weighted average"}


def view(result: InventoryCost, arguments: Mapping[str, Any]) -> View:
    """The method chosen, and what the others would give."""
    currency, chosen = currency_of(arguments), arguments.get("method") or "fifo"
    title = (
        f"{_NAMES[chosen].split(' (')[0]}: {money(result.cost_of_goods_sold, currency)} {currency} of goods sold, "
        f"{money(result.ending_inventory, currency)} left in stock"
    )
    given = {key: arguments[key] for key in ("movements", "currency", "system") if key in arguments}
    made = {name: compute_inventory_cost(**given, method=name) for name in _NAMES}  # type: ignore[arg-type]
    columns = {
        "method": ("Method", "text"),
        "sold": ("Cost of goods sold", "money"),
        "left": ("Ending inventory", "money"),
    }
    rows = [
        {
            "method": _NAMES[name] + (" *" if name == chosen else ""),
            "sold": money(one.cost_of_goods_sold, currency),
            "left": money(one.ending_inventory, currency),
        }
        for name, one in made.items()
    ]
    layers = [{"units": shown(layer.units), "cost": number(layer.unit_cost, 4)} for layer in result.layers]
    return View(
        title=title,
        subtitle=f"{number(result.units_sold)} units sold, {number(result.ending_units)} left",
        blocks=document(
            Picture(picture="methods", title=title, alt=f"Goods sold and stock by method. {title}."),
            grid(f"By method, {currency}", columns, rows, note="* the method chosen"),
            grid("Layers left", {"units": ("Units", "count"), "cost": (f"{currency} a unit", "money")}, layers[:100]),
            *closing(result),
        ),
        pictures={"methods": _chart(made, title, currency)},
    )


def _chart(made: dict[str, InventoryCost], title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    with figure(9, 3.6, title) as (drawn, axes):
        sold = [float(one.cost_of_goods_sold) for one in made.values()]
        axes.barh(range(len(made)), sold, 0.55, color=SECOND, label="Cost of goods sold")
        left = [float(one.ending_inventory) for one in made.values()]
        axes.barh(range(len(made)), left, 0.55, left=sold, color=ACCENT, label="Ending inventory")
        axes.set_yticks(range(len(made)), [_NAMES[name] for name in made])
        axes.invert_yaxis()
        axes.set_xlabel(currency)
        money_axis(axes.xaxis)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.22))
        return svg(drawn)
