"""United States federal income tax of an individual return: by bracket, with SE tax, NIIT and estimates.

Order: self-employment tax on 92.35 percent of net profit (IRC 1402; Social Security up to the wage
base less wages), half of it deducted; adjusted gross income; standard deduction (with its addition
for age) or itemized deductions, whichever is larger; the deduction for seniors of 2025
to 2028 (6,000 each, reduced by 6 percent of AGI above the threshold; not for married separate
returns); the qualified business income deduction below its threshold (20 percent, at most 20 percent
of taxable income less net capital gain; from 2026 at least 400 with 1,000 of such income). Ordinary
income is taxed by the rate schedules of IRC 1, long-term gains and qualified dividends on top of it
at 0, 15 and 20 percent (IRC 1(h)). Additional Medicare tax 0.9 percent (IRC 3101(b)(2), 1401(b)(2))
and net investment income tax 3.8 percent (IRC 1411) above fixed thresholds. Nonrefundable credits
reduce the income tax, not the other taxes. Estimates (IRC 6654): the smaller of 90 percent of this year's
tax and 100 percent (110 percent above the AGI limit) of the prior year's, less withholding, in four
instalments; none if less than 1,000 is due.

Limits: federal only, calendar year, tax years in reference://us_tax_parameters. Not included: state
tax, AMT, refundable credits, deductions for tips, overtime, car loan interest and gifts of
non-itemizers, phase-ins of the business income deduction above its threshold, the limit on itemized deductions in the
37 percent bracket from 2026, 25 and 28 percent gains, the addition for blindness, taxable Social Security. Schedules are used, so
amounts below 100,000 may differ by a few dollars from the Tax Table.
"""

from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day, Money, NonNegativeMoney, Rate, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._deadlines import shifted
from experts.finance_accountant.tools._reference import cited, tax_year

Status = Literal["single", "married_joint", "married_separate", "head_of_household"]
ZERO = Decimal(0)
_MOST = Decimal(10) ** 12


class Band(Model):
    """One bracket: the part of taxable income in it, and the tax on that part."""

    kind: Literal["ordinary", "gains"]
    rate: Rate
    income: Money
    tax: Money


class Instalment(Model):
    """One estimated payment."""

    due: Day
    amount: Money


class IndividualTax(Model):
    """US dollars; what is not included is listed and adds to or reduces the total."""

    gross_income: Money
    adjusted_gross_income: Money
    deduction: Money
    deduction_kind: Literal["standard", "itemized"]
    senior_deduction: Money
    business_income_deduction: Money
    taxable_income: Money
    brackets: list[Band]
    income_tax: Money
    taxes: Annotated[dict[Key, Money], Field(description="Each tax; they add up to the total with the credits.")]
    total_tax: Money
    marginal_rate: Annotated[Rate, Field(description="Of one more dollar of ordinary income; income tax only.")]
    effective_rate: Annotated[Rate | None, Field(description="Total tax to gross income.")] = None
    balance_due: Annotated[Money, Field(description="After withholding; negative: refund.")]
    safe_harbor: Annotated[Money | None, Field(description="Least to pay in during the year.")] = None
    estimates: list[Instalment] = []
    not_included: list[str]
    sources: list[str]
    jurisdiction: str = "US (federal)"
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def estimate_us_individual_tax(
    year: Literal[2024, 2025, 2026],
    status: Status,
    wages: NonNegativeMoney = ZERO,
    self_employment: Money = ZERO,
    interest: Annotated[NonNegativeMoney, Field(description="And short-term gains.")] = ZERO,
    qualified_dividends: NonNegativeMoney = ZERO,
    long_term_gains: Money = ZERO,
    other_income: Money = ZERO,
    adjustments: Annotated[NonNegativeMoney, Field(description="Without half of SE tax.")] = ZERO,
    itemized: NonNegativeMoney = ZERO,
    over_65: Annotated[int, Field(ge=0, le=2)] = 0,
    qualified_business: Annotated[bool, Field(description="199A.")] = False,
    credits: NonNegativeMoney = ZERO,
    withheld: NonNegativeMoney = ZERO,
    prior_tax: NonNegativeMoney | None = None,
    prior_agi: NonNegativeMoney | None = None,
) -> IndividualTax:
    """US federal individual tax by bracket, SE tax, NIIT, estimates; no state tax.

    Use when personal tax is asked.
    """
    law = tax_year(year)
    rules = law["status"][status]
    amounts = (
        wages,
        self_employment,
        interest,
        qualified_dividends,
        long_term_gains,
        other_income,
        adjustments,
        itemized,
        credits,
        withheld,
    )
    if any(abs(amount) >= _MOST for amount in amounts):
        raise InvalidInput(f"an amount of {plain(max(amounts, key=abs))} is out of range; give dollars", field="wages")
    if over_65 == 2 and status != "married_joint":
        raise InvalidInput(
            f"over_65 {over_65!r} needs status 'married_joint', not {status!r}; give 0 or 1", field="over_65"
        )
    with localcontext(PRECISE):
        se_base, se_tax = _self_employment(self_employment, wages, law)
        half = _cents(se_tax / 2)
        gains = max(long_term_gains, -Decimal(rules["capital_loss_limit"]))
        gross = wages + self_employment + interest + qualified_dividends + gains + other_income
        agi = gross - half - adjustments
        standard = Decimal(rules["standard_deduction"] + rules["aged_or_blind"] * over_65)
        deduction = max(standard, itemized)
        senior = _senior(law, rules, status, over_65, agi)
        favoured = max(gains, ZERO) + qualified_dividends
        before = max(agi - deduction - senior, ZERO)
        business, too_high = _business(law, rules, qualified_business, self_employment - half, before, favoured)
        taxable = max(before - business, ZERO)
        bands, marginal = _bands(taxable, min(favoured, taxable), law, rules)
        income_tax = sum((band.tax for band in bands), ZERO)
        used = min(credits, income_tax)
        threshold = Decimal(rules["medicare_and_investment_threshold"])
        medicare = _cents(max(wages + se_base - threshold, ZERO) * Decimal(law["additional_medicare_rate"]))
        invested = max(interest + qualified_dividends + gains, ZERO)
        niit = _cents(max(min(invested, agi - threshold), ZERO) * Decimal(law["net_investment_rate"]))
        taxes = {
            "income_tax": income_tax,
            "credits": -used,
            "self_employment_tax": se_tax,
            "additional_medicare_tax": medicare,
            "net_investment_income_tax": niit,
        }
        total = sum(taxes.values(), ZERO)
        harbor = _safe_harbor(total, prior_tax, prior_agi, rules)
        return IndividualTax(
            gross_income=gross,
            adjusted_gross_income=agi,
            deduction=deduction,
            deduction_kind="itemized" if itemized > standard else "standard",
            senior_deduction=senior,
            business_income_deduction=business,
            taxable_income=taxable,
            brackets=bands,
            income_tax=income_tax,
            taxes=taxes,
            total_tax=total,
            marginal_rate=marginal,
            effective_rate=round_to(total / gross, 6) if gross > 0 else None,
            balance_due=total - withheld,
            safe_harbor=harbor,
            estimates=_estimates(year, total, withheld, harbor),
            not_included=_not_included(year),
            sources=[cited(year), "IRC 1, 63, 199A, 1401, 1402, 1411, 3101, 6654"],
            method="Federal rate schedules on taxable income, gains and qualified dividends on top at 0, 15 and 20 "
            "percent; self-employment tax on 92.35 percent of profit; rounded to cents.",
            assumptions=_assumptions(prior_tax, prior_agi),
            warnings=_warnings(too_high, long_term_gains < gains, itemized > standard, marginal, year)
            + _whose_wages(status, wages, se_base, law),
        )


def _cents(amount: Decimal) -> Decimal:
    return round_to(amount, 2)


def _self_employment(profit: Decimal, wages: Decimal, law: dict[str, Any]) -> tuple[Decimal, Decimal]:
    """Net earnings from self-employment and the tax on them; nothing below 400."""
    base = max(profit, ZERO) * Decimal(law["self_employment_share"])
    if base < 400:
        return ZERO, ZERO
    room = max(Decimal(law["social_security_wage_base"]) - wages, ZERO)
    tax = min(base, room) * Decimal(law["social_security_rate"]) + base * Decimal(law["medicare_rate"])
    return base, _cents(tax)


def _senior(law: dict[str, Any], rules: dict[str, Any], status: str, people: int, agi: Decimal) -> Decimal:
    if not law["senior_deduction"] or status == "married_separate":
        return ZERO
    excess = max(agi - rules["senior_phase_out_from"], ZERO)
    each = max(law["senior_deduction"] - excess * Decimal(law["senior_deduction_phase_out"]), ZERO)
    return _cents(each * people)


def _business(
    law: dict[str, Any], rules: dict[str, Any], claimed: bool, income: Decimal, before: Decimal, gains: Decimal
) -> tuple[Decimal, bool]:
    """The qualified business income deduction, and whether taxable income is above its threshold."""
    if not claimed or income <= 0:
        return ZERO, False
    if before > rules["qualified_business_threshold"]:
        return ZERO, True
    rate = Decimal(law["qualified_business_rate"])
    found = min(income * rate, max(before - gains, ZERO) * rate)
    if law["qualified_business_minimum"] and income >= 1000:
        found = max(found, min(Decimal(law["qualified_business_minimum"]), before))
    return _cents(found), False


def _bands(taxable: Decimal, gains: Decimal, law: dict[str, Any], rules: dict[str, Any]) -> tuple[list[Band], Decimal]:
    ordinary = taxable - gains
    rates = [Decimal(rate) for rate in law["rates"]]
    limits = [Decimal(limit) for limit in rules["brackets_up_to"]]
    bands: list[Band] = []
    low = ZERO
    for rate, high in zip(rates, [*limits, None], strict=True):
        part = max(min(ordinary, high if high is not None else ordinary) - low, ZERO)
        if part:
            bands.append(Band(kind="ordinary", rate=rate, income=part, tax=_cents(part * rate)))
        low = low if high is None else high
    marginal = next((rate for rate, high in zip(rates, limits, strict=False) if ordinary < high), rates[-1])
    low = ordinary
    for text, high in zip(("0", "0.15", "0.20"), [*map(Decimal, rules["gains_rates_up_to"]), None], strict=True):
        top = taxable if high is None else min(taxable, high)
        if top > low:
            bands.append(
                Band(kind="gains", rate=Decimal(text), income=top - low, tax=_cents((top - low) * Decimal(text)))
            )
            low = top
    return bands, marginal


def _safe_harbor(
    total: Decimal, prior: Decimal | None, prior_agi: Decimal | None, rules: dict[str, Any]
) -> Decimal | None:
    """The least that must be paid in; without last year's tax, 90 percent of this year's."""
    if prior is None:
        return _cents(total * Decimal("0.9"))
    high = prior_agi is None or prior_agi > rules["higher_safe_harbour_above"]
    return _cents(min(total * Decimal("0.9"), prior * (Decimal("1.1") if high else 1)))


def _estimates(year: int, total: Decimal, withheld: Decimal, harbor: Decimal | None) -> list[Instalment]:
    if harbor is None or total - withheld < 1000 or harbor <= withheld:
        return []
    due = [date(year, month, 15) for month in (4, 6, 9)] + [date(year + 1, 1, 15)]
    each = _cents((harbor - withheld) / 4)
    parts = [each, each, each, harbor - withheld - 3 * each]
    return [Instalment(due=shifted(day), amount=amount) for day, amount in zip(due, parts, strict=True)]


def _not_included(year: int) -> list[str]:
    found = ["State and local tax", "Alternative minimum tax", "Refundable credits", "Taxable Social Security"]
    return found + (["Deductions for tips, overtime and car loan interest"] if year >= 2025 else [])


def _assumptions(prior: Decimal | None, prior_agi: Decimal | None) -> list[str]:
    found = ["A resident for the whole calendar year; modified AGI equals AGI; no dependant claims are tested."]
    if prior is None:
        found.append("Without last year's tax the estimates aim at 90 percent of this year's.")
    elif prior_agi is None:
        found.append("Without last year's AGI, 110 percent of last year's tax counts for the safe harbor.")
    return found


def _whose_wages(status: str, wages: Decimal, se_base: Decimal, law: dict[str, Any]) -> list[str]:
    if status != "married_joint" or not se_base or wages + se_base <= law["social_security_wage_base"]:
        return []
    return ["Wages count as the self-employed person's own; if the spouse earned them, self-employment tax is higher."]


def _warnings(too_high: bool, losses_cut: bool, itemizes: bool, marginal: Decimal, year: int) -> list[str]:
    found = ["An estimate as information, not tax advice; state tax is not included."]
    if too_high:
        found.append(
            "Taxable income is above the section 199A threshold, where wages, property and the kind of business decide; "
            "no business income deduction is taken here. Ask a preparer."
        )
    if losses_cut:
        found.append(
            "Capital losses above the yearly limit are carried forward, not used here; set them against short-term gains "
            "before you give those as interest."
        )
    if itemizes and year >= 2026 and marginal == Decimal("0.37"):
        found.append("From 2026 itemized deductions are limited in the 37 percent bracket; that is not applied here.")
    return found
