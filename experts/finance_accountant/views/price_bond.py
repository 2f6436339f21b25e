"""The price of a bond over yields, with its duration line."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.price_bond import BondPrice
from experts.finance_accountant.views._look import money, number, percent, percent_axis, shown


def view(result: BondPrice, arguments: Mapping[str, Any]) -> View:
    """Price, yield and risk figures with the curve."""
    title = f"Clean price {number(result.clean_price, 4)} at {percent(result.yield_rate, 3)}; one point of yield moves it by about {number(result.modified_duration, 2)}%"
    pairs = [
        ("Clean price", number(result.clean_price, 6)),
        ("Accrued interest", number(result.accrued_interest, 6)),
        ("Dirty price", number(result.dirty_price, 6)),
        ("Yield to maturity", percent(result.yield_rate, 6)),
        ("Market value", money(result.market_value, "USD")),
        ("Macaulay duration, years", number(result.macaulay_duration, 4)),
        ("Modified duration", number(result.modified_duration, 4)),
        ("Convexity", number(result.convexity, 4)),
        ("Value of a basis point, per 100", shown(result.value_of_basis_point)),
        ("Coupons left", str(result.coupons_left)),
        ("Next coupon", str(result.next_coupon)),
    ]
    columns = {"name": ("Figure", "text"), "value": ("Value", "ratio")}
    curve = [{"yield": percent(p.yield_rate, 2), "price": number(p.clean_price, 4)} for p in result.curve]
    return View(
        title=title,
        subtitle=f"{percent(arguments['coupon_rate'], 3)} due {arguments['maturity']}, settled {arguments['settlement']}",
        blocks=document(
            Picture(picture="curve", title=title, alt=f"Clean price by yield. {title}."),
            grid("Figures, per 100 of face value", columns, [{"name": n, "value": v} for n, v in pairs]),
            grid("Price by yield", {"yield": ("Yield", "rate"), "price": ("Clean price", "ratio")}, curve),
            *closing(result),
        ),
        pictures={"curve": _curve(result, title)},
    )


def _curve(result: BondPrice, title: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, SECOND, figure, svg

    rates = [float(point.yield_rate) for point in result.curve]
    prices = [float(point.clean_price) for point in result.curve]
    at, price = float(result.yield_rate), float(result.clean_price)
    slope = -float(result.modified_duration * result.dirty_price)
    with figure(9, 4.4, title) as (made, axes):
        axes.plot(rates, prices, color=ACCENT, label="Clean price")
        axes.plot(
            rates, [price + slope * (rate - at) for rate in rates], color=SECOND, linestyle="--", label="Duration alone"
        )
        axes.plot([at], [price], marker="o", color=INK, linestyle="none", label="Now")
        axes.set_xlabel("Yield to maturity, a year")
        axes.set_ylabel("Clean price, per 100")
        percent_axis(axes.xaxis)
        axes.grid(color=GRID, linewidth=0.6)
        axes.legend(frameon=False)
        return svg(made)
