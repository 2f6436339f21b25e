"""The value of being able to wait, expand or give up: binomial tree, with Black-Scholes beside it.

Cox-Ross-Rubinstein tree: u = e^(sigma sqrt(dt)), d = 1/u, risk-neutral q = (e^((r - y)dt) - d)/(u - d),
each node worth the larger of exercising and e^(-r dt)(q up + (1 - q) down); y is the value lost a year by
waiting (a dividend yield). u and d may be given instead. Defer: pay `cost` for `value`, a call. Expand:
pay `cost` for `expansion` x value, a call. Abandon: give up the value for `cost` (salvage), a put.
Black-Scholes-Merton is the European value. q outside 0 to 1 would allow arbitrage and is refused.
Source: Cox, Ross & Rubinstein (1979); Hull, Options, Futures, and Other Derivatives, chapters on binomial
trees, Black-Scholes-Merton and real options.

Limits: value moves as a geometric Brownian motion that traded assets could mirror; volatility of a
project is a judgement. Rates are continuously compounded.
"""

import math
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Money, NonNegativeMoney, Rate, Ratio, plain
from experts.digital_business_think_tank.tools._figures import Currency, dec, figure, small

SHOWN = 4
LARGEST_LOG = 690.0
Kind = Literal["defer", "expand", "abandon"]
Exercise = Literal["american", "european"]


class LatticeNode(Model):
    """One node of the tree: after `step` steps, `ups` of them up."""

    step: int
    ups: int
    value: Money
    option: Money
    exercise: bool


class OptionCase(Model):
    """The option if one input were different."""

    change: str
    option_value: Money


class RealOption(Model):
    """Money in the given currency."""

    option_value: Money
    exercise_now_value: Annotated[Money, Field(description="Of acting today; below zero: do not.")]
    value_of_flexibility: Annotated[Money, Field(description="Option less acting today or never.")]
    exercise_now: bool
    black_scholes: Annotated[Money | None, Field(description="European.")] = None
    u: Ratio
    d: Ratio
    q: Ratio
    step_years: Ratio
    what_if: list[OptionCase]
    lattice: Annotated[list[LatticeNode], Field(description="A tree small enough to draw.")]
    lattice_shows: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def value_real_option(
    value: Annotated[NonNegativeMoney, Field(description="Present value.")],
    cost: Annotated[NonNegativeMoney, Field(description="Abandon: salvage.")],
    years: Annotated[Ratio, Field(description="To expiry.")],
    rate: Annotated[Rate, Field(description="Risk-free.")],
    currency: Currency,
    kind: Kind = "defer",
    volatility: Annotated[Rate | None, Field(description="A year.")] = None,
    leakage: Annotated[Rate, Field(description="Yield lost by waiting.")] = Decimal(0),
    expansion: Annotated[Rate, Field(description="Expand: share of value gained.")] = Decimal(1),
    exercise: Exercise = "american",
    steps: Annotated[int, Field(ge=1, le=500)] = 100,
    up: Annotated[Ratio | None, Field(description="With down, replaces volatility.")] = None,
    down: Ratio | None = None,
) -> RealOption:
    """Value an option to defer, expand or abandon a project: binomial tree (CRR) and Black-Scholes.

    Use when waiting or stopping is possible.
    """
    for number, name, low, high in (
        (years, "years", Decimal(0), Decimal(50)),
        (expansion, "expansion", Decimal(0), Decimal(100)),
    ):
        if not low < number <= high:
            raise InvalidInput(f"{name} {plain(number)!r} must be above {low} and at most {high}", field=name)
    for number, name in ((rate, "rate"), (leakage, "leakage")):
        if not -1 < number < 1:
            raise InvalidInput(
                f"{name} {plain(number)!r} is outside -1 to 1; write a fraction, for example '0.05'", field=name
            )
    if not value or not cost:
        raise InvalidInput("value and cost must be above zero", field="value" if not value else "cost")
    gained = float(small(value, "value")) * (float(expansion) if kind == "expand" else 1.0)
    price, t, r, y = float(small(cost, "cost")), float(years), float(rate), float(leakage)
    u, d, sigma = _moves(volatility, up, down, t / steps)
    # A quarter more volatility is tried as well, so the tree must stay in range for that, too.
    if math.log(gained) + 1.25 * steps * abs(math.log(u)) > LARGEST_LOG:
        raise InvalidInput(
            f"after {steps} steps of {u:.4g} the value is out of range; use fewer steps, fewer years or less volatility",
            field="steps",
        )
    sign = -1 if kind == "abandon" else 1
    q = (math.exp((r - y) * t / steps) - d) / (u - d)
    if not 0 < q < 1:
        raise InvalidInput(
            f"q = {q:.4f} is outside 0 to 1, so the tree allows arbitrage: growth {math.exp((r - y) * t / steps):.4f} a step must "
            f"lie between d = {d:.4f} and u = {u:.4f}; use more steps or a higher volatility",
            field="steps" if up is None else "up",
        )
    american = exercise == "american"
    found, lattice = _tree(gained, price, t, r, u, d, q, steps, sign, american)
    shows = f"the whole tree of {steps} steps" if steps <= SHOWN else f"the first {SHOWN} of {steps} steps"
    if steps > SHOWN and sigma is not None:
        coarse_u = math.exp(sigma * math.sqrt(t / SHOWN))
        coarse_q = (math.exp((r - y) * t / SHOWN) - 1 / coarse_u) / (coarse_u - 1 / coarse_u)
        if 0 < coarse_q < 1:
            coarse, lattice = _tree(gained, price, t, r, coarse_u, 1 / coarse_u, coarse_q, SHOWN, sign, american)
            shows = f"the same option in {SHOWN} steps, to be drawn; there it is worth {figure(dec(coarse, 0))}"
    now = sign * (gained - price)
    cases = []
    for label, factor_v, factor_s in (
        ("value -25 %", 0.75, 1.0),
        ("value +25 %", 1.25, 1.0),
        ("volatility -25 %", 1.0, 0.75),
        ("volatility +25 %", 1.0, 1.25),
    ):
        if factor_s != 1.0 and up is not None:
            continue
        uu, dd = (u, d) if up is not None else (u**factor_s, d**factor_s)
        qq = (math.exp((r - y) * t / steps) - dd) / (uu - dd)
        if 0 < qq < 1:
            cases.append(
                OptionCase(
                    change=label,
                    option_value=dec(_tree(gained * factor_v, price, t, r, uu, dd, qq, steps, sign, american)[0], 4),
                )
            )
    warnings = []
    if american and sign > 0 and y <= 0 and r >= 0:
        warnings.append(
            "Nothing is lost by waiting (leakage 0), so the option is never exercised early; check for rivals and delay costs."
        )
    if steps < 30 and up is None:
        warnings.append(f"{steps} steps are few: the value still moves with the number of steps.")
    return RealOption(
        option_value=dec(found, 4),
        exercise_now_value=dec(now, 4),
        value_of_flexibility=dec(found - max(now, 0.0), 4),
        exercise_now=american and now > 0 and found - now < 1e-9 * max(1.0, abs(now)),
        black_scholes=None if sigma is None else dec(_black_scholes(gained, price, t, r, y, sigma, sign), 4),
        u=dec(u, 8),
        d=dec(d, 8),
        q=dec(q, 8),
        step_years=dec(t / steps, 8),
        what_if=cases,
        lattice=lattice,
        lattice_shows=shows,
        method=f"{'Cox-Ross-Rubinstein' if up is None else 'Given u and d'} binomial tree, {steps} steps, {exercise}; {kind} is a "
        f"{'put' if sign < 0 else 'call'}"
        + (f" on {figure(expansion)} x value" if kind == "expand" else "")
        + "; Black-Scholes-Merton beside it for the European value.",
        assumptions=[
            "Value follows a geometric Brownian motion; the risk-free rate is continuous.",
            "One option; options on options are not added up.",
        ],
        warnings=warnings,
    )


def _moves(
    volatility: Decimal | None, up: Decimal | None, down: Decimal | None, dt: float
) -> tuple[float, float, float | None]:
    if up is not None or down is not None:
        if up is None or down is None or volatility is not None:
            raise InvalidInput("give volatility, or both up and down", field="up")
        if not 0 < down < up <= 100:
            raise InvalidInput(f"down {plain(down)!r} must be above 0 and below up {plain(up)!r}", field="down")
        return float(up), float(down), None
    if volatility is None:
        raise InvalidInput(
            "volatility is missing; give it a year as a fraction, for example '0.35', or up and down",
            field="volatility",
        )
    if not 0 < volatility <= 5:
        raise InvalidInput(f"volatility {plain(volatility)!r} must be above 0 and at most 5", field="volatility")
    u = math.exp(float(volatility) * math.sqrt(dt))
    if u - 1 < 1e-9:
        raise InvalidInput(
            f"volatility {plain(volatility)!r} is too small for a tree; give at least '0.001'", field="volatility"
        )
    return u, 1 / u, float(volatility)


def _tree(
    s: float, k: float, t: float, r: float, u: float, d: float, q: float, steps: int, sign: int, american: bool
) -> tuple[float, list[LatticeNode]]:
    discount = math.exp(-r * t / steps)
    prices = [s * u**j * d ** (steps - j) for j in range(steps + 1)]
    values = [max(sign * (price - k), 0.0) for price in prices]
    shown: list[LatticeNode] = []
    for step in range(steps, -1, -1):
        if step < steps:
            prices = [s * u**j * d ** (step - j) for j in range(step + 1)]
            held = [discount * (q * values[j + 1] + (1 - q) * values[j]) for j in range(step + 1)]
            values = [max(h, sign * (p - k)) if american else h for h, p in zip(held, prices, strict=True)]
        if step <= SHOWN:
            can = american or step == steps
            shown += [
                LatticeNode(
                    step=step,
                    ups=j,
                    value=dec(prices[j], 2),
                    option=dec(values[j], 2),
                    exercise=can
                    and sign * (prices[j] - k) > 0
                    and abs(values[j] - sign * (prices[j] - k)) < 1e-9 * max(1.0, values[j]),
                )
                for j in range(step + 1)
            ]
    return values[0], sorted(shown, key=lambda node: (node.step, node.ups))


def _normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def _black_scholes(s: float, k: float, t: float, r: float, y: float, sigma: float, sign: int) -> float:
    root = sigma * math.sqrt(t)
    d1 = (math.log(s / k) + (r - y + sigma**2 / 2) * t) / root
    return sign * (s * math.exp(-y * t) * _normal(sign * d1) - k * math.exp(-r * t) * _normal(sign * (d1 - root)))
