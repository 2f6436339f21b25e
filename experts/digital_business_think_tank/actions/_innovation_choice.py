"""The choice of an innovation portfolio: scores, candidates, the best set, and the radar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.drafting import few, row_sources, title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.tools.build_technology_radar import (
    Blip,
    TechnologyRadar,
    build_technology_radar,
)
from experts.digital_business_think_tank.tools.score_weighted_options import Scoring, score_weighted_options
from experts.digital_business_think_tank.tools.select_innovation_portfolio import (
    Portfolio,
    Project,
    select_innovation_portfolio,
)

if TYPE_CHECKING:
    from experts.digital_business_think_tank.actions.technology_trend_analysis_and_recommendations import (
        Brief,
        Inputs,
        Judgement,
    )


def check(brief: Brief, inputs: Inputs) -> None:
    """Refuse facts that do not fit each other."""
    if len(brief.initiatives) < 2:
        raise InvalidInput(
            f"{len(brief.initiatives)} initiative is given; a choice needs at least two", field="initiatives"
        )
    if not brief.criteria:
        raise InvalidInput("no criterion is given; give at least one with its weight", field="criteria")
    for key in brief.initiatives:
        for other in (*brief.initiatives[key].needs, *brief.initiatives[key].excludes):
            if other not in brief.initiatives or other == key:
                raise InvalidInput(
                    f"initiatives.{key} names {other!r}, which is no other initiative"
                    f"{did_you_mean(other, brief.initiatives)}",
                    field=f"initiatives.{key}.needs",
                )
        given = brief.scores.get(key, {})
        odd = sorted(given.keys() ^ brief.criteria.keys())
        if odd:
            what = "has no score for" if odd[0] in brief.criteria else "is scored for the unknown criterion"
            raise InvalidInput(
                f"scores.{key} {what} {odd[0]!r}; give one score for each criterion", field=f"scores.{key}.{odd[0]}"
            )
    for key in brief.scores:
        if key not in brief.initiatives:
            raise InvalidInput(
                f"scores.{key} is for no initiative{did_you_mean(key, brief.initiatives)}", field=f"scores.{key}"
            )
    for key, each in brief.technologies.items():
        if each.initiative is not None and each.initiative not in brief.initiatives:
            raise InvalidInput(
                f"technologies.{key} is used by {each.initiative!r}, which is no initiative"
                f"{did_you_mean(each.initiative, brief.initiatives)}",
                field=f"technologies.{key}.initiative",
            )
    _refuse_circles(brief)


def _refuse_circles(brief: Brief) -> None:
    left = {key: set(each.needs) for key, each in brief.initiatives.items()}
    while free := [key for key, needs in left.items() if not needs & left.keys()]:
        for key in free:
            del left[key]
    if left:
        raise InvalidInput(
            f"the initiatives {', '.join(sorted(left))} need each other in a circle; take one of the needs out",
            field=f"initiatives.{min(left)}.needs",
        )


def labels_of(brief: Brief) -> list[str]:
    """The initiatives' names, in the brief's order."""
    return [title_of(key, each.label) for key, each in brief.initiatives.items()]


def scores_of(sheet: Worksheet, brief: Brief, inputs: Inputs) -> Scoring:
    """Weighted scores of all initiatives."""
    sources = row_sources("weights.{}", "fact:criteria.{}.weight", brief.criteria)
    for at, key in enumerate(brief.initiatives):
        sources |= row_sources(f"scores.{at}.{{}}", f"fact:scores.{key}.{{}}", brief.criteria)
    labels, names = labels_of(brief), [title_of(key, each.label) for key, each in brief.criteria.items()]
    for kind, said in (("initiatives", labels), ("criteria", names)):
        twice = next((label for label in said if said.count(label) > 1), None)
        if twice is not None:
            raise InvalidInput(f"two {kind} have the label {twice!r}; give each its own", field=kind)
    try:
        return sheet.run(
            "scores",
            sources,
            score_weighted_options,
            options=labels,
            criteria=names,
            scores=[[brief.scores[key][name] for name in brief.criteria] for key in brief.initiatives],
            weights=[each.weight for each in brief.criteria.values()],
        )
    except InvalidInput as error:
        error.field = "criteria" if error.field == "weights" else error.field
        raise


def barred(brief: Brief, inputs: Inputs, judgement: Judgement) -> dict[str, tuple[str, str]]:
    """Initiatives that are no candidates, with their standing and why; what needs one of them is none either."""
    found: dict[str, tuple[str, str]] = {}
    for key, each in brief.initiatives.items():
        level = inputs.opportunity.initiatives[key].trl
        if inputs.opportunity.readiness_tested and level < brief.readiness.minimum_trl:
            found[key] = ("not_ready", "its evidence carries less than the readiness level that funding asks for")
        elif each.horizon in judgement.leave_out:
            found[key] = ("ruled_out", f"{each.horizon} initiatives are left out")
    grew = True
    while grew:
        grew = False
        for key, each in brief.initiatives.items():
            missing = next((other for other in each.needs if other in found), None)
            if key not in found and missing is not None:
                label = title_of(missing, brief.initiatives[missing].label)
                found[key] = (found[missing][0], f"it needs {label}, which is no candidate")
                grew = True
    return found


def chosen_of(
    sheet: Worksheet,
    brief: Brief,
    inputs: Inputs,
    judgement: Judgement,
    barred: dict[str, tuple[str, str]],
    scores: Scoring,
) -> Portfolio:
    """The best set of the candidates within the budget."""
    keys = [key for key in brief.initiatives if key not in barred]
    if len(keys) < 2:
        why = few([title_of(key, brief.initiatives[key].label) for key in barred], "other initiatives")
        raise InvalidInput(
            f"fewer than two initiatives are candidates, because these are not: {why}; lower readiness.minimum_trl "
            f"{brief.readiness.minimum_trl!r}, file evidence, or leave fewer horizons out",
            field="readiness.minimum_trl",
        )
    by_score = judgement.rank_by == "score"
    place = {row.option: at for at, row in enumerate(scores.ranking)}
    labels = dict(zip(brief.initiatives, labels_of(brief), strict=True))
    sources = {"budget": "fact:budget.total", "mix_tolerance": "judgement:mix_tolerance"}
    for key in keys:
        sources[f"projects.{key}.cost"] = f"values#initiatives.{key}.investment"
        sources[f"projects.{key}.value"] = (
            f"working:scores#ranking.{place[labels[key]]}.total"
            if by_score
            else f"values#initiatives.{key}.expected_npv"
        )
    try:
        return sheet.run(
            "choice",
            sources,
            select_innovation_portfolio,
            projects={
                key: Project(
                    cost=inputs.values.initiatives[key].investment,
                    value=scores.ranking[place[labels[key]]].total
                    if by_score
                    else inputs.values.initiatives[key].expected_npv,
                    horizon=brief.initiatives[key].horizon,
                    needs=brief.initiatives[key].needs,
                    excludes=[other for other in brief.initiatives[key].excludes if other in keys],
                )
                for key in keys
            },
            budget=brief.budget.total,
            currency=brief.currency,
            mix_tolerance=judgement.mix_tolerance,
        )
    except InvalidInput as error:
        error.field = {"budget": "budget.total"}.get(error.field, error.field)
        raise


def radar_of(sheet: Worksheet, brief: Brief) -> TechnologyRadar | None:
    """The radar, where technologies are given."""
    if not brief.technologies:
        return None
    return sheet.run(
        "radar",
        {},
        build_technology_radar,
        blips=[
            Blip(
                name=title_of(key, each.label)[:300],
                quadrant=each.quadrant[:300],
                ring=each.ring,
                moved=each.moved,
                reason=(each.reason or "")[:300],
            )
            for key, each in brief.technologies.items()
        ],
    )


def why(brief: Brief, inputs: Inputs, funded: set[str], labels: dict[str, str], key: str) -> str:
    """What speaks for or against a candidate, in words."""
    each, value = brief.initiatives[key], inputs.values.initiatives[key]
    if key in funded:
        serves = [labels[other] for other in funded if key in brief.initiatives[other].needs]
        if value.expected_npv < 0 and serves:
            return f"does not pay alone, and is needed by {few(sorted(serves))}"
        return "adds value within the budget"
    rival = next(
        (other for other in funded if other in each.excludes or key in brief.initiatives[other].excludes), None
    )
    if rival is not None:
        return f"{labels[rival]} is funded instead"
    if value.expected_npv <= 0:
        return "is expected to lose money"
    lacking = [labels[other] for other in each.needs if other not in funded]
    if lacking:
        return f"needs {few(lacking)}, which is not funded"
    return "would pay, and other uses of the budget bring more"
