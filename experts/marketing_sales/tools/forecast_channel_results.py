"""What each channel should bring for its spend, as a range.

Expected: the curve at the spend, two decimal places, half up. The range is, for a
fitted curve, Student's t prediction interval of one new period on the logarithmic scale
(Draper & Smith 1998, ch. 3): h = t * s * sqrt(1 + 1/n + (ln(spend) - mean)^2 / Sxx), expected * e^-h to
expected * e^h; for two answers, all that an increasing concave response through nothing
and both answers can give; for a given curve, `curve_uncertainty` either way.

Raises InvalidInput for a curve that is not concave and increasing, and for a fitted
range of more than a thousand times its middle.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeMoney, Share, Volume, plain, round_to
from experts.marketing_sales.tools._curves import EXACT, Answers, Curve, Fit, check_curve, results_at

LISTED = False  # actions call it with fits and curves; a person asks for the forecast of a plan

WIDEST = Decimal(1000)
"""A fitted range that reaches further than this many times its middle says nothing worth planning on."""


class ChannelSpend(Model):
    """One channel: what is spent on it, its curve, and what the curve's range is made of."""

    spend: NonNegativeMoney
    curve: Curve
    fit: Fit | None = None
    answers: Answers | None = None


class Range(Model):
    low: Volume
    expected: Volume
    high: Volume


class ChannelForecast(Model):
    """A range for each channel, and the ranges added up (all channels at their low, or high, end together)."""

    channels: dict[Key, Range]
    total: Range
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def forecast_channel_results(
    channels: Annotated[dict[Key, ChannelSpend], Field(description="spend and curve of each")],
    curve_uncertainty: Annotated[
        Share, Field(description="fraction by which a curve given without an uncertainty may be wrong, either way")
    ] = Decimal("0.2"),
) -> ChannelForecast:
    """Forecast the results of each channel at its spend, with a low and a high end.

    Use when spend has been allocated and somebody asks what it will bring. It does not
    allocate, and it does not know of seasons, competitors or channels that help each other.
    """
    made: dict[str, Range] = {}
    warnings: list[str] = []
    for key, channel in channels.items():
        check_curve(channel.curve, f"of channel {key!r}", f"channels.{key}.curve")
        expected = results_at(channel.curve, channel.spend, key)
        with localcontext(EXACT):
            if channel.spend == 0:
                low = high = expected
            elif channel.fit is not None:
                low, high = _predicted(key, channel.spend, expected, channel.fit, warnings)
            elif channel.answers is not None:
                low, high = _enveloped(key, channel.spend, channel.answers, warnings)
            else:
                low, high = expected * (1 - curve_uncertainty), expected * (1 + curve_uncertainty)
            # The curve's parameters are rounded, so at an answer itself it may miss the bound by a hundredth.
            low, high = min(round_to(low, 2), expected), max(round_to(high, 2), expected)
        made[key] = Range(low=low, expected=expected, high=high)
    return ChannelForecast(
        channels=made,
        total=Range(
            low=sum((r.low for r in made.values()), Decimal(0)),
            expected=sum((r.expected for r in made.values()), Decimal(0)),
            high=sum((r.high for r in made.values()), Decimal(0)),
        ),
        method=(
            "Curve at the spend. Range: prediction interval (fitted), concave envelope (two answers), "
            "stated fraction either way (given)."
        ),
        assumptions=_assumptions(channels, curve_uncertainty),
        warnings=warnings,
    )


def _predicted(key: str, spend: Decimal, expected: Decimal, fit: Fit, warnings: list[str]) -> tuple[Decimal, Decimal]:
    if fit.rows < 3 or fit.log_spend_squares <= 0:
        raise InvalidInput(
            f"channel {key!r} has a fit of {fit.rows} rows and {fit.log_spend_squares} squares of ln(spend); "
            "take the fit from fit_response_curves",
            field=f"channels.{key}.fit",
        )
    spread = 1 + 1 / Decimal(fit.rows) + (spend.ln() - fit.mean_log_spend) ** 2 / fit.log_spend_squares
    half = fit.t_quantile * fit.residual_error * spread.sqrt()
    if half > WIDEST.ln():
        raise InvalidInput(
            f"channel {key!r}: at a spend of {plain(spend)} the past rows allow more than {WIDEST} times the middle "
            "forecast; add rows near that spend, check them for errors, or give two answers instead",
            field=f"channels.{key}.past",
        )
    if not fit.smallest_spend <= spend <= fit.largest_spend:
        warnings.append(
            f"The spend planned for {key!r} lies outside what was spent before; there the fitted curve is a guess."
        )
    return expected * (-half).exp(), expected * half.exp()


def _enveloped(key: str, spend: Decimal, answers: Answers, warnings: list[str]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest that a concave increasing response through 0 and both answers can be.

    Between two known points it lies on or above their chord; outside, on or below the
    chord's extension (Rockafellar, Convex Analysis, 1970, section 4).
    """
    now, first, second = answers.spend_now, answers.results_now, answers.results_at_double
    if now <= 0 or not 0 < first < second < 2 * first:
        raise InvalidInput(
            f"channel {key!r}: answers {plain(first)} at {plain(now)} and {plain(second)} at double are not concave "
            "and increasing; the second must lie between once and twice the first",
            field=f"channels.{key}.answers",
        )
    early, late = first / now, (second - first) / now
    if spend <= now:
        return early * spend, first - late * (now - spend)
    if spend <= 2 * now:
        return first + late * (spend - now), min(early * spend, second)
    warnings.append(
        f"The spend planned for {key!r} is more than double today's; beyond that nobody has said what it brings."
    )
    return second, second + late * (spend - 2 * now)


def _assumptions(channels: dict[Key, ChannelSpend], uncertainty: Decimal) -> list[str]:
    said = ["The total range adds the channels' ends: all fall short together, or all do well together."]
    if any(c.fit is None and c.answers is None for c in channels.values()):
        percent = plain(uncertainty * 100)
        said.append(f"A curve given without an uncertainty may be {percent} percent wrong either way: a stated choice.")
    if any(c.fit is not None for c in channels.values()):
        said.append("A fitted middle is the median of what a period would bring.")
    return said
