"""Pictures of a go-to-market plan: units by month and scenario, the funnel."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experts.marketing_sales.actions.go_to_market_strategy import Output

_LONGEST_LABEL = 34


def months_picture(output: "Output") -> dict[str, str]:
    """A line for each scenario over the months of sales; the base scenario is drawn strongest."""
    from experts.core import charts

    base = output.scenarios[output.base]
    peak = max(base.months.values(), key=lambda month: (month.units, -month.number))
    title = f"{charts.shorten(base.label, _LONGEST_LABEL)}: {base.units:,} units in {output.month_count} months, most of them in month {peak.number}"
    with charts.figure(10, 4.4, title) as (made, axes):
        for number, (key, scenario) in enumerate(output.scenarios.items()):
            at = [month.number for month in scenario.months.values()]
            units = [month.units for month in scenario.months.values()]
            own = key == output.base
            axes.plot(
                at,
                units,
                color=charts.SERIES[number % len(charts.SERIES)],
                linewidth=2.6 if own else 1.5,
                marker="o",
                markersize=4 if own else 3,
                label=f"{charts.shorten(scenario.label, _LONGEST_LABEL)}: {scenario.units:,}",
            )
        axes.set_ylim(bottom=0)
        axes.set_xlabel("Month of sales")
        axes.set_ylabel("Units")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.grid(axis="y", color=charts.GRID)
        made.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        return {"gtm-months": charts.svg(made)}


def funnel_picture(output: "Output") -> dict[str, str]:
    """A bar for each stage; nothing without stages."""
    if not output.stages or not output.visits:
        return {}
    from experts.core import charts

    rows = [("Visits that are paid for", float(output.visits), "")]
    rows += [
        (stage.label, float(stage.people), f"{float(stage.rate):.1%} of the stage before")
        for stage in output.stages.values()
    ]
    title = f"{rows[0][1]:,.0f} paid visits bring {rows[-1][1]:,.0f} to the last stage, {charts.shorten(rows[-1][0], _LONGEST_LABEL)}"
    with charts.figure(10, 1.3 + 0.62 * len(rows), title) as (made, axes):
        axes.barh(range(len(rows)), [people for _, people, _ in rows], color=charts.ACCENT, height=0.6)
        for y, (_, people, rate) in enumerate(rows):
            said = f" {people:,.0f}" + (f"  ({rate})" if rate else "")
            axes.text(people, y, said, va="center", fontsize=9)
        axes.set_yticks(range(len(rows)), [charts.shorten(label, _LONGEST_LABEL) for label, _, _ in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(0, rows[0][1] * 1.3)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        return {"gtm-funnel": charts.svg(made)}
