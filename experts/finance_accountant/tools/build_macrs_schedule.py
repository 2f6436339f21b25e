"""United States tax depreciation of a year's assets: MACRS by the GDS tables or ADS, with disposals and car limits.

Deduction of each year = percentage of the Publication 946 table * unadjusted basis, where basis =
cost - section 179 - special (bonus) allowance. Convention: half-year (Table A-1), or mid-quarter for
all of the year's personal property (Tables A-2 to A-5) when more than 40 percent of its basis (after
section 179, before bonus) is placed in service in the last three months (IRC 168(d)(3)); real
property mid-month (Table A-6, 27.5 years; Table A-7a, 39 years). Section 179: the year's limit, less
what cost of all such property exceeds the threshold. Bonus by the year of reference://us_tax_parameters: 100
percent if acquired after 19 January 2025, else 60 (2024), 40 (2025) and 20 percent (2026). Rounded to cents so
that the years add up. With ads_years: straight line over that life by formula, same conventions (IRC 168(g)).
Disposed: the year's deduction is half (half-year), 12.5, 37.5, 62.5 or 87.5 percent by quarter (mid-quarter), or
counted to the middle of the month (Publication 946, chapter 4). A car: the limits of IRC 280F of its year
(reference://passenger_automobile_limits), what they cut off deducted after the recovery period (IRC 280F(a)(1)(B)),
without the safe harbor of Rev. Proc. 2019-13, which ended with cars placed in service in 2022.

Limits: calendar tax year; no recapture or gain at disposal; no SUV limit, no business income limit of section 179;
business use 100 percent; a car is kept to the end.
"""

from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._macrs import Convention, car_limits, limited, straight_line, until_disposal
from experts.finance_accountant.tools._reference import cited, table, tax_year

Recovery = Literal["3", "5", "7", "10", "15", "20", "27.5", "39"]
_REAL = ("27.5", "39")
_FULL_BONUS_FROM = date(2025, 1, 20)


class MacrsAsset(Model):
    """Property; recovery in years."""

    cost: NonNegativeMoney
    recovery: Recovery
    placed_in_service: Day
    section_179: NonNegativeMoney = Decimal(0)
    acquired: Day | None = None
    disposed: Day | None = None
    ads_years: Count | None = None
    car: bool = False


class MacrsRow(Model):
    """Depreciation of one calendar year."""

    year: Count
    percent: Rate
    depreciation: Money
    undepreciated: Money


class MacrsSchedule(Model):
    """One asset's deductions; section 179 and bonus, as allowed, belong to the first year.

    `undepreciated` of the last row is what is left: the adjusted basis at a disposal.
    """

    table: str
    convention: Convention
    section_179: Money
    bonus_rate: Rate
    bonus: Money
    basis: Money
    limits: Annotated[list[Money], Field(description="Of a car, by IRC 280F: years 1, 2, 3 and each later one.")] = []
    rows: list[MacrsRow]


class MacrsYear(Model):
    """All assets in one calendar year."""

    year: Count
    section_179: Money
    bonus: Money
    depreciation: Money
    total: Money


class MacrsPlan(Model):
    """US dollars."""

    assets: dict[Key, MacrsSchedule]
    years: list[MacrsYear]
    last_quarter_share: Annotated[Rate | None, Field(description="Above 0.4: mid-quarter.")] = None
    section_179_limit: Money | None = None
    jurisdiction: str = "US (federal)"
    sources: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_macrs_schedule(
    assets: Annotated[
        dict[Key, MacrsAsset],
        Field(min_length=1, max_length=100, description="All of one calendar year."),
    ],
    bonus: bool = True,
) -> MacrsPlan:
    """US tax depreciation (MACRS, ADS) of a year's assets, section 179, bonus.

    Use when tax depreciation is asked.
    """
    year = _checked(assets)
    needs_law = bonus or any(asset.section_179 for asset in assets.values())
    law = tax_year(year, "assets") if needs_law else None
    with localcontext(PRECISE):
        limit = None
        if law is not None:
            limit = _limit_179(assets, law["section_179_limit"], law["section_179_phase_out_from"])
        share = _last_quarter(assets)
        quarterly = share is not None and share > Decimal("0.4")
        found = {}
        for key, asset in assets.items():
            rate = Decimal(0)
            if bonus and law is not None and asset.recovery not in _REAL:
                new = (asset.acquired or asset.placed_in_service) >= _FULL_BONUS_FROM
                rate = Decimal(law["bonus_acquired_from_2025_01_20" if new else "bonus_acquired_before_2025_01_20"])
            found[key] = _schedule(key, asset, rate, quarterly)
        return MacrsPlan(
            assets=found,
            years=_years(found, year),
            last_quarter_share=None if share is None else round_to(share, 6),
            section_179_limit=limit,
            sources=["reference://macrs_tables (IRS Publication 946, Appendix A)"]
            + ([cited(year)] if law else [])
            + (["reference://passenger_automobile_limits"] if any(asset.car for asset in assets.values()) else []),
            method="MACRS GDS by the percentage tables of Publication 946 (ADS by formula) on cost less section 179 and bonus; "
            + (
                "mid-quarter convention, because more than 40 percent was placed in service in the last quarter."
                if quarterly
                else "half-year convention for personal property, mid-month for buildings."
            ),
            assumptions=[
                "Business use of 100 percent, calendar tax year; held for the whole recovery period unless disposed."
            ],
            warnings=_warnings(list(assets.values()), list(found.values())),
        )


def _warnings(assets: list[MacrsAsset], schedules: list[MacrsSchedule]) -> list[str]:
    found = []
    if any(asset.section_179 for asset in assets):
        found.append("Section 179 is also limited to business income, which is not tested here.")
    if any(asset.disposed for asset in assets):
        found.append("Gain and recapture at the disposal (IRC 1245, 1250) are not worked out here.")
    if any(asset.ads_years and one.bonus for asset, one in zip(assets, schedules, strict=True)):
        found.append("Bonus goes with ADS only where ADS is elected; where it is required, set bonus to false.")
    if any(one.limits and one.bonus_rate == 1 and len(one.rows) > len(one.limits) for one in schedules):
        found.append(
            "After 100 percent bonus a car above its first limit deducts nothing more until its recovery period is over; the "
            "safe harbor of Rev. Proc. 2019-13 is for cars in service by 2022. Compare with bonus set to false."
        )
    return found


def _checked(assets: dict[str, MacrsAsset]) -> int:
    years = sorted({asset.placed_in_service.year for asset in assets.values()})
    if len(years) > 1:
        raise InvalidInput(
            f"assets are placed in service in {', '.join(map(str, years))}; give one calendar year at a time, because the "
            "mid-quarter test is one of a year",
            field="assets",
        )
    if not 1994 <= years[0] <= 2100:
        raise InvalidInput(
            f"year {years[0]} is outside 1994 to 2100, for which the tables hold; check the dates", field="assets"
        )
    for key, asset in assets.items():
        if asset.cost <= 0 or asset.cost >= Decimal(10) ** 13 or round_to(asset.cost, 2) != asset.cost:
            raise InvalidInput(
                f"cost {plain(asset.cost)!r} of {key!r} is not an amount above zero in cents",
                field=f"assets.{key}.cost",
            )
        if asset.section_179 > asset.cost or (asset.section_179 and asset.recovery in _REAL):
            raise InvalidInput(
                f"section_179 {plain(asset.section_179)!r} of {key!r} exceeds its cost, or it is a building, which does "
                "not qualify here; correct it",
                field=f"assets.{key}.section_179",
            )
        if asset.acquired and asset.acquired > asset.placed_in_service:
            raise InvalidInput(
                f"{key!r} is acquired {asset.acquired}, after it is placed in service", field=f"assets.{key}.acquired"
            )
        if asset.ads_years is not None and not 2 <= asset.ads_years <= 50:
            raise InvalidInput(
                f"ads_years {asset.ads_years!r} of {key!r} is not between 2 and 50; give the class life for ADS, for "
                "example 5 for a car, 12 where there is none, 30 or 40 for a building",
                field=f"assets.{key}.ads_years",
            )
        if asset.disposed and asset.disposed.year <= asset.placed_in_service.year:
            raise InvalidInput(
                f"{key!r} is disposed {asset.disposed}, not in a year after {asset.placed_in_service.year}; property that "
                "comes and goes in one year is not depreciated, so leave it out",
                field=f"assets.{key}.disposed",
            )
        if asset.car and (asset.recovery != "5" or asset.disposed):
            raise InvalidInput(
                f"car {key!r} has recovery {asset.recovery!r}{' and a disposal' if asset.disposed else ''}; a car is "
                "5-year property, and its limits are worked out for one that is kept",
                field=f"assets.{key}.car",
            )
    return years[0]


def _limit_179(assets: dict[str, MacrsAsset], limit: int, threshold: int) -> Decimal:
    property_cost = sum((asset.cost for asset in assets.values() if asset.recovery not in _REAL), Decimal(0))
    allowed = max(limit - max(property_cost - threshold, Decimal(0)), Decimal(0))
    elected = sum((asset.section_179 for asset in assets.values()), Decimal(0))
    if elected > allowed:
        raise InvalidInput(
            f"section 179 of {plain(elected)} exceeds the year's limit of {plain(allowed)}; elect no more than that",
            field="assets",
        )
    return Decimal(allowed)


def _last_quarter(assets: dict[str, MacrsAsset]) -> Decimal | None:
    movable = [asset for asset in assets.values() if asset.recovery not in _REAL]
    basis = sum((asset.cost - asset.section_179 for asset in movable), Decimal(0))
    late = sum((a.cost - a.section_179 for a in movable if a.placed_in_service.month >= 10), Decimal(0))
    return late / basis if basis else None


def _percents(asset: MacrsAsset, quarterly: bool) -> tuple[str, Convention, list[Decimal]]:
    """The table's name, the convention, and each year's share of the basis."""
    tables, month = table("macrs_tables").current(), asset.placed_in_service.month
    convention: Convention
    if asset.recovery in _REAL:
        residential = asset.recovery == "27.5"
        percents = tables["residential_27_5" if residential else "nonresidential_39"][str(month)]
        name, convention = ("Table A-6" if residential else "Table A-7a"), "mid-month"
    elif quarterly:
        quarter = (month + 2) // 3
        percents = tables[f"mid_quarter_{quarter}"][asset.recovery]
        name, convention = f"Table A-{quarter + 1}", "mid-quarter"
    else:
        percents = tables["half_year"][asset.recovery]
        name, convention = "Table A-1", "half-year"
    shares = [Decimal(text) / 100 for text in percents]
    if asset.ads_years is not None:
        name, shares = f"ADS, {asset.ads_years} years", straight_line(asset.ads_years, convention, month)
    if asset.disposed is not None:
        life = Decimal(asset.ads_years or asset.recovery)
        shares = until_disposal(shares, life, convention, asset.placed_in_service, asset.disposed)
    return name, convention, shares


def _schedule(key: str, asset: MacrsAsset, rate: Decimal, quarterly: bool) -> MacrsSchedule:
    name, convention, shares = _percents(asset, quarterly)
    extra = round_to((asset.cost - asset.section_179) * rate, 2)
    basis = asset.cost - asset.section_179 - extra
    elected, limits = asset.section_179, []
    if asset.car:
        limits = car_limits(asset.placed_in_service.year, rate > 0)
        now, amounts = limited(asset.cost, elected + extra, shares, limits)
        elected, extra = min(elected, now), now - min(elected, now)
    else:
        amounts, share = [], Decimal(0)
        for each in shares:
            share += each
            amounts.append(round_to(basis * share, 2) - sum(amounts, Decimal(0)))
    rows, left = [], asset.cost - elected - extra
    for number, amount in enumerate(amounts):
        left -= amount
        rows.append(
            MacrsRow(
                year=asset.placed_in_service.year + number,
                percent=round_to(shares[number], 8)
                if number < len(shares) and (amount or not asset.car)
                else Decimal(0),
                depreciation=amount,
                undepreciated=left,
            )
        )
    return MacrsSchedule(
        table=name,
        convention=convention,
        section_179=elected,
        bonus_rate=rate,
        bonus=extra,
        basis=basis,
        limits=limits,
        rows=rows,
    )


def _years(schedules: dict[str, MacrsSchedule], first: int) -> list[MacrsYear]:
    last = max(schedule.rows[-1].year for schedule in schedules.values())
    elected = sum((one.section_179 for one in schedules.values()), Decimal(0))
    extra = sum((one.bonus for one in schedules.values()), Decimal(0))
    found = []
    for year in range(first, last + 1):
        regular = sum((r.depreciation for one in schedules.values() for r in one.rows if r.year == year), Decimal(0))
        once = (elected, extra) if year == first else (Decimal(0), Decimal(0))
        found.append(
            MacrsYear(year=year, section_179=once[0], bonus=once[1], depreciation=regular, total=sum(once, regular))
        )
    return found
