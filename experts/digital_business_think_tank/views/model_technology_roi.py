"""The tornado and the cumulative cash of a technology investment."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.model_technology_roi import TechnologyRoi
from experts.digital_business_think_tank.views._page import amount, figure, grid, page, percent, words


def view(result: TechnologyRoi, arguments: Mapping[str, Any]) -> View:
    """Title, tornado, cash over the years, figures."""
    from experts.digital_business_think_tank.views._plots import tornado

    currency, spread = str(arguments["currency"]), arguments.get("spread")
    verb = "earns" if result.npv >= 0 else "loses"
    paid = "never pays back" if result.payback_years is None else _payback(result.payback_years)
    title = f"The investment {verb} {amount(abs(result.npv), currency)} in present value and {paid}; {words(result.tornado[0].item).lower()} matters most"
    facts = [
        ("NPV", figure(result.npv)),
        ("IRR", ", ".join(percent(value) for value in result.irr_all) or "none"),
        ("ROI, undiscounted", "" if result.roi is None else percent(result.roi)),
        ("Payback, years", "" if result.payback_years is None else figure(result.payback_years)),
        (
            "Discounted payback, years",
            "" if result.discounted_payback_years is None else figure(result.discounted_payback_years),
        ),
        ("Total cost of ownership", figure(result.tco)),
        ("TCO, discounted", figure(result.tco_discounted)),
        ("Benefits", figure(result.benefits)),
    ]
    years = [
        {"y": str(at), "n": figure(net), "c": figure(total)}
        for at, (net, total) in enumerate(zip(result.net_by_year, result.cumulative, strict=True))
    ]
    bars = [
        {
            "i": words(b.item),
            "l": figure(b.npv_low),
            "h": figure(b.npv_high),
            "b": "" if b.breaks_at is None else percent(b.breaks_at),
        }
        for b in result.tornado
    ]
    bodies = [
        grid(
            "Figures",
            {"f": (f"Figure, {currency}", "text"), "v": ("Value", "ratio")},
            [{"f": f, "v": v} for f, v in facts],
        ),
        grid(
            "By year", {"y": ("Year", "count"), "n": (f"Net, {currency}", "money"), "c": ("Cumulative", "money")}, years
        ),
        grid(
            "Sensitivity",
            {
                "i": ("Item", "text"),
                "l": ("NPV low", "money"),
                "h": ("NPV high", "money"),
                "b": ("NPV is zero at", "rate"),
            },
            bars,
        ),
    ]
    moved = percent(spread, 0) if spread is not None else "20 %"
    swing = tornado(
        title,
        f"NPV, {currency}",
        [(words(b.item), b.npv_low, b.npv_high) for b in result.tornado],
        result.npv,
        (f"item {moved} less favourable", f"item {moved} more favourable"),
    )
    return page(
        title,
        result,
        *bodies,
        pictures={"tornado": (swing, title), "cash": (_cash(result, currency), "Cumulative cash")},
    )


def _payback(years: Decimal) -> str:
    if not years:
        return "is never behind"
    return f"pays back after {figure(years, 1)} year{'' if round(years, 1) == 1 else 's'}"


def _cash(result: TechnologyRoi, currency: str) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import thousands

    when = "does not pay back within the horizon" if result.payback_years is None else _payback(result.payback_years)
    with charts.figure(8.4, 4.0, f"The money {when}") as (made, axes):
        xs = range(len(result.cumulative))
        nets = [float(value) for value in result.net_by_year]
        axes.bar(
            xs,
            nets,
            color=["#F3B79B" if value < 0 else "#9CC3DC" for value in nets],
            width=0.6,
            label="Net of the year",
        )
        axes.plot(
            xs,
            [float(value) for value in result.cumulative],
            color=charts.ACCENT,
            linewidth=2.2,
            marker="o",
            markersize=4,
            label="Cumulative",
        )
        axes.axhline(0, color=charts.INK, linewidth=0.8)
        axes.set_xticks(list(xs) if len(xs) <= 16 else list(xs)[:: max(1, len(xs) // 12)])
        axes.set_xlabel("Year")
        axes.set_ylabel(currency)
        thousands(axes)
        made.legend(loc="outside lower left", ncols=2, frameon=False, fontsize=9)
        return charts.svg(made)
