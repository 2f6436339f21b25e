"""The text, tables, sheet and pictures of an innovation portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    capitalised,
    draft,
    few,
    figure_sheet,
    figure_table,
    headline,
    helper,
    items,
    joined,
    monday,
    own,
    picture,
    quoted,
    shown,
    title_of,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, ItemList, Sheet, SheetCell, Table
    from experts.digital_business_think_tank.actions.technology_trend_analysis_and_recommendations import Brief, Output
    from experts.digital_business_think_tank.tools.build_technology_radar import TechnologyRadar
    from experts.digital_business_think_tank.tools.select_innovation_portfolio import Portfolio

Cells = dict[str, "Cell"]
STANDINGS = {
    "funded": "funded",
    "not_funded": "not funded",
    "not_ready": "not ready",
    "ruled_out": "ruled out",
}
RINGS = {"adopt": "Adopt", "trial": "Trial", "assess": "Assess", "hold": "Hold"}
SHEET = "Innovation scores"
MOST_MOVES = 24


def narrative_of(output: Output) -> str:
    """What is funded, why it belongs together, and what is left out."""
    funded = [row.label for row in output.selected.values()]
    if not funded:
        return "Nothing is worth funding within the budget as the brief describes it."
    aim = (
        "the most expected net present value"
        if output.ranked_by == "expected_npv"
        else "the highest sum of weighted scores"
    )
    parts = [
        f"The set with {aim} within {own('budget')} is {few(funded, 'the others of the table', most=8)}. It takes "
        f"{own('invested')} and leaves {own('left')}.",
        *_steps(output),
    ]
    refused = [row.label for row in output.initiatives.values() if row.standing == "not_ready"]
    if refused:
        verb = "is" if len(refused) == 1 else "are"
        parts.append(f"{few(refused)} {verb} not ready for funding by the evidence.")
    return " ".join(parts)


def _steps(output: Output) -> list[str]:
    """Funded initiatives that only stand because others need them."""
    stepping = [row.label for row in output.initiatives.values() if row.standing == "funded" and row.expected_npv < 0]
    if not stepping:
        return []
    verb = "does" if len(stepping) == 1 else "do"
    it, stands = ("it", "is") if len(stepping) == 1 else ("they", "are")
    return [
        f"{joined(stepping)} {verb} not pay alone; {it} {stands} funded because others need what {it} {'brings' if it == 'it' else 'bring'}."
    ]


def document_of(brief: Brief, output: Output, radar: TechnologyRadar | None) -> list[Block]:
    """Headline, the choice, what falls out, the scores, the radar."""
    return draft(
        headline(_headline(output), "good" if output.selected else "warning"),
        picture(
            "innovation-portfolio",
            "Initiatives by investment and expected value",
            "Bubbles by investment and expected net present value; filled ones are funded, the colour is the horizon.",
        ),
        _choice_table(output),
        _budget_table(output),
        _mix_table(output),
        picture(
            "innovation-radar",
            "Technology radar",
            "Technologies by ring from adopt to hold in up to four quadrants, numbered, with a legend.",
        )
        if radar
        else None,
        _radar_list(brief),
        _score_table(output),
        would_change(_changes(output)),
        monday(_first(output)),
        _sheet(output),
    )


def _headline(output: Output) -> str:
    if not output.selected:
        return f"No set of initiatives is worth funding within {own('budget')}."
    return f"Fund {few([row.label for row in output.selected.values()], 'others', most=6)} for {own('invested')}."


def _choice_table(output: Output) -> Table | None:
    order = ["funded", "not_funded", "ruled_out", "not_ready"]
    keys = sorted(
        output.initiatives,
        key=lambda key: (
            order.index(output.initiatives[key].standing),
            -output.initiatives[key].expected_npv,
            key,
        ),
    )
    rows: dict[str, Cells] = {
        key: {
            "name": output.initiatives[key].label,
            "standing": STANDINGS[output.initiatives[key].standing],
            "investment": shown(True, f"self#initiatives.{key}.investment"),
            "expected": shown(True, f"self#initiatives.{key}.expected_npv"),
            "score": shown(True, f"self#initiatives.{key}.score"),
            "trl": shown(True, f"self#initiatives.{key}.trl"),
            "needs": joined([output.initiatives[other].label for other in output.initiatives[key].needs]) or NONE,
            "why": capitalised(output.initiatives[key].why),
        }
        for key in keys
    }
    return figure_table(
        "What is funded and what is not",
        {
            "name": ("Initiative", "text"),
            "standing": ("Standing", "text"),
            "investment": ("Investment", "money"),
            "expected": ("Expected NPV", "money"),
            "score": ("Score", "ratio"),
            "trl": ("TRL", "count"),
            "needs": ("Needs", "text"),
            "why": ("Why", "text"),
        },
        rows,
        "Chosen exactly: no other set that keeps the budget, the needs and the exclusions is worth more.",
    )


def _budget_table(output: Output) -> Table | None:
    by_money = output.ranked_by == "expected_npv"
    rows: dict[str, Cells] = {
        key: {
            "budget": shown(True, f"self#other_budgets.{key}.budget"),
            "value": shown(True, f"self#other_budgets.{key}.value"),
            "in": few(row.comes_in) or NONE,
            "out": few(row.falls_out) or NONE,
        }
        for key, row in output.other_budgets.items()
    }
    return figure_table(
        "What another budget would fund",
        {
            "budget": ("Budget", "money"),
            "value": ("Expected NPV" if by_money else "Sum of scores", "ratio"),
            "in": ("Comes in", "text"),
            "out": ("Falls out", "text"),
        },
        rows,
        "Expected NPV in the plan's currency." if by_money else "",
    )


def _mix_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "name": capitalised(key),
            "spent": shown(True, f"self#mix.{key}.spent"),
            "share": shown(True, f"self#mix.{key}.share"),
            "usual": shown(True, f"self#mix.{key}.usual"),
        }
        for key in output.mix
    }
    return figure_table(
        "Investment by horizon",
        {
            "name": ("Horizon", "text"),
            "spent": ("Invested", "money"),
            "share": ("Share", "rate"),
            "usual": ("Usual split", "rate"),
        },
        rows if output.selected else {},
        "The usual split is that of Nagji and Tuff (Harvard Business Review), a point of comparison and not a rule.",
    )


def _radar_list(brief: Brief) -> ItemList | None:
    """Technologies that moved or are new, with the reason."""
    said = []
    for key, each in brief.technologies.items():
        if each.moved == "none":
            continue
        change = {"in": "moved inwards", "out": "moved outwards", "new": "new"}[each.moved]
        name = quoted(title_of(key, each.label), f"fact:technologies.{key}.label")
        reason = f": {quoted(each.reason, f'fact:technologies.{key}.reason')}" if each.reason else ""
        said.append(f"{RINGS[each.ring]}, {change}: {name}{reason}.")
    return items("What moved on the radar", said[:MOST_MOVES])


def _score_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "name": row.label,
            "weight": shown(True, f"self#criteria.{key}.weight"),
            "flips": shown(row.flips_at, f"self#criteria.{key}.flips_at") if row.flips_at is not None else "never",
            "to": row.flips_to or NONE,
        }
        for key, row in output.criteria.items()
    }
    return figure_table(
        "Criteria, and where another initiative would lead the scores",
        {
            "name": ("Criterion", "text"),
            "weight": ("Weight", "rate"),
            "flips": ("Another leads at", "rate"),
            "to": ("Which then leads", "text"),
        },
        rows,
        "One weight moves, the others keep their proportions.",
    )


def _changes(output: Output) -> list[str]:
    found = []
    for key, row in output.other_budgets.items():
        if row.comes_in or row.falls_out:
            said = []
            if row.comes_in:
                said.append(f"{few(row.comes_in)} would come in")
            if row.falls_out:
                said.append(f"{few(row.falls_out)} would fall out")
            found.append(f"With a budget of {own(f'other_budgets.{key}.budget')} {joined(said)}.")
    found += [
        f"{row.label} would pay if its benefits were surer: a pilot that raises their chance comes first."
        for row in output.initiatives.values()
        if row.standing == "not_funded" and row.npv > 0 >= row.expected_npv
    ]
    return found[:4]


def _first(output: Output) -> list[str]:
    found = [
        f"{row.label}: decide whether to gather the missing evidence or to close it."
        for row in output.initiatives.values()
        if row.standing == "not_ready"
    ]
    waiting = [row.label for row in output.initiatives.values() if row.standing in ("not_funded", "ruled_out")]
    if waiting:
        found.append(f"Tell the owners of {few(waiting)} that they are not funded now, and what would change that.")
    return found


def _sheet(output: Output) -> Sheet | None:
    """Scores and weights to be changed; the weighted sums follow."""
    columns: dict[str, tuple[str, str]] = {"name": ("Initiative", "text")}
    columns |= {f"c-{key}": (row.label, "ratio") for key, row in output.criteria.items()}
    columns["total"] = ("Weighted score", "ratio")
    weights: dict[str, str | SheetCell] = {"name": "Weight"}
    weights |= {f"c-{key}": at(f"fact:criteria.{key}.weight", "ratio") for key in output.criteria}
    weights["total"] = helper("ratio", "SUM([[fact:criteria.*.weight]])")
    rows: dict[str, dict[str, str | SheetCell]] = {"weights": weights}
    for key, row in output.initiatives.items():
        cells: dict[str, str | SheetCell] = {"name": row.label}
        cells |= {f"c-{name}": at(f"fact:scores.{key}.{name}", "ratio") for name in output.criteria}
        cells["total"] = at(
            f"self#initiatives.{key}.score",
            "ratio",
            f"ROUND(SUMPRODUCT([[fact:criteria.*.weight]],[[fact:scores.{key}.*]])"
            "/[[cell:innovation-scores/weights/total]],6)",
        )
        rows[key] = cells
    return figure_sheet(
        SHEET,
        "Weighted scores of the initiatives",
        columns,
        rows,
        "Change a weight or a score: the weighted scores follow. The choice does not; plan again for that.",
    )


def pictures_of(brief: Brief, output: Output, chosen: Portfolio, radar: TechnologyRadar | None) -> dict[str, str]:
    """The bubbles of the choice, and the radar."""
    from experts.digital_business_think_tank.actions._innovation_pictures import bubbles
    from experts.digital_business_think_tank.views.build_technology_radar import view

    found = {"innovation-portfolio": bubbles(list(output.initiatives.values()), output.ranked_by, brief.currency)}
    if radar is not None:
        found["innovation-radar"] = view(radar, {}).pictures["radar"]
    return found
