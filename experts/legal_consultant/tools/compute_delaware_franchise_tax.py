"""Delaware franchise tax of a stock corporation by both methods; the lower one is due.

Authorized shares: USD 175 up to 5,000 shares, 250 up to 10,000, then 85 for each further 10,000 or part. Assumed par
value capital: assumed par = gross assets / issued shares (six decimals); classes with a lower par count with the assumed
par, others with their own; the sum, rounded up to the next million, at USD 400 a million, at least 400; shares without
par value are added at USD 100 each (503(a)(2)), which comes to the rates of the first method. Both at most 200,000. Large corporate filers pay 250,000 (503(c)). Annual report fee 50; due 1 March of the next year.
8 Del. C. 502-504; reference://delaware_franchise_tax.

Limits: a whole year without change of the stock; no part-year or quarterly instalments.
"""

from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, NonNegativeMoney
from experts.legal_consultant.tools._legal import Legal, citation, values

_MILLION = Decimal(1_000_000)


class ShareClass(Model):
    """Authorised shares of one class; par 0 is no par."""

    shares: Annotated[int, Field(ge=1, le=10**12)]
    par: NonNegativeMoney = Decimal(0)


class FranchiseTax(Legal):
    """US dollars."""

    method_used: Literal["authorized_shares", "assumed_par_value", "large_corporate_filer"]
    tax: NonNegativeMoney
    report_fee: NonNegativeMoney
    total_due: NonNegativeMoney
    due: Day
    by_authorized_shares: NonNegativeMoney
    by_assumed_par: NonNegativeMoney | None = None
    assumed_par: NonNegativeMoney | None = None
    assumed_par_capital: NonNegativeMoney | None = None
    authorized_shares: Count


def compute_delaware_franchise_tax(
    classes: Annotated[list[ShareClass], Field(min_length=1, max_length=30, description="Authorised stock.")],
    tax_year: Annotated[int, Field(ge=1990, le=2100)],
    issued: Annotated[Count | None, Field(description="Issued shares, treasury included.")] = None,
    gross_assets: Annotated[NonNegativeMoney | None, Field(description="Form 1120 Schedule L, USD.")] = None,
    large_corporate_filer: bool = False,
) -> FranchiseTax:
    """Compute Delaware franchise tax by authorized shares and by assumed par value capital, with the lower.

    Use when a Delaware corporation's annual bill looks high. It does not prorate years in which stock changed.
    """
    law = values("delaware_franchise_tax", date(tax_year, 1, 1))
    authorised = sum(item.shares for item in classes)
    if issued is not None and issued > authorised:
        raise InvalidInput(
            f"issued {issued} is more than the {authorised} shares authorised; check both", field="issued"
        )
    if (issued is None) != (gross_assets is None):
        raise InvalidInput("the assumed par value method needs both issued and gross_assets; give both", field="issued")
    if issued == 0 and gross_assets:
        raise InvalidInput("issued is 0, so there is no assumed par; leave issued and gross_assets out", field="issued")
    maximum = Decimal(law["maximum"])
    plain_method = min(_by_shares(authorised, law), maximum)
    capital = par = assumed = None
    if issued and gross_assets is not None:
        par = (gross_assets / issued).quantize(Decimal("0.000001"), ROUND_HALF_UP)
        capital = sum((item.shares * max(item.par, par) for item in classes if item.par), Decimal(0))
        no_par = sum(item.shares for item in classes if not item.par)
        millions = (capital / _MILLION).to_integral_value(ROUND_CEILING)
        assumed = (
            max(millions * Decimal(law["per_million"]), Decimal(law["minimum_assumed"])) if capital else Decimal(0)
        )
        assumed = min(assumed + (_by_shares(no_par, law) if no_par else 0), maximum)
    used: Literal["authorized_shares", "assumed_par_value", "large_corporate_filer"] = "authorized_shares"
    tax = plain_method
    if assumed is not None and assumed < plain_method:
        used, tax = "assumed_par_value", assumed
    if large_corporate_filer:
        used, tax = "large_corporate_filer", Decimal(law["large_filer"])
    fee = Decimal(law["report_fee"])
    warnings = (
        [] if assumed is not None else ["Give issued shares and gross assets: the other method may be far lower."]
    )
    if tax >= 5000 and not large_corporate_filer:
        warnings.append("From USD 5,000 a year the tax is paid in quarterly instalments (8 Del. C. 504).")
    return FranchiseTax(
        jurisdiction="US-DE",
        as_of=date(tax_year, 12, 31),
        sources=["8 Del. C. 502-504", citation("delaware_franchise_tax", date(tax_year, 1, 1))],
        escalate=large_corporate_filer,
        escalation_reason="Large corporate filers: confirm the listing and size tests of 503(c)."
        if large_corporate_filer
        else "",
        method="min(authorized shares method, assumed par value capital method), each at most 200,000",
        assumptions=["The stock stayed the same all year; gross assets are of the fiscal year ending in the tax year."],
        warnings=warnings,
        method_used=used,
        tax=tax,
        report_fee=fee,
        total_due=tax + fee,
        due=date(tax_year + 1, 3, 1),
        by_authorized_shares=plain_method,
        by_assumed_par=assumed,
        assumed_par=par,
        assumed_par_capital=capital,
        authorized_shares=authorised,
    )


def _by_shares(shares: int, law: dict[str, str]) -> Decimal:
    if shares <= int(law["small_shares"]):
        return Decimal(law["small_tax"])
    if shares <= int(law["next_shares"]):
        return Decimal(law["next_tax"])
    steps = -(-(shares - int(law["next_shares"])) // int(law["step_shares"]))
    return Decimal(law["next_tax"]) + steps * Decimal(law["step_tax"])
