"""Curves from formulas, past rows and two answers."""

import math
from decimal import Decimal
from typing import Any

import pytest
from scipy import stats

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools._curves import Curve, results_at
from experts.marketing_sales.tools._regression import fit_line, t_quantile
from experts.marketing_sales.tools.fit_response_curves import ChannelCurve, ChannelEvidence, fit_response_curves

PAST = [(900, 39), (1200, 44), (1500, 54), (1400, 49), (2000, 63), (2400, 67), (2800, 78)]


def curve_of(**evidence: Any) -> ChannelCurve:
    return fit_response_curves({"ads": ChannelEvidence.model_validate(evidence)}).channels["ads"]


def rows(pairs: list[tuple[Any, Any]]) -> dict[str, dict[str, Any]]:
    return {f"r{i}": {"spend": spend, "results": results} for i, (spend, results) in enumerate(pairs)}


def refusal(**evidence: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        curve_of(**evidence)
    return caught.value


@pytest.mark.parametrize(
    ("text", "form", "a", "b", "scale"),
    [
        ("32*sqrt(spend)", "power", "32", "0.5", None),
        ("32·sqrt(spend)", "power", "32", "0.5", None),
        ("sqrt(spend) * 32", "power", "32", "0.5", None),
        ("5*spend^0.6", "power", "5", "0.6", None),
        (" 5 * Spend ** 0.6 ", "power", "5", "0.6", None),
        ("spend^(0.6)*1,250.5", "power", "1250.5", "0.6", None),
        ("410*ln(1+spend/6000)", "log", "410", None, "6000"),
        ("410·ln(1 + spend/6,000)", "log", "410", None, "6000"),
    ],
)
def test_the_three_forms_are_read_however_they_are_spaced(
    text: str, form: str, a: str, b: str | None, scale: str | None
) -> None:
    found = curve_of(curve=text)
    assert found.evidence == "given"
    assert found.curve == Curve.model_validate({"form": form, "a": a, "b": b, "scale": scale})


@pytest.mark.parametrize(
    "text",
    [
        "32*spend",
        "sqrt(spend)",
        "32*sqrt(spend)+4",
        "32*sqrt(budget)",
        "5*spend^0,6",
        "410*log(1+spend/6000)",
        "410*ln(1+spend/60,00)",
        "__import__('os').system('true')*sqrt(spend)",
        "1e3*sqrt(spend)",
        "",
    ],
)
def test_anything_else_is_refused_with_the_forms_that_are_read(text: str) -> None:
    error = refusal(curve=text)
    assert repr(text)[:40] in error.message
    for form in ("32*sqrt(spend)", "5*spend^0.6", "410*ln(1+spend/6000)"):
        assert form in error.message
    assert error.field == "channels.ads.curve"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5*spend^1", "1"),
        ("5*spend^1.2", "1.2"),
        ("5*spend^0", "0"),
        ("5*spend^-0.5", "-0.5"),
        ("5*spend^0.99995", "0.99995"),
        ("0*sqrt(spend)", "0"),
        ("-3*sqrt(spend)", "-3"),
        ("410*ln(1+spend/0)", "0"),
        ("410*ln(1+spend/-10)", "-10"),
    ],
)
def test_a_curve_that_is_not_concave_and_increasing_is_refused_with_the_value(text: str, value: str) -> None:
    error = refusal(curve=text)
    assert repr(text) in error.message
    assert value in error.message


def test_a_number_that_may_mean_thousands_is_not_guessed() -> None:
    assert "6.000" in refusal(curve="410*ln(1+spend/6.000)").message


def test_the_fit_is_the_line_of_an_independent_library() -> None:
    found = curve_of(past=rows(PAST))
    x, y = [math.log(s) for s, _ in PAST], [math.log(r) for _, r in PAST]
    line = stats.linregress(x, y)
    t = stats.t.ppf(0.975, len(PAST) - 2)
    assert found.curve is not None and found.curve.b is not None and found.fit is not None
    assert found.evidence == "fitted"
    assert float(found.curve.b) == pytest.approx(line.slope, abs=1e-8)
    assert float(found.curve.a) == pytest.approx(math.exp(line.intercept), rel=1e-6)
    assert float(found.fit.exponent_error) == pytest.approx(line.stderr, abs=1e-6)
    assert float(found.fit.exponent_low) == pytest.approx(line.slope - t * line.stderr, abs=2e-6)
    assert float(found.fit.exponent_high) == pytest.approx(line.slope + t * line.stderr, abs=2e-6)
    assert (found.fit.rows, found.fit.smallest_spend, found.fit.largest_spend) == (7, Decimal(900), Decimal(2800))


# NIST Statistical Reference Datasets, Linear Regression, "Norris" (y, x): certified slope, its
# standard error and the residual standard deviation.
NORRIS = """
0.1 0.2 338.8 337.4 118.1 118.2 888.0 884.6 9.2 10.1 228.1 226.5 668.5 666.3 998.5 996.3 449.1 448.6
778.9 777.0 559.2 558.2 0.3 0.4 0.1 0.6 778.1 775.5 668.8 666.9 339.3 338.0 448.9 447.5 10.8 11.6
557.7 556.0 228.3 228.1 998.0 995.8 888.8 887.6 119.6 120.2 0.3 0.3 0.6 0.3 557.6 556.8 339.3 339.1
888.0 887.2 998.5 999.0 778.9 779.0 10.2 11.1 117.6 118.3 228.9 229.2 668.4 669.1 449.2 448.9 0.2 0.5
"""


def test_least_squares_reach_the_certified_values_of_nist() -> None:
    numbers = [Decimal(text) for text in NORRIS.split()]
    # The fit takes logarithms, so it is given the data's exponentials.
    line = fit_line([x.exp() for x in numbers[1::2]], [y.exp() for y in numbers[::2]])
    assert float(line.slope) == pytest.approx(1.00211681802045, rel=1e-13)
    assert float(line.mean_y - line.slope * line.mean_x) == pytest.approx(-0.262323073774029, rel=1e-11)
    assert float(line.residual_error) == pytest.approx(0.884796396144373, rel=1e-12)
    assert float(line.residual_error / line.squares_x.sqrt()) == pytest.approx(0.429796848199937e-03, rel=1e-12)


@pytest.mark.parametrize(("degrees", "t"), [(1, "12.706205"), (2, "4.302653"), (5, "2.570582"), (30, "2.042272")])
def test_students_t_is_that_of_the_printed_tables(degrees: int, t: str) -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, to more digits."""
    assert t_quantile(Decimal("0.95"), degrees) == Decimal(t)


def test_three_rows_are_enough_and_give_a_wide_interval() -> None:
    found = curve_of(past=rows([(1000, 100), (2000, 141), (4000, 195)]))
    assert found.fit is not None
    assert found.fit.t_quantile == Decimal("12.706205")


def test_a_fit_that_leaves_the_exponent_open_is_warned_about() -> None:
    evidence = ChannelEvidence.model_validate({"past": rows([(1000, 100), (2000, 180), (4000, 190)])})
    assert "'ads'" in fit_response_curves({"ads": evidence}).warnings[0]


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(1000, 100), (2000, 140)], "2 past row(s)"),
        ([(1000, 100), (1000, 140), (1000, 120)], "same spend 1000"),
        ([(1000, 100), (2000, 0), (3000, 120)], "results is 0 in past row 'r1'"),
        ([(1000, 100), (0, 20), (3000, 120)], "spend is 0 in past row 'r1'"),
        ([(1000, 100), (2000, 90), (4000, 70)], "exponent of -0.25"),
        ([(1000, 100), (2000, 250), (4000, 600)], "exponent of 1.29"),
    ],
)
def test_past_rows_that_no_curve_fits_are_refused_with_a_way_out(pairs: list[tuple[int, int]], words: str) -> None:
    error = refusal(past=rows(pairs))
    assert words in error.message
    assert "two answers" in error.message


def test_two_answers_give_the_power_curve_through_both() -> None:
    """sqrt: four times the spend, double the results; so double the spend, sqrt(2) times the results."""
    found = curve_of(spend_now="2500", results_now="100", results_at_double="141.42")
    assert found.evidence == "two_answers"
    assert found.curve is not None and found.curve.b is not None
    assert float(found.curve.b) == pytest.approx(math.log2(1.4142), abs=1e-8)
    assert results_at(found.curve, Decimal(2500), "ads") == Decimal("100.00")
    assert results_at(found.curve, Decimal(5000), "ads") == Decimal("141.42")
    assert found.gain_when_doubled == Decimal("0.414")


@pytest.mark.parametrize(
    ("now", "double", "words"),
    [
        ("100", "100", "not above"),
        ("100", "90", "not above"),
        ("100", "200", "not below twice"),
        ("0", "9", "results_now 0"),
    ],
)
def test_two_answers_that_are_not_concave_and_increasing_are_refused(now: str, double: str, words: str) -> None:
    assert words in refusal(spend_now="1000", results_now=now, results_at_double=double).message


def test_half_an_answer_names_what_is_missing() -> None:
    error = refusal(spend_now="1000", results_now="50")
    assert "results_at_double" in error.message
    assert error.field == "channels.ads.results_at_double"


def test_no_evidence_gives_no_curve() -> None:
    assert curve_of() == ChannelCurve(evidence="none")


def test_two_kinds_of_evidence_are_refused_by_name() -> None:
    error = refusal(curve="32*sqrt(spend)", past=rows(PAST))
    assert "'ads'" in error.message and "a curve and past results" in error.message


def test_more_channels_or_rows_than_can_be_handled_are_refused() -> None:
    with pytest.raises(InvalidInput, match="501 channels"):
        fit_response_curves({f"c{i}": ChannelEvidence() for i in range(501)})
    past = ChannelEvidence.model_validate({"past": rows([(i, i) for i in range(1, 5002)])})
    with pytest.raises(InvalidInput, match="5001 rows"):
        fit_response_curves({"ads": past})
