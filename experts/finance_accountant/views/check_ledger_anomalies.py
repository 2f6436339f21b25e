"""Flags by test, and the first digits against Benford's law where they were tested."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.check_ledger_anomalies import CRITICAL, Anomalies
from experts.finance_accountant.views._look import percent, percent_axis, shown


def view(result: Anomalies, arguments: Mapping[str, Any]) -> View:
    """How many flags of each kind, then the entries behind them."""
    counts = [
        ("Groups of duplicates", len(result.duplicates)),
        ("Missing numbers", result.missing_count),
        ("Round amounts", result.round_count),
        ("Weekend dates", result.weekend_count),
    ]
    flags = sum(count for _, count in counts)
    title = f"{flags} flags in {result.entries:,} entries" if flags else f"No flags in {result.entries:,} entries"
    pictures = {}
    parts: list[Model] = []
    if result.benford is not None:
        test = result.benford
        title += f"; first digits are {test.conformity} to Benford's law"
        pictures["benford"] = _chart(
            result, f"First digits of {test.amounts:,} amounts are {test.conformity} to Benford's law"
        )
        parts.append(
            Picture(
                picture="benford", title="First digits", alt=f"First digits against Benford's law: {test.conformity}."
            )
        )
    rows = [{"test": name, "count": str(count)} for name, count in counts]
    parts.append(grid("Flags", {"test": ("Test", "text"), "count": ("Count", "count")}, rows))
    lists = [
        ("Duplicates by date, account and amount", [" = ".join(ids) for ids in result.duplicates]),
        ("Missing numbers", [str(number) for number in result.missing_numbers]),
        ("Round amounts", result.round_amounts),
        ("Weekend dates", result.weekend),
    ]
    parts += [
        ItemList(title=name, items=items if name.startswith("Duplicates") else [", ".join(items)])
        for name, items in lists
        if items
    ]
    if result.benford is not None:
        test = result.benford
        figures = [
            ("Chi-square, 8 degrees of freedom", f"{shown(test.chi_square)} (critical at 5%: {shown(CRITICAL)})"),
            ("p-value", shown(test.p_value)),
            ("Mean absolute deviation", shown(test.mean_absolute_deviation)),
        ]
        heads = {"name": ("Figure", "text"), "value": ("Value", "text")}
        parts.append(grid("Benford's law", heads, [{"name": n, "value": v} for n, v in figures]))
    return View(title=title, blocks=document(*parts, *closing(result)), pictures=pictures)


def _chart(result: Anomalies, title: str) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    assert result.benford is not None
    digits = result.benford.digits
    with figure(9, 4.2, title) as (made, axes):
        axes.bar([d.digit for d in digits], [float(d.actual) for d in digits], color=ACCENT, label="Ledger")
        axes.plot(
            [d.digit for d in digits],
            [float(d.expected) for d in digits],
            color=SECOND,
            marker="D",
            label="Benford's law",
        )
        for digit in digits:
            axes.annotate(
                percent(digit.actual),
                (digit.digit, float(digit.actual)),
                xytext=(0, -13),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color="white",
            )
        axes.set_xticks(range(1, 10))
        axes.set_xlabel("First digit")
        axes.set_ylabel("Share of amounts")
        percent_axis(axes.yaxis)
        axes.margins(y=0.12)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False)
        return svg(made)
