"""The blocks of a budget allocation, for an owner and her bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Callout, Heading, ItemList, Picture, block
from experts.core.contract import Block
from experts.finance_accountant.actions._allocation_sheets import sheets_of
from experts.finance_accountant.actions._allocation_tables import (
    allocation_table,
    alternatives_table,
    bounds_table,
    economics_table,
    sensitivity_table,
)
from experts.finance_accountant.actions._allocation_text import basis, headline_of, monday, would_change
from experts.finance_accountant.actions._words import by_spend, moving

if TYPE_CHECKING:
    from experts.finance_accountant.actions.budget_analysis_and_optimization import Brief, Inputs, Output


def document_of(
    brief: Brief, inputs: Inputs, output: Output, assumptions: list[str], warnings: list[str]
) -> list[Block]:
    """All blocks of the budget, from the headline to the workbook's sheets."""
    blocks = [block("headline", Callout(tone="decision", text=headline_of(output), slot="headline"))]
    blocks += [block(f"warning-{i}", Callout(tone="warning", text=text)) for i, text in enumerate(warnings)]
    blocks.append(block("allocation-table", allocation_table(brief, inputs, output)))
    if output.media:
        blocks.append(block("allocation-picture", _allocation_picture(output)))
    if output.expected_results is not None and output.media:
        blocks.append(block("response-picture", _response_picture(output)))
    if output.alternatives or output.binding:
        blocks.append(block("constraints-heading", Heading(text="What each constraint costs")))
    if output.alternatives:
        blocks.append(block("alternatives-table", alternatives_table(output)))
    if output.binding:
        blocks.append(block("bounds-table", bounds_table(output)))
    if output.economics is not None:
        blocks.append(block("economics-heading", Heading(text="What a customer costs and brings")))
        blocks.append(block("economics-table", economics_table(brief, output)))
    if output.sensitivities:
        blocks.append(block("sensitivity-heading", Heading(text="How much the outcome depends on each fact")))
        if moving(output):
            blocks.append(block("sensitivity-picture", _sensitivity_picture(output)))
        blocks.append(block("sensitivity-table", sensitivity_table(brief, output)))
    blocks.append(block("would-change", ItemList(title="", items=would_change(inputs, output), slot="would_change")))
    blocks.append(block("basis", ItemList(title="What this budget rests on", items=basis(inputs, assumptions))))
    blocks.append(block("monday", ItemList(title="", items=monday(inputs, output), slot="monday")))
    return blocks + sheets_of(brief, inputs, output)


def _allocation_picture(output: Output) -> Picture:
    first, *others = by_spend(output)
    alone = not others or output.lines[others[0]].spend < output.lines[first].spend
    return Picture(
        picture="allocation",
        title="Media by channel" + (f": the largest share goes to {output.lines[first].label}" if alone else ""),
        alt="Horizontal bars, one a channel, with its spend and marks at its minimum and maximum.",
    )


def _response_picture(output: Output) -> Picture:
    return Picture(
        picture="response",
        title=_response_title(output),
        alt="Curves of expected results by spend, one a channel, with a dot at the planned spend.",
    )


def _response_title(output: Output) -> str:
    if output.marginal_cost is None:
        return "What each channel brings for its spend"
    if sum(line.used for line in output.lines.values()) < 2:
        return "Each further unit of spend brings less than the one before"
    if output.binding:
        return "Within its bounds, each channel gets money until its next result costs as much as elsewhere"
    return "Each channel gets money until its next result costs as much as elsewhere"


def _sensitivity_picture(output: Output) -> Picture:
    what = "what the campaign earns" if output.net_contribution is not None else "the results"
    first = output.sensitivities[moving(output)[0]].label
    return Picture(
        picture="sensitivity",
        title=f"{first} moves {what} most",
        alt="Pairs of bars, one a fact, from the outcome at its lower value to the outcome at its higher value.",
    )
