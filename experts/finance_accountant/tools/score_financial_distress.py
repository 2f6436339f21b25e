"""Altman's Z, Z' and Z'' of financial distress.

Z (public manufacturers, Altman 1968) = 1.2 X1 + 1.4 X2 + 3.3 X3 + 0.6 X4 + 1.0 X5, X4 with the
market value of equity; distress below 1.81, safe above 2.99. Z' (private firms, Altman 1983) =
0.717 X1 + 0.847 X2 + 3.107 X3 + 0.420 X4 + 0.998 X5, X4 with book equity; 1.23 and 2.90. Z''
(non-manufacturers, Altman 1995) = 6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4, book equity; 1.10 and
2.60. X1 working capital, X2 retained earnings, X3 EBIT, X5 sales, each to total assets; X4 equity
to total liabilities. Source: Altman, Predicting Financial Distress of Companies: Revisiting the
Z-Score and ZETA Models, 2000.

Limits: not meant for banks and insurers; fitted to samples of decades ago; a zone is a screen, no
probability and no verdict.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Money, NonNegativeMoney, Ratio, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE
from experts.finance_accountant.tools._curves import LARGEST

Variant = Literal["z_general", "z", "z_private"]

_WEIGHTS: dict[str, tuple[str, str, str, str, str]] = {
    "z": ("1.2", "1.4", "3.3", "0.6", "1.0"),
    "z_private": ("0.717", "0.847", "3.107", "0.420", "0.998"),
    "z_general": ("6.56", "3.26", "6.72", "1.05", "0"),
}
_CUTS = {"z": ("1.81", "2.99"), "z_private": ("1.23", "2.90"), "z_general": ("1.10", "2.60")}
_NAMES = {"z": "Z (Altman 1968)", "z_private": "Z' (Altman 1983)", "z_general": "Z'' (Altman 1995)"}


class Part(Model):
    """A ratio, its weight, and their product."""

    ratio: Ratio
    weight: Ratio
    points: Ratio


class Distress(Model):
    """The score between the two cut-offs is grey: the model does not tell."""

    score: Ratio
    zone: Literal["distress", "grey", "safe"]
    distress_below: Ratio
    safe_above: Ratio
    parts: dict[Key, Part]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def score_financial_distress(
    working_capital: Money,
    retained_earnings: Money,
    ebit: Money,
    total_assets: NonNegativeMoney,
    total_liabilities: NonNegativeMoney,
    equity: Annotated[Money, Field(description="z: market; else book.")],
    sales: NonNegativeMoney = Decimal(0),
    variant: Annotated[Variant, Field(description="z: listed, z_private: private manufacturer.")] = "z_general",
) -> Distress:
    """Altman's Z, Z' or Z'' with zone.

    Use when solvency is screened.
    """
    for amount, field in ((total_assets, "total_assets"), (total_liabilities, "total_liabilities")):
        if amount <= 0:
            raise InvalidInput(
                f"{field} {plain(amount)!r} must be above zero, because the score divides by it; check the balance "
                "sheet",
                field=field,
            )
    if variant != "z_general" and sales <= 0:
        raise InvalidInput(
            f"sales {plain(sales)!r} must be above zero for variant {variant!r}; give a year's sales or use 'z_general'",
            field="sales",
        )
    with localcontext(PRECISE):
        ratios = {
            "working_capital_to_assets": working_capital / total_assets,
            "retained_earnings_to_assets": retained_earnings / total_assets,
            "ebit_to_assets": ebit / total_assets,
            "equity_to_liabilities": equity / total_liabilities,
            "sales_to_assets": sales / total_assets,
        }
        weights = dict(zip(ratios, map(Decimal, _WEIGHTS[variant]), strict=True))
        if variant == "z_general":
            del ratios["sales_to_assets"]
        score = sum((ratio * weights[key] for key, ratio in ratios.items()), Decimal(0))
        worst = max(ratios.values(), key=abs)
        if abs(worst) * 10 >= LARGEST:
            raise InvalidInput(
                f"total_assets {plain(total_assets)!r} or total_liabilities {plain(total_liabilities)!r} is tiny "
                "beside the other figures; check that all are in one unit",
                field="total_assets",
            )
        low, high = map(Decimal, _CUTS[variant])
        return Distress(
            score=round_to(score, 4),
            zone="distress" if score < low else "safe" if score > high else "grey",
            distress_below=low,
            safe_above=high,
            parts={
                key: Part(ratio=round_to(ratio, 6), weight=weights[key], points=round_to(ratio * weights[key], 6))
                for key, ratio in ratios.items()
            },
            method=f"{_NAMES[variant]}: weighted sum of ratios; zones as published (Altman, Predicting Financial "
            "Distress of Companies, 2000).",
            assumptions=[f"The firm is of the kind that {_NAMES[variant]} was fitted to, and is no bank or insurer."],
            warnings=["Equity is negative, so liabilities exceed assets."] if equity < 0 else [],
        )
