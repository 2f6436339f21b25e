"""The forecast as a fan chart with its history, and the backtest that speaks for the method."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools._periods import ordered
from experts.finance_accountant.tools.forecast_series import SeriesForecast
from experts.finance_accountant.views._look import money_axis, number, percent, shown, words

_SHOWN = 60


def view(result: SeriesForecast, arguments: Mapping[str, Any]) -> View:
    """Fan chart, the periods ahead, and the errors of every method over the periods held out."""
    last, first = result.forecast[-1], result.forecast[0]
    title = (
        f"{_named(result.method_used)} forecasts {shown(first.value)} for {first.period} and {shown(last.value)} for "
        f"{last.period} ({shown(last.low)} to {shown(last.high)})"
    )
    columns = {
        "period": ("Period", "text"),
        "value": ("Forecast", "ratio"),
        "low": (f"Low, {percent(result.level, 0)}", "ratio"),
        "high": ("High", "ratio"),
    }
    rows = [
        {"period": p.period, "value": shown(p.value), "low": shown(p.low), "high": shown(p.high)}
        for p in result.forecast
    ]
    tests = [
        {
            "method": _named(name),
            "mae": shown(score.mean_absolute_error),
            "mape": percent(score.mape),
            "mase": number(score.mase, 3),
        }
        for name, score in result.backtest.items()
    ]
    heads = {
        "method": ("Method", "text"),
        "mae": ("Mean absolute error", "ratio"),
        "mape": ("MAPE", "rate"),
        "mase": ("MASE (below 1 beats naive)", "ratio"),
    }
    tables = [grid("Forecast", columns, rows)]
    if tests:
        tables.append(grid(f"Backtest on the last {result.held_out} periods", heads, tests))
    return View(
        title=title,
        blocks=document(
            Picture(picture="fan", title=title, alt=f"History and forecast with interval. {title}."),
            *tables,
            *closing(result),
        ),
        pictures={"fan": _fan(result, arguments, title)},
    )


def _named(method: str) -> str:
    return "Seasonal ARIMA" if method == "arima" else words(method).replace("Holt Winters", "Holt-Winters")


def _fan(result: SeriesForecast, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, figure, svg

    keys, _ = ordered(list(arguments["history"]))
    keys = keys[-_SHOWN:]
    past = [float(arguments["history"][key]) for key in keys]
    ahead = range(len(keys), len(keys) + len(result.forecast))
    with figure(9, 4.6, title) as (made, axes):
        axes.plot(range(len(keys)), past, color=INK, label="History")
        axes.fill_between(
            ahead,
            [float(p.low) for p in result.forecast],
            [float(p.high) for p in result.forecast],
            color="#A9C5DC",
            label=f"{percent(result.level, 0)} interval",
        )
        axes.plot(
            ahead, [float(p.value) for p in result.forecast], color=ACCENT, marker="o", markersize=3, label="Forecast"
        )
        names = [*keys, *(p.period for p in result.forecast)]
        step = max(1, len(names) // 8)
        axes.set_xticks(range(0, len(names), step), names[::step])
        axes.set_ylabel("Value, unit of the history")
        money_axis(axes.yaxis)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.1))
        return svg(made)
