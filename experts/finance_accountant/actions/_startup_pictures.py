"""Pictures of a financial plan: cash with and without investors, revenue against costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experts.finance_accountant.actions.financial_planning_and_funding_strategy import Brief, Output


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """Two charts by month."""
    return {"plan_cash": _cash(brief, output), "plan_profit": _profit(brief, output)}


def _scale(values: list[float]) -> tuple[float, str]:
    top = max((abs(value) for value in values), default=0.0)
    return (1e6, "million ") if top >= 2e6 else (1e3, "thousand ") if top >= 2e3 else (1.0, "")


def _axis(axes: Any, output: Output) -> None:
    from experts.core import charts

    months = list(output.months.values())
    step = max(1, len(months) // 12)
    axes.set_xticks(range(0, len(months), step), [f"{m.begins:%b %y}" for m in months[::step]])
    axes.yaxis.grid(True, color=charts.GRID)
    axes.set_axisbelow(True)
    axes.axhline(0, color=charts.MUTED, linewidth=1)


def _cash(brief: Brief, output: Output) -> str:
    from experts.core import charts

    months = list(output.months.values())
    cash = [float(month.cash) for month in months]
    given, bare = 0.0, []
    for month in months:
        given += float(month.safe_money + month.round_money)
        bare.append(float(month.cash) - given)
    unit, word = _scale(cash + bare)
    low = output.lowest_cash_month
    title = f"Cash is lowest in {low:%B %Y}; without investors {_short(output.funding_need)} {brief.currency} would be missing"
    if not output.funding_need:
        title = f"Cash is lowest in {low:%B %Y} and stays above the least balance without investors"
    with charts.figure(9.4, 4.4, title) as (made, axes):
        axes.plot([v / unit for v in cash], color=charts.ACCENT, linewidth=2.2, label="Cash as planned")
        if any(a != b for a, b in zip(cash, bare, strict=True)):
            axes.plot(
                [v / unit for v in bare],
                color=charts.SECOND,
                linewidth=1.8,
                linestyle="--",
                label="Without SAFEs and rounds",
            )
        for number, month in enumerate(months):
            money = month.safe_money + month.round_money
            if money:
                axes.annotate(
                    f"+{_short(money)}",
                    (number, cash[number] / unit),
                    xytext=(0, 8),
                    textcoords="offset points",
                    ha="center",
                    fontsize=9,
                    color=charts.INK,
                )
        axes.margins(y=0.14)
        _axis(axes, output)
        axes.set_ylabel(f"{word}{brief.currency}")
        made.legend(loc="outside lower left", ncols=2, frameon=False, fontsize=9)
        return charts.svg(made)


def _profit(brief: Brief, output: Output) -> str:
    from experts.core import charts

    months = list(output.months.values())
    revenue = [float(m.revenue + m.other_income) for m in months]
    costs = [float(m.cost_of_sales + m.payroll + m.operating + m.marketing + m.depreciation + m.tax) for m in months]
    net = [float(m.net_income) for m in months]
    unit, word = _scale(revenue + costs)
    title = "Costs stay above revenue through the plan"
    if output.profit_from is not None:
        title = f"Revenue covers costs from {output.profit_from:%B %Y} on"
    with charts.figure(9.4, 4.2, title) as (made, axes):
        places = range(len(months))
        axes.bar(
            [p - 0.2 for p in places], [v / unit for v in revenue], 0.4, color=charts.ACCENT, label="Revenue and grants"
        )
        axes.bar([p + 0.2 for p in places], [v / unit for v in costs], 0.4, color=charts.SECOND, label="All costs")
        axes.plot(list(places), [v / unit for v in net], color=charts.INK, linewidth=1.6, label="Net income")
        _axis(axes, output)
        axes.set_ylabel(f"{word}{brief.currency} a month")
        made.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        return charts.svg(made)


def _short(value: Any) -> str:
    number = float(value)
    if abs(number) >= 1e6:
        return f"{number / 1e6:,.2f} million"
    return f"{number:,.0f}"
