"""What an employee costs the employer in the United States: wages, federal payroll taxes, benefits.

Social Security 6.2 percent up to the wage base, Medicare 1.45 percent without limit (IRC 3111), FUTA 0.6 percent after
the full credit on the first 7,000 (IRC 3301, 3302, 3306), plus the credit reduction of the state and year where final.
Rates and bases by calendar year: reference://us_payroll_taxes. Taxes are computed for one employee and rounded to
the cent, then multiplied.

Limits: federal taxes only. State unemployment tax counts only when its rate and base are given; other state and local
payroll taxes and workers' compensation only as `other_rates`. All wages are taken as taxable (no section 125
reductions) and as paid by one employer in one calendar year.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Ratio, Share, plain, round_to
from experts.hr_people_ops.tools._reference import NOT_ADVICE, caution, cited, sources, table, us_state

_LARGEST = Decimal(10) ** 9
_ADDITIONAL_MEDICARE = 200_000  # IRC 3101(b)(2), 3102(f)(1)


class CostLine(Model):
    """One part of the cost of one employee a year."""

    base: NonNegativeMoney
    rate: Share | None = None
    amount: Money


class EmploymentCost(Model):
    """USD; lines and total are per employee."""

    lines: dict[str, CostLine]
    per_employee: Money
    total: Money
    on_cost: Ratio
    per_paid_hour: Money
    jurisdiction: str
    sources: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_employment_cost(
    wages: Annotated[NonNegativeMoney, Field(gt=0, description="gross a year")],
    year: int,
    jurisdiction: Annotated[str, Field(max_length=10, description="US or US-state, such as US-CA")],
    headcount: Annotated[int, Field(ge=1, le=100_000)] = 1,
    benefits: Annotated[dict[Key, NonNegativeMoney], Field(max_length=40, description="USD a year each")] | None = None,
    other_rates: Annotated[dict[Key, Share], Field(max_length=20, description="of wages")] | None = None,
    state_unemployment_rate: Share = Decimal(0),
    state_unemployment_base: NonNegativeMoney = Decimal(0),
    hours: Annotated[int, Field(ge=1, le=8784)] = 2080,
) -> EmploymentCost:
    """Yearly cost of a US employee: wages, FICA, FUTA, benefits.

    Use when a hire is budgeted.
    """
    if other_rates is None:
        other_rates = {}
    if benefits is None:
        benefits = {}
    country, _, state = jurisdiction.strip().upper().partition("-")
    if country != "US":
        raise InvalidInput(
            f"jurisdiction {jurisdiction!r} is not supported; employer taxes are known for the United States "
            "(US or US-CA and so on), ask a local payroll adviser for others",
            field="jurisdiction",
        )
    state = us_state(state, "jurisdiction")
    values = _year(year)
    for name, amount in {"wages": wages, **{f"benefits.{k}": v for k, v in benefits.items()}}.items():
        if amount > _LARGEST or round_money(amount, "USD") != amount:
            raise InvalidInput(f"{name} {plain(amount)!r} must be whole cents below one billion", field=name)
    if bool(state_unemployment_rate) != bool(state_unemployment_base):
        raise InvalidInput(
            "state_unemployment_rate and state_unemployment_base belong together; give both from the state's notice",
            field="state_unemployment_base" if state_unemployment_rate else "state_unemployment_rate",
        )
    reduction = Decimal(values["credit_reductions"].get(state, "0")) if "credit_reductions" in values else Decimal(0)
    futa_base = min(wages, Decimal(values["futa_base"]))
    taxed = {
        "social_security": (min(wages, Decimal(values["social_security_base"])), values["social_security_rate"]),
        "medicare": (wages, values["medicare_rate"]),
        "futa": (futa_base, values["futa_rate_after_credit"]),
    }
    rates = {key: (base, Decimal(rate)) for key, (base, rate) in taxed.items()}
    if reduction:
        rates["futa_credit_reduction"] = (futa_base, reduction)
    if state_unemployment_rate:
        rates["state_unemployment"] = (min(wages, state_unemployment_base), state_unemployment_rate)
    rates |= {f"other_{key}": (wages, rate) for key, rate in other_rates.items()}
    lines = {"wages": CostLine(base=wages, amount=wages)}
    lines |= {
        key: CostLine(base=base, rate=rate, amount=round_money(base * rate, "USD"))
        for key, (base, rate) in rates.items()
    }
    lines |= {f"benefit_{key}": CostLine(base=amount, amount=amount) for key, amount in benefits.items()}
    each = sum((line.amount for line in lines.values()), Decimal(0))
    return EmploymentCost(
        lines=lines,
        per_employee=each,
        total=each * headcount,
        on_cost=round_to(each / wages - 1, 4),
        per_paid_hour=round_money(each / hours, "USD"),
        jurisdiction="US federal" + (f"; {state} for the FUTA credit reduction only" if state else ""),
        sources=sources("us_payroll_taxes", day=date(year, 7, 1)),
        method=f"IRC 3111, 3301: rates and wage bases of {year} by {cited('us_payroll_taxes', date(year, 7, 1))}; each "
        "tax of one employee rounded to the cent, times headcount. " + NOT_ADVICE,
        assumptions=[
            "All wages are taxable and paid by one employer within the calendar year.",
            *(
                ["Additional Medicare Tax over 200,000 USD is withheld from the employee and has no employer part."]
                if wages > _ADDITIONAL_MEDICARE
                else []
            ),
        ],
        warnings=_warnings(year, state, values, bool(state_unemployment_rate)),
    )


def _year(year: int) -> dict[str, Any]:
    covered = [row.effective_from.year for row in table("us_payroll_taxes").rows]
    if year not in covered:
        raise InvalidInput(
            f"year {year!r} has no published payroll taxes in table 'us_payroll_taxes', which covers "
            f"{', '.join(map(str, covered))}; choose one of these",
            field="year",
        )
    return table("us_payroll_taxes").on(date(year, 7, 1))


def _warnings(year: int, state: str, values: dict[str, Any], has_state: bool) -> list[str]:
    found = []
    if not has_state:
        found.append("State unemployment tax is not included; give the rate and base of the state's notice to add it.")
    found.append("Other state and local payroll taxes are not included.")
    if not values["credit_reductions_final"]:
        risk = values.get("at_risk", [])
        where = f"{state} is at risk" if state in risk else f"check {', '.join(risk)}"
        found.append(f"The FUTA credit reductions of {year} are not in the table; none is included ({where}).")
    elif not state:
        found.append("Without a state no FUTA credit reduction is included.")
    return found + caution("us_payroll_taxes")
