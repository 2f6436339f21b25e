"""Two more views of a decision about a technology: the real option, and what rivals are said to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.drafting import row_sources
from experts.core.errors import InvalidInput
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.tools.collect_competitive_intel import (
    Claim,
    IntelMatrix,
    collect_competitive_intel,
)
from experts.digital_business_think_tank.tools.value_real_option import RealOption, value_real_option

if TYPE_CHECKING:
    from experts.digital_business_think_tank.actions.competitive_advantage_analysis import Brief


def real_option_of(sheet: Worksheet, brief: Brief) -> RealOption | None:
    """The right to wait, extend or end, where the brief describes one."""
    facts = brief.real_option
    if facts is None:
        return None
    names = {
        "value": "value",
        "cost": "cost",
        "years": "years",
        "rate": "risk_free_rate",
        "volatility": "volatility",
        "leakage": "lost_by_waiting",
    }
    try:
        return sheet.run(
            "real_option",
            {argument: f"fact:real_option.{name}" for argument, name in names.items()},
            value_real_option,
            value=facts.value,
            cost=facts.cost,
            years=facts.years,
            rate=facts.risk_free_rate,
            currency=brief.currency,
            kind=facts.kind,
            volatility=facts.volatility,
            leakage=facts.lost_by_waiting,
        )
    except InvalidInput as error:
        error.field = f"real_option.{names.get(error.field, error.field)}" if error.field else "real_option"
        raise


def rivals_of(sheet: Worksheet, brief: Brief) -> IntelMatrix | None:
    """Claims about rivals as a matrix, where the brief has any."""
    if not brief.claims:
        return None
    try:
        return sheet.run(
            "rivals",
            {"as_of": "fact:as_of", **row_sources("claims.{}.day", "fact:claims.{}.day", brief.claims)},
            collect_competitive_intel,
            claims=[Claim(**dict(claim)) for claim in brief.claims.values()],
            as_of=brief.as_of,
        )
    except InvalidInput as error:
        number, _, name = error.field.removeprefix("claims.").partition(".")
        if number.isdigit():
            error.field = f"claims.{list(brief.claims)[int(number)]}.{name}"
        raise
