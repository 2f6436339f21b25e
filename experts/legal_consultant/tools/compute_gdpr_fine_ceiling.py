"""The ceiling of an administrative fine by GDPR Art. 83(4)-(6): a fixed sum or a share of turnover, the higher.

Art. 83(4): up to EUR 10 million or 2 % of the undertaking's worldwide turnover of the preceding financial year
(Articles 8, 11, 25-39, 41(4), 42, 43). Art. 83(5)-(6): EUR 20 million or 4 % (Articles 5-7, 9, 12-22, 44-49, duties
under Chapter IX, orders under Art. 58). Several infringements of linked processing: not above the gravest (83(3)).
The undertaking is the economic unit (recital 150; CJEU C-807/21). Source table: reference://gdpr_fines.

Limits: a ceiling is not a prediction; actual fines follow the criteria of Art. 83(2).
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Day, NonNegativeMoney, Share
from experts.legal_consultant.tools._legal import Legal, citation, values


class FineCeiling(Legal):
    """Euros. `tier` is the gravest of the articles given."""

    tier: Literal["83(4)", "83(5)", "83(6)"]
    ceiling: NonNegativeMoney
    fixed_amount: NonNegativeMoney
    turnover_share: Share
    by_turnover: NonNegativeMoney
    turnover_decides: bool


def compute_gdpr_fine_ceiling(
    articles: Annotated[
        list[Annotated[int, Field(ge=1, le=99)]],
        Field(min_length=1, max_length=20, description="GDPR articles infringed."),
    ],
    turnover_eur: Annotated[NonNegativeMoney, Field(description="Undertaking, worldwide, preceding year.")],
    as_of: Day,
    undertaking: bool = True,
) -> FineCeiling:
    """Compute the highest fine that GDPR Art. 83(4)-(6) allows for given articles and turnover.

    Use when exposure must be bounded. It is a ceiling; it does not predict a fine.
    """
    law = values("gdpr_fines", as_of)
    for article in articles:
        if article not in law["lower_articles"] and article not in law["higher_articles"]:
            raise InvalidInput(
                f"Article {article} is not named in Art. 83(4)-(6); Member States may set penalties for it (Art. 84). "
                "Named are 5-9 without 8, 12-22, 44-49, 58, 85-91 (higher) and 8, 11, 25-39, 41-43 (lower)",
                field="articles",
            )
    high = any(article in law["higher_articles"] for article in articles)
    tier: Literal["83(4)", "83(5)", "83(6)"] = "83(6)" if set(articles) == {58} else "83(5)" if high else "83(4)"
    fixed = Decimal(law["higher_amount" if high else "lower_amount"])
    share = Decimal(law["higher_share" if high else "lower_share"])
    by_turnover = round_money(turnover_eur * share, "EUR") if undertaking else Decimal(0)
    warnings = [] if undertaking else ["Without an undertaking only the fixed sum is the ceiling."]
    if len(set(articles)) > 1:
        warnings.append("Several articles: for linked processing the total may not exceed the gravest (Art. 83(3)).")
    return FineCeiling(
        jurisdiction="EU",
        as_of=as_of,
        sources=[f"GDPR Art. {tier}", citation("gdpr_fines", as_of)],
        escalate=True,
        escalation_reason="Whether there is an infringement, and what fine is likely, is for counsel.",
        method="max(fixed amount, share x worldwide turnover of the preceding financial year)",
        assumptions=["The turnover is that of the whole undertaking (economic unit), in euros."],
        warnings=["A ceiling, not a prediction.", *warnings],
        tier=tier,
        ceiling=max(fixed, by_turnover),
        fixed_amount=fixed,
        turnover_share=share,
        by_turnover=by_turnover,
        turnover_decides=by_turnover > fixed,
    )
