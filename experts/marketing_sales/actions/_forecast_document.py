"""The blocks of a KPI forecast, for an owner and her bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Callout, Cell, Cite, Column, Heading, ItemList, Picture, Table, block
from experts.core.contract import Block
from experts.marketing_sales.actions._forecast_pictures import channel_finding, kpi_finding, shown_kpis
from experts.marketing_sales.actions._forecast_sheets import sheets_of
from experts.marketing_sales.actions._forecast_text import (
    FIGURES,
    basis,
    headline_of,
    monday,
    target_text,
    would_change,
)

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_kpi_forecast import Brief, Inputs, Output

VERDICTS = {
    "met": "met, also at the low end",
    "at risk": "at risk: met as expected, not at the low end",
    "missed": "missed",
    "not forecast": "not forecast",
}


def document_of(brief: Brief, inputs: Inputs, output: Output, warnings: list[str]) -> list[Block]:
    """All blocks of the forecast, from the headline to the workbook's sheets."""
    tone, text = headline_of(inputs, output)
    blocks = [block("headline", Callout(tone=tone, text=text, slot="headline"))]
    blocks += [block(f"warning-{i}", Callout(tone="warning", text=words)) for i, words in enumerate(warnings)]
    if output.channels:
        blocks.append(block("results-table", _results_table(inputs, output)))
        if any(channel.expected for channel in output.channels.values()):
            blocks.append(
                block(
                    "results-picture",
                    Picture(
                        picture="results",
                        title=channel_finding(output),
                        alt="One bar a channel from the low to the high end of its results, a dot at what is expected.",
                    ),
                )
            )
    if output.kpis:
        blocks.append(block("kpi-heading", Heading(text="Targets and forecast")))
        blocks.append(block("kpi-table", _kpi_table(output)))
        if shown_kpis(output):
            blocks.append(
                block(
                    "kpi-picture",
                    Picture(
                        picture="kpis",
                        title=kpi_finding(output),
                        alt="One bar a target, from worst to best forecast; right of the line is better.",
                    ),
                )
            )
    if output.test is not None:
        blocks.append(block("test-heading", Heading(text="The landing-page test")))
        blocks.append(block("test-table", _test_table(output)))
    lists = [
        ("would-change", ItemList(items=would_change(brief, inputs, output), slot="would_change")),
        ("basis", ItemList(title="What this forecast rests on", items=basis(brief, inputs, output))),
        ("monday", ItemList(items=monday(brief, output), slot="monday")),
    ]
    blocks += [block(name, body) for name, body in lists if body.items]
    return blocks + sheets_of(brief, inputs, output)


def _results_table(inputs: Inputs, output: Output) -> Table:
    rows: dict[str, dict[str, Cell]] = {}
    for key, channel in output.channels.items():
        rows[key] = {
            "label": channel.label,
            "spend": Cite(ref=f"allocation#lines.{key}.spend"),
            **{
                end: Cite(ref=f"self#channels.{key}.{end}") if inputs.allocation.lines[key].spend else "not used"
                for end in ("low", "expected", "high")
            },
        }
    for key, view in inputs.channel_plan.channels.items():
        line = inputs.allocation.lines.get(key)
        if key not in output.channels and line is not None and line.spend:
            rows[key] = {
                "label": view.label,
                "spend": Cite(ref=f"allocation#lines.{key}.spend"),
                **dict.fromkeys(("low", "expected", "high"), "not forecast"),
            }
    if output.results_expected is not None:
        total: dict[str, Cell] = {"label": "Total, production included"}
        total["spend"] = Cite(ref="allocation#working_total")
        rows["total"] = total | {end: Cite(ref=f"self#results_{end}") for end in ("low", "expected", "high")}
    columns: list[Column] = [
        {"key": "label", "label": "Channel"},
        {"key": "spend", "label": "Spend", "unit": "money"},
        {"key": "low", "label": "Low", "unit": "count"},
        {"key": "expected", "label": "Expected", "unit": "count"},
        {"key": "high", "label": "High", "unit": "count"},
    ]
    return Table(title="Results by channel", columns=columns, rows=rows, note="Counted: [[fact:campaign.result_name]].")


def _kpi_table(output: Output) -> Table:
    rows: dict[str, dict[str, Cell]] = {}
    for key, row in output.kpis.items():
        low, expected, high = FIGURES[row.measure]
        rows[key] = {
            "label": row.label,
            "target": target_text(key, row),
            **{
                name: Cite(ref=f"self#{path}") if getattr(output, path) is not None else "\u2013"
                for name, path in (("low", low), ("expected", expected), ("high", high))
            },
            "headroom": Cite(ref=f"self#kpis.{key}.headroom") if row.headroom is not None else "\u2013",
            "verdict": VERDICTS[row.verdict],
        }
    columns: list[Column] = [
        {"key": "label", "label": "Target"},
        {"key": "target", "label": "Should be"},
        {"key": "low", "label": "Lowest"},
        {"key": "expected", "label": "Expected"},
        {"key": "high", "label": "Highest"},
        {"key": "headroom", "label": "Room to target", "unit": "rate"},
        {"key": "verdict", "label": "Verdict"},
    ]
    return Table(
        title="Targets against the forecast",
        columns=columns,
        rows=rows,
        note="Room to target: how far the expected value is on the good side, as a share of the target.",
    )


def _test_table(output: Output) -> Table:
    test = output.test
    assert test is not None  # the caller has seen to it
    entries = [
        ("baseline", "Conversion today", "baseline_rate"),
        ("detect", "Conversion to detect", "detect_rate"),
        ("lift", "Relative difference", "lift"),
        ("power", "Chance to see it if it is there", "power"),
        ("significance", "Chance to see one that is not there", "significance"),
        ("sample", "Visitors for each variant", "sample_per_variant"),
        ("total", "Visitors in all, for two variants", "sample_total"),
        ("visitors", "Visitors a day", "daily_visitors"),
        ("days", "Time to reach the sample", "days"),
        ("run", "Recommended run, in whole weeks", "run_days"),
    ]
    return Table(
        title="Size and length of the test",
        columns=[{"key": "what", "label": "Quantity"}, {"key": "value", "label": "Value"}],
        rows={
            row: {"what": what, "value": Cite(ref=f"self#test.{field}")}
            for row, what, field in entries
            if getattr(test, field) is not None
        },
    )
