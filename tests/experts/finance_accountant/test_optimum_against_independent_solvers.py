"""The optimum on random budgets against cvxpy (Clarabel) over every subset, and against a greedy split by steps."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
import itertools
import math
import random
import warnings
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.core.errors import Infeasible
from experts.finance_accountant.tools._curves import Channel, Curve
from experts.finance_accountant.tools.optimize_budget_allocation import OptimizedBudget, optimize_budget_allocation

D = Decimal


def _adds_up(budget: OptimizedBudget) -> bool:
    lines = sum((line.spend for line in budget.lines.values()), D(0))
    return budget.total == lines + budget.reserve + budget.production + budget.unallocated and lines == budget.media


def _random_problem(seed: int) -> tuple[Decimal, dict[str, Channel]]:
    draw = random.Random(seed)
    channels = {}
    for number in range(draw.randint(1, 6)):
        minimum = draw.choice([0, draw.randint(200, 6000)])
        maximum = draw.choice([None, minimum + draw.randint(0, 20000)])
        if draw.random() < 0.6:
            curve = Curve(form="power", a=D(f"{draw.uniform(5, 60):.2f}"), b=D(f"{draw.uniform(0.2, 0.9):.2f}"))
        else:
            curve = Curve(form="log", a=D(f"{draw.uniform(100, 900):.1f}"), scale=D(draw.randint(300, 9000)))
        channels[f"c{number}"] = Channel(
            minimum=D(minimum),
            maximum=None if maximum is None else D(maximum),
            minimum_applies=draw.choice(["required", "if_used"]),
            curve=curve,
        )
    return D(draw.randint(5000, 80000)), channels


def _subsets(channels: dict[str, Channel], media: Decimal) -> list[list[str]]:
    optional = [key for key, channel in channels.items() if channel.is_optional]
    found = []
    for used in itertools.product([False, True], repeat=len(optional)):
        choice = dict(zip(optional, used, strict=True))
        keys = [key for key in channels if choice.get(key, True)]
        if sum(channels[key].minimum for key in keys) <= media:
            found.append(keys)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_no_subset_solved_by_cvxpy_brings_more(seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cp = pytest.importorskip("cvxpy", reason="the independent solver is a development tool")
    media, channels = _random_problem(seed)
    subsets = _subsets(channels, media)
    if not subsets:
        with pytest.raises(Infeasible):
            optimize_budget_allocation(total=media, currency="USD", channels=channels)
        return
    best = 0.0
    for keys in [keys for keys in subsets if keys]:
        share = cp.Variable(len(keys))
        terms, bounds = [], [cp.sum(share) <= 1]
        for i, key in enumerate(keys):
            channel, money = channels[key], float(media)
            curve = channel.curve
            assert curve is not None
            if curve.b is not None:
                b = float(curve.b)
                terms.append(float(curve.a) * money**b * cp.power(share[i], b))
            else:
                terms.append(float(curve.a) * cp.log(1 + share[i] * money / float(curve.scale or 1)))
            bounds.append(share[i] >= float(channel.minimum) / money)
            if channel.maximum is not None:
                bounds.append(share[i] <= float(channel.maximum) / money)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            problem = cp.Problem(cp.Maximize(sum(terms)), bounds)
            problem.solve(solver=cp.CLARABEL)
        best = max(best, float(problem.value))

    budget = optimize_budget_allocation(total=media, currency="USD", channels=channels)

    assert float(budget.expected_results or 0) == pytest.approx(best, rel=1e-6, abs=0.05)
    assert _adds_up(budget)


def _greedy(channels: dict[str, Channel], keys: list[str], media: Decimal, steps: int) -> float:
    """Hand out equal steps, each where it brings most: exact for concave curves up to the size of a step."""

    def results(key: str, spend: float) -> float:
        curve = channels[key].curve
        assert curve is not None
        if curve.b is not None:
            return float(curve.a) * math.pow(spend, float(curve.b))
        return float(curve.a) * math.log1p(spend / float(curve.scale or 1))

    spends = {key: float(channels[key].minimum) for key in keys}
    step = (float(media) - sum(spends.values())) / steps
    for _ in range(steps):
        open_keys = [k for k in keys if spends[k] + step <= float(channels[k].maximum or D("1e12"))]
        if not open_keys:
            break
        best = max(open_keys, key=lambda k: results(k, spends[k] + step) - results(k, spends[k]))
        spends[best] += step
    return sum(results(key, spend) for key, spend in spends.items())


@pytest.mark.parametrize("seed", range(100, 112))
def test_no_greedy_split_of_any_subset_brings_more(seed: int) -> None:
    media, channels = _random_problem(seed)
    subsets = [keys for keys in _subsets(channels, media) if keys]
    if not subsets:
        return

    found = float(optimize_budget_allocation(total=media, currency="USD", channels=channels).expected_results or 0)

    best = max(_greedy(channels, keys, media, 400) for keys in subsets)
    assert found >= best - 0.05
    assert found <= best * 1.05 + 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["USD", "JPY", "KWD"]), st.decimals(0, 1, places=3))
def test_every_budget_adds_up_and_keeps_every_bound(seed: int, currency: str, rate: Decimal) -> None:
    media, channels = _random_problem(seed)
    try:
        budget = optimize_budget_allocation(total=media, currency=currency, channels=channels, reserve_rate=rate)
    except Infeasible:
        return

    assert _adds_up(budget)
    for key, line in budget.lines.items():
        channel = channels[key]
        assert line.spend == 0 if not line.used else line.spend >= channel.minimum
        assert line.used or channel.minimum_applies == "if_used" or channel.minimum == 0
        assert channel.maximum is None or line.spend <= channel.maximum
    assert budget.marginals_equal in (True, None)
    backwards = dict(reversed(channels.items()))
    assert budget == optimize_budget_allocation(total=media, currency=currency, channels=backwards, reserve_rate=rate)
