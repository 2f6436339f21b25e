"""The first steps of the lattice, and what moves the option's value."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.value_real_option import RealOption
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import amount, figure, grid, page


def view(result: RealOption, arguments: Mapping[str, Any]) -> View:
    """Title, lattice, sensitivity, figures."""
    currency, kind = str(arguments["currency"]), str(arguments.get("kind") or "defer")
    if result.exercise_now:
        title = (
            f"Act now: the option to {kind} is worth {amount(result.option_value, currency)}, no more than acting today"
        )
    elif result.exercise_now_value < 0:
        title = f"The option to {kind} is worth {amount(result.option_value, currency)}, although acting today would lose {amount(-result.exercise_now_value, currency)}"
    else:
        title = f"The option to {kind} is worth {amount(result.option_value, currency)}, {amount(result.value_of_flexibility, currency)} more than acting today"
    facts = [
        ("Option value (tree)", figure(result.option_value)),
        ("Black-Scholes, European", "" if result.black_scholes is None else figure(result.black_scholes)),
        ("Acting today", figure(result.exercise_now_value)),
        ("Value of flexibility", figure(result.value_of_flexibility)),
        ("u, d, q a step", f"{figure(result.u, 4)}, {figure(result.d, 4)}, {figure(result.q, 4)}"),
        ("Length of a step, years", figure(result.step_years, 4)),
    ]
    heads = {"f": (f"Figure, {currency}", "text"), "v": ("Value", "ratio")}
    bodies = [grid("Value", heads, [{"f": f, "v": v} for f, v in facts])]
    if result.what_if:
        rows = [{"f": case.change, "v": figure(case.option_value)} for case in result.what_if]
        bodies.append(grid("What if", {"f": ("Change", "text"), "v": (f"Option value, {currency}", "money")}, rows))
    pictures = {"lattice": (_lattice(result, title, currency), title)}
    if len(result.what_if) >= 2:
        pictures["sensitivity"] = (_sensitivity(result, currency), "What moves the option's value")
    return page(title, result, *bodies, pictures=pictures)


def _lattice(result: RealOption, title: str, currency: str) -> str:
    last = max(node.step for node in result.lattice)
    drawing = svg.Drawing(900, 130 + 66 * (last + 1) + 20, title)
    top = drawing.heading(
        title,
        f"Shown: {result.lattice_shows}. Upper figure: project value, lower: option, {currency}; dark: exercise",
    )
    step_x, half = (900 - 48 - 150) / max(last, 1), 33.0
    middle = top + 20 + 66 * last / 2 + 24

    def at(step: int, ups: int) -> tuple[float, float]:
        return 24 + 75 + step * step_x, middle - (2 * ups - step) * half

    for node in result.lattice:
        if node.step < last:
            x, y = at(node.step, node.ups)
            for up in (0, 1):
                x2, y2 = at(node.step + 1, node.ups + up)
                drawing.line(x + 62, y, x2 - 62, y2, svg.LINE, 1.4)
    for node in result.lattice:
        x, y = at(node.step, node.ups)
        fill, ink = (svg.NAVY, svg.PAPER) if node.exercise else (svg.TINTS[svg.NAVY], svg.INK)
        drawing.rect(x - 62, y - 22, 124, 44, fill, svg.NAVY, 5)
        drawing.text(x, y - 4, svg.shorten(amount(node.value), 11, 116), 11, ink, "middle")
        drawing.text(x, y + 13, svg.shorten(amount(node.option), 11, 116, True), 11, ink, "middle", bold=True)
    return drawing.svg()


def _sensitivity(result: RealOption, currency: str) -> str:
    from experts.digital_business_think_tank.views._plots import tornado

    found = {case.change: case.option_value for case in result.what_if}
    bars = [
        (name, found[f"{name} -25 %"], found[f"{name} +25 %"])
        for name in ("value", "volatility")
        if f"{name} -25 %" in found and f"{name} +25 %" in found
    ]
    bars.sort(key=lambda bar: -abs(bar[1] - bar[2]))
    return tornado(
        "What moves the option's value",
        f"Option value, {currency}",
        bars,
        result.option_value,
        ("25 % lower", "25 % higher"),
        zero=False,
    )
