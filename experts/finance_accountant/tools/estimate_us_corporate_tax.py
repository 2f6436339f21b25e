"""United States federal income tax of a C corporation: interest limit, loss carryforward, 21 percent.

Business interest is deductible up to business interest income plus 30 percent of adjusted taxable
income (IRC 163(j)): taxable income before interest and losses carried, with depreciation added back for tax
years beginning after 2024 (Public Law 119-21), without in 2024; corporations at or below the average
gross receipts of IRC 448(c) are exempt. Losses carried forward from years after 2017 offset at most 80
percent of taxable income (IRC 172). Tax is 21 percent (IRC 11). Estimated tax (IRC 6655) falls in
four instalments on the 15th of the 4th, 6th, 9th and 12th month of the tax year; none below 500.

Limits: federal only; tax years that begin in a year of reference://us_tax_parameters. Not included:
state tax, corporate alternative minimum tax (above 1 billion of income), dividends received
deduction, charitable limit, base erosion, foreign income, general business credit limits.
"""

from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day, Money, NonNegativeMoney, Rate, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._deadlines import fifteenth, shifted
from experts.finance_accountant.tools._reference import cited, tax_year

ZERO = Decimal(0)
_MOST = Decimal(10) ** 14


class CorporateInstalment(Model):
    """One estimated payment."""

    due: Day
    amount: Money


class CorporateTax(Model):
    """US dollars."""

    adjusted_taxable_income: Money
    interest_limit: Annotated[Money | None, Field(description="Absent: exempt as a small business.")] = None
    interest_deducted: Money
    interest_carried_forward: Money
    income_before_losses: Money
    losses_used: Money
    losses_left: Money
    taxable_income: Money
    tax_before_credits: Money
    tax: Money
    effective_rate: Annotated[Rate | None, Field(description="Tax to income before losses.")] = None
    estimates: list[CorporateInstalment] = []
    not_included: list[str]
    sources: list[str]
    jurisdiction: str = "US (federal)"
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def estimate_us_corporate_tax(
    year: Literal[2024, 2025, 2026],
    income: Annotated[Money, Field(description="Before interest expense, losses carried.")],
    interest_expense: NonNegativeMoney = ZERO,
    interest_income: NonNegativeMoney = ZERO,
    depreciation: NonNegativeMoney = ZERO,
    average_receipts: Annotated[NonNegativeMoney | None, Field(description="3 years, for 163(j) exemption.")] = None,
    losses_carried: NonNegativeMoney = ZERO,
    credits: NonNegativeMoney = ZERO,
    fiscal_year_end: Day | None = None,
) -> CorporateTax:
    """US federal C corporation tax, 163(j), loss limit, estimates; no state tax.

    Use when corporate tax is asked.
    """
    law = tax_year(year)
    end = fiscal_year_end or date(year, 12, 31)
    if fiscal_year_end is not None and (end.year not in (year, year + 1) or fifteenth(end, -11).year != year):
        raise InvalidInput(
            f"fiscal_year_end {end} ends a tax year that does not begin in {year}; correct one of them",
            field="fiscal_year_end",
        )
    amounts = (income, interest_expense, interest_income, depreciation, losses_carried, credits)
    if any(abs(amount) >= _MOST for amount in amounts):
        raise InvalidInput(f"an amount of {plain(max(amounts, key=abs))} is out of range; give dollars", field="income")
    with localcontext(PRECISE):
        back = depreciation if law["interest_limit_adds_back_depreciation"] else ZERO
        adjusted = income - interest_income + back
        exempt = average_receipts is not None and average_receipts <= law["small_business_receipts"]
        limit = None if exempt else interest_income + _cents(max(adjusted, ZERO) * Decimal(law["interest_limit"]))
        deducted = interest_expense if limit is None else min(interest_expense, limit)
        before = income - deducted
        losses = min(losses_carried, _cents(max(before, ZERO) * Decimal(law["net_operating_loss_limit"])))
        taxable = max(before - losses, ZERO)
        tax = _cents(taxable * Decimal(law["corporate_rate"]))
        due = max(tax - credits, ZERO)
        return CorporateTax(
            adjusted_taxable_income=adjusted,
            interest_limit=limit,
            interest_deducted=deducted,
            interest_carried_forward=interest_expense - deducted,
            income_before_losses=before,
            losses_used=losses,
            losses_left=losses_carried - losses + max(-before, ZERO),
            taxable_income=taxable,
            tax_before_credits=tax,
            tax=due,
            effective_rate=round_to(due / before, 6) if before > 0 else None,
            estimates=_estimates(end, due),
            not_included=["State tax", "Corporate alternative minimum tax", "Limits of credits and special deductions"],
            sources=[cited(year), "IRC 11, 163(j), 172, 448(c), 6655"],
            method="Interest up to interest income + 30 percent of adjusted taxable income "
            f"({'before' if back or law['interest_limit_adds_back_depreciation'] else 'after'} depreciation); losses up to 80 percent of income; 21 percent.",
            assumptions=["Losses carried arose after 2017. No tax shelter; receipts are of all aggregated entities."],
            warnings=_warnings(exempt, interest_expense - deducted, before),
        )


def _cents(amount: Decimal) -> Decimal:
    return round_to(amount, 2)


def _estimates(end: date, tax: Decimal) -> list[CorporateInstalment]:
    if tax < 500:
        return []
    each = _cents(tax / 4)
    parts = [each, each, each, tax - 3 * each]
    days = [shifted(fifteenth(end, months - 12)) for months in (4, 6, 9, 12)]
    return [CorporateInstalment(due=day, amount=part) for day, part in zip(days, parts, strict=True)]


def _warnings(exempt: bool, carried: Decimal, before: Decimal) -> list[str]:
    found = ["An estimate as information, not tax advice; state tax is not included."]
    if carried:
        found.append("Section 163(j) limits the interest deduction; the rest is carried forward.")
    if exempt:
        found.append("Exempt from section 163(j) as a small business on the receipts given; test aggregation.")
    if before < 0:
        found.append("The year ends in a loss, which is carried forward; it cannot be carried back.")
    return found
