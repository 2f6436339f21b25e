"""The NPV profile over discount rates, and a tornado of what the net present value depends on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Picture
from experts.core.errors import InvalidInput
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.evaluate_investment import Investment, evaluate_investment
from experts.finance_accountant.views._look import (
    bounds,
    compact,
    currency_of,
    money,
    money_axis,
    number,
    percent,
    percent_axis,
)

_STEP = Decimal("0.1")
_POINT = Decimal("0.01")


def view(result: Investment, arguments: Mapping[str, Any]) -> View:
    """Figures, the profile and the tornado."""
    currency = currency_of(arguments)
    adds = "adds" if result.npv >= 0 else "destroys"
    title = f"The investment {adds} {money(abs(result.npv), currency)} {currency} at {percent(arguments['rate'], 2)}"
    if result.irr is not None:
        title += f"; its return is {percent(result.irr, 2)}"
    elif result.irr_all:
        title += f"; it has {len(result.irr_all)} rates of return"
    time = "years" if arguments.get("dates") else "periods"
    pairs = [
        ("Net present value", money(result.npv, currency)),
        ("Internal rate of return", ", ".join(percent(rate, 4) for rate in result.irr_all) or "none"),
        ("Modified IRR", percent(result.mirr, 4)),
        ("Profitability index", number(result.profitability_index, 4)),
        (f"Payback, {time}", number(result.payback_periods)),
        (f"Discounted payback, {time}", number(result.discounted_payback_periods)),
    ]
    rows = [{"name": name, "value": value} for name, value in pairs if value]
    swings = _swings(result, dict(arguments))
    heads = {"name": ("If this changes", "text"), "low": ("NPV, lower", "money"), "high": ("NPV, higher", "money")}
    moved = [{"name": n, "low": money(a, currency), "high": money(b, currency)} for n, a, b in swings]
    return View(
        title=title,
        blocks=document(
            Picture(picture="profile", title=title, alt=f"Net present value by discount rate. {title}."),
            grid(f"Figures, {currency}", {"name": ("Figure", "text"), "value": ("Value", "money")}, rows),
            Picture(
                picture="tornado",
                title="What the value depends on",
                alt="Net present value with one input changed at a time.",
            ),
            grid("One change at a time", heads, moved),
            *closing(result),
        ),
        pictures={
            "profile": _profile(result, dict(arguments), title, currency),
            "tornado": _tornado(result, swings, currency),
        },
    )


def _npv(arguments: dict[str, Any], **changes: Any) -> Decimal | None:
    try:
        return evaluate_investment(**{**arguments, **changes}).npv
    except InvalidInput:
        return None


def _swings(result: Investment, arguments: dict[str, Any]) -> list[tuple[str, Decimal, Decimal]]:
    """Receipts and outlays a tenth lower and higher, the rate a point; largest swing first."""
    flows, rate = arguments["flows"], arguments["rate"]

    def scaled(sign: int, by: Decimal) -> list[Decimal]:
        return [flow * (1 + by) if flow * sign > 0 else flow for flow in flows]

    tried = [
        (
            "Receipts, 10% less or more",
            _npv(arguments, flows=scaled(1, -_STEP)),
            _npv(arguments, flows=scaled(1, _STEP)),
        ),
        (
            "Outlays, 10% less or more",
            _npv(arguments, flows=scaled(-1, -_STEP)),
            _npv(arguments, flows=scaled(-1, _STEP)),
        ),
        (
            "Discount rate, one point less or more",
            _npv(arguments, rate=max(rate - _POINT, Decimal(0))),
            _npv(arguments, rate=rate + _POINT),
        ),
    ]
    found = [(name, low, high) for name, low, high in tried if low is not None and high is not None]
    return sorted(found, key=lambda item: -abs(item[2] - item[1]))


def _profile(result: Investment, arguments: dict[str, Any], title: str, currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, SECOND, figure, svg

    roots = [rate for rate in result.irr_all if 0 <= rate <= 3]
    top = max([arguments["rate"] * 2, Decimal("0.2"), *(rate * Decimal("1.25") for rate in roots)])
    top = min(top, Decimal(10))
    rates = [top * at / 60 for at in range(61)]
    values = [_npv(arguments, rate=rate) for rate in rates]
    shown = [(float(rate), float(value)) for rate, value in zip(rates, values, strict=True) if value is not None]
    with figure(9, 4.4, title) as (made, axes):
        axes.plot([rate for rate, _ in shown], [value for _, value in shown], color=ACCENT)
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.plot(
            [float(arguments["rate"])],
            [float(result.npv)],
            marker="o",
            color=SECOND,
            linestyle="none",
            label="At the discount rate",
        )
        if roots:
            axes.plot(
                [float(r) for r in roots],
                [0] * len(roots),
                marker="D",
                color=INK,
                linestyle="none",
                label="Internal rate of return",
            )
        axes.set_xlabel("Discount rate")
        axes.set_ylabel(f"Net present value, {currency}")
        percent_axis(axes.xaxis)
        money_axis(axes.yaxis)
        axes.grid(color=GRID, linewidth=0.6)
        axes.legend(frameon=False)
        return svg(made)


def _tornado(result: Investment, swings: list[tuple[str, Decimal, Decimal]], currency: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, SECOND, figure, svg

    base = float(result.npv)
    widest = max((abs(high - low) for _, low, high in swings), default=Decimal(0))
    name = swings[0][0].split(",")[0].lower() if swings else ""
    title = f"Net present value depends most on {name}" if name else "Nothing to vary"
    with figure(9, 1.9 + 0.5 * max(len(swings), 1), title) as (made, axes):
        for at, (_, low, high) in enumerate(swings):
            near = abs(high - low) < widest / 10
            for value, color in ((low, SECOND), (high, ACCENT)):
                axes.barh(at, float(value) - base, left=base, color=color, height=0.55)
                if near and value != max(low, high):
                    continue
                axes.annotate(
                    money(value, currency) if widest < 10_000_000 else compact(float(value)),
                    (float(value), at),
                    xytext=(5 if float(value) >= base else -5, 0),
                    textcoords="offset points",
                    va="center",
                    ha="left" if float(value) >= base else "right",
                    fontsize=9,
                )
        axes.axvline(base, color=INK, linewidth=1)
        axes.set_yticks(range(len(swings)), [name for name, _, _ in swings])
        axes.invert_yaxis()
        ends = [value for _, low, high in swings for value in (low, high)] or [result.npv]
        bounds(axes, ends, 0.2, 0.2, zero=False)
        axes.set_xlabel(f"Net present value, {currency}; orange: input lower, blue: higher")
        money_axis(axes.xaxis)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        return svg(made)
