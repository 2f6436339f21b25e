"""Response curves of channels: value, slope and inverse slope in exact decimals."""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Literal

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Money, NonNegativeMoney, Ratio, Volume, plain

# One fixed context for every logarithm, power and root, so that results are the same on every machine.
EXACT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emax=MAX_EMAX,
    Emin=MIN_EMIN,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
INFINITY = Decimal("Infinity")
_HALF = Decimal("0.5")
_FLATTEST, _STEEPEST = Decimal("0.0001"), Decimal("0.9999")
# The largest quantity that the contract carries; see experts.core.quantities.
LARGEST = Decimal(10) ** 15


class Curve(Model):
    """power: a*spend^b; log: a*ln(1+spend/scale)."""

    form: Literal["power", "log"]
    a: Volume
    b: Ratio | None = None
    scale: Money | None = None


class Channel(Model):
    """One way to spend media money, with the bounds and the response curve of its spend."""

    label: str = ""
    minimum: NonNegativeMoney = Decimal(0)
    minimum_applies: Literal["required", "if_used"] = "required"
    maximum: NonNegativeMoney | None = None
    curve: Curve | None = None

    @property
    def is_optional(self) -> bool:
        """Whether leaving the channel out is an option that its minimum forces us to weigh."""
        return self.minimum_applies == "if_used" and self.minimum > 0


def check_curve(key: str, curve: Curve) -> None:
    """Refuse a curve that is not increasing and concave from zero, naming the channel and the value."""
    where = f"channels.{key}.curve"

    def refuse(what: str) -> None:
        raise InvalidInput(f"the curve of channel {key!r} {what}", field=where)

    if curve.a <= 0:
        refuse(f"has the factor {plain(curve.a)!r}; it must be above zero, or give the channel no curve")
    if curve.form == "power":
        if curve.b is None or curve.scale is not None:
            refuse("has the form 'power', which takes a and b and no scale")
        elif not 0 < curve.b < 1:
            refuse(
                f"has the exponent {plain(curve.b)!r} and is not concave; "
                "each further unit must bring less than the one before, so give an exponent between 0 and 1"
            )
        elif not _FLATTEST <= curve.b <= _STEEPEST:
            refuse(
                f"has the exponent {plain(curve.b)!r}, too near 0 or 1 to tell from a flat or a straight line; "
                f"give one from {_FLATTEST} to {_STEEPEST}"
            )
    elif curve.scale is None or curve.b is not None:
        refuse("has the form 'log', which takes a and scale and no b")
    elif curve.scale <= 0:
        refuse(f"has the scale {plain(curve.scale)!r}; it must be an amount above zero")


def value(curve: Curve, spend: Decimal) -> Decimal:
    """Expected results at `spend`: f(0) = 0, unrounded. To be called in the EXACT context, like all below."""
    if spend == 0:
        return Decimal(0)
    if curve.form == "power":
        return curve.a * _power(spend, _b(curve))
    return curve.a * (1 + spend / _scale(curve)).ln()


def slope(curve: Curve, spend: Decimal) -> Decimal:
    """Extra results per further unit of money at `spend`: the derivative. Infinite for a power curve at zero."""
    if curve.form == "power":
        return INFINITY if spend == 0 else curve.a * _b(curve) * _power(spend, _b(curve)) / spend
    return curve.a / (_scale(curve) + spend)


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    """base**exponent for a base above zero; several times faster than the operator."""
    return base.sqrt() if exponent == _HALF else (exponent * base.ln()).exp()


def log_slope(curve: Curve, spend: Decimal) -> Decimal:
    """ln of the slope, the unit in which the multiplier is searched; infinite where the slope is."""
    at = slope(curve, spend)
    return at if at.is_infinite() else at.ln()


def inverse_slope(curve: Curve) -> tuple[Decimal, Decimal, Decimal]:
    """Numbers (g, p, shift) such that the spend whose slope is exp(u) is `g*exp(-p*u) - shift`."""
    if curve.form == "power":
        p = 1 / (1 - _b(curve))
        return ((curve.a * _b(curve)).ln() * p).exp(), p, Decimal(0)
    return curve.a, Decimal(1), _scale(curve)


def results_at(key: str, curve: Curve, spend: Decimal) -> Decimal:
    """Expected results at `spend`; refuses a curve whose results leave the range of quantities."""
    found = value(curve, spend)
    if found >= LARGEST:
        raise InvalidInput(
            f"the curve of channel {key!r} gives {found:.3e} results at a spend of {plain(spend)}; check its figures",
            field=f"channels.{key}.curve",
        )
    return found


def _b(curve: Curve) -> Decimal:
    assert curve.b is not None  # check_curve has seen to it
    return curve.b


def _scale(curve: Curve) -> Decimal:
    assert curve.scale is not None  # check_curve has seen to it
    return curve.scale
