"""Survival by cohort as steps, and turnover by period."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.measure_turnover import Turnover
from experts.hr_people_ops.views._look import number, percent, words


def view(result: Turnover, arguments: Mapping[str, Any]) -> View:
    """The curve where there are cohorts, a bar chart of periods where there are some."""
    parts = []
    if result.annualised is not None:
        parts.append(f"Turnover runs at {percent(result.annualised)} a year")
    seen = [(key, row) for key, row in result.cohorts.items() if row.survival_12_months is not None]
    if seen:
        key, row = seen[0]
        of = "" if key == "all" else f" of {words(key)}"
        parts.append(f"{percent(row.survival_12_months, 0)}{of} are still here after a year")
    title = "; ".join(parts) or "Survival of employment by cohort"
    bodies: list[Model] = []
    pictures = {}
    shown = {key: row for key, row in result.cohorts.items() if row.people}
    if shown:
        said = title if seen else "How long people stay"
        pictures["survival"] = _curve(shown, arguments, said)
        bodies.append(
            Picture(picture="survival", title=said, alt=f"Share still employed by months of service. {said}.")
        )
    if result.periods:
        columns = {
            "period": ("Period", "text"),
            "average": ("Average headcount", "count"),
            "rate": ("Rate", "rate"),
            "annualised": ("Annualised", "rate"),
            "voluntary": ("Voluntary, annualised", "rate"),
        }
        rows = [
            {
                "period": words(key),
                "average": number(row.average_headcount, 1),
                "rate": percent(row.rate),
                "annualised": percent(row.annualised),
                "voluntary": percent(row.voluntary_annualised),
            }
            for key, row in result.periods.items()
        ]
        bodies.append(grid("Turnover by period", columns, rows))
    if result.cohorts:
        columns = {
            "cohort": ("Cohort", "text"),
            "people": ("People", "count"),
            "left": ("Left", "count"),
            "year": ("Still here after 12 months", "rate"),
            "median": ("Median months", "count"),
        }
        rows = [
            {
                "cohort": words(key),
                "people": "suppressed" if row.people is None else f"{row.people}",
                "left": "" if row.left is None else f"{row.left}",
                "year": percent(row.survival_12_months),
                "median": "" if row.median_months is None else f"{row.median_months}",
            }
            for key, row in result.cohorts.items()
        ]
        bodies.append(grid("Cohorts", columns, rows))
    return View(title=title, blocks=document(*bodies, *closing(result)), pictures=pictures)


def _curve(shown: Mapping[str, Any], arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import GRID, SERIES, figure, shorten, svg

    service = arguments.get("service") or []
    styles = ("-", "--", "-.", ":")
    with figure(8.6, 4.6, title) as (made, axes):
        for at, (key, row) in enumerate(list(shown.items())[:8]):
            end = max(person.months for person in service if person.cohort == key)
            months = [0, *(step.months for step in row.steps), end]
            alive = [1.0, *(float(step.survival) for step in row.steps)]
            alive.append(alive[-1])
            colour = SERIES[at % len(SERIES)]
            axes.step(
                months,
                [value * 100 for value in alive],
                where="post",
                color=colour,
                linestyle=styles[at % 4],
                linewidth=2,
                label=f"{shorten(words(key), 28)} (n = {row.people})",
            )
            if len(shown) <= 2 and row.steps:
                low = [100.0, *(float(step.low) * 100 for step in row.steps)]
                high = [100.0, *(float(step.high) * 100 for step in row.steps)]
                axes.fill_between(
                    months, [*low, low[-1]], [*high, high[-1]], step="post", color=colour, alpha=0.12, linewidth=0
                )
        axes.set_ylim(0, 104)
        axes.set_xlim(left=0)
        axes.set_xlabel("Months of service")
        axes.set_ylabel("Still employed, percent" + (" (band: 95%)" if len(shown) <= 2 else ""))
        axes.grid(color=GRID, linewidth=0.6)
        axes.legend(frameon=False, fontsize=9, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.15))
        return svg(made)
