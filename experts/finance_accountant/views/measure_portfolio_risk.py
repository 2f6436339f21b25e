"""Past returns as a histogram with value at risk and expected shortfall."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.measure_portfolio_risk import PortfolioRisk
from experts.finance_accountant.views._look import currency_of, money, number, percent, percent_axis, words


def view(result: PortfolioRisk, arguments: Mapping[str, Any]) -> View:
    """Loss figures and where the risk comes from."""
    currency, level = currency_of(arguments), percent(arguments.get("confidence"), 1).replace(".0%", "%")
    title = f"At {level} a period loses at most {money(result.var_historical, currency)} {currency} by history, {money(result.var_parametric, currency)} by the normal law"
    pairs = [
        ("Value at risk, historical", money(result.var_historical, currency)),
        ("Expected shortfall, historical", money(result.shortfall_historical, currency)),
        ("Value at risk, normal", money(result.var_parametric, currency)),
        ("Expected shortfall, normal", money(result.shortfall_parametric, currency)),
        ("Mean return a year", percent(result.mean_return, 2)),
        ("Volatility a year", percent(result.volatility, 2)),
        ("Sharpe ratio", number(result.sharpe)),
        (
            "Largest drawdown",
            f"{percent(result.max_drawdown, 2)} (periods {result.drawdown_from} to {result.drawdown_to})",
        ),
    ]
    tables = [
        grid(
            f"Figures, {currency}",
            {"name": ("Figure", "text"), "value": ("Value", "money")},
            [{"name": n, "value": v} for n, v in pairs if v],
        )
    ]
    if len(result.risk_shares) > 1:
        rows = [{"asset": words(key), "share": percent(share)} for key, share in result.risk_shares.items()]
        tables.append(
            grid("Where the variance comes from", {"asset": ("Asset", "text"), "share": ("Share", "rate")}, rows)
        )
    return View(
        title=title,
        blocks=document(
            Picture(picture="returns", title=title, alt=f"Distribution of past returns. {title}."),
            *tables,
            *closing(result),
        ),
        pictures={"returns": _chart(result, arguments, title)},
    )


def _chart(result: PortfolioRisk, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import GRID, INK, SECOND, figure, svg

    value = float(arguments["value"]) or 1.0
    with figure(9, 4.4, title) as (made, axes):
        axes.hist(
            [float(r) for r in result.returns],
            bins=min(40, max(8, result.periods // 8)),
            color="#A9C5DC",
            edgecolor="white",
        )
        for loss, color, style, name in (
            (result.var_historical, INK, "-", "Historical VaR"),
            (result.shortfall_historical, INK, ":", "Historical shortfall"),
            (result.var_parametric, SECOND, "-", "Normal VaR"),
            (result.shortfall_parametric, SECOND, ":", "Normal shortfall"),
        ):
            axes.axvline(-float(loss) / value, color=color, linestyle=style, linewidth=1.6, label=name)
        axes.set_xlabel("Return of a period")
        axes.set_ylabel("Periods")
        axes.yaxis.get_major_locator().set_params(integer=True)
        percent_axis(axes.xaxis)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, ncols=4, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.14))
        return svg(made)
