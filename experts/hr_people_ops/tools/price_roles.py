"""What one position of a role costs its employer a year: salary, on-cost and benefits.

Annual cost = salary + round(salary * on-cost rate) + benefits, rounded half up to the currency's smallest unit. The
on-cost rate (employer's social charges, insurance and the like, over salary) is the user's own, from payroll.

Limits: no on-cost rate is known here; compute_employment_cost has United States federal payroll taxes.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.quantities import Money, NonNegativeMoney, Rate, plain

LISTED = False  # a part of a hiring plan
_HIGHEST = Decimal(3)


class PricedRole(Model):
    """A role's pay a year; the rate is a fraction of salary."""

    salary: NonNegativeMoney
    on_cost_rate: Annotated[Rate, Field(ge=0)] = Decimal(0)
    benefits: NonNegativeMoney | None = None


class RolePrice(Model):
    """A position's cost a year."""

    on_cost: Money
    annual_cost: NonNegativeMoney


class RolePrices(Model):
    """Money in the given currency."""

    roles: dict[str, RolePrice]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def price_roles(
    roles: Annotated[dict[Key, PricedRole], Field(min_length=1, max_length=60)], currency: str
) -> RolePrices:
    """Yearly cost of a position from salary, on-cost rate and benefits.

    Use when on-cost rates are known from payroll.
    """
    unit = Decimal(1).scaleb(-minor_units(currency))
    found = {}
    for key, role in roles.items():
        for name in ("salary", "benefits"):
            amount = getattr(role, name) or Decimal(0)
            if amount % unit:
                raise InvalidInput(
                    f"{name} {plain(amount)} of role {key!r} is finer than the smallest unit of {currency}; round it",
                    field=f"roles.{key}.{name}",
                )
        if role.on_cost_rate > _HIGHEST:
            raise InvalidInput(
                f"on_cost_rate {plain(role.on_cost_rate)} of role {key!r} is more than three times the salary; write a "
                "fraction, for example 0.22",
                field=f"roles.{key}.on_cost_rate",
            )
        on_cost = round_money(role.salary * role.on_cost_rate, currency)
        found[key] = RolePrice(on_cost=on_cost, annual_cost=role.salary + on_cost + (role.benefits or 0))
    return RolePrices(
        roles=found,
        method="Annual cost = salary + salary * on-cost rate + benefits.",
        assumptions=["On-cost rates are the ones given and hold for the whole plan."],
        warnings=[],
    )
