"""Pictures of the innovation case. Floats are for drawing only; no figure is read from a picture."""

from collections.abc import Sequence
from decimal import Decimal

MOST_BARS = 20


def value_bars(rows: Sequence[tuple[str, Decimal, Decimal]], currency: str) -> str:
    """Two bars an initiative: NPV if all benefits come, and expected NPV."""
    from experts.core import charts

    kept = rows[:MOST_BARS]
    losing = sum(1 for _, _, expected in rows if expected < 0)
    title = f"{len(rows) - losing} of {len(rows)} initiatives pay once benefits are weighted by their chance"
    with charts.figure(8.6, 1.8 + 0.52 * len(kept), title) as (made, axes):
        for at, (_, npv, expected) in enumerate(kept):
            axes.barh(at - 0.19, float(npv), color="#9DB8CC", height=0.36)
            axes.barh(at + 0.19, float(expected), color=charts.ACCENT if expected >= 0 else charts.SECOND, height=0.36)
        axes.axvline(0, color=charts.INK, linewidth=0.9)
        axes.set_yticks(range(len(kept)), [charts.shorten(row[0], 38) for row in kept])
        axes.invert_yaxis()
        axes.locator_params(axis="x", nbins=6)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_xlabel(f"Net present value, {currency}")
        marks = (("#9DB8CC", "If all benefits come"), (charts.ACCENT, "Expected"), (charts.SECOND, "Expected, a loss"))
        handles = [axes.barh([0], [0], color=colour, label=label) for colour, label in marks]
        made.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        axes.grid(axis="x", color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return charts.svg(made)


def phasing(quarters: Sequence[tuple[str, Decimal]], limit: Decimal | None, title: str, currency: str) -> str:
    """Investment by quarter as bars, with the most that may be drawn in one."""
    from experts.core import charts

    with charts.figure(8.6, 3.8, title) as (made, axes):
        values = [float(amount) for _, amount in quarters]
        over = [limit is not None and amount > limit for _, amount in quarters]
        colours = [charts.SECOND if high else charts.ACCENT for high in over]
        axes.bar(range(len(values)), values, color=colours, width=0.66)
        if limit is not None:
            axes.axhline(float(limit), color=charts.INK, linewidth=1.2, linestyle=(0, (4, 3)))
            axes.annotate(
                f"Limit of one quarter: {currency} {limit:,.0f}",
                (len(values) - 0.5, float(limit)),
                xytext=(0, 4),
                textcoords="offset points",
                ha="right",
                fontsize=9,
            )
        for at, value in enumerate(values):
            if value:
                axes.annotate(
                    f"{value:,.0f}",
                    (at, value),
                    xytext=(0, 3),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8,
                    color=charts.MUTED,
                )
        axes.set_xticks(range(len(values)), [name for name, _ in quarters], fontsize=8.5)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        top = max([*values, float(limit or 0)])
        axes.set_ylim(0, top * 1.15 or 1)
        axes.set_ylabel(f"Investment, {currency}")
        axes.grid(axis="y", color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return charts.svg(made)


def case_curve(years: Sequence[tuple[str, Decimal, Decimal]], title: str, currency: str) -> str:
    """Net by year as bars and the running sum as a line."""
    from experts.core import charts

    with charts.figure(8.6, 3.9, title) as (made, axes):
        net = [float(amount) for _, amount, _ in years]
        axes.bar(
            range(len(net)),
            net,
            color=[charts.ACCENT if value >= 0 else charts.SECOND for value in net],
            width=0.6,
            label="Net of the year",
        )
        axes.plot(
            range(len(net)), [float(total) for _, _, total in years], color=charts.INK, marker="o", label="Sum so far"
        )
        axes.axhline(0, color=charts.INK, linewidth=0.9)
        axes.set_xticks(range(len(net)), [year for year, _, _ in years])
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_ylabel(f"{currency}, undiscounted")
        axes.legend(frameon=False, fontsize=9, loc="upper left")
        axes.grid(axis="y", color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return charts.svg(made)
