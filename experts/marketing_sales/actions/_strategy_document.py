"""The blocks of a channel plan, for an owner and her bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Callout, Cell, Cite, Column, Heading, ItemList, Picture, Table, block
from experts.core.contract import Block
from experts.marketing_sales.actions._strategy_picture import finding
from experts.marketing_sales.actions._strategy_text import (
    EVIDENCE,
    basis,
    headline_of,
    monday,
    would_change,
)

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_strategy_development import Brief, Output

KINDS = {
    "landing_page": "Landing page",
    "social_image": "Social image",
    "film": "Film",
    "audio_script": "Audio script",
    "print": "Print",
    "email": "E-mail",
    "other": "Other",
}


def document_of(brief: Brief, output: Output, assumptions: list[str], warnings: list[str]) -> list[Block]:
    """All blocks of the plan, from the headline to Monday."""
    blocks = [block("headline", Callout(tone="decision", text=headline_of(output), slot="headline"))]
    blocks += [block(f"warning-{i}", Callout(tone="warning", text=text)) for i, text in enumerate(warnings)]
    blocks.append(block("promise-table", _promise_table(output)))
    blocks.append(block("channels-heading", Heading(text="Channels and how they respond")))
    blocks.append(block("channels-table", _channel_table(brief, output)))
    if any(channel.curve for channel in output.channels.values()):
        blocks.append(
            block(
                "curves-picture",
                Picture(
                    picture="curves",
                    title=finding(output),
                    alt="One line a channel (at most eight, those that bring most): results by spend, rising ever more "
                    "slowly, within the channel's bounds.",
                ),
            )
        )
    if output.formats:
        blocks.append(block("matrix-table", _matrix(output)))
    blocks.append(block("would-change", ItemList(items=would_change(output), slot="would_change")))
    blocks.append(block("basis", ItemList(title="What this plan rests on", items=basis(assumptions))))
    blocks.append(block("monday", ItemList(items=monday(output), slot="monday")))
    return [piece for piece in blocks if piece.body.get("items") != []]


def _promise_table(output: Output) -> Table:
    entries: list[tuple[str, str, Cell]] = [
        ("audience", "Audience", Cite(ref="fact:campaign.audience")),
        ("message", "Message", Cite(ref="fact:campaign.message")),
        *((f"goal-{key}", "Goal", Cite(ref=f"fact:campaign.goals.{key}")) for key in output.goals),
        ("counted", "What is counted", Cite(ref="fact:campaign.result_name")),
        ("positioning", "Positioning", Cite(ref="judgement:positioning")),
        ("tone", "Tone", Cite(ref="judgement:tone")),
    ]
    return Table(
        title="For whom, and with what promise",
        columns=[{"key": "what", "label": "Part"}, {"key": "text", "label": "In words"}],
        rows={row: {"what": what, "text": text} for row, what, text in entries},
    )


def _channel_table(brief: Brief, output: Output) -> Table:
    rows: dict[str, dict[str, Cell]] = {}
    for key, channel in output.channels.items():
        at = f"self#channels.{key}"
        optional = channel.minimum > 0 and channel.minimum_applies == "if_used"
        rows[key] = {
            "label": channel.label,
            "minimum": f"[[{at}.minimum]] if used" if optional else Cite(ref=f"{at}.minimum"),
            "maximum": Cite(ref=f"{at}.maximum") if channel.maximum is not None else "no limit",
            "evidence": EVIDENCE[channel.evidence]
            + (f" ([[{at}.fit.rows]] rows)" if channel.evidence == "fitted" else ""),
            "curve": _curve_cell(brief, output, key),
            "gain": Cite(ref=f"{at}.gain_when_doubled")
            if channel.gain_when_doubled is not None
            else ("less the more is spent" if channel.curve else "not known"),
        }
    columns: list[Column] = [
        {"key": "label", "label": "Channel"},
        {"key": "minimum", "label": "Least", "unit": "money"},
        {"key": "maximum", "label": "Most", "unit": "money"},
        {"key": "evidence", "label": "Known from"},
        {"key": "curve", "label": "Results for a spend"},
        {"key": "gain", "label": "Double the spend adds", "unit": "rate"},
    ]
    return Table(title="Channels, their bounds and their response curves", columns=columns, rows=rows)


def _curve_cell(brief: Brief, output: Output, key: str) -> Cell:
    channel = output.channels[key]
    if channel.curve is None:
        return "planned without a forecast"
    if channel.evidence == "given":
        return Cite(ref=f"fact:channels.{key}.curve")
    return f"[[self#channels.{key}.curve.a]]*spend^[[self#channels.{key}.curve.b]]"


def _matrix(output: Output) -> Table:
    """Which channel needs which kind of format, and how many pieces."""
    kinds = [kind for kind in KINDS if any(item.kind == kind for item in output.formats.values())]
    owners: dict[str | None, str] = {key: channel.label for key, channel in output.channels.items()}
    owners[None] = "All channels"
    rows: dict[str, dict[str, Cell]] = {}
    for owner, label in owners.items():
        mine = {key: item for key, item in output.formats.items() if item.channel == owner}
        if not mine and owner is None:
            continue
        cells: dict[str, Cell] = {"label": label}
        for kind in kinds:
            pieces = [f"{item.label}: [[self#formats.{key}.count]]" for key, item in mine.items() if item.kind == kind]
            cells[kind] = "; ".join(pieces) or "\u2013"
        rows[owner or "all-channels"] = cells
    columns: list[Column] = [{"key": "label", "label": "Channel"}]
    columns += [{"key": kind, "label": KINDS[kind]} for kind in kinds]
    return Table(title="What each channel needs made, in pieces", columns=columns, rows=rows)
