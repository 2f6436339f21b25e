"""Hull, Options, Futures, and Other Derivatives: call 4.76 and put 0.81; binomial puts 4.19, 5.09 and 4.49; QuantLib."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest
import QuantLib as ql

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.value_real_option import RealOption, value_real_option

D = Decimal


def hull(kind: str, exercise: str = "european", **more: object) -> RealOption:
    given = {"value": D(42), "cost": D(40), "years": D("0.5"), "rate": D("0.1"), "volatility": D("0.2")} | more
    return value_real_option(**given, kind=kind, exercise=exercise, currency="USD")  # type: ignore[arg-type]


def test_black_scholes_is_hulls_example() -> None:
    assert hull("defer").black_scholes == D("4.7594")  # Hull, example 15.6: 4.76
    assert hull("abandon").black_scholes == D("0.8086")  # 0.81


@pytest.mark.parametrize(("exercise", "value"), [("european", "4.1923"), ("american", "5.0894")])
def test_hulls_two_step_put(exercise: str, value: str) -> None:
    """Hull, section 13.3-13.5: S 50, K 52, r 5 %, u 1.2, d 0.8, two yearly steps; he prints 4.1923 and 5.0894, with p rounded to 0.6282."""
    found = hull(
        "abandon",
        exercise,
        value=D(50),
        cost=D(52),
        years=D(2),
        rate=D("0.05"),
        volatility=None,
        up=D("1.2"),
        down=D("0.8"),
        steps=2,
    )
    assert abs(found.option_value - D(value)) <= D("0.0005")
    assert found.q == D("0.62817774")
    assert {(n.step, n.ups) for n in found.lattice if n.exercise} >= (
        {(2, 0), (2, 1)} if exercise == "european" else {(1, 0)}
    )


def test_hulls_five_step_american_put() -> None:
    """Hull, section 21.1: S 50, K 50, r 10 %, sigma 40 %, five months, five steps: 4.49; u 1.1224, q 0.5073."""
    found = hull(
        "abandon", "american", value=D(50), cost=D(50), years=D("0.416666666667"), volatility=D("0.4"), steps=5
    )
    assert round(found.option_value, 2) == D("4.49")
    assert (round(found.u, 4), round(found.q, 4)) == (D("1.1224"), D("0.5073"))


@pytest.mark.parametrize(("kind", "option"), [("defer", ql.Option.Call), ("abandon", ql.Option.Put)])
def test_the_tree_is_quantlibs(kind: str, option: int) -> None:
    found = hull(
        kind,
        "american",
        value=D(100),
        cost=D(95),
        years=D(2),
        rate=D("0.04"),
        volatility=D("0.3"),
        leakage=D("0.06"),
        steps=200,
    )
    today = ql.Date(1, 1, 2026)
    ql.Settings.instance().evaluationDate = today
    count = ql.Actual365Fixed()
    flat = [ql.YieldTermStructureHandle(ql.FlatForward(today, rate, count)) for rate in (0.06, 0.04)]
    vol = ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, ql.NullCalendar(), 0.3, count))
    process = ql.BlackScholesMertonProcess(ql.QuoteHandle(ql.SimpleQuote(100.0)), flat[0], flat[1], vol)
    american = ql.VanillaOption(ql.PlainVanillaPayoff(option, 95.0), ql.AmericanExercise(today, today + 730))
    american.setPricingEngine(ql.BinomialVanillaEngine(process, "crr", 200))
    assert float(found.option_value) == pytest.approx(american.NPV(), abs=0.02)
    european = ql.VanillaOption(ql.PlainVanillaPayoff(option, 95.0), ql.EuropeanExercise(today + 730))
    european.setPricingEngine(ql.AnalyticEuropeanEngine(process))
    assert float(found.black_scholes or 0) == pytest.approx(european.NPV(), abs=0.0001)


def test_expanding_is_a_call_on_the_part_gained() -> None:
    part = hull("expand", value=D(84), expansion=D("0.5"))
    assert part.black_scholes == D("4.7594") and part.exercise_now_value == 2


def test_waiting_without_leakage_is_never_cut_short() -> None:
    american, european = hull("defer", "american"), hull("defer")
    assert american.option_value == european.option_value
    assert "Nothing is lost by waiting" in american.warnings[0]
    assert american.value_of_flexibility == american.option_value - 2


def test_deep_in_the_money_is_exercised_now() -> None:
    found = hull("abandon", "american", value=D(5), cost=D(50), rate=D("0.1"), leakage=D(0))
    assert found.exercise_now and found.option_value == 45


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"volatility": None, "up": D("1.01"), "down": D("0.99"), "steps": 1, "years": D(1)}, "allows arbitrage"),
        ({"volatility": None}, "volatility is missing"),
        ({"up": D("1.1"), "down": D("0.9")}, "volatility, or both"),
        ({"volatility": D(0)}, "must be above 0 and at most 5"),
        ({"years": D(0)}, "years '0'"),
        ({"cost": D(0)}, "must be above zero"),
        ({"rate": D(5)}, "rate '5'"),
    ],
)
def test_what_allows_arbitrage_or_is_no_option_is_refused(more: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        hull("defer", **more)
    assert said in caught.value.message


@pytest.mark.parametrize(
    "given", [{"volatility": D(5), "years": D(50)}, {"up": D(100), "down": D("0.5"), "years": D(1)}]
)
def test_a_tree_beyond_all_range_is_refused_in_a_sentence(given: dict[str, D]) -> None:
    more = {key: value for key, value in given.items() if key != "years"}
    with pytest.raises(InvalidInput, match="the value is out of range; use fewer steps"):
        value_real_option(D(100), D(110), given["years"], D("0.05"), "USD", steps=500, **more)  # type: ignore[arg-type]
