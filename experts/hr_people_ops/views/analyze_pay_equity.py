"""The gaps side by side, the adjusted one with its interval."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.analyze_pay_equity import PayEquity
from experts.hr_people_ops.views._look import number, percent, words


def view(result: PayEquity, arguments: Mapping[str, Any]) -> View:
    """The gap chart, the figures and the quartiles."""
    first, second = words(arguments["reference"]), words(arguments["comparison"])
    title = f"Median pay of {second} is {percent(abs(result.pay.median_gap))} " + (
        "below" if result.pay.median_gap >= 0 else "above"
    )
    title += f" that of {first}"
    if result.adjusted:
        title += f"; {percent(result.adjusted.gap)} remains after the factors"
    rows = [
        {"figure": "Mean gap", "value": percent(result.pay.mean_gap)},
        {"figure": "Median gap", "value": percent(result.pay.median_gap)},
    ]
    if result.bonus:
        rows += [
            {"figure": "Mean bonus gap", "value": percent(result.bonus.mean_gap)},
            {"figure": "Median bonus gap", "value": percent(result.bonus.median_gap)},
            *(
                {"figure": f"{words(key)} with a bonus", "value": percent(v)}
                for key, v in result.bonus_receiving.items()
            ),
        ]
    if result.adjusted:
        rows += [
            {"figure": "Adjusted gap", "value": percent(result.adjusted.gap)},
            {"figure": "95% interval", "value": f"{percent(result.adjusted.low)} to {percent(result.adjusted.high)}"},
            {"figure": "p-value", "value": number(result.adjusted.p_value, 4)},
            {"figure": "Adjusted for", "value": ", ".join(map(words, result.adjusted.controls))},
        ]
    quarters = [
        {
            "quarter": said,
            "first": percent(cell.get(arguments["reference"])) or "suppressed",
            "second": percent(cell.get(arguments["comparison"])) or "suppressed",
        }
        for said, cell in zip(("Lowest", "Second", "Third", "Highest"), result.quartile_shares, strict=True)
    ]
    sizes = ", ".join(f"{words(key)} {size}" for key, size in result.sizes.items())
    return View(
        title=title,
        subtitle=f"People: {sizes}",
        blocks=document(
            Picture(picture="gaps", title=title, alt=f"Mean, median and adjusted pay gap. {title}."),
            grid("Pay gap", {"figure": ("Figure", "text"), "value": ("Value", "ratio")}, rows),
            grid(
                "Quarters of pay",
                {"quarter": ("Quarter", "text"), "first": (first, "rate"), "second": (second, "rate")},
                quarters,
            ),
            *closing(result),
        ),
        pictures={"gaps": _chart(result, title)},
    )


def _chart(result: PayEquity, title: str) -> str:
    from experts.core.charts import ACCENT, INK, SECOND, figure, svg

    rows = [("Mean gap", float(result.pay.mean_gap)), ("Median gap", float(result.pay.median_gap))]
    if result.adjusted:
        rows.append(("Adjusted gap, 95% interval", float(result.adjusted.gap)))
    with figure(8, 2.0 + 0.4 * len(rows), title) as (made, axes):
        colours = [ACCENT, ACCENT, SECOND][: len(rows)]
        axes.barh(range(len(rows)), [value * 100 for _, value in rows], color=colours, height=0.5)
        reach = [value * 100 for _, value in rows] + [0.0]
        if result.adjusted:
            ends = float(result.adjusted.low) * 100, float(result.adjusted.high) * 100
            axes.plot(ends, [2, 2], color=INK, linewidth=2, marker="|", markersize=12)
            reach += ends
        span = (max(reach) - min(reach)) or 1
        for at, (said, value) in enumerate(rows):
            edge = max([value * 100, 0.0, *(ends if said.startswith("Adjusted") and result.adjusted else ())])
            axes.text(edge + span * 0.02, at, f"{value * 100:.1f}%", va="center", fontsize=9)
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_xlim(min(reach) - span * 0.05, max(reach) + span * 0.16)
        axes.set_yticks(range(len(rows)), [said for said, _ in rows])
        axes.invert_yaxis()
        axes.set_xlabel("Percent of the reference group's pay (positive: the comparison group is paid less)")
        return svg(made)
