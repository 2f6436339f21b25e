"""Activity-based costing: overhead pools assigned to products by the use of their drivers.

Rate of a pool = cost / total of its driver; a product takes rate * its driver use, rounded by
largest remainder so that each pool is assigned to the cent. For comparison, one plantwide rate on a
volume base (hours, units) assigns the same total; the difference is the cross-subsidy. Source:
Horngren, Datar & Rajan, Cost Accounting, chapter 5; Kimmel, Weygandt & Kieso, Managerial Accounting,
chapter 4.

Limits: costs proportional to drivers; the choice of drivers is a judgement, and facility-level cost
assigned this way is not avoidable cost.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money, split_by_largest_remainder
from experts.core.quantities import Money, NonNegativeMoney, NonNegativeVolume, Ratio, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

Use = dict[Key, NonNegativeVolume]


class Pool(Model):
    """A cost pool and how much of its driver each product uses."""

    cost: NonNegativeMoney
    driver: Annotated[Use, Field(min_length=1, max_length=100, description="Use by product.")]


class ProductCost(Model):
    """Overhead of a product; plantwide and difference only with a volume base."""

    by_pool: dict[Key, Money]
    overhead: Money
    per_unit: Money | None = None
    plantwide: Money | None = None
    difference: Annotated[Money | None, Field(description="Activity-based less plantwide.")] = None


class ActivityCosts(Model):
    """Money in the given currency."""

    rates: Annotated[dict[Key, Ratio], Field(description="Cost per unit of driver.")]
    products: dict[Key, ProductCost]
    total_overhead: Money
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def allocate_overhead_abc(
    pools: Annotated[dict[Key, Pool], Field(min_length=1, max_length=50)],
    currency: str,
    units: Annotated[Use | None, Field(max_length=100)] = None,
    volume_base: Annotated[Use | None, Field(max_length=100)] = None,
) -> ActivityCosts:
    """Activity-based costing against one plantwide rate.

    Use when overhead is shared out.
    """
    products = list(dict.fromkeys(name for pool in pools.values() for name in pool.driver))
    for given, field in ((units, "units"), (volume_base, "volume_base")):
        if given is not None and set(given) != set(products):
            raise InvalidInput(
                f"{field} is for {sorted(given)}, but the pools name {sorted(products)}; give the same products",
                field=field,
            )
    if volume_base is not None and not sum(volume_base.values()):
        raise InvalidInput(
            "volume_base adds up to 0, so no rate can be formed; give hours or units", field="volume_base"
        )
    with localcontext(PRECISE):
        total = sum((pool.cost for pool in pools.values()), Decimal(0))
        shared, rates = {}, {}
        for key, pool in pools.items():
            shared[key], rates[key] = _share(key, pool, currency)
        flat: dict[str, Decimal] = {}
        if volume_base is not None:
            base = sum(volume_base.values(), Decimal(0))
            flat = split_by_largest_remainder({k: total * v / base for k, v in volume_base.items()}, total, currency)
        found = {}
        for name in products:
            parts = {key: shared[key][name] for key in pools if name in shared[key]}
            overhead = sum(parts.values(), Decimal(0))
            each = None if units is None or not units[name] else overhead / units[name]
            made = None if each is None or each >= LARGEST else round_money(each, currency)
            plantwide = flat.get(name)
            found[name] = ProductCost(
                by_pool=parts,
                overhead=overhead,
                per_unit=made,
                plantwide=plantwide,
                difference=None if plantwide is None else overhead - plantwide,
            )
        return ActivityCosts(
            rates=rates,
            products=found,
            total_overhead=total,
            method="Activity-based costing: pool cost / driver total * driver use of the product, to the cent by largest "
            "remainder (Horngren, Datar & Rajan, Cost Accounting, chapter 5).",
            assumptions=["The cost of a pool is proportional to its driver."],
            warnings=[],
        )


def _share(key: str, pool: Pool, currency: str) -> tuple[dict[str, Decimal], Decimal]:
    total = sum(pool.driver.values(), Decimal(0))
    if not total:
        raise InvalidInput(
            f"the driver of pool {key!r} adds up to 0, so its cost {plain(pool.cost)} cannot be assigned; give its use by "
            "product",
            field=f"pools.{key}.driver",
        )
    if round_money(pool.cost, currency) != pool.cost or pool.cost >= LARGEST / 1000:
        raise InvalidInput(
            f"cost {plain(pool.cost)!r} of pool {key!r} is finer than the unit of {currency} or out of range",
            field=f"pools.{key}.cost",
        )
    rate = pool.cost / total
    if rate >= LARGEST:
        raise InvalidInput(f"the driver of pool {key!r} is next to zero; check its unit", field=f"pools.{key}.driver")
    parts = {name: pool.cost * use / total for name, use in pool.driver.items()}
    return split_by_largest_remainder(parts, pool.cost, currency), round_to(rate, 6)
