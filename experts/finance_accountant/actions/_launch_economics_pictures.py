"""Pictures of launch economics: cash curves, and the drivers of profit."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experts.finance_accountant.actions.pricing_and_revenue_projections import Output

_LONGEST_LABEL = 34


def cash_picture(output: "Output") -> dict[str, str]:
    """Cumulative cash of each scenario by month, the launch as a line, the lowest point of the base marked."""
    from matplotlib import dates

    from experts.core import charts
    from experts.finance_accountant.views._look import compact, money_axis

    when: Any = dates

    base = output.scenarios[output.base]
    title = f"{charts.shorten(base.label, _LONGEST_LABEL)}: cash falls to {compact(float(base.lowest))} {output.currency} at its lowest"
    title += f" and is back in {base.payback_month:%m/%Y}" if base.payback_month else " and is not back within the plan"
    with charts.figure(10, 4.8, title) as (made, axes):
        for number, (key, scenario) in enumerate(output.scenarios.items()):
            rows = list(scenario.months.values())
            axes.plot(
                [float(when.date2num(row.begins)) for row in rows],
                [float(row.cumulative) for row in rows],
                color=charts.SERIES[number % len(charts.SERIES)],
                linewidth=2.6 if key == output.base else 1.5,
                label=charts.shorten(scenario.label, _LONGEST_LABEL),
            )
        axes.axhline(0, color=charts.INK, linewidth=0.9)
        launch = when.date2num(output.launch_date)
        axes.axvline(launch, color=charts.MUTED, linewidth=1.2, linestyle="--")
        axes.annotate(
            "launch ", (launch, 1.005), xycoords=("data", "axes fraction"), ha="right", va="bottom", fontsize=9
        )
        if base.lowest_month is not None:
            axes.plot([when.date2num(base.lowest_month)], [float(base.lowest)], "o", color=charts.INK, markersize=6)
        locator = when.AutoDateLocator(minticks=4, maxticks=12)
        axes.xaxis_date()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(when.ConciseDateFormatter(locator))
        money_axis(axes.yaxis)
        axes.set_ylabel(f"Cash so far, {output.currency}")
        axes.grid(axis="y", color=charts.GRID)
        made.legend(loc="outside lower left", ncols=4, frameon=False, fontsize=9)
        return {"launch-cash": charts.svg(made)}


def driver_picture(output: "Output", step: Decimal) -> dict[str, str]:
    """A bar from profit with the driver lower to profit with it higher, widest first."""
    if not output.drivers:
        return {}
    from experts.core import charts
    from experts.finance_accountant.views._look import compact, money_axis

    profit = float(output.scenarios[output.base].profit)
    drivers = list(output.drivers.values())
    title = f"{drivers[0].label} moves profit most: one figure at a time {float(step):.0%} lower or higher"
    with charts.figure(10, 1.6 + 0.5 * len(drivers), title) as (made, axes):
        span = max(float(driver.swing) for driver in drivers) or 1.0
        for y, driver in enumerate(drivers):
            for value, color, word in ((driver.low, charts.SECOND, "lower"), (driver.high, charts.ACCENT, "higher")):
                end = float(value)
                label = word if y == 0 else None
                axes.barh(y, end - profit, left=profit, color=color, height=0.58, label=label)
                side = "left" if end >= profit else "right"
                space = f" {compact(end)}" if side == "left" else f"{compact(end)} "
                axes.text(end, y, space, ha=side, va="center", fontsize=8.5)
        axes.axvline(profit, color=charts.INK, linewidth=1)
        axes.set_yticks(range(len(drivers)), [driver.label for driver in drivers])
        axes.set_ylim(len(drivers) - 0.4, -0.6)
        axes.set_xlim(profit - 0.64 * span, profit + 0.64 * span)
        money_axis(axes.xaxis)
        axes.set_xlabel(f"Profit of the base scenario, {output.currency}")
        made.legend(loc="outside lower left", ncols=2, frameon=False, fontsize=9)
        return {"launch-drivers": charts.svg(made)}
