"""Impact ratios against the four-fifths line, with the tests beside them."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.test_adverse_impact import AdverseImpact
from experts.hr_people_ops.views._look import number, percent, probability, words


def view(result: AdverseImpact, arguments: Mapping[str, Any]) -> View:
    """The ratio chart and the table of rates and tests."""
    below = [words(key) for key, row in result.groups.items() if row.below_four_fifths]
    firm = [words(key) for key, row in result.groups.items() if row.finding.endswith("and statistically significant")]
    title = (
        f"Selection of {_named(firm)} is below four-fifths, and the difference is significant"
        if firm
        else f"Selection of {_named(below)} is below four-fifths, on numbers that do not settle it"
        if below
        else "No group is selected at less than four-fifths of the highest rate"
    )
    columns = {
        "group": ("Group", "text"),
        "rate": ("Selection rate", "rate"),
        "ratio": ("Impact ratio", "ratio"),
        "z": ("z", "ratio"),
        "p": ("p (z)", "ratio"),
        "fisher": ("p (Fisher)", "ratio"),
        "shortfall": ("Shortfall", "ratio"),
        "finding": ("Finding", "text"),
    }
    rows = [
        {
            "group": words(key),
            "rate": percent(row.rate),
            "ratio": number(row.impact_ratio, 3),
            "z": number(row.z, 2),
            "p": probability(row.p_z),
            "fisher": probability(row.p_fisher),
            "shortfall": number(row.shortfall, 1),
            "finding": row.finding,
        }
        for key, row in result.groups.items()
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="ratios", title=title, alt=f"Impact ratio by group against the four-fifths line. {title}."),
            grid("Selection by group", columns, rows),
            *closing(result),
        ),
        pictures={"ratios": _chart(result, title)},
    )


def _named(groups: list[str]) -> str:
    return ", ".join(groups) if len(groups) <= 3 else f"{len(groups)} groups"


def _chart(result: AdverseImpact, title: str) -> str:
    from experts.core.charts import ACCENT, MUTED, SECOND, figure, shorten, svg

    rows = [
        (key, float(row.impact_ratio) if row.impact_ratio is not None else 1.0)
        for key, row in result.groups.items()
        if row.impact_ratio is not None or key == result.reference_group
    ]
    with figure(8, 1.8 + 0.42 * len(rows), title) as (made, axes):
        colours = [
            MUTED if key == result.reference_group else SECOND if result.groups[key].below_four_fifths else ACCENT
            for key, _ in rows
        ]
        axes.barh(range(len(rows)), [value for _, value in rows], color=colours, height=0.62)
        axes.axvline(0.8, color="#A4371E", linestyle="--", linewidth=1.4)
        for at, (key, value) in enumerate(rows):
            note = "reference" if key == result.reference_group else f"{value:.3f}"
            axes.text(
                value + 0.012,
                at,
                note,
                va="center",
                fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        axes.set_yticks(range(len(rows)), [shorten(words(key), 34) for key, _ in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, 1.16)
        axes.set_xlabel("Impact ratio: selection rate / highest selection rate (dashed line: four-fifths)")
        return svg(made)
