"""The pictures of an investment case: cash by month against funding, value by scenario, what the value depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experts.finance_accountant.actions._case import Case
    from experts.finance_accountant.actions._case_models import CaseOutput

MOST_DRIVERS = 12


def pictures_of(case: Case, output: CaseOutput) -> dict[str, str]:
    """Cumulative cash by scenario, NPV by scenario, tornado."""
    found = {"case-cash": _cash(case, output), "case-tornado": _tornado(case, output)}
    if len(output.scenarios) > 1:
        found["case-npv"] = _values(case, output)
    return found


def _cash(case: Case, output: CaseOutput) -> str:
    from matplotlib import dates

    from experts.core.charts import GRID, INK, MUTED, SERIES, figure, shorten, svg
    from experts.finance_accountant.views._look import money_axis

    calendar: Any = dates
    days = [calendar.date2num(day) for day in case.flows.ends]
    base = output.scenarios[output.base]
    need = f"{_short(base.funding_need)} {case.currency}"
    title = f"Cash since the start, by month: {shorten(base.label, 32)} needs {need} at its deepest"
    with figure(9.4, 4.8, title) as (made, axes):
        order = [output.base, *(key for key in output.scenarios if key != output.base)]
        for at, key in enumerate(order):
            each = output.scenarios[key]
            axes.plot(
                days,
                [float(month.running) for month in each.months.values()],
                color=SERIES[at % len(SERIES)],
                linewidth=2.4 if key == output.base else 1.5,
                label=shorten(each.label, 40),
            )
        if output.funding is not None:
            axes.step(
                days,
                [-float(month.available) for month in output.funding.months.values()],
                where="post",
                color=MUTED,
                linestyle=(0, (4, 3)),
                linewidth=1.4,
                label="Committed funding (limit)",
            )
        axes.axhline(0, color=INK, linewidth=0.8)
        locator = calendar.AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(calendar.ConciseDateFormatter(locator))
        money_axis(axes.yaxis)
        axes.set_ylabel(f"Running sum, {case.currency}")
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        made.legend(frameon=False, fontsize=9, loc="outside lower center", ncols=3)
        return svg(made)


def _values(case: Case, output: CaseOutput) -> str:
    from experts.core.charts import INK, SECOND, THIRD, figure, shorten, svg
    from experts.finance_accountant.views._look import money_axis

    keys = sorted(output.scenarios, key=lambda key: output.scenarios[key].npv)
    worst, best = output.scenarios[keys[0]], output.scenarios[keys[-1]]
    low, high = (f"{_short(each.npv)} ({shorten(each.label, 32)})" for each in (worst, best))
    title = f"Net present value from {low} to {high}, in {case.currency}"
    with figure(8.6, 1.6 + 0.5 * len(keys), title) as (made, axes):
        for at, key in enumerate(keys):
            each = output.scenarios[key]
            axes.barh(at, float(each.npv), color=THIRD if each.npv >= 0 else SECOND, height=0.55)
            _note(axes, float(each.npv), at, f"{each.npv:,.0f}")
        axes.set_yticks(range(len(keys)), [_named(output, key, shorten) for key in keys])
        axes.axvline(0, color=INK, linewidth=0.8)
        if output.expected_npv is not None:
            axes.axvline(float(output.expected_npv), color=INK, linestyle=(0, (4, 3)), linewidth=1.2)
            axes.annotate(
                f"expected {_short(output.expected_npv)}", (float(output.expected_npv), len(keys) - 0.45),
                ha="center", va="bottom", fontsize=9, color=INK,
            )  # fmt: skip
            axes.set_ylim(-0.6, len(keys) - 0.1)
        axes.margins(x=0.22)
        money_axis(axes.xaxis)
        axes.set_xlabel(f"NPV, {case.currency}")
        return svg(made)


def _named(output: CaseOutput, key: str, shorten: Any) -> str:
    each = output.scenarios[key]
    chance = "" if each.probability is None else f" ({float(each.probability) * 100:g}%)"
    return f"{shorten(each.label, 30)}{chance}"


def _tornado(case: Case, output: CaseOutput) -> str:
    from experts.core.charts import ACCENT, INK, SECOND, figure, shorten, svg
    from experts.finance_accountant.views._look import money_axis

    bars = [(each.label, each.low, each.high, "smaller", "larger") for each in output.drivers.values()]
    rate = output.required_return
    bars.append(("Required return", rate.low, rate.high, "lower", "higher"))
    bars.sort(key=lambda bar: -abs(bar[2] - bar[1]))
    bars = bars[:MOST_DRIVERS]
    middle = output.scenarios[output.base].npv
    title = f"What the value depends on: {bars[0][0]} moves it most"
    with figure(9.0, 1.7 + 0.42 * len(bars), title) as (made, axes):
        for at, (_, low, high, _, _) in enumerate(bars):
            for value, color in ((low, SECOND), (high, ACCENT)):
                axes.barh(at, float(value - middle), left=float(middle), color=color, height=0.55)
                _note(axes, float(value), at, _short(value), right=value >= middle)
        axes.set_yticks(range(len(bars)), [shorten(bar[0], 34) for bar in bars])
        axes.invert_yaxis()
        axes.axvline(float(middle), color=INK, linewidth=0.8)
        axes.margins(x=0.16)
        money_axis(axes.xaxis)
        axes.set_xlabel(f"NPV of the base scenario, {case.currency} (red: the amount is smaller, blue: it is larger)")
        return svg(made)


def _note(axes: Any, value: float, at: float, said: str, right: bool | None = None) -> None:
    from experts.core.charts import INK

    side = 1 if (value >= 0 if right is None else right) else -1
    axes.annotate(
        said,
        (value, at),
        xytext=(4 * side, 0),
        textcoords="offset points",
        va="center",
        ha="left" if side > 0 else "right",
        fontsize=9,
        color=INK,
    )


def _short(value: Any) -> str:
    from experts.finance_accountant.views._look import compact

    return compact(round(float(value), -3)) if abs(value) >= 10_000 else f"{value:,.0f}"
