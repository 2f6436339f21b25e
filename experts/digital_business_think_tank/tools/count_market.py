"""Counts a market row by row: how many customers each group has, how many are where the company sells, how many it could win.

Rows (a region, a register entry) name their group and how many customers they hold; a row not served counts for TAM only.
served_share = customers of served rows / customers of all rows of the group; obtainable_customers = served x obtainable
share. Source: bottom-up counting as in Blank & Dorf, The Startup Owner's Manual (2012), market-size.

Limits: a customer in two rows counts twice; the counts are as good as the register they come from.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Share, Volume, round_to

LISTED = False  # size_market takes the groups that this makes of hundreds of rows
MOST_ROWS = 2000


class MarketRow(Model):
    """One place of the market."""

    group: Key
    region: Key
    customers: Count
    served: bool = True


class MarketGroup(Model):
    """Customers alike: what share of those served could be won."""

    obtainable: Share


class GroupCount(Model):
    """One group's customers."""

    rows: Count
    customers: Count
    served: Count
    served_share: Share
    obtainable_customers: Volume


class RegionCount(Model):
    """One region's customers, all groups together; `share` is of all served customers."""

    customers: Count
    served: Count
    share: Share


class MarketCount(Model):
    """`regions` by served customers, most first."""

    groups: dict[Key, GroupCount]
    regions: dict[Key, RegionCount]
    rows: Count
    region_count: Count
    customers: Count
    served: Count
    obtainable_customers: Volume
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def count_market(
    rows: Annotated[dict[Key, MarketRow], Field(min_length=1, max_length=MOST_ROWS)],
    groups: Annotated[dict[Key, MarketGroup], Field(min_length=1, max_length=40)],
) -> MarketCount:
    """Count customers by group and region, of these the ones served and the ones that could be won.

    Use when a market is counted from a register.
    """
    for key, row in rows.items():
        if row.group not in groups:
            raise InvalidInput(
                f"row {key!r} is of group {row.group!r}, which is not described{did_you_mean(row.group, groups)}",
                field=f"rows.{key}.group",
            )
    if not any(row.customers for row in rows.values()):
        raise InvalidInput("no row has a customer; give at least one count above zero", field="rows")
    made, regions = {}, {}
    for name, group in groups.items():
        own = [row for row in rows.values() if row.group == name]
        total, served = _customers(own), _customers([row for row in own if row.served])
        made[name] = GroupCount(
            rows=len(own),
            customers=total,
            served=served,
            served_share=round_to(Decimal(served) / total, 12) if total else Decimal(0),
            obtainable_customers=round_to(served * group.obtainable, 2),
        )
    all_served = _customers([row for row in rows.values() if row.served])
    for name in dict.fromkeys(row.region for row in rows.values()):
        own = [row for row in rows.values() if row.region == name]
        served = _customers([row for row in own if row.served])
        share = round_to(Decimal(served) / all_served, 6) if all_served else Decimal(0)
        regions[name] = RegionCount(customers=_customers(own), served=served, share=share)
    empty = [name for name, group in made.items() if not group.customers]
    warnings = [f"No row counts a customer of: {', '.join(empty)}."] if empty else []
    if not all_served:
        warnings.append("No row is served, so nothing of this market can be sold to yet.")
    return MarketCount(
        groups=made,
        regions=dict(sorted(regions.items(), key=lambda item: (-item[1].served, -item[1].customers, item[0]))),
        rows=len(rows),
        region_count=len(regions),
        customers=_customers(rows.values()),
        served=all_served,
        obtainable_customers=sum((group.obtainable_customers for group in made.values()), Decimal(0)),
        method="Customers added up by group and region; served share = customers of served rows / customers of all rows; "
        "obtainable customers = served x obtainable share.",
        assumptions=["No customer stands in two rows."],
        warnings=warnings,
    )


def _customers(rows: object) -> int:
    return sum(row.customers for row in rows)  # type: ignore[attr-defined]
