"""The figures investors ask a young company for, each with its formula, and what is missing for the others.

Runway = cash / net burn a month. Burn multiple = net burn / net new ARR, both of the same month (or averages of the same months). NRR = (start +
expansion - contraction - churned) / start; GRR leaves expansion out (so at most 1). CAC = sales and
marketing / new customers; payback in months = CAC / (revenue a customer a month x gross margin). Magic
number = (quarterly revenue now - before) x 4 / sales and marketing of the quarter before. Rule of 40 =
growth + profit margin. Sources: David Sacks, "The Burn Multiple" (2020); Skok, "SaaS Metrics 2.0";
Scale Venture Partners (magic number, 2008); Feld, "The Rule of 40" (2015).

Limits: thresholds that circulate are conventions, so none is applied except 0.40, which is in the name
of its rule. Periods must match: the tool cannot see whether they do.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units
from experts.core.quantities import Money, NonNegativeMoney, Rate, Ratio, Share, plain, round_to
from experts.digital_business_think_tank.tools._figures import Currency, Whole, small

Optional = Decimal | None


class Metric(Model):
    """One figure and how it came about."""

    name: str
    value: Ratio
    unit: str
    formula: str


class StartupMetrics(Model):
    """What could be computed, and what is missing for the rest."""

    metrics: list[Metric]
    missing: dict[str, list[str]]
    runway_months: Ratio | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def compute_startup_metrics(
    currency: Currency,
    cash: NonNegativeMoney | None = None,
    monthly_net_burn: Annotated[Money | None, Field(description="Negative: earns cash.")] = None,
    net_new_arr: Annotated[Money | None, Field(description="A month.")] = None,
    start_mrr: NonNegativeMoney | None = None,
    expansion_mrr: NonNegativeMoney = Decimal(0),
    contraction_mrr: NonNegativeMoney = Decimal(0),
    churned_mrr: NonNegativeMoney = Decimal(0),
    sales_marketing: Annotated[NonNegativeMoney | None, Field(description="Quarter before.")] = None,
    new_customers: Whole | None = None,
    revenue_per_customer: Annotated[NonNegativeMoney | None, Field(description="A month.")] = None,
    gross_margin: Share | None = None,
    revenue_quarter: NonNegativeMoney | None = None,
    revenue_quarter_before: NonNegativeMoney | None = None,
    revenue_growth: Annotated[Rate | None, Field(description="A year.")] = None,
    profit_margin: Rate | None = None,
) -> StartupMetrics:
    """Compute runway, burn multiple, NRR, GRR, CAC payback, magic number and rule of 40.

    Use when a startup reports or raises.
    """
    minor_units(currency)
    given: dict[str, Decimal | int | None] = {
        "cash": cash,
        "monthly_net_burn": monthly_net_burn,
        "net_new_arr": net_new_arr,
        "start_mrr": start_mrr,
        "sales_marketing": sales_marketing,
        "new_customers": new_customers,
        "revenue_per_customer": revenue_per_customer,
        "gross_margin": gross_margin,
        "revenue_quarter": revenue_quarter,
        "revenue_quarter_before": revenue_quarter_before,
        "revenue_growth": revenue_growth,
        "profit_margin": profit_margin,
    }
    for name, value in given.items():
        if isinstance(value, Decimal):
            small(value, name)
    if start_mrr is not None and contraction_mrr + churned_mrr > start_mrr:
        raise InvalidInput(
            f"contraction and churn of {plain(contraction_mrr + churned_mrr)} exceed the start of {plain(start_mrr)}; count only "
            "customers who were there at the start",
            field="churned_mrr",
        )
    if start_mrr is None and (expansion_mrr or contraction_mrr or churned_mrr):
        raise InvalidInput("start_mrr is missing for the retention figures; give it", field="start_mrr")
    metrics: list[Metric] = []
    missing: dict[str, list[str]] = {}
    warnings: list[str] = []

    def put(
        name: str, needs: list[str], unit: str, formula: str, compute: Callable[[], Decimal], divisor: Optional = None
    ) -> None:
        absent = [need for need in needs if given[need] is None]
        if absent:
            missing[name] = absent
        elif divisor is not None and divisor <= 0:
            warnings.append(f"{name} is undefined: it divides by {plain(divisor)} ({formula}).")
        else:
            value = small(compute(), name)
            metrics.append(Metric(name=name, value=round_to(value, 4), unit=unit, formula=formula))

    d = Decimal
    burn, start = monthly_net_burn or d(0), start_mrr or d(0)
    spent, won = sales_marketing or d(0), d(new_customers or 0)
    gain = (revenue_per_customer or d(0)) * (gross_margin or d(0))
    kept = start - contraction_mrr - churned_mrr
    put(
        "runway", ["cash", "monthly_net_burn"], "months", "cash / monthly net burn", lambda: (cash or d(0)) / burn, burn
    )
    put(
        "burn_multiple",
        ["monthly_net_burn", "net_new_arr"],
        "ratio",
        "net burn / net new ARR",
        lambda: burn / (net_new_arr or d(1)),
        net_new_arr,
    )
    put(
        "nrr",
        ["start_mrr"],
        "rate",
        "(start + expansion - contraction - churned) / start",
        lambda: (kept + expansion_mrr) / start,
        start,
    )
    put("grr", ["start_mrr"], "rate", "(start - contraction - churned) / start", lambda: kept / start, start)
    put(
        "cac",
        ["sales_marketing", "new_customers"],
        currency,
        "sales and marketing / new customers",
        lambda: spent / won,
        won,
    )
    put(
        "cac_payback",
        ["sales_marketing", "new_customers", "revenue_per_customer", "gross_margin"],
        "months",
        "CAC / (revenue a customer a month x gross margin)",
        lambda: spent / won / gain,
        min(won, gain),
    )
    put(
        "magic_number",
        ["revenue_quarter", "revenue_quarter_before", "sales_marketing"],
        "ratio",
        "(quarterly revenue - the one before) x 4 / sales and marketing of the quarter before",
        lambda: ((revenue_quarter or d(0)) - (revenue_quarter_before or d(0))) * 4 / spent,
        spent,
    )
    put(
        "rule_of_40",
        ["revenue_growth", "profit_margin"],
        "rate",
        "growth + profit margin",
        lambda: (revenue_growth or d(0)) + (profit_margin or d(0)),
    )
    if not metrics and not warnings:
        raise InvalidInput(
            "nothing to compute: give at least the facts of one figure, for example cash and monthly_net_burn",
            field="cash",
        )
    found = {metric.name: metric.value for metric in metrics}
    if "rule_of_40" in found:
        side = "reaches" if found["rule_of_40"] >= d("0.4") else "is below"
        warnings.append(f"Growth plus margin of {plain(found['rule_of_40'] * 100)} % {side} the 40 % of the rule.")
    if monthly_net_burn is not None and monthly_net_burn <= 0:
        warnings = [text for text in warnings if not text.startswith("runway")] + [
            "The company burns no cash: runway has no end."
        ]
    return StartupMetrics(
        metrics=metrics,
        missing=missing,
        runway_months=found.get("runway"),
        method="Each metric carries its formula; retention counts only customers of the start.",
        assumptions=["Burn stays as it is.", "Figures of one metric belong to the same period."],
        warnings=warnings,
    )
