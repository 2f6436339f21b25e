"""The calculations of an opportunity assessment: maturity, readiness, the market's size and structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.drafting import row_sources
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.tools.analyze_market_concentration import (
    Concentration,
    analyze_market_concentration,
)
from experts.digital_business_think_tank.tools.assess_digital_maturity import Maturity, Score, assess_digital_maturity
from experts.digital_business_think_tank.tools.assess_technology_readiness import (
    Evidence,
    Readiness,
    assess_technology_readiness,
)
from experts.digital_business_think_tank.tools.count_customers import CustomerCounts, CustomerShare, count_customers
from experts.digital_business_think_tank.tools.size_market import MarketSize, Segment, TopDown, size_market

if TYPE_CHECKING:
    from experts.digital_business_think_tank.actions.innovation_opportunity_assessment import (
        Brief,
        Judgement,
        MaturityFacts,
    )


def check(brief: Brief) -> None:
    """Refuse a brief without maturity or segments, and evidence for an unknown initiative."""
    if not brief.maturity:
        raise InvalidInput("no dimension of digital maturity is answered; give at least one", field="maturity")
    if not brief.market.segments:
        raise InvalidInput("no segment of the market is given; give at least one", field="market.segments")
    for key, row in brief.evidence.items():
        if row.initiative not in brief.initiatives:
            raise InvalidInput(
                f"evidence.{key} is for {row.initiative!r}, which is no initiative"
                f"{did_you_mean(row.initiative, brief.initiatives)}",
                field=f"evidence.{key}.initiative",
            )


def maturity_of(sheet: Worksheet, brief: Brief) -> Maturity:
    """Maturity by the rubric."""
    try:
        return sheet.run(
            "maturity",
            {f"scores.{key}.weight": f"fact:maturity.{key}.weight" for key in brief.maturity},
            assess_digital_maturity,
            scores={key: _score(each) for key, each in brief.maturity.items()},
        )
    except InvalidInput as error:
        error.field = error.field.replace("scores", "maturity", 1)
        raise


def _score(facts: MaturityFacts) -> Score:
    evidence = (facts.evidence or "")[:500]
    return Score(level=facts.level, target=facts.target, evidence=evidence, weight=facts.weight)


def readiness_of(sheet: Worksheet, brief: Brief) -> dict[str, Readiness]:
    """Readiness of every initiative, by its evidence."""
    found = {}
    for at, (key, each) in enumerate(brief.initiatives.items()):
        rows = {row: item for row, item in brief.evidence.items() if item.initiative == key}
        try:
            found[key] = sheet.run(
                f"readiness_{at}",
                {"as_of": "fact:as_of", **row_sources("evidence.{}.day", "fact:evidence.{}.day", rows)},
                assess_technology_readiness,
                evidence=[
                    Evidence(criterion=item.criterion, source=item.source[:300], day=item.day) for item in rows.values()
                ],
                as_of=brief.as_of,
                claimed=each.claimed_trl,
            )
        except InvalidInput as error:
            number, _, name = error.field.removeprefix("evidence.").partition(".")
            if number.isdigit():
                error.field = f"evidence.{list(rows)[int(number)]}.{name}"
            raise
    return found


def market_of(sheet: Worksheet, brief: Brief, judgement: Judgement) -> tuple[MarketSize, CustomerCounts]:
    """The market from its segments, and the customers in it."""
    segments, published = brief.market.segments, brief.market.published
    shares = {
        f"segments.*.{name}": f"fact:market.segments.*.{name}" for name in ("customers", "reachable", "obtainable")
    }
    try:
        size = sheet.run(
            "market",
            {
                **shares,
                "segments.*.annual_value": "fact:market.segments.*.annual_value",
                **{
                    f"top_down.{name}": f"fact:market.published.{name}"
                    for name in ("total", "serviceable", "obtainable")
                },
                "uncertainty": "judgement:market_uncertainty",
            },
            size_market,
            segments={
                key: Segment(
                    customers=each.customers,
                    annual_value=each.annual_value,
                    reachable=each.reachable,
                    obtainable=each.obtainable,
                    source=(each.source or "")[:200],
                )
                for key, each in segments.items()
            },
            currency=brief.currency,
            top_down=None
            if published is None
            else TopDown(
                total=published.total,
                serviceable=published.serviceable,
                obtainable=published.obtainable,
                source=(published.source or "")[:200],
            ),
            uncertainty=judgement.market_uncertainty,
        )
        counts = sheet.run(
            "customers",
            shares,
            count_customers,
            segments={
                key: CustomerShare(customers=each.customers, reachable=each.reachable, obtainable=each.obtainable)
                for key, each in segments.items()
            },
        )
    except InvalidInput as error:
        if error.field.startswith(("segments", "top_down")):
            error.field = "market." + error.field.replace("top_down", "published", 1)
        raise
    return size, counts


def structure_of(sheet: Worksheet, brief: Brief) -> Concentration | None:
    """Concentration, where shares are given."""
    if not brief.market.shares:
        return None
    try:
        return sheet.run(
            "structure",
            {"shares.*": "fact:market.shares.*", "as_of": "fact:as_of"},
            analyze_market_concentration,
            shares=dict(brief.market.shares),
            as_of=brief.as_of,
        )
    except InvalidInput as error:
        error.field = {"shares": "market.shares"}.get(error.field, error.field)
        raise
