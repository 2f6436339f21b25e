"""What one position of each role costs a year in the United States, role by role, under one payroll.

For each role, compute_employment_cost with the role's salary and benefits and the payroll's year, state, state
unemployment tax and other rates: wages, federal payroll taxes and benefits of one employee, each tax rounded to the
cent. Rates and wage bases: reference://us_payroll_taxes.

Limits: those of compute_employment_cost; amounts in United States dollars.
"""

from typing import Annotated, Any

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import NonNegativeMoney, Ratio, Share
from experts.hr_people_ops.tools.compute_employment_cost import compute_employment_cost

LISTED = False  # compute_employment_cost is what a person calls


class PaidRole(Model):
    """A role's pay a year."""

    salary: Annotated[NonNegativeMoney, Field(gt=0)]
    benefits: NonNegativeMoney | None = None


class PaidCost(Model):
    """A position's cost a year; `on_cost` is what comes on top of salary, as a share of it."""

    annual_cost: NonNegativeMoney
    on_cost: Ratio


class PayrollPrices(Model):
    """In United States dollars."""

    roles: dict[str, PaidCost]
    jurisdiction: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def price_payroll(
    roles: Annotated[dict[Key, PaidRole], Field(min_length=1, max_length=60)],
    year: int,
    jurisdiction: Annotated[str, Field(max_length=10, description="US or US-OH")],
    state_unemployment_rate: Share | None = None,
    state_unemployment_base: NonNegativeMoney | None = None,
    other_rates: Annotated[dict[Key, Share], Field(max_length=20, description="of wages")] | None = None,
) -> PayrollPrices:
    """Yearly cost of a position of each role under a US payroll.

    Use when many roles are priced alike.
    """
    shared: dict[str, Any] = {"year": year, "jurisdiction": jurisdiction, "other_rates": dict(other_rates or {})}
    state = {
        "state_unemployment_rate": state_unemployment_rate,
        "state_unemployment_base": state_unemployment_base,
    }
    shared |= {name: value for name, value in state.items() if value is not None}
    found, warnings, method, place = {}, [], "", ""
    for key, role in roles.items():
        try:
            cost = compute_employment_cost(
                role.salary, benefits={} if role.benefits is None else {"benefits": role.benefits}, **shared
            )
        except InvalidInput as error:
            if error.field == "wages":
                error.field = f"roles.{key}.salary"
            elif error.field.startswith("benefits"):
                error.field = f"roles.{key}.benefits"
            raise
        found[key] = PaidCost(annual_cost=cost.per_employee, on_cost=cost.on_cost)
        warnings += [text for text in cost.warnings if text not in warnings]
        method, place = cost.method, cost.jurisdiction
    return PayrollPrices(
        roles=found,
        jurisdiction=place,
        method=f"Each role by compute_employment_cost: {method}",
        assumptions=["Rates of the year given hold for the whole plan."],
        warnings=warnings,
    )
