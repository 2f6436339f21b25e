"""Response curves: how many results a channel brings for what is spent on it."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Literal

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Money, NonNegativeMoney, Rate, Ratio, Volume, decimal_of, round_to

Evidence = Literal["given", "fitted", "two_answers", "none"]

EXACT = Context(prec=40, rounding=ROUND_HALF_UP)
"""Every logarithm and power is worked to 40 digits, whatever context the caller has, then rounded."""

FLATTEST, STEEPEST = Decimal("0.0001"), Decimal("0.9999")
MOST_RESULTS = Decimal(10) ** 12
ACCEPTED = "'32*sqrt(spend)', '5*spend^0.6' or '410*ln(1+spend/6000)'"


class Curve(Model):
    """results = a * spend^b (form 'power') or a * ln(1 + spend/scale) (form 'log')."""

    form: Literal["power", "log"]
    a: Volume
    b: Ratio | None = None
    scale: Money | None = None


class Fit(Model):
    """A straight line through ln(spend) and ln(results), and how sure it is (see fit_response_curves)."""

    rows: Count
    exponent_error: Ratio
    exponent_low: Ratio
    exponent_high: Ratio
    confidence: Rate
    t_quantile: Ratio
    residual_error: Ratio
    mean_log_spend: Ratio
    log_spend_squares: Ratio
    smallest_spend: Money
    largest_spend: Money


class Answers(Model):
    """What a person said a channel brings now, and would bring at double the spend."""

    spend_now: NonNegativeMoney
    results_now: Volume
    results_at_double: Volume


def results_at(curve: Curve, spend: Decimal, channel: str) -> Decimal:
    """Results at `spend`, rounded half up to two places; nothing spent brings nothing."""
    if spend == 0:
        return Decimal(0)
    with localcontext(EXACT):
        if curve.b is not None:
            results = curve.a * (curve.b * spend.ln()).exp()
        else:
            results = curve.a * (1 + spend / (curve.scale or Decimal(1))).ln()
        if results > MOST_RESULTS:
            raise InvalidInput(
                f"channel {channel!r} would bring {results:.3E} results at a spend of {spend}; check the curve's units",
                field=f"channels.{channel}.curve",
            )
        return round_to(results, 2)


def significant(value: Decimal, digits: int) -> Decimal:
    """Round half up to `digits` significant digits, and to 20 places at most (what a quantity may have)."""
    return round_to(value, min(digits - 1 - value.adjusted(), 20)) if value else value


def check_curve(curve: Curve, shown: str, field: str) -> Curve:
    """The same curve if it rises ever more slowly; `shown` is how the message names it."""
    if curve.a <= 0:
        raise InvalidInput(
            f"curve {shown} does not rise: its factor {curve.a} must be above zero; check the sign", field=field
        )
    if curve.form == "power":
        if curve.b is None or curve.scale is not None:
            raise InvalidInput(f"curve {shown} of form 'power' needs b and no scale; give a and b", field=field)
        if not 0 < curve.b < 1:
            raise InvalidInput(
                f"curve {shown} is not concave and increasing: its exponent {curve.b} must lie between 0 and 1, "
                "both excluded, so that each further unit of spend brings less",
                field=field,
            )
        if not FLATTEST <= curve.b <= STEEPEST:
            raise InvalidInput(
                f"curve {shown} has the exponent {curve.b}, too near 0 or 1 to tell from a flat or a straight line; "
                f"give one from {FLATTEST} to {STEEPEST}",
                field=field,
            )
        return curve
    if curve.scale is None or curve.b is not None:
        raise InvalidInput(f"curve {shown} of form 'log' needs a scale and no b; give a and scale", field=field)
    if curve.scale <= 0:
        raise InvalidInput(
            f"curve {shown} is not concave and increasing: the amount {curve.scale} that spend is divided by "
            "must be above zero",
            field=field,
        )
    return curve


_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_CORES = {
    "sqrt": r"sqrt\(spend\)",
    "power": rf"spend(?:\^|\*\*)(?:\((?P<b1>{_NUMBER})\)|(?P<b2>{_NUMBER}))",
    "log": rf"ln\(1\+spend/(?P<scale>{_NUMBER})\)",
}
_FORMS = {
    name: [re.compile(rf"(?P<a>{_NUMBER})\*{core}"), re.compile(rf"{core}\*(?P<a>{_NUMBER})")]
    for name, core in _CORES.items()
}


def parse_curve(text: str, channel: str) -> Curve:
    """The curve that `text` writes.

    Accepted, blanks and capitals aside, with the factor before or after: `a*sqrt(spend)`,
    `a*spend^b` (or `**`), `a*ln(1+spend/s)`; a centred dot or a cross counts as `*`, and
    numbers may have thousands separators (6,000). Anything else is refused.
    """
    field = f"channels.{channel}.curve"
    dense = re.sub(r"[\u00b7\u00d7\u22c5]", "*", re.sub(r"\s+", "", text)).lower()
    for name, patterns in _FORMS.items():
        for pattern in patterns:
            found = pattern.fullmatch(dense)
            if found:
                parts = found.groupdict()
                a = _number(parts["a"], text, field)
                if name == "log":
                    curve = Curve(form="log", a=a, scale=_number(parts["scale"], text, field))
                elif name == "power":
                    curve = Curve(form="power", a=a, b=_number(parts["b1"] or parts["b2"], text, field))
                else:
                    curve = Curve(form="power", a=a, b=Decimal("0.5"))
                return check_curve(curve, repr(text), field)
    raise InvalidInput(
        f"curve {text[:80]!r} of channel {channel!r} cannot be read; write it as {ACCEPTED}", field=field, seen=text
    )


def _number(digits: str, text: str, field: str) -> Decimal:
    if re.fullmatch(r"[1-9]\d{0,2}\.000", digits):
        raise InvalidInput(
            f"{digits!r} in curve {text!r} may mean thousands or a whole number; write 6000 or 6,000 for six thousand",
            field=field,
        )
    try:
        return decimal_of(digits.replace(",", ""))
    except ValueError as error:
        raise InvalidInput(f"curve {text[:80]!r}: {error}", field=field) from error
