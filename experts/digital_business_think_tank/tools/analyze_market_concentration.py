"""Concentration of a market (HHI, CR4) and the change a merger would bring, by the US Merger Guidelines of the day.

HHI = sum of squared shares x 10,000 (shares as fractions); change by a merger of a and b = 2ab x 10,000.
If the named shares leave a rest, low takes it as many tiny firms and high as firms no larger than the
smallest named. The structural presumption of the Guidelines in force on `as_of` is applied to both ends;
they are in reference://merger_guidelines. Source: U.S. DOJ and FTC, Merger Guidelines (18 December 2023),
Guideline 1; Horizontal Merger Guidelines (19 August 2010), section 5.3.

Limits: US guidelines only. A presumption is where the agencies begin, not a finding; the relevant market
is the hard question and is taken as given. Information, not legal advice.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day, Ratio, Share, plain, round_to
from experts.digital_business_think_tank.tools._figures import percent, table

SCALE = Decimal(10000)


class Concentration(Model):
    """HHI on the scale to 10,000; `high` counts the unnamed rest as firms like the smallest named."""

    hhi: Ratio
    hhi_high: Ratio
    cr4: Share
    level: str
    unnamed_share: Share
    largest: str
    merged_share: Share | None = None
    change: Ratio | None = None
    hhi_after: Ratio | None = None
    hhi_after_high: Ratio | None = None
    presumption: Annotated[str | None, Field(description="yes, no, or unclear; absent without a merger.")] = None
    grounds: list[str] = []
    source: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def analyze_market_concentration(
    shares: Annotated[dict[Key, Share], Field(min_length=1, max_length=200)],
    as_of: Day,
    merging: Annotated[list[Key] | None, Field(max_length=10)] = None,
) -> Concentration:
    """Measure market concentration (HHI, CR4) and test a merger against the US Merger Guidelines in force.

    Use when market structure or an acquisition is discussed.
    """
    merging = merging or []
    total = sum(shares.values(), Decimal(0))
    if total > 1:
        raise InvalidInput(
            f"the shares add up to {percent(total)}, more than the whole market; correct them", field="shares"
        )
    if not total:
        raise InvalidInput("all shares are zero; give at least one", field="shares")
    if len(merging) == 1 or len(set(merging)) != len(merging):
        raise InvalidInput("a merger has two or more different firms; name them", field="merging")
    for name in merging:
        if name not in shares:
            raise InvalidInput(f"merging firm {name!r} has no share; give it one", field="merging")
    rules = table("merger_guidelines").on(as_of)
    rest = 1 - total
    ordered = sorted(shares, key=lambda name: (-shares[name], name))
    smallest = min(value for value in shares.values() if value)
    whole, left = divmod(rest, smallest)
    extra = (whole * smallest**2 + left**2) * SCALE
    hhi = sum((value**2 for value in shares.values()), Decimal(0)) * SCALE
    high, moderate = Decimal(rules["highly_concentrated_above"]), Decimal(rules["moderately_concentrated_from"])

    def level(value: Decimal) -> str:
        return (
            "highly concentrated"
            if value > high
            else "moderately concentrated"
            if value >= moderate
            else "unconcentrated"
        )

    low_level, high_level = level(hhi), level(hhi + extra)
    made = Concentration(
        hhi=round_to(hhi, 2),
        hhi_high=round_to(hhi + extra, 2),
        cr4=round_to(sum((shares[name] for name in ordered[:4]), Decimal(0)), 6),
        level=low_level if low_level == high_level else f"{low_level} to {high_level}",
        unnamed_share=round_to(rest, 6),
        largest=ordered[0],
        source=f"reference://merger_guidelines, {rules['name']}",
        method="HHI = sum of squared percentage shares; a merger adds twice the product of the merging shares; levels and "
        f"presumption by the {rules['name']}.",
        assumptions=["The firms and shares are those of the relevant market."]
        + ([f"Unnamed {percent(rest)}: between many tiny firms and firms of {percent(smallest)}."] if rest else []),
        warnings=["Information on where the agencies begin, not legal advice; other jurisdictions have other tests."],
    )
    if not merging:
        return made
    joint = sum((shares[name] for name in merging), Decimal(0))
    change = (joint**2 - sum((shares[name] ** 2 for name in merging), Decimal(0))) * SCALE
    after, after_high = hhi + change, hhi + extra + change
    grounds, open_ = _grounds(rules, after, after_high, change, joint)
    return made.model_copy(
        update={
            "merged_share": joint,
            "change": round_to(change, 2),
            "hhi_after": round_to(after, 2),
            "hhi_after_high": round_to(after_high, 2),
            "presumption": "yes" if grounds else "unclear" if open_ else "no",
            "grounds": grounds or open_ or [f"No threshold of the {rules['name']} is passed."],
        }
    )


def _grounds(
    rules: dict[str, str], after: Decimal, after_high: Decimal, change: Decimal, joint: Decimal
) -> tuple[list[str], list[str]]:
    """Thresholds passed for certain, and those passed only if the unnamed firms are large."""
    level, least = Decimal(rules["presumption_hhi_above"]), Decimal(rules["presumption_change_above"])
    said = f"change of {plain(round_to(change, 2))} above {plain(least)}"
    grounds, open_ = [], []
    if change > least and after > level:
        grounds.append(f"HHI of {plain(round_to(after, 2))} after it above {plain(level)}, {said}")
    elif change > least and after_high > level:
        open_.append(
            f"HHI of up to {plain(round_to(after_high, 2))} could pass {plain(level)} depending on the unnamed firms; {said}"
        )
    if "presumption_share_above" in rules:
        share = Decimal(rules["presumption_share_above"])
        if joint > share and change > least:
            grounds.append(f"merged share of {percent(joint)} above {percent(share)}, {said}")
    return grounds, open_
