"""Overhead by product: activity-based against one plantwide rate."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.allocate_overhead_abc import ActivityCosts
from experts.finance_accountant.views._look import currency_of, money, money_axis, shown, signed, words

_SHOWN = 25
_POOLS = 7


def view(result: ActivityCosts, arguments: Mapping[str, Any]) -> View:
    """Bars by product with the pools inside, then rates and amounts."""
    currency = currency_of(arguments)
    shifted = {key: one.difference for key, one in result.products.items() if one.difference}
    if shifted:
        most, gap = max(shifted.items(), key=lambda item: abs(item[1]))
        title = f"{words(most)} carries {money(abs(gap), currency)} {currency} too {'little' if gap > 0 else 'much'} under one plantwide rate"
    else:
        title = f"{money(result.total_overhead, currency)} {currency} of overhead, assigned by activity"
    columns = {"product": ("Product", "text"), **{pool: (words(pool), "money") for pool in list(result.rates)[:6]}}
    columns |= {"overhead": ("Overhead", "money"), "unit": ("Per unit", "money")}
    if shifted:
        columns |= {"flat": ("Plantwide", "money"), "gap": ("Difference", "money")}
    rows = []
    for key, one in result.products.items():
        cells = {"product": words(key), "overhead": money(one.overhead, currency)}
        cells |= {pool: money(one.by_pool[pool], currency) for pool in columns if pool in one.by_pool}
        cells["unit"] = "" if one.per_unit is None else money(one.per_unit, currency)
        if shifted:
            cells["flat"] = "" if one.plantwide is None else money(one.plantwide, currency)
            cells["gap"] = "" if one.difference is None else signed(one.difference, currency)
        rows.append({column: cells.get(column, "") for column in columns})
    rates = [{"pool": words(pool), "rate": shown(rate)} for pool, rate in result.rates.items()]
    return View(
        title=title,
        blocks=document(
            Picture(picture="overhead", title=title, alt=f"Overhead by product. {title}."),
            grid(f"Overhead by product, {currency}", columns, rows),
            grid("Rates", {"pool": ("Pool", "text"), "rate": (f"{currency} per unit of driver", "ratio")}, rates),
            *closing(result),
        ),
        pictures={"overhead": _chart(result, title, currency)},
    )


def _chart(result: ActivityCosts, title: str, currency: str) -> str:
    from experts.core.charts import GRID, INK, SERIES, figure, shorten, svg

    names = sorted(result.products, key=lambda key: -result.products[key].overhead)[:_SHOWN]
    with figure(9, 2.1 + 0.42 * len(names), title) as (made, axes):
        left = [0.0] * len(names)
        pools = sorted(
            result.rates, key=lambda pool: -sum(one.by_pool.get(pool, 0) for one in result.products.values())
        )
        groups = [(shorten(words(pool), 24), [pool]) for pool in pools[:_POOLS]]
        groups += [("All other pools", pools[_POOLS:])] if pools[_POOLS:] else []
        for at, (label, members) in enumerate(groups):
            widths = [float(sum(result.products[name].by_pool.get(pool, 0) for pool in members)) for name in names]
            axes.barh(range(len(names)), widths, 0.55, left=left, color=SERIES[at], label=label)
            left = [a + b for a, b in zip(left, widths, strict=True)]
        flat = [result.products[name].plantwide for name in names]
        if any(value is not None for value in flat):
            axes.plot(
                [float(v or 0) for v in flat],
                range(len(names)),
                linestyle="none",
                marker="D",
                color=INK,
                label="One plantwide rate",
            )
        axes.set_yticks(range(len(names)), [shorten(words(name), 28) for name in names])
        axes.invert_yaxis()
        axes.set_xlabel(f"Overhead, {currency}")
        money_axis(axes.xaxis)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        made.legend(*axes.get_legend_handles_labels(), frameon=False, fontsize=9, ncols=3, loc="outside lower center")
        return svg(made)
