"""What each criterion adds to each option, and which weight would change the leader."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.score_weighted_options import Scoring
from experts.digital_business_think_tank.views._page import brief, figure, grid, page, percent

_ACROSS = 5


def view(result: Scoring, arguments: Mapping[str, Any]) -> View:
    """Title, stacked totals, tornado of the lead, ranking and criteria."""
    from experts.digital_business_think_tank.views._plots import tornado

    first, second = result.ranking[0], result.ranking[1]
    near = [row for row in result.criteria if row.flips_at is not None]
    near.sort(key=lambda row: abs((row.flips_at or Decimal(0)) - row.weight))
    turn = (
        "no single weight changes that"
        if not near
        else f"{brief(near[0].flips_to)} leads if {brief(near[0].criterion)} weighs {percent(near[0].flips_at or Decimal(0))} instead of {percent(near[0].weight)}"
    )
    lead = (
        f"leads {brief(second.option)} by {figure(result.lead, 3)}"
        if result.lead
        else f"ties with {brief(second.option)}"
    )
    title = f"{brief(first.option)} {lead}; {turn}"
    names = [row.criterion for row in result.criteria]
    parts = [{f"c{at}": figure(value, 4) for at, value in enumerate(row.by_criterion)} for row in result.ranking]
    labels = {f"c{at}": (brief(name, 28), "ratio") for at, name in enumerate(names)}
    columns = {"rank": ("Rank", "count"), "option": ("Option", "text"), "total": ("Total", "ratio")}
    rows = [{"rank": str(row.rank), "option": row.option, "total": figure(row.total, 4)} for row in result.ranking]
    note = "Contribution of each criterion: weight x score."
    tables = []
    if len(names) <= _ACROSS:
        tables.append(grid("Ranking", columns | labels, [a | b for a, b in zip(rows, parts, strict=True)], note))
    else:  # more columns than a page has room for
        tables.append(grid("Ranking", columns, rows))
        for first_at in range(0, len(names), _ACROSS):
            keys = [f"c{at}" for at in range(first_at, min(first_at + _ACROSS, len(names)))]
            own = [
                {"option": row.option} | {key: part[key] for key in keys}
                for row, part in zip(result.ranking, parts, strict=True)
            ]
            tables.append(
                grid("Contributions", {"option": ("Option", "text")} | {key: labels[key] for key in keys}, own, note)
            )
    turns = [
        {
            "name": row.criterion,
            "weight": percent(row.weight),
            "flips": "never" if row.flips_at is None else percent(row.flips_at),
            "to": row.flips_to,
            "half": figure(row.lead_at_half, 4),
            "double": figure(row.lead_at_double, 4),
        }
        for row in result.criteria
    ]
    heads = {
        "name": ("Criterion", "text"),
        "weight": ("Weight", "rate"),
        "flips": ("Leader changes at", "rate"),
        "to": ("To", "text"),
        "half": ("Lead at half the weight", "ratio"),
        "double": ("Lead at double", "ratio"),
    }
    bodies = [
        *tables,
        grid("Sensitivity", heads, turns),
    ]
    if result.consistency:
        checks = [
            {
                "name": row.matrix,
                "lambda": figure(row.lambda_max, 4),
                "ratio": figure(row.consistency_ratio, 4),
                "ok": "yes" if row.acceptable else "no",
            }
            for row in result.consistency
        ]
        heads = {
            "name": ("Matrix", "text"),
            "lambda": ("Largest eigenvalue", "ratio"),
            "ratio": ("Consistency ratio", "ratio"),
            "ok": ("At most 0.10", "text"),
        }
        bodies.append(grid("Consistency of the comparisons", heads, checks))
    bars = [(row.criterion, row.lead_at_half, row.lead_at_double) for row in result.criteria]
    bars.sort(key=lambda bar: -abs(bar[1] - bar[2]))
    swing = tornado(
        f"Lead of {brief(first.option)} when one weight is halved or doubled; below zero another option leads",
        "Total of the leader minus the best of the others",
        bars,
        result.lead,
        ("weight halved", "weight doubled"),
    )
    return page(
        title,
        result,
        *bodies,
        pictures={"totals": (_totals(result, title), title), "tornado": (swing, "Lead by weight")},
    )


def _totals(result: Scoring, title: str) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import PALETTE

    shown = result.ranking[:20]
    with charts.figure(8.4, 2.0 + 0.42 * len(shown), title) as (made, axes):
        for at, row in enumerate(result.criteria):
            values = [float(item.by_criterion[at]) for item in reversed(shown)]
            starts = [float(sum(item.by_criterion[:at], Decimal(0))) for item in reversed(shown)]
            axes.barh(
                range(len(shown)),
                values,
                left=starts,
                height=0.6,
                color=PALETTE[at % len(PALETTE)],
                edgecolor="white",
                label=charts.shorten(row.criterion, 24),
            )
        for at, item in enumerate(reversed(shown)):
            axes.annotate(
                f" {figure(item.total, 3)}",
                (max(0.0, float(item.total)), at),
                va="center",
                fontsize=9,
                color=charts.INK,
            )
        axes.margins(x=0.1)
        axes.set_yticks(range(len(shown)), [charts.shorten(item.option, 30) for item in reversed(shown)])
        axes.tick_params(axis="y", length=0, labelcolor=charts.INK)
        axes.set_xlabel("Weighted score")
        made.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        return charts.svg(made)
