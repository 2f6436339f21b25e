"""Tests a US acquisition against the Hart-Scott-Rodino thresholds in force, with the filing fee.

15 USC 18a(a)(2): value above the upper threshold, reportable whatever the persons' size; above the lower one, reportable
if the size-of-person test is met: one person with net sales or total assets of the larger figure, the other of the
smaller; a target that is not engaged in manufacturing counts by total assets for the smaller figure, or by sales or
assets of the larger. Thresholds: those at closing; fee: that at filing. reference://hsr_thresholds.

Limits: value, control and exemptions (15 USC 18a(c), 16 CFR 802) are legal questions; other countries are not tested.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.core.errors import InvalidInput
from experts.core.quantities import Day, NonNegativeMoney
from experts.legal_consultant.tools._legal import Legal, caution, citation, values


class MergerCheck(Legal):
    """US dollars."""

    outcome: Literal["not_reportable", "reportable_unless_exempt", "needs_facts"]
    because: str
    transaction_threshold: NonNegativeMoney
    any_size_threshold: NonNegativeMoney
    filing_fee: NonNegativeMoney | None = None
    waiting_days: int | None = None
    missing: list[str] = []


def check_merger_notification(
    value_usd: Annotated[NonNegativeMoney, Field(description="Held as a result of the deal.")],
    closing: Day,
    filing: Annotated[Day | None, Field(description="Default: closing.")] = None,
    acquirer_sales: NonNegativeMoney | None = None,
    acquirer_assets: NonNegativeMoney | None = None,
    target_sales: NonNegativeMoney | None = None,
    target_assets: NonNegativeMoney | None = None,
    target_manufactures: bool | None = None,
    cash_tender: bool = False,
) -> MergerCheck:
    """Test an acquisition against the US HSR thresholds in force at closing, with fee and waiting period.

    Use when a deal is priced. It does not test exemptions or other countries.
    """
    if filing is not None and filing > closing:
        raise InvalidInput(
            f"filing {filing} is after closing {closing}; the waiting period comes before", field="filing"
        )
    law = values("hsr_thresholds", closing)
    fee_row = values("hsr_thresholds", filing or closing)
    fees = fee_row["fees"]
    lower, upper = Decimal(law["transaction"]), Decimal(law["any_size"])
    small, large = Decimal(law["small_person"]), Decimal(law["large_person"])
    outcome: Literal["not_reportable", "reportable_unless_exempt", "needs_facts"] = "not_reportable"
    missing: list[str] = []
    if value_usd <= lower:
        because = f"value does not exceed USD {lower:,}"
    elif value_usd > upper:
        outcome, because = "reportable_unless_exempt", f"value exceeds USD {upper:,}; size of person does not matter"
    else:
        met, missing = _persons(
            (acquirer_sales, acquirer_assets), (target_sales, target_assets), target_manufactures, small, large
        )
        if met:
            outcome, because = "reportable_unless_exempt", "size of transaction and size of person are both met"
        elif missing:
            outcome, because = "needs_facts", "the size-of-person test needs more facts"
        else:
            because = "the size-of-person test is not met"
    reportable = outcome == "reportable_unless_exempt"
    near = lower < value_usd * Decimal("1.1") and value_usd <= lower
    return MergerCheck(
        jurisdiction="US",
        as_of=closing,
        sources=["15 USC 18a", citation("hsr_thresholds", closing)],
        escalate=outcome != "not_reportable" or near,
        escalation_reason="Valuation, control and exemptions need antitrust counsel before anybody closes."
        if outcome != "not_reportable" or near
        else "",
        method="Thresholds in force at closing; fee in force at filing (FTC).",
        assumptions=["Figures are of the ultimate parents' last regular statements.", "Filing on the closing date."]
        if filing is None
        else ["Figures are of the ultimate parents' last regular statements."],
        warnings=["Merger control in other countries and state laws is not tested."]
        + (caution("hsr_thresholds") if outcome != "not_reportable" and _unconfirmed(value_usd, fee_row) else [])
        + (["The value is within a tenth of the threshold: have the valuation checked."] if near else []),
        outcome=outcome,
        because=because,
        transaction_threshold=lower,
        any_size_threshold=upper,
        filing_fee=_fee(value_usd, fees) if outcome != "not_reportable" else None,
        waiting_days=(15 if cash_tender else 30) if reportable else None,
        missing=missing,
    )


Size = tuple[Decimal | None, Decimal | None]


def _persons(
    acquirer: Size, target: Size, makes: bool | None, small: Decimal, large: Decimal
) -> tuple[bool, list[str]]:
    """Whether 18a(a)(2)(B)(ii) is met, and which facts could still change that."""
    ways = (
        # (III) target of the larger size, acquirer of the smaller
        (_at_least(target, large), _at_least(acquirer, small)),
        # (I) and (II) target of the smaller size, acquirer of the larger
        (_small_target(target, makes, small, large), _at_least(acquirer, large)),
    )
    if any(all(part is True for part in way) for way in ways):
        return True, []
    if all(any(part is False for part in way) for way in ways):
        return False, []
    names = ("acquirer_sales", "acquirer_assets", "target_sales", "target_assets", "target_manufactures")
    return False, [name for name, fact in zip(names, (*acquirer, *target, makes), strict=True) if fact is None]


def _at_least(size: Size, limit: Decimal) -> bool | None:
    if any(part is not None and part >= limit for part in size):
        return True
    return None if None in size else False


def _small_target(target: Size, makes: bool | None, small: Decimal, large: Decimal) -> bool | None:
    by_assets = None if target[1] is None else target[1] >= small
    if by_assets or _at_least(target, large):
        return True
    if makes is False:
        return by_assets
    by_sales = _at_least(target, small)
    if by_sales is False:
        return False
    return True if makes and by_sales else None


def _fee(value: Decimal, fees: list[list[str]]) -> Decimal:
    return next(Decimal(fee) for limit, fee in fees if not limit or value < Decimal(limit))


def _unconfirmed(value: Decimal, row: dict[str, Any]) -> bool:
    """Whether the fee is one of those that the table could not compare with the notice: all but the first and last."""
    return bool(row.get("middle_fees_unconfirmed")) and _fee(value, row["fees"]) not in (
        Decimal(row["fees"][0][1]),
        Decimal(row["fees"][-1][1]),
    )
