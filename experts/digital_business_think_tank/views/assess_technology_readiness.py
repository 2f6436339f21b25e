"""The ladder of levels: what the evidence carries, what is claimed, what is missing."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.assess_technology_readiness import Readiness
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import counted, grid, page, words


def view(result: Readiness, arguments: Mapping[str, Any]) -> View:
    """Title, ladder, missing evidence."""
    claim = f"; {result.scale} {result.claimed} was claimed" if result.lowered else ""
    need = (
        f"; {counted(len(result.next_evidence), 'piece of evidence is', 'pieces of evidence are')} missing"
        if result.next_evidence
        else ""
    )
    level = f"{result.scale} {result.level}" if result.level else f"no level of {result.scale}"
    title = f"The evidence carries {level}{claim}{need}"
    rows = [{"l": str(m.level), "c": words(m.criterion), "n": m.needed} for m in result.next_evidence]
    given = [
        {"c": words(e.criterion), "s": e.source or "(none: not counted)", "d": e.day.isoformat()}
        for e in arguments["evidence"]
    ]
    bodies = []
    if rows:
        bodies.append(
            grid(
                "Missing evidence",
                {"l": ("Level", "count"), "c": ("Criterion", "text"), "n": ("What is needed", "text")},
                rows,
            )
        )
    if given:
        bodies.append(
            grid("Evidence given", {"c": ("Criterion", "text"), "s": ("Source", "text"), "d": ("Date", "date")}, given)
        )
    return page(title, result, *bodies, pictures={"ladder": (_ladder(result, title), title)})


def _ladder(result: Readiness, title: str) -> str:
    high = 44.0
    drawing = svg.Drawing(860, 104 + high * len(result.levels) + 30, title)
    top = drawing.heading(
        title,
        "A level counts only if every level below it is met; a square is a criterion, filled when it has evidence",
    )
    for at, state in enumerate(reversed(result.levels)):
        y = top + at * high
        reached = state.reached
        claimed = result.claimed is not None and state.level <= result.claimed and not reached
        fill = svg.NAVY if reached else svg.TINTS[svg.RUST] if claimed else "#F0F2F5"
        drawing.rect(24, y + 3, 64, high - 6, fill, svg.NAVY if reached else svg.LINE, 5)
        drawing.text(56, y + high / 2 + 6, str(state.level), 16, svg.PAPER if reached else svg.INK, "middle", bold=True)
        drawing.lines(
            104, y + high / 2 - 2, state.definition, 470, 2, 11, svg.INK if reached else svg.MUTED, bold=reached
        )
        x = 600.0
        for number in range(len(state.met) + len(state.missing)):
            have = number < len(state.met)
            drawing.rect(
                x, y + high / 2 - 8, 16, 16, svg.TEAL if have else svg.PAPER, svg.TEAL if have else svg.RUST, 3, 1.6
            )
            x += 24
        said = "" if not state.missing else f"{len(state.missing)} missing"
        drawing.text(x + 8, y + high / 2 + 4, said, 10.5, svg.RUST)
        if result.claimed == state.level:
            drawing.text(836, y + high / 2 + 4, "claimed", 11, svg.RUST, "end", bold=True)
    return drawing.svg()
