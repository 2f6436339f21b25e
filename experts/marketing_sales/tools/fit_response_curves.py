"""Make each channel's response curve from the evidence there is.

Fitted: ordinary least squares of ln(results) on ln(spend); Student's t interval for the
exponent. Two answers: b = log2(results_at_double / results_now), a = results_now / spend_now^b.
Exponents have 8 decimal places, fitted factors 10 significant digits.

Raises InvalidInput for more than one kind of evidence, an unreadable curve, and evidence
that no concave and increasing curve fits.
"""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model, Text
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeMoney, NonNegativeVolume, Rate, Share, round_to
from experts.marketing_sales.tools._curves import (
    EXACT,
    Answers,
    Curve,
    Evidence,
    Fit,
    check_curve,
    parse_curve,
    significant,
)
from experts.marketing_sales.tools._regression import fit_line, t_quantile

MOST_CHANNELS = 500
MOST_ROWS = 5000
FEWEST_ROWS = 3
"""A line through two points has no residual, so nothing could be said about its uncertainty."""


class PastRow(Model):
    """One past period: what was spent on the channel and what it brought."""

    spend: NonNegativeMoney
    results: NonNegativeVolume


class ChannelEvidence(Model):
    """At most one kind of evidence: a curve, past rows, or the two answers with today's spend."""

    curve: Text | None = None
    past: dict[Key, PastRow] | None = None
    spend_now: NonNegativeMoney | None = None
    results_now: NonNegativeVolume | None = None
    results_at_double: NonNegativeVolume | None = None


class ChannelCurve(Model):
    """The curve of one channel and where it comes from; `curve` is absent when there is no evidence."""

    evidence: Evidence
    curve: Curve | None = None
    gain_when_doubled: Rate | None = None
    fit: Fit | None = None
    answers: Answers | None = None


class ResponseCurves(Model):
    channels: dict[Key, ChannelCurve]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def fit_response_curves(
    channels: Annotated[dict[Key, ChannelEvidence], Field(description="evidence of each channel, at most one kind")],
    confidence: Annotated[Share, Field(description="confidence of intervals, as a fraction")] = Decimal("0.95"),
) -> ResponseCurves:
    """Turn what is known about each channel into a concave response curve.

    Use when a plan needs how results grow with spend: from a written curve, from past rows
    (fitted, with its uncertainty), or from two answers (results now and at double the spend).
    It does not invent benchmarks or prove cause: without evidence there is no curve.
    """
    if len(channels) > MOST_CHANNELS:
        raise InvalidInput(
            f"{len(channels)} channels are too many; give at most {MOST_CHANNELS}, for example by joining small ones",
            field="channels",
        )
    rows = sum(len(evidence.past or {}) for evidence in channels.values())
    if rows > MOST_ROWS:
        raise InvalidInput(
            f"{rows} rows of past results are too many; give at most {MOST_ROWS}, for example by month",
            field="channels",
        )
    if not 0 < confidence < 1:
        raise InvalidInput(
            f"confidence {confidence} must lie between 0 and 1, both excluded; write 0.95 for 95 percent",
            field="confidence",
        )
    warnings: list[str] = []
    made = {key: _channel(key, evidence, confidence, warnings) for key, evidence in channels.items()}
    return ResponseCurves(
        channels=made,
        method=(
            "Given curves as written. Fitted: ordinary least squares of ln(results) on ln(spend), Student's t interval "
            "(Draper & Smith 1998, ch. 1). Two answers: the power curve through both."
        ),
        assumptions=_assumptions({channel.evidence for channel in made.values()}),
        warnings=warnings,
    )


def _assumptions(kinds: set[Evidence]) -> list[str]:
    """Of the words below, those that apply to the evidence that was used."""
    words: Mapping[Evidence, str] = {
        "given": "A curve that was given holds for the whole campaign; it was given without an uncertainty.",
        "fitted": "Each past row covers a period as long as the campaign, and spend was what moved the results.",
        "two_answers": "The two answers are for a period as long as the campaign.",
        "none": "A channel without evidence is planned without a forecast.",
    }
    return [text for kind, text in words.items() if kind in kinds]


def _channel(key: str, evidence: ChannelEvidence, confidence: Decimal, warnings: list[str]) -> ChannelCurve:
    answers = {
        name: value
        for name in ("spend_now", "results_now", "results_at_double")
        if (value := getattr(evidence, name)) is not None
    }
    kinds = [
        words
        for words, there in (
            ("a curve", evidence.curve is not None),
            ("past results", bool(evidence.past)),
            (f"answers ({', '.join(answers)})", bool(answers)),
        )
        if there
    ]
    if len(kinds) > 1:
        raise InvalidInput(
            f"channel {key!r} has more than one kind of evidence: {' and '.join(kinds)}; keep the one you trust most",
            field=f"channels.{key}",
        )
    if evidence.curve is not None:
        curve = parse_curve(evidence.curve, key)
        return ChannelCurve(evidence="given", curve=curve, gain_when_doubled=_gain(curve))
    if evidence.past:
        return _fitted(key, evidence.past, confidence, warnings)
    if answers:
        return _two_answers(key, answers)
    return ChannelCurve(evidence="none")


def _gain(curve: Curve) -> Decimal | None:
    """What doubling the spend adds, as a fraction to three places: 2^b - 1. A log curve has no one gain."""
    if curve.b is None:
        return None
    with localcontext(EXACT):
        return round_to((curve.b * Decimal(2).ln()).exp() - 1, 3)


def _two_answers(key: str, answers: dict[str, Decimal]) -> ChannelCurve:
    missing = [name for name in ("spend_now", "results_now", "results_at_double") if name not in answers]
    if missing:
        raise InvalidInput(
            f"channel {key!r} has {' and '.join(answers)} but not {' and '.join(missing)}; "
            "give all three, or none to plan it without a forecast",
            field=f"channels.{key}.{missing[0]}",
        )
    spend, now, double = answers["spend_now"], answers["results_now"], answers["results_at_double"]
    for name, value in (("spend_now", spend), ("results_now", now)):
        if value == 0:
            raise InvalidInput(
                f"channel {key!r} has {name} 0; give what a real period spent and brought, "
                "or leave the answers out to plan it without a forecast",
                field=f"channels.{key}.{name}",
            )
    if double <= now:
        raise InvalidInput(
            f"channel {key!r}: results_at_double {double} is not above results_now {now}, so spending more would bring "
            f"nothing; set the channel's maximum to {spend} instead, or correct the answer",
            field=f"channels.{key}.results_at_double",
        )
    if double >= 2 * now:
        raise InvalidInput(
            f"channel {key!r}: results_at_double {double} is not below twice results_now {now}, so each further unit "
            "of spend would bring as much or more; correct the answer to less than double",
            field=f"channels.{key}.results_at_double",
        )
    with localcontext(EXACT):
        b = round_to((double / now).ln() / Decimal(2).ln(), 8)
        a = significant(now / (b * spend.ln()).exp(), 10)
    curve = check_curve(Curve(form="power", a=a, b=b), f"through the answers of channel {key!r}", f"channels.{key}")
    return ChannelCurve(
        evidence="two_answers",
        curve=curve,
        gain_when_doubled=_gain(curve),
        answers=Answers(spend_now=spend, results_now=now, results_at_double=double),
    )


def _fitted(key: str, past: dict[Key, PastRow], confidence: Decimal, warnings: list[str]) -> ChannelCurve:
    where = f"channels.{key}.past"
    for name in ("spend", "results"):
        zero = [row for row, values in past.items() if getattr(values, name) == 0]
        if zero:
            raise InvalidInput(
                f"channel {key!r}: {name} is 0 in past row {', '.join(repr(row) for row in zero[:5])}, and a fit on "
                "logarithms has no place for it; leave the row out if the channel did not run or was not counted, "
                "or give two answers instead of past rows",
                field=f"{where}.{zero[0]}.{name}",
            )
    if len(past) < FEWEST_ROWS:
        raise InvalidInput(
            f"channel {key!r} has {len(past)} past row(s); a curve with its uncertainty needs at least {FEWEST_ROWS}; "
            "add rows, or give two answers instead",
            field=where,
        )
    spends = [row.spend for row in past.values()]
    if len(set(spends)) < 2:
        raise InvalidInput(
            f"channel {key!r}: every past row has the same spend {spends[0]}, so nothing shows how results follow "
            "spend; add rows with another spend, or give two answers instead",
            field=where,
        )
    line = fit_line(spends, [row.results for row in past.values()])
    with localcontext(EXACT):
        b = round_to(line.slope, 8)
        error = line.residual_error / line.squares_x.sqrt()
        t = t_quantile(confidence, len(past) - 2)
        low, high = round_to(line.slope - t * error, 6), round_to(line.slope + t * error, 6)
        percent = round_to(confidence * 100, 2).normalize()
        if not 0 < b < 1:
            raise InvalidInput(
                f"channel {key!r}: the past rows give an exponent of {round_to(b, 4)} ({percent:f} percent interval "
                f"{round_to(low, 4)} to {round_to(high, 4)}), and only one between 0 and 1 means that more spend "
                "brings more, ever more slowly; check the rows (a season or a price cut may have moved the results), "
                "or give two answers instead",
                field=where,
            )
        a = significant((line.mean_y - b * line.mean_x).exp(), 10)
    if low <= 0 or high >= 1:
        warnings.append(
            f"The past results of {key!r} leave it open {_open(low, high)}: read its forecast with care, and test "
            "before spending much."
        )
    curve = check_curve(Curve(form="power", a=a, b=b), f"fitted to channel {key!r}", where)
    return ChannelCurve(
        evidence="fitted",
        curve=curve,
        gain_when_doubled=_gain(curve),
        fit=Fit(
            rows=len(past),
            exponent_error=round_to(error, 6),
            exponent_low=low,
            exponent_high=high,
            confidence=confidence,
            t_quantile=t,
            residual_error=round_to(line.residual_error, 8),
            mean_log_spend=round_to(line.mean_x, 8),
            log_spend_squares=significant(line.squares_x, 10),
            smallest_spend=min(spends),
            largest_spend=max(spends),
        ),
    )


def _open(low: Decimal, high: Decimal) -> str:
    parts = ["whether spend moves results at all"] * (low <= 0) + ["whether returns diminish"] * (high >= 1)
    return " and ".join(parts)
