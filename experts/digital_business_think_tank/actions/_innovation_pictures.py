"""Pictures of the innovation strategy that no tool's view draws. Floats are for drawing only."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

MOST_SEGMENTS = 14
COLOURS = {"core": "#12507B", "adjacent": "#4F772D", "transformational": "#B85C38"}


def segment_bars(rows: Sequence[tuple[str, Decimal, Decimal, Decimal]], currency: str) -> str:
    """Horizontal bars by segment: total spend, of it reachable, of it obtainable; largest obtainable first."""
    from experts.core import charts

    ranked = sorted(rows, key=lambda row: (-row[3], row[0]))
    kept = ranked[:MOST_SEGMENTS]
    best = kept[0][0]
    title = f"Most is to be won from {charts.shorten(best, 40).lower() if best.istitle() else charts.shorten(best, 40)}"
    with charts.figure(8.4, 1.7 + 0.62 * len(kept), title) as (made, axes):
        for at, (_, tam, sam, som) in enumerate(kept):
            for value, colour, height in ((tam, charts.GRID, 0.7), (sam, "#9DB8CC", 0.5), (som, charts.ACCENT, 0.3)):
                axes.barh(at, float(value), color=colour, height=height)
        axes.set_yticks(range(len(kept)), [charts.shorten(row[0], 34) for row in kept])
        axes.invert_yaxis()
        axes.locator_params(axis="x", nbins=6)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_xlabel(f"Spend a year, {currency}")
        handles = [
            axes.barh([0], [0], color=colour, label=label)
            for colour, label in ((charts.GRID, "Total"), ("#9DB8CC", "Reachable"), (charts.ACCENT, "Obtainable"))
        ]
        made.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        axes.grid(axis="x", color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return charts.svg(made)


def bubbles(rows: Sequence[Any], ranked_by: str, currency: str) -> str:
    """Initiatives by investment and expected value; filled where funded, coloured by horizon."""
    from experts.core import charts

    funded = [row for row in rows if row.standing == "funded"]
    by_money = ranked_by == "expected_npv"
    title = f"{len(funded)} of {len(rows)} initiatives are funded"
    with charts.figure(8.4, 5.4, title) as (made, axes):
        points = [(float(row.investment), float(row.expected_npv if by_money else row.score)) for row in rows]
        for (x, y), row in zip(points, rows, strict=True):
            colour = COLOURS[row.horizon]
            full = row.standing == "funded"
            face = colour if full else "white"
            marker = "X" if row.standing in ("not_ready", "ruled_out") else "o"
            axes.scatter(x, y, s=130, color=face, edgecolors=colour, linewidths=1.6, marker=marker, zorder=3)
        axes.axhline(0, color=charts.INK, linewidth=0.9)
        axes.margins(0.16, 0.14)
        made.canvas.draw()
        _name(axes, points, [charts.shorten(row.label, 26) for row in rows])
        axes.set_xlabel(f"Investment, {currency}")
        axes.set_ylabel(f"Expected net present value, {currency}" if by_money else "Weighted score")
        axes.locator_params(axis="x", nbins=6)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}" if by_money else f"{value:g}")
        handles = [
            axes.scatter([], [], color=colour, s=60, label=name.capitalize()) for name, colour in COLOURS.items()
        ]
        for face, marker, label in (("white", "o", "Not funded"), ("white", "X", "No candidate")):
            handles.append(axes.scatter([], [], color=face, edgecolors=charts.MUTED, s=60, marker=marker, label=label))
        made.legend(handles=handles, loc="outside lower left", ncols=5, frameon=False, fontsize=9)
        axes.grid(color=charts.GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return charts.svg(made)


def _name(axes: Any, points: Sequence[tuple[float, float]], names: Sequence[str]) -> None:
    """Names beside the marks; one that would cover another is left to the table."""
    from experts.core import charts

    scale = axes.figure.dpi / 72
    frame = axes.get_window_extent()
    places = [axes.transData.transform(point) for point in points]
    reach = 8 * scale
    taken = [(x - reach, y - reach, x + reach, y + reach) for x, y in places]
    for at, ((x, y), name) in enumerate(zip(places, names, strict=True)):
        wide, high = len(name) * 4.9 * scale, 10 * scale
        for dx, dy, side in (
            *((9, 0, "left"), (-9, 0, "right"), (0, 14, "center"), (0, -14, "center")),
            *((8, 12, "left"), (8, -12, "left"), (-8, 12, "right"), (-8, -12, "right")),
        ):
            left = x + dx * scale - (wide if side == "right" else wide / 2 if side == "center" else 0)
            box = (left, y + dy * scale - high / 2, left + wide, y + dy * scale + high / 2)
            others = [other for number, other in enumerate(taken) if number != at]
            inside = box[0] >= frame.x0 and box[2] <= frame.x1 and box[1] >= frame.y0 and box[3] <= frame.y1
            if inside and not any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in others):
                taken.append(box)
                axes.annotate(
                    name,
                    points[at],
                    xytext=(dx, dy),
                    textcoords="offset points",
                    ha=side,
                    va="center",
                    fontsize=8,
                    color=charts.INK,
                )
                break


def adoption_curve(rows: Sequence[tuple[str, int, int, int, int]], what: str, title: str) -> str:
    """New adopters a year as bars with their range, and the running sum as a line."""
    from experts.core import charts

    with charts.figure(8.4, 4.4, title) as (made, axes):
        at = list(range(len(rows)))
        axes.bar(at, [float(row[1]) for row in rows], color="#F3B79B", width=0.66, label="New in the year (left)")
        spread = [[float(row[1] - row[2]) for row in rows], [float(row[3] - row[1]) for row in rows]]
        axes.errorbar(
            at,
            [float(row[1]) for row in rows],
            yerr=[[max(0.0, value) for value in side] for side in spread],
            fmt="none",
            ecolor=charts.SECOND,
            elinewidth=1,
            capsize=3,
            label="Range",
        )
        axes.set_xticks(at, [row[0] for row in rows])
        axes.set_xlabel("Years from launch")
        axes.set_ylabel("New in the year")
        axes.set_ylim(0)
        right = axes.twinx()
        right.plot(at, [float(row[4]) for row in rows], color=charts.ACCENT, marker="o", label="So far (right)")
        right.set_ylabel(charts.shorten(f"So far: {what}", 44))
        right.set_ylim(0)
        right.spines["right"].set_visible(True)
        for side in (axes, right):
            side.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        marks = [*axes.get_legend_handles_labels()[0], *right.get_legend_handles_labels()[0]]
        made.legend(handles=marks, loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        return charts.svg(made)
