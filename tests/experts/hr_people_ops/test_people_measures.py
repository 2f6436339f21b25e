"""Interviews, engagement, succession, reviews: against scikit-learn, statsmodels, scipy and published tables."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.proportion import proportions_ztest

from experts.core.errors import InvalidInput
from experts.hr_people_ops.tools.build_performance_review_pack import Goal, Review, build_performance_review_pack
from experts.hr_people_ops.tools.plan_succession import Placement, SuccessionRole, plan_succession
from experts.hr_people_ops.tools.score_engagement import Answer, score_engagement
from experts.hr_people_ops.tools.score_interviews import score_interviews

D = Decimal
# Shrout & Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def sheets(table: list[list[int]]) -> dict[str, dict[str, dict[str, int]]]:
    return {f"c{i}": {f"r{j}": {"work": score} for j, score in enumerate(row)} for i, row in enumerate(table)}


def test_the_table_of_shrout_and_fleiss() -> None:
    """ICC(2,1) is 0.29 and ICC(2,4) 0.62 in the paper."""
    found = score_interviews(sheets(SHROUT_FLEISS), {"work": D(1)}, 10)
    assert found.icc_single is not None and found.icc_average is not None
    assert (round(found.icc_single, 2), round(found.icc_average, 2)) == (D("0.29"), D("0.62"))


def test_kappa_agrees_with_scikit_learn() -> None:
    first = [1, 2, 3, 4, 5, 3, 2, 4, 4, 1, 5, 2]
    second = [1, 3, 3, 4, 4, 3, 1, 4, 5, 2, 5, 2]
    (pair,) = score_interviews(sheets([list(row) for row in zip(first, second, strict=True)]), {"work": D(1)}).pairs

    assert pair.kappa is not None and pair.weighted_kappa is not None
    assert float(pair.kappa) == pytest.approx(cohen_kappa_score(first, second), abs=1e-4)
    quadratic = cohen_kappa_score(first, second, labels=[1, 2, 3, 4, 5], weights="quadratic")
    assert float(pair.weighted_kappa) == pytest.approx(quadratic, abs=1e-4)


def test_candidates_stay_in_the_order_given_and_differences_are_named() -> None:
    found = score_interviews(sheets([[1, 4], [5, 5], [3, 3]]), {"work": D(1)})

    assert list(found.candidates) == ["c0", "c1", "c2"]
    assert (found.candidates["c0"].lowest, found.candidates["c0"].highest) == (1, 4)
    assert found.candidates["c0"].discuss == ["work"]
    assert "rank" not in " ".join(type(found.candidates["c0"]).model_fields)


def test_raters_who_give_one_value_leave_kappa_undefined() -> None:
    (pair,) = score_interviews(sheets([[3, 3], [3, 3]]), {"work": D(1)}).pairs
    assert pair.kappa is None and pair.weighted_kappa is None and pair.exact_agreement == 1


@pytest.mark.parametrize(
    ("ratings", "weights", "said"),
    [
        (sheets([[1, 2]]), {"work": D("0.9")}, "add up to 0.9"),
        ({**sheets([[1, 2]]), "x": {"r0": {"work": 2}}}, {"work": D(1)}, "by 'r1' are missing"),
        (sheets([[1, 6]]), {"work": D(1)}, "score 6 of 'c0'"),
        (sheets([[1, 2]]), {"work": D("0.5"), "tone": D("0.5")}, "'tone' has a rating or a weight"),
    ],
)
def test_incomplete_ratings_are_refused(ratings: Any, weights: Any, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        score_interviews(ratings, weights)


def survey() -> list[Answer]:
    made = []
    for at in range(60):
        group = "a" if at < 25 else "b" if at < 50 else "c" if at < 57 else "d"
        scores = [1 + (at * k + at // 7) % 5 for k in (1, 2, 3)]
        made.append(Answer(group=group, scores=scores, recommend=at % 11))
    return made


def test_alpha_agrees_with_the_covariance_matrix() -> None:
    table = np.array([answer.scores for answer in survey()])
    covariance = np.cov(table.T)
    alpha = 3 / 2 * (1 - np.trace(covariance) / covariance.sum())
    found = score_engagement(["x", "y", "z"], survey(), 100)

    assert found.alpha is not None and float(found.alpha) == pytest.approx(alpha, abs=1e-4)


def test_enps_and_margin_by_hand() -> None:
    """50 promoters, 20 detractors of 100 of 1,000 invited: 30, plus or minus 1.96 x sqrt(0.61/100 x 900/999)."""
    marks = [10] * 50 + [8] * 30 + [3] * 20
    found = score_engagement(["x"], [Answer(group="a", scores=[4], recommend=mark) for mark in marks], 1000)

    assert found.enps == 30
    assert found.enps_margin is not None
    assert float(found.enps_margin) == pytest.approx(196 * (0.0061 * 900 / 999) ** 0.5, abs=0.05)
    assert (found.favourable, found.margin) == (1, 0)


def test_a_group_is_tested_against_the_rest() -> None:
    rows = survey()
    here = [s >= 4 for row in rows if row.group == "a" for s in row.scores]
    rest = [s >= 4 for row in rows if row.group != "a" for s in row.scores]
    _, p = proportions_ztest([sum(here), sum(rest)], [len(here), len(rest)])
    found = score_engagement(["x", "y", "z"], rows, 100).groups["a"].p_against_rest
    assert found is not None and float(found) == pytest.approx(p, abs=1e-4)


def test_a_small_group_is_hidden_together_with_the_next() -> None:
    found = score_engagement(["x", "y", "z"], survey(), 100)
    assert {key for key, row in found.groups.items() if row.answers is None} == {"c", "d"}
    assert found.groups["d"].favourable == [] and found.groups["d"].enps is None
    assert "c, d" in found.warnings[0]


@pytest.mark.parametrize(
    ("answers", "invited", "said"),
    [
        ([Answer(group="a", scores=[4])] * 6, 5, "6 answers from 5 invited"),
        ([Answer(group="a", scores=[4])] * 4, 9, "fewer than the minimum group of 5"),
        ([Answer(group="a", scores=[4, 4])] * 6, 9, "answer 0 has 2 scores"),
        ([Answer(group="a", scores=[9])] * 6, 9, "scores up to 9"),
        ([Answer(group="a", scores=[0])] * 6, 9, "'x' has fewer than 5 answers"),
    ],
)
def test_surveys_that_cannot_be_shown_are_refused(answers: list[Answer], invited: int, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        score_engagement(["x"], answers, invited)


def test_coverage_and_exposure_of_roles() -> None:
    roles = {
        "ceo": SuccessionRole(risk_of_loss="high", impact="high"),
        "cfo": SuccessionRole(ready_now=1, ready_later=2),
        "clerk": SuccessionRole(critical=False),
    }
    placed = {
        "a": Placement(performance=3, potential=3, evidence="two periods"),
        "b": Placement(performance=1, potential=1),
    }
    found = plan_succession(roles, placed)

    assert (found.coverage, found.depth) == (D("0.5"), D("1.5"))
    assert (found.roles["ceo"].exposure, found.roles["ceo"].status) == (9, "act")
    assert [row.status for row in found.roles.values()] == ["act", "covered", "not critical"]
    assert found.boxes["3-3"] == 1 and sum(found.boxes.values()) == 1 and found.without_evidence == 1
    assert "'a'" not in str(found.model_dump()) and "two periods" not in str(found.model_dump())


def test_no_critical_role_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no role is marked critical"):
        plan_succession({"x": SuccessionRole(critical=False)})


def review(team: str, rating: str, evidence: str = "report", comment: str = "") -> Review:
    goals = [
        Goal(goal="One goal", weight=D("0.7"), result=D(1), evidence=evidence),
        Goal(goal="Two goals", weight=D("0.3"), result=D("0.5"), evidence="log"),
    ]
    return Review(team=team, goals=goals, comment=comment, rating=rating)


def test_a_pack_adds_up_and_flags_wording_with_its_place() -> None:
    comment = "She is abrasive and was on maternity leave."
    pack = build_performance_review_pack({"p": review("x", "low", "", comment)}, ["low", "high"])
    person = pack.people["p"]

    assert person.goal_achievement == D("0.85")
    assert person.goals_without_evidence == ["One goal"]
    assert [comment[flag.start : flag.start + len(flag.word)] for flag in person.flags] == ["abrasive", "maternity"]
    assert pack.ratings == {}  # one rating is somebody's rating


def test_teams_are_compared_as_counts_and_small_ones_hidden() -> None:
    reviews = {f"a{n}": review("a", ["low", "mid", "high"][n % 3]) for n in range(12)}
    reviews |= {f"b{n}": review("b", "high" if n < 9 else "mid") for n in range(12)}
    reviews |= {f"c{n}": review("c", "mid") for n in range(6)} | {"d0": review("d", "low")}
    pack = build_performance_review_pack(reviews, ["low", "mid", "high"])

    assert {key for key, row in pack.teams.items() if row.people is None} == {"c", "d"}
    expected = chi2_contingency([[4, 4, 4], [0, 3, 9]], correction=False).pvalue
    assert pack.p_teams_differ is not None and float(pack.p_teams_differ) == pytest.approx(expected, abs=1e-4)
    assert list(pack.people) == list(reviews)


def test_weights_and_ratings_off_the_scale_are_refused() -> None:
    with pytest.raises(InvalidInput, match="rating 'top' of 'p'"):
        build_performance_review_pack({"p": review("x", "top")}, ["low", "high"])
    bad = Review(team="x", goals=[Goal(goal="One goal", weight=D("0.7"), result=D(1))])
    with pytest.raises(InvalidInput, match=r"add up to 0\.7"):
        build_performance_review_pack({"p": bad}, ["low", "high"])
