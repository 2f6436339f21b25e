"""Bass 1969 table 1 and 2 (eleven durables), statsmodels for the trend, and a fit that must find what made the data."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
import math
from decimal import Decimal

import pytest
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.forecast_adoption import forecast_adoption

D = Decimal


@pytest.mark.parametrize(
    ("analog", "m", "peak"),
    [  # Bass 1969, table 2: predicted time of peak, years
        ("black_white_tv", 96717, "7.8"),
        ("room_air_conditioners", 16895, "8.6"),
        ("clothes_dryers", 15092, "8.1"),
        ("record_players", 21937, "4.8"),
        ("automatic_coffee_makers", 58838, "9.0"),
    ],
)
def test_the_peaks_of_bass_1969(analog: str, m: int, peak: str) -> None:
    found = forecast_adoption(analog=analog, m=D(m))
    assert found.peak_period is not None
    assert abs(found.peak_period - D(peak)) <= D("0.1")
    assert "Bass 1969" in found.source


def test_the_curve_is_basss_formula_and_adds_up() -> None:
    """F(t) by hand for p = 0.03, q = 0.38: F(1) = (1 - e^-0.41)/(1 + 12.667 e^-0.41) = 0.0359."""
    found = forecast_adoption(p=D("0.03"), q=D("0.38"), m=D(1000), periods=30)
    expected = (1 - math.exp(-0.41)) / (1 + 0.38 / 0.03 * math.exp(-0.41))
    assert abs(float(found.rows[0].value) - 1000 * expected) < 0.01
    assert abs(sum(row.value for row in found.rows) - (found.rows[-1].cumulative or 0)) < D("0.2")
    assert found.peak_period == D("6.193") and found.peak_rate == D("110.59")
    assert all((row.low or 0) <= row.value <= (row.high or 0) for row in found.rows)
    assert {case.change for case in found.what_if} >= {"as given", "p -25 %", "q +25 %", "m -25 %"}


def test_a_fit_finds_the_parameters_that_made_the_data() -> None:
    made = forecast_adoption(p=D("0.02"), q=D("0.4"), m=D(10000), periods=12)
    fitted = forecast_adoption(observed=[row.value for row in made.rows], periods=3)
    values = {parameter.name: float(parameter.value) for parameter in fitted.parameters}
    assert values["m"] == pytest.approx(10000, rel=1e-3)
    assert values["p"] == pytest.approx(0.02, rel=1e-3)
    assert values["q"] == pytest.approx(0.4, rel=1e-3)
    assert len(fitted.rows) == 15 and fitted.r_squared == 1


def test_noisy_data_have_intervals_that_widen() -> None:
    sales = [D(v) for v in (120, 180, 290, 400, 560, 640, 720, 700, 610)]
    found = forecast_adoption(observed=sales, periods=4)
    widths = [(row.high or D(0)) - (row.low or D(0)) for row in found.rows]
    assert all(width > 0 for width in widths)
    assert found.parameters[0].standard_error
    assert not any("before the peak" in text for text in found.warnings)


@pytest.mark.parametrize("kind", ["logistic", "gompertz"])
def test_growth_curves_are_found_again(kind: str) -> None:
    k, b, t0 = 5000.0, 0.6, 6.0
    curve = (
        (lambda t: k / (1 + math.exp(-b * (t - t0))))
        if kind == "logistic"
        else (lambda t: k * math.exp(-math.exp(-b * (t - t0))))
    )
    new = [D(repr(round(curve(t) - (curve(t - 1) if t > 1 else 0), 6))) for t in range(1, 13)]
    found = forecast_adoption(kind=kind, observed=new, periods=2)  # type: ignore[arg-type]
    values = [float(parameter.value) for parameter in found.parameters]
    assert values == pytest.approx([k, b, t0], rel=1e-3)
    assert found.peak_period is not None and abs(found.peak_period - 6) < D("0.01")


def test_the_trend_is_statsmodels() -> None:
    ys = [12.0, 15.0, 14.0, 18.0, 21.0, 20.0, 24.0]
    found = forecast_adoption(kind="trend", observed=[D(repr(y)) for y in ys], periods=2)
    fitted = OLS(ys, add_constant(range(1, 8))).fit()
    assert [float(p.value) for p in found.parameters] == pytest.approx(list(fitted.params), abs=1e-6)
    assert [float(p.standard_error or 0) for p in found.parameters] == pytest.approx(list(fitted.bse), abs=1e-6)
    frame = fitted.get_prediction([[1, 8], [1, 9]]).summary_frame(alpha=0.05)
    assert [float(row.low or 0) for row in found.rows[7:]] == pytest.approx(list(frame["obs_ci_lower"]), abs=0.01)
    assert [float(row.high or 0) for row in found.rows[7:]] == pytest.approx(list(frame["obs_ci_upper"]), abs=0.01)
    assert float(found.growth_rate or 0) == pytest.approx((24 / 12) ** (1 / 6) - 1, abs=1e-6)


def test_imitation_below_innovation_has_no_later_peak() -> None:
    found = forecast_adoption(p=D("0.1"), q=D("0.05"), m=D(100))
    assert (found.peak_period, found.peak_rate) == (0, 10)
    assert "falls from the first period" in found.warnings[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"p": D(0), "q": D("0.4"), "m": D(10)}, "p '0' must be above 0"),
        ({"p": D("-0.1"), "q": D("0.4"), "m": D(10)}, "p '-0.1'"),
        ({"p": D("0.1"), "q": D("0.4")}, "m missing"),
        ({"p": D("0.1"), "q": D("0.4"), "m": D(0)}, "m '0' is no market"),
        ({"observed": [D(1), D(2), D(3)]}, "3 observed periods are too few"),
        ({"observed": [D(0)] * 5}, "nothing but zeros"),
        ({"kind": "trend"}, "0 observed periods"),
        ({"observed": [D(1)] * 5, "p": D("0.1")}, "without 'observed'"),
        ({"analog": "colour_tv", "m": D(5)}, "analog 'colour_tv' is not known"),
    ],
)
def test_what_cannot_be_forecast_is_refused(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        forecast_adoption(**arguments)  # type: ignore[arg-type]
    assert said in caught.value.message
