"""What the net present value of a case depends on: each line of cash flow, and the rate, lower and higher alone.

NPV is a sum over lines, so a line that is a share s higher moves it by s * PV(line). Break-even change of a line =
-NPV / PV(line): the share by which the line alone may change until NPV is zero. The rate is taken (1 - s) and (1 + s)
times. Discounting by days / 365 from the first date (Excel's XNPV). Source: Brealey, Myers & Allen, Principles of
Corporate Finance, chapter 10 (sensitivity analysis).

Limits: one at a time; drivers that move together are a scenario, not a sensitivity.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, Money, Rate, Share, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE, present_value

LISTED = False  # a part of an investment case
_DAYS = 365
_LARGEST_CHANGE = Decimal(1000)
RATE = "required_return"


class LineEffect(Model):
    """NPV with this line a step smaller or larger (in amount), all else as it is."""

    present_value: Money
    low: Money
    high: Money
    swing: Money
    break_even_change: Rate | None = None


class RateEffect(Model):
    """NPV at a lower and a higher rate."""

    low_rate: Rate
    high_rate: Rate
    low: Money
    high: Money
    swing: Money


class CaseSensitivity(Model):
    """Money in the given currency. `ranked` has the lines and `required_return` by swing, largest first."""

    npv: Money
    lines: dict[str, LineEffect]
    rate: RateEffect
    ranked: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_case_sensitivity(
    lines: Annotated[dict[Key, list[Money]], Field(min_length=1, max_length=60)],
    dates: Annotated[list[Day], Field(min_length=1, max_length=361)],
    rate: Share,
    step: Annotated[Share, Field(gt=0)],
    currency: str,
) -> CaseSensitivity:
    """NPV when one line of a case, or the rate, is lower or higher.

    Use when the question is what a case depends on.
    """
    for key, amounts in lines.items():
        if len(amounts) != len(dates):
            raise InvalidInput(
                f"{key!r} has {len(amounts)} amounts for {len(dates)} dates; give one a date", field=f"lines.{key}"
            )
    days = [(day - dates[0]).days for day in dates]
    with localcontext(PRECISE):
        net = [sum((line[at] for line in lines.values()), Decimal(0)) for at in range(len(dates))]
        npv = present_value(list(zip(days, net, strict=True)), rate, _DAYS)
        effects = {}
        for key, amounts in lines.items():
            worth = present_value(list(zip(days, amounts, strict=True)), rate, _DAYS)
            change = -npv / worth if worth else None
            effects[key] = LineEffect(
                present_value=round_money(worth, currency),
                low=round_money(npv - step * worth, currency),
                high=round_money(npv + step * worth, currency),
                swing=round_money(abs(2 * step * worth), currency),
                break_even_change=round_to(change, 6) if change is not None and abs(change) < _LARGEST_CHANGE else None,
            )
        low, high = rate * (1 - step), rate * (1 + step)
        at_low, at_high = (present_value(list(zip(days, net, strict=True)), r, _DAYS) for r in (low, high))
    found = RateEffect(
        low_rate=round_to(low, 10),
        high_rate=round_to(high, 10),
        low=round_money(at_low, currency),
        high=round_money(at_high, currency),
        swing=round_money(abs(at_low - at_high), currency),
    )
    swings = {**{key: effect.swing for key, effect in effects.items()}, RATE: found.swing}
    return CaseSensitivity(
        npv=round_money(npv, currency),
        lines=effects,
        rate=found,
        ranked=sorted(swings, key=lambda key: (-swings[key], key)),
        method="One line or the rate changed by the step, all else as it is; break-even change = -NPV / PV of the line.",
        assumptions=["Lines move one at a time."],
        warnings=[],
    )
