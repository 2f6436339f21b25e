"""Lead scores by hand, and a published logistic model."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.score_leads import score_leads

WEIGHTS = {"fit": D("0.5"), "interest": D("0.3"), "budget": D("0.2")}


def test_leads_are_ranked_by_their_weighted_sum() -> None:
    made = score_leads(
        weights=WEIGHTS,
        leads={
            "north": {"fit": D("0.4"), "interest": D(1), "budget": D(0)},
            "harbour": {"fit": D("0.8"), "interest": D("0.5"), "budget": D(1)},
        },
        threshold=D("0.6"),
    )
    assert [(row.lead, row.rank, row.score, row.above_threshold) for row in made.leads] == [
        ("harbour", 1, D("0.75"), True),
        ("north", 2, D("0.5"), False),
    ]
    assert made.leads[0].contributions == {"fit": D("0.4"), "interest": D("0.15"), "budget": D("0.2")}


def test_a_logistic_model_gives_its_published_probability() -> None:
    """Hours of study (Wikipedia, Logistic regression, Example): -4.0777 + 1.5046 h; h = 1 gives 0.07, h = 5 0.97.

    The rating is h / 5, so the coefficient is five times 1.5046.
    """
    made = score_leads(
        weights={"hours": D("7.523")},
        leads={"five": {"hours": D(1)}, "one": {"hours": D("0.2")}},
        method="logistic",
        intercept=D("-4.0777"),
    )
    assert [round(row.score, 2) for row in made.leads] == [D("0.97"), D("0.07")]


def test_equal_scores_share_a_rank_and_a_leak_is_warned_about() -> None:
    made = score_leads(weights={"won_before": D(1)}, leads={"b": {"won_before": D(1)}, "a": {"won_before": D(1)}})
    assert [(row.lead, row.rank) for row in made.leads] == [("a", 1), ("b", 1)]
    assert "leaks" in made.warnings[0]


def test_what_cannot_be_scored_is_refused_with_the_value() -> None:
    full = {"a": {"fit": D(1), "interest": D(1), "budget": D(1)}}
    with pytest.raises(InvalidInput, match=r"add up to 0\.9"):
        score_leads(weights={"fit": D("0.9")}, leads=full)
    with pytest.raises(InvalidInput, match=r"weights\.fit -1"):
        score_leads(weights={"fit": D(-1)}, leads=full)
    with pytest.raises(InvalidInput, match="no rating of 'budget'"):
        score_leads(weights=WEIGHTS, leads={"a": {"fit": D(1), "interest": D(1)}})
    with pytest.raises(InvalidInput, match="'fitt'"):
        score_leads(weights=WEIGHTS, leads={"a": {"fitt": D(1)}})
    with pytest.raises(InvalidInput, match="intercept 51"):
        score_leads(weights=WEIGHTS, leads=full, method="logistic", intercept=D(51))
    with pytest.raises(InvalidInput, match="belongs to 'logistic'"):
        score_leads(weights=WEIGHTS, leads=full, intercept=D(1))
