"""Payments, interest and balance of a loan repaid in level instalments.

Annuity: payment = P * i / (1 - (1 + i)^-n), i = annual rate / payments a year (a nominal rate;
every period counts as equally long, as in US mortgages), paid at the end of each period. Payment
and interest are rounded half up to the currency's unit each period and the last payment takes the
rounding, so principal repaid equals the loan to the cent. Extra payments reduce the balance at
once and shorten the loan. Source: Brealey, Myers & Allen, Principles of Corporate Finance,
chapter 2 (amortizing loans); Excel's PMT.

Limits: a fixed rate; no fees, grace periods, day counts or prepayment penalties.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, Share, plain
from experts.finance_accountant.tools._cash_flows import PRECISE


class Instalment(Model):
    """One payment, or one year of them; the balance is what is owed afterwards."""

    number: Count
    payment: Money
    interest: Money
    principal: Money
    balance: Money


class Amortization(Model):
    """Money in the given currency; payment includes no extra payment, the rows do."""

    payment: Money
    number_of_payments: Count
    payments_saved: Annotated[Count, Field(description="Fewer payments than without extra payments.")]
    total_paid: Money
    total_interest: Money
    interest_saved: Money
    rows: list[Instalment]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_amortization_schedule(
    principal: NonNegativeMoney,
    annual_rate: Share,
    payments: Count,
    currency: str,
    payments_per_year: Literal[1, 2, 4, 12, 26, 52] = 12,
    extra_payment: NonNegativeMoney = Decimal(0),
    rows: Literal["payment", "year"] = "payment",
) -> Amortization:
    """Loan schedule, with extra payments.

    Use when a loan is planned.
    """
    if not 1 <= payments <= 600:
        raise InvalidInput(f"payments {payments!r} is not between 1 and 600; give how many in all", field="payments")
    smallest = Decimal(1).scaleb(-minor_units(currency))
    if principal < smallest or principal >= Decimal(10) ** 13:
        raise InvalidInput(
            f"principal {plain(principal)!r} is not a loan of {plain(smallest)} to 10 trillion; write the amount lent",
            field="principal",
        )
    if round_money(principal, currency) != principal or round_money(extra_payment, currency) != extra_payment:
        wrong = "principal" if round_money(principal, currency) != principal else "extra_payment"
        raise InvalidInput(
            f"{wrong} {plain(principal if wrong == 'principal' else extra_payment)!r} is finer than the unit of "
            f"{currency}; round it to {plain(smallest)}",
            field=wrong,
        )
    if not 0 <= annual_rate <= 1:
        raise InvalidInput(
            f"annual_rate {plain(annual_rate)!r} is not a share; write for example '0.06'", field="annual_rate"
        )
    with localcontext(PRECISE):
        rate = annual_rate / payments_per_year
        exact = principal * rate / (1 - (1 + rate) ** -payments) if rate else principal / payments
        level = round_money(exact, currency)
        if level <= round_money(principal * rate, currency):
            raise InvalidInput(
                f"principal {plain(principal)!r} is too small for {payments} payments: each of {plain(level)} would "
                "only pay the interest; agree fewer payments",
                field="principal",
            )
        base = _schedule(principal, rate, level, payments, Decimal(0), currency)
        found = _schedule(principal, rate, level, payments, extra_payment, currency) if extra_payment else base
        interest = sum((row.interest for row in found), Decimal(0))
        return Amortization(
            payment=level,
            number_of_payments=len(found),
            payments_saved=len(base) - len(found),
            total_paid=principal + interest,
            total_interest=interest,
            interest_saved=sum((row.interest for row in base), Decimal(0)) - interest,
            rows=found if rows == "payment" else _by_year(found, payments_per_year),
            method="Level-payment annuity, P*i/(1 - (1 + i)^-n) with i = annual rate / payments a year, payments at "
            "period ends, rounded half up each period; the last payment takes the rounding (Excel's PMT).",
            assumptions=["The rate stays fixed and every period counts as equally long."],
            warnings=_warnings(rate, level, base, payments, currency),
        )


def _warnings(rate: Decimal, level: Decimal, base: list[Instalment], payments: int, currency: str) -> list[str]:
    found = ["The rate is zero, so each payment is principal only."] if not rate else []
    if len(base) < payments:
        found.append(
            f"Payments rounded to {plain(level)} {currency} repay the loan in {len(base)} payments, not {payments}."
        )
    elif base[-1].payment * 2 > level * 3:
        found.append(
            f"Payments rounded to {plain(level)} {currency} leave {plain(base[-1].payment)} {currency} to the last one."
        )
    return found


def _schedule(
    principal: Decimal, rate: Decimal, level: Decimal, payments: int, extra: Decimal, currency: str
) -> list[Instalment]:
    balance, rows = principal, []
    for number in range(1, payments + 1):
        interest = round_money(balance * rate, currency)
        due = balance + interest
        paid = due if number == payments else min(level + extra, due)
        balance = due - paid
        rows.append(
            Instalment(number=number, payment=paid, interest=interest, principal=paid - interest, balance=balance)
        )
        if not balance:
            break
    return rows


def _by_year(rows: list[Instalment], per_year: int) -> list[Instalment]:
    years = [rows[at : at + per_year] for at in range(0, len(rows), per_year)]
    return [
        Instalment(
            number=number,
            payment=sum((row.payment for row in year), Decimal(0)),
            interest=sum((row.interest for row in year), Decimal(0)),
            principal=sum((row.principal for row in year), Decimal(0)),
            balance=year[-1].balance,
        )
        for number, year in enumerate(years, 1)
    ]
