"""Income statement, balance sheet, statement of cash flows (indirect) and of equity from a trial balance.

The trial balance before closing (debits positive, credits negative, adding up to zero) is sorted by
the section of each account. Closing retained earnings = opening (as in the trial balance) + net
income - dividends, and assets = liabilities + equity is checked. With the prior closing balance
sheet, cash flow is net income + depreciation - gains on disposal, and the changes of working capital
(operating); change in net fixed assets + depreciation, less gains, and other assets (investing); debt, capital
and dividends (financing); the total must be the change in cash. Sources: ASC 205, 210, 220, 230 (US
GAAP) or IAS 1, IAS 7 (IFRS; IFRS 18 for periods from 2027).

Limits: one entity, one currency, no notes, no other comprehensive income, no discontinued
operations. Fixed assets are net of accumulated depreciation. It sorts what was booked; whether an
entry is right is not judged.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, Money, plain
from experts.finance_accountant.tools._curves import LARGEST
from experts.finance_accountant.tools._statements import (
    BALANCE,
    Sheet,
    balance_sheet,
    cash_flow,
    equity_statement,
    income_statement,
)
from experts.finance_accountant.tools._statements import Row as Row

Section = Literal[
    "cash",
    "receivables",
    "inventory",
    "other_current_asset",
    "fixed_asset",
    "other_asset",
    "payables",
    "other_current_liability",
    "debt",
    "other_liability",
    "capital",
    "retained_earnings",
    "dividends",
    "revenue",
    "cost_of_sales",
    "operating_expense",
    "depreciation",
    "gain_on_disposal",
    "interest",
    "other_income",
    "income_tax",
]


class FinancialStatements(Model):
    """Money in the given currency; costs and assets as positive amounts, deductions in brackets negative."""

    income_statement: list[Row]
    balance_sheet: list[Row]
    cash_flow: Annotated[list[Row], Field(description="Empty without a prior balance sheet.")]
    equity: list[Row]
    net_income: Money
    total_assets: Money
    total_liabilities: Money
    total_equity: Money
    operating_cash_flow: Money | None = None
    change_in_cash: Money | None = None
    framework: Literal["us_gaap", "ifrs"]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def prepare_financial_statements(
    trial_balance: Annotated[
        dict[Key, Money], Field(min_length=2, max_length=500, description="Credits negative, before closing.")
    ],
    sections: Annotated[dict[Key, Section], Field(max_length=1000)],
    currency: str,
    period_end: Day,
    prior: Annotated[dict[Key, Money] | None, Field(max_length=500, description="Prior closing balances.")] = None,
    framework: Literal["us_gaap", "ifrs"] = "us_gaap",
) -> FinancialStatements:
    """Income statement, balance sheet, cash flow, equity from a trial balance.

    Use when a period is closed.
    """
    now = _sheet(trial_balance, sections, currency, "trial_balance")
    before = None if prior is None else _sheet(prior, sections, currency, "prior")
    if before is not None:
        _check_prior(now, before)
    income, net = income_statement(now)
    balance, totals = balance_sheet(now, before, net, framework)
    assets, liabilities, equity = totals
    if assets != liabilities + equity:
        raise InvalidInput(
            f"assets {plain(assets)} are not liabilities {plain(liabilities)} plus equity {plain(equity)}; check the sections",
            field="sections",
        )
    flows, operating, change = ([], None, None) if before is None else cash_flow(now, before, net, framework)
    return FinancialStatements(
        income_statement=income,
        balance_sheet=balance,
        cash_flow=flows,
        equity=equity_statement(now, before, net),
        net_income=net,
        total_assets=assets,
        total_liabilities=liabilities,
        total_equity=equity,
        operating_cash_flow=operating,
        change_in_cash=change,
        framework=framework,
        method=_method(framework, period_end),
        assumptions=[
            "The trial balance is before closing: retained earnings are those at the beginning of the period.",
            "Fixed assets are net of accumulated depreciation; interest and tax are paid as expensed but for balances.",
        ],
        warnings=_warnings(framework, period_end, equity, before is None),
    )


def _sheet(balances: dict[str, Decimal], sections: dict[str, Section], currency: str, field: str) -> Sheet:
    unmapped = [key for key in balances if key not in sections]
    if unmapped:
        raise InvalidInput(
            f"no section is given for {', '.join(map(repr, unmapped[:10]))}; add each account to sections",
            field="sections",
        )
    for key, amount in balances.items():
        if abs(amount) >= LARGEST / 1000 or round_money(amount, currency) != amount:
            raise InvalidInput(
                f"{key!r} {plain(amount)!r} is finer than the unit of {currency} or out of range",
                field=f"{field}.{key}",
            )
    difference = sum(balances.values(), Decimal(0))
    if difference:
        side = "debits" if difference > 0 else "credits"
        raise InvalidInput(
            f"{field} does not balance: {side} are larger by {plain(abs(difference))}; find the missing or wrong balance",
            field=field,
        )
    return Sheet(dict(balances), dict(sections))


def _check_prior(now: Sheet, before: Sheet) -> None:
    open_accounts = [key for key, amount in before.balances.items() if amount and before.sections[key] not in BALANCE]
    if open_accounts:
        raise InvalidInput(
            f"prior holds {', '.join(map(repr, open_accounts[:10]))}, which a closed balance sheet has not; give it after closing",
            field="prior",
        )
    opening, closing = now.total("retained_earnings"), before.total("retained_earnings")
    if opening != closing:
        raise InvalidInput(
            f"cash does not tie: retained earnings open at {plain(-opening)} but closed at {plain(-closing)}; give the "
            "trial balance before closing and the prior balance sheet after it",
            field="prior",
        )


def _method(framework: str, end: Day) -> str:
    if framework == "us_gaap":
        named = "US GAAP: ASC 205, 210, 220, 230"
    else:
        named = "IFRS: IFRS 18, IAS 7" if end.year >= 2027 else "IFRS: IAS 1, IAS 7"
    return f"{named}; income statement by function, classified balance sheet, cash flow by the indirect method."


def _warnings(framework: str, end: Day, equity: Decimal, no_prior: bool) -> list[str]:
    found = []
    if no_prior:
        found.append("Without the prior balance sheet there is no statement of cash flows, which a full set needs.")
    if framework == "ifrs" and end.year >= 2027:
        found.append(
            "IFRS 18 applies to annual periods that begin in 2027 or later: its operating, investing and financing "
            "categories of profit and loss are not drawn up here."
        )
    if equity < 0:
        found.append("Equity is negative.")
    return found
