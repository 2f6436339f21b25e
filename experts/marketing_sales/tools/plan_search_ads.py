"""Search advertising: what a budget buys at the prices you give, and whether ad texts fit.

Each keyword: cost per conversion = cost per click / conversion rate. The budget goes to the cheapest conversions first,
up to the clicks there are (fractional knapsack, Dantzig 1957: best for constant prices). Low and high: the conversions
at conversion rates lower and higher by `uncertainty`.

Responsive search ads: 3 to 15 headlines of at most 30 characters, 2 to 4 descriptions of at most 90; full-width
characters (Chinese, Japanese, Korean) count twice. Source: Google Ads Help, "About responsive search ads" and "About
text ads"; reference://search_ad_limits. Of a keyword insertion, {KeyWord:shoes}, the default text counts; a longer keyword
is then not shown. Check the limits in Google Ads before launch.

Limits: prices and rates are yours; there is no look-up. Clicks get dearer as more are bought, so the end of the list
is optimistic.
"""

import re
import unicodedata
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, NonNegativeVolume, Share, Volume, round_to
from experts.marketing_sales.tools._curves import EXACT

HEADLINES, HEADLINE = (3, 15), 30
DESCRIPTIONS, DESCRIPTION = (2, 4), 90
TEXTS = 30
_INSERTED = re.compile(r"\{keyword:([^{}]*)\}", re.IGNORECASE)


class Keyword(Model):
    """`clicks`: the most to be had."""

    keyword: Annotated[str, Field(min_length=1, max_length=80)]
    cost_per_click: NonNegativeMoney
    clicks: NonNegativeVolume
    conversion_rate: Share


class KeywordPlan(Model):
    keyword: str
    spend: Money
    clicks: Volume
    conversions: Volume
    cost_per_conversion: Money | None = None


class AdText(Model):
    text: str
    kind: str
    length: Count
    limit: Count
    fits: bool


class SearchPlan(Model):
    keywords: list[KeywordPlan]
    spend: Money
    unspent: Money
    clicks: Volume
    conversions: Volume
    conversions_low: Volume
    conversions_high: Volume
    cost_per_conversion: Money | None = None
    texts: list[AdText] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def plan_search_ads(
    keywords: Annotated[list[Keyword], Field(min_length=1, max_length=500)],
    budget: NonNegativeMoney,
    currency: Annotated[str, Field(description="ISO 4217")],
    headlines: Annotated[list[str] | None, Field(max_length=TEXTS)] = None,
    descriptions: Annotated[list[str] | None, Field(max_length=TEXTS)] = None,
    uncertainty: Annotated[Share, Field(description="of conversion rates")] = Decimal("0.25"),
) -> SearchPlan:
    """Plan search ads: spend, clicks and conversions by keyword within a budget; check lengths of ad texts.

    Use when keywords' prices and rates are known. It does not look them up.
    Cheapest conversions are bought first.
    """
    seen = set()
    for index, row in enumerate(keywords):
        name = " ".join(row.keyword.lower().split())
        if name in seen:
            raise InvalidInput(f"keywords.{index} {row.keyword!r} is there twice; join its rows", field="keywords")
        if row.cost_per_click == 0:
            raise InvalidInput(
                f"keywords.{index} {row.keyword!r} has a cost_per_click of 0; give its price",
                field=f"keywords.{index}.cost_per_click",
            )
        seen.add(name)
    plans: dict[int, KeywordPlan] = {}
    left, clicks, conversions = budget, Decimal(0), Decimal(0)
    with localcontext(EXACT):
        order = sorted(
            range(len(keywords)), key=lambda i: (-keywords[i].conversion_rate / keywords[i].cost_per_click, i)
        )
        for index in order:
            row = keywords[index]
            wanted = min(row.clicks, left / row.cost_per_click) if row.conversion_rate else Decimal(0)
            won = wanted * row.conversion_rate
            left -= wanted * row.cost_per_click
            clicks, conversions = clicks + wanted, conversions + won
            cost = row.cost_per_click / row.conversion_rate if row.conversion_rate else None
            plans[index] = KeywordPlan(
                keyword=row.keyword,
                spend=round_money(wanted * row.cost_per_click, currency),
                clicks=round_to(wanted, 2),
                conversions=round_to(won, 2),
                cost_per_conversion=None if cost is None else round_money(cost, currency),
            )
        spent = budget - left
        each = round_money(spent / conversions, currency) if conversions else None
        low, high = conversions * (1 - uncertainty), min(clicks, conversions * (1 + uncertainty))
    texts = [_text(text, "headline", HEADLINE) for text in headlines or []]
    texts += [_text(text, "description", DESCRIPTION) for text in descriptions or []]
    warnings = [
        f"The {text.kind} {text.text[:60]!r} has {text.length} characters; {text.limit} are the most."
        for text in texts
        if not text.fits
    ]
    for label, given, (least, most) in (
        ("headlines", headlines, HEADLINES),
        ("descriptions", descriptions, DESCRIPTIONS),
    ):
        if given is not None and not least <= len(set(given)) <= most:
            warnings.append(f"{len(set(given))} different {label}; a responsive search ad takes {least} to {most}.")
    if round_to(left, 12) > 0:
        warnings.append("The keywords' clicks do not use up the budget.")
    return SearchPlan(
        keywords=[plans[index] for index in range(len(keywords))],
        spend=round_money(spent, currency),
        unspent=round_money(left, currency),
        clicks=round_to(clicks, 2),
        conversions=round_to(conversions, 2),
        conversions_low=round_to(low, 2),
        conversions_high=round_to(high, 2),
        cost_per_conversion=each,
        texts=texts,
        method="Cheapest conversions first within the budget (Dantzig 1957); Google Ads text limits (search_ad_limits).",
        assumptions=["Prices per click and conversion rates are the user's and stay the same as more is bought."],
        warnings=warnings,
    )


def _text(text: str, kind: str, limit: int) -> AdText:
    shown = _INSERTED.sub(lambda found: found[1], unicodedata.normalize("NFC", " ".join(text.split())))
    length = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)
    return AdText(text=text[:200], kind=kind, length=length, limit=limit, fits=0 < length <= limit)
