"""The health of a two-sided platform: liquidity, take rate, multi-homing, and the chicken-and-egg checklist.

Seller liquidity = listings that led to a sale / listings; buyer liquidity = searches that led to a purchase /
searches, each with a 95 % Wilson interval. Take rate = platform revenue / gross merchandise value.
Multi-homing = surveyed users who also use a rival / surveyed, with its interval. Repeat rate = returning
buyers / buyers. Concentration = share of value by the ten largest sellers. The checklist of
playbook://platform_launch asks what gets the first side there before the second; an answer counts as done
only with "yes". Sources: Parker, Van Alstyne & Choudary, Platform Revolution (2016); Evans & Schmalensee,
Matchmakers (2016); Rochet & Tirole (2003) for multi-homing.

Limits: no threshold is universal, so none is applied; compare a platform with itself over time.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.names import did_you_mean
from experts.core.quantities import NonNegativeMoney, Ratio, Share, round_to
from experts.digital_business_think_tank.tools._figures import (
    Currency,
    Whole,
    percent,
    questions,
    small,
    table,
)
from experts.digital_business_think_tank.tools._intervals import wilson


class Proportion(Model):
    """One share with its interval where it is a sample."""

    name: str
    value: Share
    low: Share
    high: Share
    of: str


class CheckItem(Model):
    """One question of the checklist."""

    item: str
    question: str
    answer: str


class PlatformHealth(Model):
    """Shares as fractions."""

    proportions: list[Proportion]
    take_rate: Share | None = None
    value_per_buyer: Ratio | None = None
    buyers_per_seller: Ratio | None = None
    checklist: list[CheckItem]
    open_items: int
    missing: list[str]
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_platform_metrics(
    currency: Currency,
    listings: Whole | None = None,
    listings_sold: Whole | None = None,
    searches: Whole | None = None,
    searches_matched: Whole | None = None,
    gmv: Annotated[NonNegativeMoney | None, Field(description="Gross merchandise value.")] = None,
    platform_revenue: NonNegativeMoney | None = None,
    buyers: Whole | None = None,
    returning_buyers: Whole | None = None,
    sellers: Whole | None = None,
    top_ten_sellers_gmv: NonNegativeMoney | None = None,
    surveyed: Whole | None = None,
    multi_homing: Annotated[Whole | None, Field(description="Of those surveyed.")] = None,
    checklist: Annotated[
        dict[Key, Literal["yes", "no", "unknown"]] | None,
        Field(max_length=20, description="reference://platform_checklist."),
    ] = None,
) -> PlatformHealth:
    """Analyze a platform: liquidity, take rate, multi-homing, repeat use, chicken-and-egg checklist.

    Use when a marketplace or network is planned or run.
    """
    checklist = checklist or {}
    minor_units(currency)
    found: list[Proportion] = []
    missing: list[str] = []
    parts = (
        ("seller_liquidity", "listings_sold", listings_sold, "listings", listings),
        ("buyer_liquidity", "searches_matched", searches_matched, "searches", searches),
        ("repeat_rate", "returning_buyers", returning_buyers, "buyers", buyers),
        ("multi_homing", "multi_homing", multi_homing, "surveyed", surveyed),
    )
    for name, top_name, top, base_name, base in parts:
        if top is None or base is None:
            missing.append(f"{name}: {top_name} and {base_name}")
            continue
        if top > base or not base:
            raise InvalidInput(
                f"{top_name} {top} of {base_name} {base}: the part exceeds the whole or the whole is zero",
                field=top_name,
            )
        low, high = wilson(top, base)
        found.append(
            Proportion(
                name=name, value=round_to(Decimal(top) / base, 6), low=low, high=high, of=f"{top} of {base} {base_name}"
            )
        )
    take = None
    if gmv is not None and platform_revenue is not None:
        if platform_revenue > gmv or not gmv:
            raise InvalidInput(
                "platform_revenue exceeds gmv or gmv is zero; gmv is everything that changes hands",
                field="platform_revenue",
            )
        take = round_to(platform_revenue / small(gmv, "gmv"), 6)
    else:
        missing.append("take_rate: gmv and platform_revenue")
    warnings = []
    if top_ten_sellers_gmv is not None and gmv:
        if top_ten_sellers_gmv > gmv:
            raise InvalidInput("top_ten_sellers_gmv exceeds gmv", field="top_ten_sellers_gmv")
        share = round_to(top_ten_sellers_gmv / gmv, 6)
        found.append(Proportion(name="top_ten_share", value=share, low=share, high=share, of="gmv"))
        if share > Decimal("0.5"):
            warnings.append(f"Ten sellers carry {percent(share)} of the value: they could leave together, or bargain.")
    items = table("platform_checklist").current()["items"]
    for key in checklist:
        if key not in items:
            raise InvalidInput(
                f"checklist item {key!r} is not known{did_you_mean(key, items)}", field=f"checklist.{key}"
            )
    rows = [CheckItem(item=key, question=text, answer=checklist.get(key, "unknown")) for key, text in items.items()]
    open_items = [row for row in rows if row.answer != "yes"]
    said = {row.name: row for row in found}
    if "multi_homing" in said and said["multi_homing"].low > Decimal("0.5"):
        warnings.append(
            "Most of those surveyed also use a rival: prices and terms are easy to compare, so lock-in is weak."
        )
    if surveyed is not None and 0 < surveyed < 30:
        warnings.append(f"{surveyed} answers are few; the multi-homing interval is wide.")
    if open_items:
        warnings.append(f"{len(open_items)} of {len(rows)} checklist items are open.")
    return PlatformHealth(
        proportions=found,
        take_rate=take,
        value_per_buyer=round_to(gmv / buyers, 4) if gmv is not None and buyers else None,
        buyers_per_seller=round_to(Decimal(buyers) / sellers, 4) if buyers is not None and sellers else None,
        checklist=rows,
        open_items=len(open_items),
        missing=missing,
        questions=questions("platform_launch"),
        method="Shares with 95 % Wilson intervals; take rate = platform revenue / gmv; the checklist counts only 'yes'.",
        assumptions=["Counts are of one period and one market; intervals treat them as a sample of like periods."],
        warnings=warnings,
    )
