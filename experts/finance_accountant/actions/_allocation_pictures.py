"""The pictures of a budget allocation. Floats are for drawing only; no figure is read from a picture."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from experts.core.quantities import round_to
from experts.finance_accountant.actions._words import by_spend, few, joined, moving
from experts.finance_accountant.tools._curves import EXACT, Curve, value

if TYPE_CHECKING:
    from experts.finance_accountant.actions.budget_analysis_and_optimization import Brief, Inputs, Output

MOST_BARS = 16
MOST_CURVES = 8
_POINTS = 80


def pictures_of(brief: Brief, inputs: Inputs, output: Output) -> dict[str, str]:
    """SVG by id: "allocation", "response" and "sensitivity", each only if it has something to show."""
    pictures = {}
    if output.media:
        pictures["allocation"] = _allocation(inputs, output)
        if output.expected_results is not None:
            pictures["response"] = _response(brief, inputs, output)
    if moving(output):
        pictures["sensitivity"] = _sensitivity(brief, output)
    return pictures


def _shown(amount: Decimal, currency: str = "") -> str:
    """An amount for a label: whole units, or cents where there is nothing else to see."""
    whole = round_to(amount, 0)
    text = f"{whole:,f}" if whole or not amount else f"{round_to(amount, 2):,f}"
    return f"{currency} {text}" if currency else text


def _fit(label: str, width: int) -> str:
    """A label of at most `width` characters: its middle is left out, since names often differ at their end."""
    half = width // 2
    return label if len(label) <= width else f"{label[: half - 1].rstrip()}\u2026{label[-half:].lstrip()}"


def _thousands(axis: Any) -> None:
    """Tick labels with thousands separators and no offset text."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(6))
    axis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}" if abs(x) >= 10 or x == 0 else f"{x:,.2f}"))


def _allocation(inputs: Inputs, output: Output) -> str:
    from experts.core.charts import ACCENT, GRID, INK, MUTED, SECOND, figure, svg

    keys = by_spend(output)[:MOST_BARS]
    spends = [float(output.lines[key].spend) for key in keys]
    bounds = [inputs.channel_plan.channels[key] for key in keys]
    top = max([*spends, *(float(b.minimum) for b in bounds), *_finite_maximums(inputs, keys, max(spends))])
    with figure(7.4, 1.5 + 0.42 * len(keys), _allocation_title(output)) as (made, axes):
        places = list(range(len(keys)))
        axes.barh(places, spends, height=0.58, color=ACCENT)
        for place, key, spend, bound in zip(places, keys, spends, bounds, strict=True):
            line = output.lines[key]
            edge = spend
            for amount, color in ((bound.minimum or None, SECOND), (bound.maximum, INK)):
                if amount is not None and float(amount) <= top:
                    axes.plot([float(amount)] * 2, [place - 0.38, place + 0.38], color=color, linewidth=2.2)
                    if edge <= float(amount) < edge + 0.13 * top:
                        edge = max(edge, float(amount))
            text = _shown(line.spend) if line.used else "not used"
            axes.text(edge + top * 0.012, place, text, va="center", color=INK if line.used else MUTED)
        if any(bound.minimum for bound in bounds):
            axes.plot([], [], color=SECOND, linewidth=2.2, label="minimum")
        if any(bound.maximum is not None for bound in bounds):
            axes.plot([], [], color=INK, linewidth=2.2, label="maximum")
        axes.set_yticks(places, [_fit(output.lines[key].label, 30) for key in keys])
        axes.invert_yaxis()
        axes.set_xlim(0, top * 1.16)
        _thousands(axes.xaxis)
        axes.set_xlabel(f"Planned spend ({output.currency})")
        axes.xaxis.grid(True, color=GRID)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        if any(b.minimum or b.maximum is not None for b in bounds):
            made.legend(loc="outside lower right", ncols=2, frameon=False, labelcolor=MUTED)
        return svg(made)


def _finite_maximums(inputs: Inputs, keys: list[str], largest: float) -> list[float]:
    """Maximums worth room in the picture: one far beyond every bar would flatten them all."""
    amounts = [inputs.channel_plan.channels[key].maximum for key in keys]
    return [float(amount) for amount in amounts if amount is not None and float(amount) <= 1.6 * largest]


def _allocation_title(output: Output) -> str:
    keys = by_spend(output)
    first = output.lines[keys[0]]
    others = [output.lines[key].label for key in keys if not output.lines[key].used]
    media = _shown(output.media, output.currency)
    used = [output.lines[key] for key in keys if output.lines[key].used]
    level = [line.label for line in used if round_to(line.spend, 0) == round_to(first.spend, 0)]
    if len(used) == 1:
        title = f"All media money, {media}, goes to {first.label}"
    elif len(level) == len(used):
        title = f"Each channel in use gets about {_shown(first.spend, output.currency)} of {media} for media"
    elif len(level) > 1:
        title = f"{few(level, most=3)} get the largest shares of {media} for media"
    else:
        title = f"{first.label} gets {_shown(first.spend, output.currency)} of {media} for media"
    if 0 < len(others) <= 2:
        title += f"; {joined(others)} {'is' if len(others) == 1 else 'are'} left out"
    hidden = len(keys) - MOST_BARS
    return f"{title} (the {MOST_BARS} largest of {len(keys)} channels)" if hidden > 0 else title


def _response(brief: Brief, inputs: Inputs, output: Output) -> str:
    from experts.core.charts import GRID, SERIES, figure, svg

    curved = [key for key in by_spend(output) if inputs.channel_plan.channels[key].curve is not None]
    keys = curved[:MOST_CURVES]
    right = max(output.lines[key].spend for key in keys) * Decimal("1.25") or output.media_available
    with localcontext(EXACT), figure(7.4, 4.3, _response_title(brief, output)) as (made, axes):
        for key, color in zip(keys, SERIES, strict=False):
            channel, line = inputs.channel_plan.channels[key], output.lines[key]
            assert channel.curve is not None  # keys were chosen so
            end = right if channel.maximum is None else min(channel.maximum, right)
            axes.plot(*_points(channel.curve, end), color=color, linewidth=1.8, label=_fit(line.label, 26))
            if line.used:
                x, y = float(line.spend), float(line.expected_results or 0)
                axes.plot([x], [y], "o", color=color, markersize=7)
        axes.plot([], [], "o", color="#52606D", markersize=6, label="planned spend")
        axes.set_xlim(0, float(right))
        axes.set_ylim(bottom=0)
        _thousands(axes.xaxis)
        _thousands(axes.yaxis)
        axes.set_xlabel(f"Spend ({output.currency})")
        axes.set_ylabel(f"Expected {_fit(brief.campaign.result_name, 40)}")
        axes.grid(True, color=GRID)
        axes.set_axisbelow(True)
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
        return svg(made)


def _points(curve: Curve, end: Decimal) -> tuple[list[float], list[float]]:
    """Points of a curve, denser near zero where it bends."""
    spends = [end * (Decimal(i) / _POINTS) ** 2 for i in range(_POINTS + 1)]
    return [float(spend) for spend in spends], [float(value(curve, spend)) for spend in spends]


def _response_title(brief: Brief, output: Output) -> str:
    if output.marginal_cost is None:
        return "Every channel in use is at its maximum"
    price = f"{output.currency} {round_to(output.marginal_cost, 2):,f}"
    name = brief.campaign.result_name
    return f"Returns diminish: beyond this plan each of the next {name} costs about {price}"


def _sensitivity(brief: Brief, output: Output) -> str:
    from experts.core.charts import ACCENT, GRID, INK, MUTED, SECOND, figure, svg

    net = output.net_contribution is not None
    base = output.net_contribution if output.net_contribution is not None else output.expected_results or Decimal(0)
    bars = []
    for key in moving(output)[:MOST_BARS]:
        effect = output.sensitivities[key]
        low, high = (effect.net_low, effect.net_high) if net else (effect.results_low, effect.results_high)
        bars.append((effect.label, float(base if low is None else low), float(base if high is None else high)))
    what = "what the campaign earns" if net else f"the number of {brief.campaign.result_name}"
    with figure(7.4, 1.7 + 0.4 * len(bars), f"{bars[0][0]} moves {what} most") as (made, axes):
        places = list(range(len(bars)))
        axes.barh(places, [low - float(base) for _, low, _ in bars], 0.58, left=float(base), color=SECOND)
        axes.barh(places, [high - float(base) for _, _, high in bars], 0.58, left=float(base), color=ACCENT)
        axes.axvline(float(base), color=INK, linewidth=1)
        axes.plot([], [], color=SECOND, linewidth=8, label="fact lower")
        axes.plot([], [], color=ACCENT, linewidth=8, label="fact higher")
        axes.set_yticks(places, [_fit(label, 34) for label, _, _ in bars])
        axes.invert_yaxis()
        axes.margins(x=0.08)
        _thousands(axes.xaxis)
        earned = f"Contribution of all customers less media and production ({output.currency})"
        axes.set_xlabel(earned if net else f"Expected {_fit(brief.campaign.result_name, 40)}")
        axes.xaxis.grid(True, color=GRID)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        made.legend(loc="outside lower right", ncols=2, frameon=False, labelcolor=MUTED)
        return svg(made)
