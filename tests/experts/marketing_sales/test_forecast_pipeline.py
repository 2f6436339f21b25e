"""Weighted pipelines; the range against the binomial distribution."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.forecast_pipeline import Deal, forecast_pipeline


def test_equal_deals_have_the_binomials_mean_and_deviation() -> None:
    """Binomial n = 100, p = 0.2: mean 20, standard deviation 4; z of an 80% interval is 1.2815516 (NIST tables)."""
    deals = {f"d{n}": Deal(stage="offer", amount=D(1000)) for n in range(100)}
    made = forecast_pipeline({"offer": D("0.2")}, deals, "USD", target=D(25000))
    assert (made.expected, made.deviation, made.open_amount) == (D(20000), D(4000), D(100000))
    assert (made.low, made.high) == (D("14873.79"), D("25126.21"))
    assert (made.coverage, made.gap, made.warnings) == (D(4), D(5000), [])


def test_stages_add_up_and_a_large_deal_is_warned_about() -> None:
    made = forecast_pipeline(
        {"talk": D("0.1"), "offer": D("0.5"), "signed": D(1)},
        {"a": Deal(stage="talk", amount=D(900)), "b": Deal(stage="signed", amount=D(100))},
        "USD",
    )
    assert made.expected == D(190)
    assert (made.stages["talk"].expected, made.stages["offer"].deals) == (D(90), 0)
    assert made.low == 0  # never below nothing
    assert (made.largest_share, len(made.warnings)) == (D("0.9"), 1)


def test_a_deal_of_nothing_is_no_error() -> None:
    made = forecast_pipeline({"talk": D("0.1")}, {"a": Deal(stage="talk", amount=D(0))}, "USD", target=D(0))
    assert (made.expected, made.largest_share, made.coverage) == (0, None, None)


def test_a_stage_without_a_probability_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"deals\.a\.stage 'tlak' has no probability; did you mean 'talk'"):
        forecast_pipeline({"talk": D("0.1")}, {"a": Deal(stage="tlak", amount=D(1))}, "USD")
