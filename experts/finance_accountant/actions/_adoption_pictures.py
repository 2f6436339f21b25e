"""The pictures of a technology's business case: running value by scenario, and what moves it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experts.finance_accountant.actions.technology_investment_analysis import Brief, Inputs, Output


def pictures_of(brief: Brief, inputs: Inputs, output: Output) -> dict[str, str]:
    """Cumulative present value by scenario with the gate, and the staged NPV by driver."""
    return {"techcase_value": _value(brief, output), "techcase_drivers": _drivers(output)}


def _value(brief: Brief, output: Output) -> str:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    from experts.core.charts import GRID, INK, MUTED, SERIES, figure, shorten, svg

    title = "Present value so far, by scenario"
    with figure(8.6, 4.4, title) as (made, axes):
        for at, each in enumerate(output.scenarios.values()):
            years = [int(year) for year in each.years]
            total, line = Decimal(0), []
            for year, row in zip(years, each.years.values(), strict=True):
                total += row.net / (1 + brief.case.discount_rate) ** (year - years[0])
                line.append(float(total))
            color = SERIES[at % len(SERIES)]
            axes.plot(years, line, color=color, marker="o", markersize=4, label=shorten(each.label, 32))
            axes.annotate(
                f"{line[-1]:,.0f}", (years[-1], line[-1]), xytext=(6, 0), textcoords="offset points", va="center",
                fontsize=9, color=color,
            )  # fmt: skip
        gate = brief.case.gate_year + 0.5
        axes.axvline(gate, color=MUTED, linestyle=(0, (4, 3)), linewidth=1)
        axes.annotate(
            "pilot gate", (gate, 1), xycoords=("data", "axes fraction"), xytext=(4, -4), textcoords="offset points",
            va="top", fontsize=9, color=MUTED,
        )  # fmt: skip
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.margins(x=0.09)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_ylabel(f"{output.currency}, discounted")
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.legend(frameon=False, fontsize=9, loc="upper left")
        return svg(made)


def _drivers(output: Output) -> str:
    from matplotlib.ticker import FuncFormatter

    from experts.core.charts import ACCENT, INK, SECOND, figure, svg

    rows = sorted(output.drivers.values(), key=lambda row: -abs(row.high - row.low))
    title = "Expected value of the plan when one driver alone is lower or higher"
    with figure(8.6, 1.5 + 0.5 * len(rows), title) as (made, axes):
        middle = float(output.staged_npv)
        for at, row in enumerate(rows):
            for value, color in ((row.low, SECOND), (row.high, ACCENT)):
                axes.barh(at, float(value) - middle, left=middle, color=color, height=0.55)
                side = 1 if float(value) >= middle else -1
                axes.annotate(
                    f"{value:,.0f}", (float(value), at), xytext=(4 * side, 0), textcoords="offset points",
                    va="center", ha="left" if side > 0 else "right", fontsize=9, color=INK,
                )  # fmt: skip
        axes.set_yticks(range(len(rows)), [row.label for row in rows])
        axes.invert_yaxis()
        axes.axvline(middle, color=INK, linewidth=0.8)
        axes.margins(x=0.22)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_xlabel(
            f"Expected NPV with the right to stop, {output.currency} (red: driver lower, blue: driver higher)"
        )
        return svg(made)
