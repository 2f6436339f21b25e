"""The S-curve with its range, or the trend with its interval."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.forecast_adoption import AdoptionForecast
from experts.digital_business_think_tank.views._page import amount, figure, grid, page, percent


def view(result: AdoptionForecast, arguments: Mapping[str, Any]) -> View:
    """Title, curve, table by period and the what-ifs."""
    title = _finding(result)
    rows = [
        {
            "period": str(row.period),
            "value": figure(row.value),
            "low": "" if row.low is None else figure(row.low),
            "high": "" if row.high is None else figure(row.high),
            "total": "" if row.cumulative is None else figure(row.cumulative),
        }
        for row in result.rows
    ]
    label = "Value" if result.kind == "trend" else "New adopters"
    total = [] if result.kind == "trend" else [("total", ("Cumulative", "ratio"))]
    columns = {
        "period": ("Period", "count"),
        "value": (label, "ratio"),
        "low": ("Low", "ratio"),
        "high": ("High", "ratio"),
        **dict(total),
    }
    parameters = [
        {
            "name": p.name,
            "value": figure(p.value, 6),
            "error": "" if p.standard_error is None else figure(p.standard_error, 6),
        }
        for p in result.parameters
    ]
    bodies = [
        grid("By period", columns, rows),
        grid(
            "Parameters",
            {"name": ("Parameter", "text"), "value": ("Value", "ratio"), "error": ("Standard error", "ratio")},
            parameters,
            result.source,
        ),
    ]
    if result.what_if:
        cases = [
            {
                "change": case.change,
                "end": figure(case.cumulative_end),
                "peak": "" if case.peak_period is None else figure(case.peak_period),
            }
            for case in result.what_if
        ]
        bodies.append(
            grid(
                "What if",
                {
                    "change": ("Change", "text"),
                    "end": ("Adopters at the end", "ratio"),
                    "peak": ("Peak, period", "ratio"),
                },
                cases,
            )
        )
    return page(
        title,
        result,
        *bodies,
        pictures={"curve": (_curve(result, title, [float(value) for value in arguments.get("observed") or []]), title)},
    )


def _finding(result: AdoptionForecast) -> str:
    last = result.rows[-1]
    if result.kind == "trend":
        growth = "" if result.growth_rate is None else f", after {percent(result.growth_rate)} a period so far"
        return f"Period {last.period}: {amount(last.value)} on the trend, between {amount(last.low or last.value)} and {amount(last.high or last.value)}{growth}"
    peak = (
        "New adopters fall from the start"
        if not result.peak_period
        else f"New adopters peak around period {figure(result.peak_period, 1)}"
    )
    return f"{peak}; {amount(last.cumulative or last.value)} adopters by period {last.period}"


def _curve(result: AdoptionForecast, title: str, given: list[float]) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import thousands

    observed = len(given)
    xs = [row.period for row in result.rows]
    bounded = [row for row in result.rows if row.low is not None and row.high is not None]
    band = {"color": charts.ACCENT, "alpha": 0.16, "linewidth": 0, "label": "Range"}
    with charts.figure(8.4, 4.8, title) as (made, axes):
        if result.kind == "trend":
            axes.plot(xs, [float(row.value) for row in result.rows], color=charts.ACCENT, linewidth=2.2, label="Trend")
            axes.fill_between(
                [r.period for r in bounded],
                [float(r.low or 0) for r in bounded],
                [float(r.high or 0) for r in bounded],
                **band,
            )
            axes.set_ylabel("Value a period")
            legend = axes.get_legend_handles_labels()
        else:
            span = None
            totals = [float(row.cumulative or 0) for row in result.rows]
            bars = axes.bar(
                xs,
                [float(row.value) for row in result.rows],
                color="#F3B79B",
                width=0.72,
                label="New adopters a period (left)",
            )
            if result.kind == "bass" and bounded:
                half = [(float(r.value - (r.low or r.value)), float((r.high or r.value) - r.value)) for r in bounded]
                span = axes.errorbar(
                    [r.period for r in bounded],
                    [float(r.value) for r in bounded],
                    yerr=[[max(0.0, low) for low, _ in half], [max(0.0, high) for _, high in half]],
                    fmt="none",
                    ecolor=charts.SECOND,
                    elinewidth=1,
                    capsize=2.5,
                    label="Low to high",
                )
            axes.set_ylabel("New adopters a period")
            highest = [float(r.high if r.high is not None and result.kind == "bass" else r.value) for r in result.rows]
            axes.set_ylim(0, max([*highest, *given]) * 1.06 or 1)
            right = axes.twinx()
            (line,) = right.plot(xs, totals, color=charts.ACCENT, linewidth=2.4, label="Cumulative (right)")
            if result.kind != "bass" and bounded:
                span = right.fill_between(
                    [r.period for r in bounded],
                    [float(r.low or 0) for r in bounded],
                    [float(r.high or 0) for r in bounded],
                    **band,
                )
            right.set_ylabel("Cumulative adopters")
            right.set_ylim(0)
            right.spines["right"].set_visible(True)
            thousands(right)
            marks = [bars, line, *([span] if span is not None else [])]
            legend = (marks, [mark.get_label() for mark in marks])
        if observed:
            dots = axes.scatter(xs[:observed], given, s=26, color=charts.INK, zorder=5, label="Observed")
            legend = ([*legend[0], dots], [*legend[1], "Observed"])
        if observed and observed < xs[-1]:
            axes.axvline(observed + 0.5, color=charts.MUTED, linewidth=1, linestyle=(0, (4, 3)))
            axes.annotate(
                "forecast",
                (observed + 0.5, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(4, -2),
                textcoords="offset points",
                va="top",
                color=charts.MUTED,
                fontsize=9,
            )
        axes.set_xlabel("Period from launch" if result.kind != "trend" else "Period")
        thousands(axes)
        made.legend(*legend, loc="outside lower left", ncols=4, frameon=False, fontsize=9)
        return charts.svg(made)
