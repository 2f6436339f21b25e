"""Standard cost variances: price and efficiency of each input, spending and volume of fixed overhead.

Price (rate, spending) variance = (actual price - standard price) * actual quantity; efficiency
(usage) variance = (actual quantity - standard quantity a unit * actual units) * standard price; fixed
overhead spending = actual - budget, production volume = budget - budget / planned units * actual
units. Above standard is unfavourable. Source: Horngren, Datar & Rajan, Cost Accounting, chapters 7
and 8.

Limits: price variances on the quantity used, not the quantity bought; no mix and yield split. It says where cost
differs, not why.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, NonNegativeVolume
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

Verdict = Literal["favourable", "unfavourable", "none"]


class CostInput(Model):
    """Material, labour or variable overhead."""

    standard_price: NonNegativeMoney
    standard_quantity: Annotated[NonNegativeVolume, Field(description="Per unit.")]
    actual_price: NonNegativeMoney
    actual_quantity: NonNegativeVolume


class InputVariance(Model):
    """Amounts as cost: positive is above standard."""

    actual_cost: Money
    actual_quantity_at_standard: Money
    standard_cost: Annotated[Money, Field(description="Allowed for the actual output.")]
    price_variance: Money
    price_verdict: Verdict
    efficiency_variance: Money
    efficiency_verdict: Verdict
    total_variance: Money


class FixedVariance(Model):
    """Fixed overhead; positive is unfavourable."""

    spending_variance: Money
    spending_verdict: Verdict
    volume_variance: Money
    volume_verdict: Verdict


class CostVariances(Model):
    """Money in the given currency."""

    inputs: dict[Key, InputVariance]
    fixed_overhead: FixedVariance | None = None
    price_variance: Money
    efficiency_variance: Money
    total_variance: Annotated[Money, Field(description="Of the inputs: actual less allowed cost.")]
    verdict: Verdict
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_cost_variances(
    inputs: Annotated[dict[Key, CostInput], Field(min_length=1, max_length=100)],
    actual_units: NonNegativeVolume,
    currency: str,
    planned_units: NonNegativeVolume | None = None,
    fixed_budget: NonNegativeMoney | None = None,
    fixed_actual: NonNegativeMoney | None = None,
) -> CostVariances:
    """Price, efficiency, spending and volume variances from standard cost.

    Use when cost differs from standard.
    """
    fixed = (planned_units, fixed_budget, fixed_actual)
    if any(part is not None for part in fixed) and not all(part is not None for part in fixed):
        raise InvalidInput(
            "fixed_budget, fixed_actual and planned_units go together; give all or none", field="fixed_budget"
        )
    if planned_units == 0:
        raise InvalidInput(
            "planned_units '0' cannot carry fixed overhead; give the units budgeted", field="planned_units"
        )
    with localcontext(PRECISE):
        found = {key: _variance(key, one, actual_units, currency) for key, one in inputs.items()}
        overhead = None
        if planned_units and fixed_budget is not None and fixed_actual is not None:
            exact = fixed_budget * actual_units / planned_units
            if max(exact, fixed_budget, fixed_actual) >= LARGEST / 1000:
                raise InvalidInput(
                    f"fixed overhead of {max(exact, fixed_budget, fixed_actual):.3e} is out of range; check the units",
                    field="planned_units",
                )
            applied = round_money(exact, currency)
            overhead = FixedVariance(
                spending_variance=fixed_actual - fixed_budget,
                spending_verdict=_verdict(fixed_actual - fixed_budget),
                volume_variance=fixed_budget - applied,
                volume_verdict=_verdict(fixed_budget - applied),
            )
        price = sum((one.price_variance for one in found.values()), Decimal(0))
        efficiency = sum((one.efficiency_variance for one in found.values()), Decimal(0))
        return CostVariances(
            inputs=found,
            fixed_overhead=overhead,
            price_variance=price,
            efficiency_variance=efficiency,
            total_variance=price + efficiency,
            verdict=_verdict(price + efficiency),
            method="Price variance = (actual - standard price) * actual quantity; efficiency variance = (actual - allowed "
            "quantity) * standard price (Horngren, Datar & Rajan, Cost Accounting, chapters 7 and 8).",
            assumptions=["Price variances are taken on the quantity used; standards are attainable and current."],
            warnings=[] if actual_units else ["Nothing was produced, so no cost is allowed."],
        )


def _verdict(variance: Decimal) -> Verdict:
    return "unfavourable" if variance > 0 else "favourable" if variance < 0 else "none"


def _variance(key: str, one: CostInput, units: Decimal, currency: str) -> InputVariance:
    exact = (one.actual_price * one.actual_quantity, one.standard_price * one.actual_quantity)
    allowed = one.standard_price * one.standard_quantity * units
    if max(*exact, allowed) >= LARGEST / 1000:
        raise InvalidInput(
            f"the cost of {key!r} is out of range ({max(*exact, allowed):.3e}); use thousands", field=f"inputs.{key}"
        )
    actual, at_standard = (round_money(amount, currency) for amount in exact)
    standard = round_money(allowed, currency)
    return InputVariance(
        actual_cost=actual,
        actual_quantity_at_standard=at_standard,
        standard_cost=standard,
        price_variance=actual - at_standard,
        price_verdict=_verdict(actual - at_standard),
        efficiency_variance=at_standard - standard,
        efficiency_verdict=_verdict(at_standard - standard),
        total_variance=actual - standard,
    )
