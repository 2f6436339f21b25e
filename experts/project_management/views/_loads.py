"""Histograms of load: one panel a resource, in pages."""

from typing import Any

PANELS = 5


def histogram(
    title: str, panels: list[tuple[str, list[int], list[int], int]], x: str, ticks: list[tuple[int, str]] | None = None
) -> str:
    """Steps of load by day against capacity: (name, before, now, capacity); `before` may be empty."""
    from experts.core.charts import ACCENT, GRID, INK, MUTED, SECOND, figure, shorten, svg

    with figure(9, 1.6 + 1.75 * len(panels), title) as (made, first):
        first.remove()
        sub: Any = made.subplots(len(panels), 1, sharex=True, squeeze=False)
        for (axes,), (name, before, now, capacity) in zip(sub, panels, strict=True):
            over = [max(0, units - capacity) for units in now]
            inside, edges = [min(units, capacity) for units in now], range(len(now) + 1)
            axes.stairs(inside, edges, fill=True, color=ACCENT, label="Load")
            if any(over):
                axes.stairs(now, edges, baseline=inside, fill=True, color=SECOND, label="Above capacity")
            if before:
                axes.stairs(
                    before, range(len(before) + 1), baseline=None, color=MUTED, linewidth=1.2, label="Without limits"
                )
            axes.axhline(capacity, color=INK, linewidth=1.3, linestyle="--", label="Capacity")
            axes.set_ylabel(shorten(name, 18), fontsize=9)
            axes.set_ylim(0, max([capacity, *now, *before]) * 1.18 or 1)
            axes.yaxis.get_major_locator().set_params(integer=True)
            axes.grid(axis="y", color=GRID, linewidth=0.5)
            axes.set_axisbelow(True)
            if ticks:
                axes.set_xticks([day for day, _ in ticks], [text for _, text in ticks], fontsize=9)
        sub[-1][0].set_xlabel(x)
        keys: dict[str, Any] = {}
        for (axes,) in sub:
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
                keys.setdefault(label, handle)
        made.legend(keys.values(), keys.keys(), loc="outside lower center", frameon=False, ncols=4, fontsize=9)
        return svg(made)
