"""Further ways of the tools: k-means, fitted lead scores, the Bayesian chance, send times, cohorts."""

import math
from decimal import Decimal as D
from typing import Any

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools._clusters import rand_index
from experts.marketing_sales.tools.analyze_ab_test import analyze_ab_test
from experts.marketing_sales.tools.check_email_campaign import EmailCheck, check_email_campaign
from experts.marketing_sales.tools.compute_customer_lifetime_value import compute_customer_lifetime_value
from experts.marketing_sales.tools.score_leads import score_leads
from experts.marketing_sales.tools.segment_customers import Customer, segment_customers


def iris() -> tuple[dict[str, dict[str, D]], Any]:
    from sklearn.datasets import load_iris

    data = load_iris()
    rows = {
        f"r{number}": {f"m{at}": D(str(round(float(value), 1))) for at, value in enumerate(row)}
        for number, row in enumerate(data.data)
    }
    return rows, data


def test_k_means_on_fishers_iris_agrees_with_scikit_learn() -> None:
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score, silhouette_score
    from sklearn.preprocessing import StandardScaler

    rows, data = iris()
    made = segment_customers(measures=rows, clusters=3)
    table = StandardScaler().fit_transform(data.data)
    theirs = KMeans(3, n_init=50, random_state=1).fit(table)
    labels = [int(made.assigned[name].split("_")[1]) for name in rows]
    assert adjusted_rand_score(labels, theirs.labels_) == 1
    assert float(made.sum_of_squares or 0) == pytest.approx(theirs.inertia_, abs=1e-3)
    assert float(made.silhouette or 0) == pytest.approx(silhouette_score(table, labels), abs=1e-6)
    assert rand_index(labels, list(data.target)) == pytest.approx(adjusted_rand_score(labels, data.target), abs=1e-12)
    counts = [cluster.customers for cluster in made.clusters.values()]
    assert sum(counts) == 150 and counts == sorted(counts, reverse=True)


def test_k_means_is_the_same_each_time_and_stable_on_clear_groups() -> None:
    rows = {f"c{n}": {"orders": D(n % 3 * 50 + n % 5), "spend": D(n % 3 * 900 + n)} for n in range(30)}
    made = segment_customers(measures=rows)
    assert made == segment_customers(measures=rows)
    assert [cluster.customers for cluster in made.clusters.values()] == [10, 10, 10]
    assert (made.stability or 0) > D("0.8") and (made.silhouette or 0) > D("0.8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({}, "both missing"),
        ({"measures": {"a": {"x": D(1)}}}, "need 9 at least"),
        ({"measures": {f"c{n}": {"x": D(4)} for n in range(9)}}, "is 4 for everybody"),
        ({"measures": {f"c{n}": {"x": D(n // 8)} for n in range(9)}}, "cannot all be filled"),
        ({"measures": {f"c{n}": {f"x{n // 8}": D(n)} for n in range(9)}}, "same measures"),
        ({"measures": {f"c{n}": {"x": D(n)} for n in range(9)}, "clusters": 9}, "must be from 2 to 8"),
        (
            {"customers": {"a": Customer.model_validate({"last_purchase": "2027-01-01", "orders": 1, "spend": "1"})}},
            "as_of",
        ),
    ],
)
def test_few_rows_constant_columns_and_gaps_are_refused(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        segment_customers(**arguments)


def leads() -> tuple[dict[str, dict[str, D]], dict[str, bool]]:
    rated = {f"l{n}": {"fit": D(n * 7 % 11) / 10, "interest": D(n * 5 % 13) / 12} for n in range(60)}
    return rated, {f"l{n}": (n * 7 % 11 + n % 4 * 3) > 8 for n in range(55)}


def test_the_fit_agrees_with_statsmodels_and_the_auc_with_scikit_learn() -> None:
    import numpy as np
    from sklearn.metrics import roc_auc_score
    from statsmodels.discrete.discrete_model import Logit

    rated, outcomes = leads()
    made = score_leads(rated, method="fit", outcomes=outcomes)
    table = np.array([[1.0, *(float(value) for value in rated[name].values())] for name in outcomes])
    won = np.array([float(hit) for hit in outcomes.values()])
    theirs = Logit(won, table).fit(disp=0, tol=1e-12)
    found = list(made.coefficients.values())
    assert [float(c.value) for c in found] == pytest.approx(list(theirs.params), abs=1e-5)
    assert [float(c.standard_error) for c in found] == pytest.approx(list(theirs.bse), abs=1e-5)
    assert float(made.auc or 0) == pytest.approx(roc_auc_score(won, theirs.predict(table)), abs=1e-6)
    assert {row.lead for row in made.leads} == {f"l{n}" for n in range(55, 60)}
    fresh = {row.lead: float(row.score) for row in made.leads}
    for name, score in fresh.items():
        assert score == pytest.approx(
            float(theirs.predict([[1.0, *(float(value) for value in rated[name].values())]])[0]), abs=1e-5
        )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"outcomes": None}, "'fit' needs two of each"),
        ({"outcomes": {f"l{n}": n * 7 % 11 > 5 for n in range(55)}}, "no finite logistic fit"),
        ({"outcomes": {"zz": True}}, "not among the leads"),
        ({"weights": {"fit": D(1)}}, "do not belong to 'fit'"),
        ({"method": "weighted"}, "outcomes belong to 'fit'"),
    ],
)
def test_separated_and_missing_outcomes_are_refused(change: dict[str, Any], says: str) -> None:
    rated, outcomes = leads()
    with pytest.raises(InvalidInput, match=says):
        score_leads(**({"leads": rated, "method": "fit", "outcomes": outcomes} | change))


@pytest.mark.parametrize("counts", [(1, 10, 3, 12), (31, 1000, 44, 990), (0, 20, 20, 20), (200, 400, 190, 410)])
def test_the_chance_that_b_is_better_is_millers_closed_form(counts: tuple[int, int, int, int]) -> None:
    """Miller, Formulas for Bayesian A/B Testing (2014): a sum of beta functions."""
    from scipy.special import betaln

    hits_a, n_a, hits_b, n_b = counts
    a_a, b_a, a_b, b_b = hits_a + 1, n_a - hits_a + 1, hits_b + 1, n_b - hits_b + 1
    closed = sum(
        math.exp(betaln(a_a + i, b_a + b_b) - math.log(b_b + i) - betaln(1 + i, b_b) - betaln(a_a, b_a))
        for i in range(a_b)
    )
    found = analyze_ab_test(n_a, hits_a, n_b, hits_b)
    assert float(found.chance_b_better) == pytest.approx(closed, abs=2e-6)


def email(**more: Any) -> EmailCheck:
    return check_email_campaign("Hello", "Advertisement. Unsubscribe: PO Box 7", ["US"], 10, **more)


def test_send_times_follow_the_zones_and_summer_time() -> None:
    zones = ["America/New_York", "Europe/Paris", "Asia/Kolkata"]
    made = email(send_at="2026-12-01T09:00", zones=zones).send_times
    assert [row.utc for row in made] == ["2026-12-01T03:30:00Z", "2026-12-01T08:00:00Z", "2026-12-01T14:00:00Z"]
    summer = email(send_at="2027-07-01T09:00", zones=["Europe/Paris"]).send_times[0]
    assert (summer.utc, summer.local) == ("2027-07-01T07:00:00Z", "2027-07-01T09:00:00+02:00")
    twice = email(send_at="2026-11-01T01:30", zones=["America/New_York"]).send_times[0]
    assert twice.utc == "2026-11-01T05:30:00Z"  # the first of the two, still in summer time


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"send_at": "2027-03-14T02:30", "zones": ["America/New_York"]}, "summer time skips it"),
        ({"send_at": "2027-03-14T02:30", "zones": ["Mars/Olympus"]}, "no IANA zone"),
        ({"send_at": "2027-03-14T02:30", "zones": ["../etc/passwd"]}, "no IANA zone"),
        ({"send_at": "tomorrow", "zones": ["Europe/Paris"]}, "is no time"),
        ({"send_at": "2027-03-14T02:30Z", "zones": ["Europe/Paris"]}, "without an offset"),
        ({"send_at": "2027-03-14T02:30"}, "belong together"),
    ],
)
def test_hours_that_do_not_exist_and_unknown_zones_are_refused(more: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        email(**more)


FADER_HARDIE = [1000, 869, 743, 653, 593, 551, 517, 491]
"""Fader & Hardie, How to Project Customer Retention (2007), table 1: "high end", percent surviving, times ten."""


def test_a_published_cohort_gives_its_retention_and_the_warning_about_a_rising_rate() -> None:
    made = compute_customer_lifetime_value(D(100), D("0.1"), "USD", cohort=FADER_HARDIE)
    assert [row.surviving for row in made.cohort[:3]] == [1, D("0.869"), D("0.743")]
    assert made.cohort[2].retention == D("0.855006")  # 743 / 869
    # all who stayed over all who could: 4,417 / 4,926
    assert made.retention == D("0.896671") and made.churn == D("0.103329")
    same = compute_customer_lifetime_value(D(100), D("0.1"), "USD", D("0.896671"))
    assert made.value == same.value
    rising = compute_customer_lifetime_value(D(1), D(0), "USD", cohort=[100, 50, 30, 25])
    assert any("rises" in text for text in rising.warnings)


@pytest.mark.parametrize(
    ("cohort", "retention", "says"),
    [
        ([100, 110], None, "is above the 100 before it"),
        ([100], None, "two counts at least"),
        ([0, 0], None, "begin above 0"),
        ([100, 50], D("0.5"), "both given"),
        (None, None, "both missing"),
    ],
)
def test_growing_and_empty_cohorts_are_refused(cohort: Any, retention: Any, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        compute_customer_lifetime_value(D(1), D(0), "USD", retention, cohort=cohort)


def test_a_value_beyond_all_money_is_refused() -> None:
    with pytest.raises(InvalidInput, match="beyond 16 digits"):
        compute_customer_lifetime_value(D(10) ** 15, D("0.000001"), "USD", cohort=[10**12] * 120)
