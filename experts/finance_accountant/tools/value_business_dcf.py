"""Enterprise and equity value of a business by discounted free cash flow, with a sensitivity grid.

Enterprise value = sum of FCF_t / (1 + WACC)^t + terminal value discounted like the last flow's
year-end; terminal value = last FCF * (1 + g) / (WACC - g) (Gordon growth). Equity = enterprise
value - net debt. With timing 'mid' flows fall half a year earlier and so does the terminal value
of Gordon growth. The grid moves WACC and g by one and half a point. Source: Koller, Goedhart &
Wessels, Valuation (McKinsey), chapters on DCF and continuing value.

With the firm's metrics (revenue, ebitda, net_income …) and the peers' multiples of the same names,
the quartiles of the multiples (Excel's QUARTILE.INC) give ranges of equity beside it: net_income and
book_equity directly, every other metric by enterprise value less net debt.

Limits: the value is no better than the forecast, WACC and g; read the grid, not one number. No
control premium, illiquidity discount, options or minority interests; no multiples are looked up.
"""

from decimal import Decimal, localcontext
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, Rate, Ratio, Share, plain, round_to
from experts.finance_accountant.tools._cash_flows import PRECISE, present_value
from experts.finance_accountant.tools._curves import LARGEST
from experts.finance_accountant.tools._multiples import MultipleRange, ranges_of


class GridCell(Model):
    """Equity value at another WACC and growth."""

    wacc: Rate
    growth: Rate
    equity: Money


class BusinessValue(Model):
    """Money in the given currency."""

    present_value_of_flows: Money
    present_value_of_terminal: Money
    terminal_share: Annotated[Rate | None, Field(description="Of the enterprise value.")] = None
    enterprise_value: Money
    equity_value: Money
    equity_low: Money
    equity_high: Money
    grid: list[GridCell]
    multiples: Annotated[dict[Key, MultipleRange], Field(description="By the peers' quartiles, beside the DCF.")] = {}
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def value_business_dcf(
    free_cash_flows: Annotated[list[Money], Field(min_length=1, max_length=30)],
    wacc: Share,
    growth: Annotated[Rate, Field(description="For ever after.")],
    net_debt: Money,
    currency: str,
    timing: Literal["end", "mid"] = "end",
    metrics: Annotated[dict[Key, Money] | None, Field(max_length=10)] = None,
    multiples: Annotated[dict[Key, list[Ratio]] | None, Field(max_length=10)] = None,
) -> BusinessValue:
    """DCF value, sensitivity grid, peers' multiples.

    Use when free cash flow is forecast.
    """
    if not Decimal("-0.5") <= growth < wacc:
        raise InvalidInput(
            f"growth {plain(growth)!r} must be at least -0.5 and below wacc {plain(wacc)!r}, or the terminal value has "
            "no end; lower growth",
            field="growth",
        )
    if free_cash_flows[-1] <= 0:
        raise InvalidInput(
            f"the last free cash flow {plain(free_cash_flows[-1])!r} is not positive, so it cannot grow for ever; "
            "forecast until it is",
            field="free_cash_flows",
        )
    with localcontext(PRECISE):
        flows, terminal = _parts(free_cash_flows, wacc, growth, timing)
        size = sum(map(abs, free_cash_flows), abs(net_debt)) + terminal
        if size >= LARGEST:
            raise InvalidInput(
                f"the terminal value {terminal:.3e} or the flows are out of range; use thousands or lower growth",
                field="growth",
            )
        grid = []
        for step in ("-0.01", "0", "0.01"):
            for lean in ("-0.005", "0", "0.005"):
                rate, rise = wacc + Decimal(step), growth + Decimal(lean)
                if rise < rate and rate >= 0:
                    value = sum(_parts(free_cash_flows, rate, rise, timing)) - net_debt
                    if abs(value) < LARGEST:
                        grid.append(GridCell(wacc=rate, growth=rise, equity=round_money(value, currency)))
        compared, said = ranges_of(metrics or {}, multiples or {}, net_debt, currency)
        now = round_money(flows, currency)
        later = round_money(flows + terminal, currency) - now
        share = terminal / (flows + terminal) if flows + terminal > 0 else None
        equity = round_money(now + later - net_debt, currency)
        values = [cell.equity for cell in grid] + [equity]
        return BusinessValue(
            present_value_of_flows=now,
            present_value_of_terminal=later,
            terminal_share=None if share is None or share >= LARGEST else round_to(share, 6),
            enterprise_value=now + later,
            equity_value=equity,
            equity_low=min(values),
            equity_high=max(values),
            grid=grid,
            multiples=compared,
            method="DCF: FCF discounted at WACC, "
            + ("year ends" if timing == "end" else "middle of each year")
            + "; terminal value = last FCF*(1 + g)/(WACC - g), discounted like the last flow (Koller, Goedhart & "
            "Wessels, Valuation).",
            assumptions=["Flows, WACC and growth are the user's; after the last year FCF grows at one rate for ever."],
            warnings=_warnings(share, equity, len(grid)) + said,
        )


def _parts(flows: list[Decimal], wacc: Decimal, growth: Decimal, timing: str) -> tuple[Decimal, Decimal]:
    early = 1 if timing == "mid" else 0
    placed = [(2 * year - early, flow) for year, flow in enumerate(flows, 1)]
    terminal = flows[-1] * (1 + growth) / (wacc - growth)
    return present_value(placed, wacc), present_value([(placed[-1][0], terminal)], wacc)


def _warnings(share: Decimal | None, equity: Decimal, cells: int) -> list[str]:
    found = []
    if share is not None and share > Decimal("0.75"):
        found.append("More than three quarters of the value lies after the forecast.")
    if equity < 0:
        found.append("Net debt exceeds the enterprise value.")
    if cells < 9:
        found.append("Where growth would reach WACC the grid is empty, so the value is very sensitive to both.")
    return found
