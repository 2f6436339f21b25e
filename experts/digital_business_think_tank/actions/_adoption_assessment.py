"""The text, tables and pictures of a technology assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    few,
    figure_sheet,
    figure_table,
    headline,
    helper,
    joined,
    monday,
    own,
    picture,
    shown,
    text,
    title_of,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.digital_business_think_tank.actions.technology_assessment_and_feasibility import Brief, Output
    from experts.digital_business_think_tank.tools.assess_technology_readiness import Readiness
    from experts.digital_business_think_tank.tools.score_weighted_options import Scoring

Cells = dict[str, "Cell"]


def narrative_of(output: Output) -> str:
    """Readiness first, then the scores, then what is missing."""
    return " ".join(part for part in (_readiness(output), _place(output), _gap(output)) if part)


def _readiness(output: Output) -> str:
    said = f"The evidence for “{output.candidate_label}” carries technology readiness level (TRL) {own('trl')}"
    if not output.trl:
        said = f"The evidence for “{output.candidate_label}” carries no technology readiness level (TRL) yet"
    if output.claimed is not None and output.claimed > output.trl:
        said += f", although {own('claimed')} is claimed"
    if output.mature_enough:
        return f"{said}; the plan asks for at least {own('minimum_trl')}, so it may go to a pilot."
    return f"{said}; the plan asks for at least {own('minimum_trl')} before a pilot, so it is not mature enough yet."


def _place(output: Output) -> str:
    total = own(f"alternatives.{output.candidate}.total")
    if output.leader == output.candidate:
        others = [key for key in output.alternatives if key != output.candidate]
        return (
            f"It scores highest of the alternatives with {total}, {own('lead')} ahead of "
            f"“{output.alternatives[others[0]].label}”."
        )
    return (
        f"“{output.leader_label}” scores highest with {own(f'alternatives.{output.leader}.total')}; "
        f"“{output.candidate_label}”, which this plan is for, scores {total}."
    )


def _gap(output: Output) -> str:
    if not output.needed:
        return "No evidence is missing up to the highest level."
    names = few([item.criterion for item in output.needed.values()], "others", most=4)
    return f"For the next level the evidence lacks: {names}."


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, pictures, alternatives, weights, ladder, missing evidence, risks, sheets."""
    good = output.mature_enough and output.leader == output.candidate
    parts = [
        headline(_readiness(output), "good" if good else "warning"),
        picture(
            "tech_ladder",
            "Readiness by evidence",
            f"The nine readiness levels for {output.candidate_label}: reached levels are dark, missing evidence is marked.",
        ),
        _alternatives(output),
        picture(
            "tech_scores",
            "What each criterion adds",
            "Stacked bars: the total score of each alternative, split by criterion.",
        ),
        _criteria(output),
        _ladder(brief, output),
        _needed(output),
        _risks(output),
        text(
            "A level counts only if every criterion of it and of all levels below has a source and a date; a claim "
            "alone counts for nothing. Scores are judgements on one scale, and strength in one criterion buys weakness "
            "in another: what is a must belongs before the scoring."
        ),
        would_change(_changes(output)),
        monday(_first(output)),
        _sheet(brief, output),
    ]
    return draft(*parts)


def _alternatives(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.alternatives.items():
        verdict = NONE if each.mature_enough is None else "yes" if each.mature_enough else "not yet"
        rows[key] = {
            "name": f"{each.label} (this plan)" if key == output.candidate else each.label,
            "rank": shown(each.rank, f"self#alternatives.{key}.rank"),
            "total": shown(each.total, f"self#alternatives.{key}.total"),
            "trl": shown(each.trl, f"self#alternatives.{key}.trl"),
            "claimed": shown(each.claimed, f"self#alternatives.{key}.claimed"),
            "enough": verdict,
        }
    return figure_table(
        "Alternatives",
        {
            "name": ("Alternative", "text"),
            "rank": ("Rank", "count"),
            "total": ("Weighted score", "ratio"),
            "trl": ("TRL by evidence", "count"),
            "claimed": ("TRL claimed", "count"),
            "enough": ("Mature enough for a pilot", "text"),
        },
        rows,
        "An alternative without evidence and without a claim, such as today's way of working, has no readiness level.",
    )


def _criteria(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.criteria.items():
        rows[key] = {
            "name": each.label,
            "weight": shown(each.weight, f"self#criteria.{key}.weight"),
            "flips": shown(each.flips_at, f"self#criteria.{key}.flips_at") if each.flips_at is not None else "never",
            "to": each.flips_to or NONE,
        }
    return figure_table(
        "Weights, and where the leader changes",
        {
            "name": ("Criterion", "text"),
            "weight": ("Weight", "rate"),
            "flips": ("Another leads at", "rate"),
            "to": ("Which then leads", "text"),
        },
        rows,
        "One weight moves, the others keep their proportions.",
    )


def _ladder(brief: Brief, output: Output) -> Any:
    sources: dict[str, list[str]] = {}
    for key, row in brief.evidence.items():
        if row.alternative == output.candidate and row.source.strip():
            sources.setdefault(row.criterion, []).append(
                f"[[fact:evidence.{key}.source]] ([[fact:evidence.{key}.day]])"
            )
    rows: dict[str, Cells] = {}
    for key, rung in output.levels.items():
        have = [source for criterion in rung.evidence for source in sources.get(criterion, [])]
        lacking = [title_of(criterion, None) for criterion in rung.missing]
        rows[key] = {
            "level": shown(rung.level, f"self#levels.{key}.level"),
            "what": rung.definition,
            "have": "; ".join(have) or NONE,
            "lacks": joined(lacking) or NONE,
            "reached": "yes" if rung.reached else "no",
        }
    return figure_table(
        f"Evidence for {output.candidate_label}",
        {
            "level": ("TRL", "count"),
            "what": ("Meaning", "text"),
            "have": ("Evidence, with its date", "text"),
            "lacks": ("Missing", "text"),
            "reached": ("Reached", "text"),
        },
        rows,
        "Levels after NASA NPR 7123.1, Appendix E, and ISO 16290:2013, in short words.",
    )


def _needed(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {
            "level": shown(item.level, f"self#needed.{key}.level"),
            "criterion": item.criterion,
            "needed": item.needed,
        }
        for key, item in output.needed.items()
    }
    return figure_table(
        "Evidence to get next",
        {"level": ("TRL", "count"), "criterion": ("Criterion", "text"), "needed": ("What has to be there", "text")},
        rows,
    )


def _risks(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {
            "risk": risk.label,
            "chance": shown(risk.probability, f"self#risks.{key}.probability"),
            "impact": shown(risk.impact, f"self#risks.{key}.impact"),
            "response": risk.response or "none named",
            "cost": shown(risk.response, f"self#risks.{key}.response_cost"),
            "owner": risk.owner or "not named",
        }
        for key, risk in output.risks.items()
    }
    return figure_table(
        "Known risks",
        {
            "risk": ("Risk", "text"),
            "chance": ("Probability", "rate"),
            "impact": ("Cost if it happens", "money"),
            "response": ("Response", "text"),
            "cost": ("Cost of the response", "money"),
            "owner": ("Owner", "text"),
        },
        rows,
        "Probabilities are judgements; the roadmap works out the contingency.",
    )


def _changes(output: Output) -> list[str]:
    found = []
    for key, each in output.criteria.items():
        if each.flips_at is not None:
            found.append(
                f"If “{each.label}” weighed {own(f'criteria.{key}.flips_at')} instead of {own(f'criteria.{key}.weight')}, "
                f"“{each.flips_to}” would lead."
            )
    if output.needed:
        item = next(iter(output.needed.values()))
        found.append(f"Evidence of {item.criterion.lower()} would lift the readiness level.")
    return found[:4]


def _first(output: Output) -> list[str]:
    found = [
        f"Ask the supplier of “{output.candidate_label}” for {item.needed} ({item.criterion.lower()})."
        for item in list(output.needed.values())[:2]
    ]
    bare = [risk.label for risk in output.risks.values() if not risk.owner]
    if bare:
        found.append(f"Name an owner for {few(bare, 'the other risks')}.")
    return found


def _sheet(brief: Brief, output: Output) -> Any:
    """Weights and scores to be changed in place; the totals follow."""
    columns: dict[str, tuple[str, str]] = {"name": ("Alternative", "text")}
    columns |= {f"c-{key}": (each.label, "ratio") for key, each in output.criteria.items()}
    columns["total"] = ("Weighted score", "ratio")
    weights: dict[str, str | SheetCell] = {"name": "Weight"}
    weights |= {f"c-{key}": at(f"fact:criteria.{key}.weight", "ratio") for key in output.criteria}
    weights["total"] = helper("ratio", "SUM([[fact:criteria.*.weight]])")
    rows: dict[str, dict[str, str | SheetCell]] = {"weights": weights}
    for key, each in output.alternatives.items():
        row: dict[str, str | SheetCell] = {"name": each.label}
        row |= {f"c-{name}": at(f"fact:alternatives.{key}.scores.{name}", "ratio") for name in output.criteria}
        row["total"] = at(
            f"self#alternatives.{key}.total",
            "ratio",
            f"ROUND(SUMPRODUCT([[fact:criteria.*.weight]],[[fact:alternatives.{key}.scores.*]])"
            "/[[cell:adoption-scores/weights/total]],6)",
        )
        rows[f"a-{key}"] = row
    return figure_sheet(
        "Adoption scores",
        "Weighted scores of the alternatives",
        columns,
        rows,
        "Change a weight or a score: the totals follow. Ranks and readiness levels do not.",
    )


def pictures_of(brief: Brief, output: Output, scores: Scoring, readiness: Readiness) -> dict[str, str]:
    """The ladder of readiness levels, and the scores by criterion."""
    from experts.digital_business_think_tank.tools.assess_technology_readiness import Evidence
    from experts.digital_business_think_tank.views.assess_technology_readiness import view as ladder
    from experts.digital_business_think_tank.views.score_weighted_options import view as ranking

    rows = [
        Evidence(criterion=row.criterion, source=row.source, day=row.day)
        for row in brief.evidence.values()
        if row.alternative == output.candidate
    ]
    scored = ranking(scores, {}).pictures
    return {
        "tech_ladder": ladder(readiness, {"evidence": rows}).pictures["ladder"],
        "tech_scores": next(iter(scored.values())),
    }
