"""Legal risks on a five by five map."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools.assess_legal_risk import RiskAssessment

_COLOURS = {"low": "#DDEBDD", "medium": "#F8ECC9", "high": "#F3D2B8", "severe": "#EDB7AE"}
_MOST_IN_CELL = 6


def view(result: RiskAssessment, arguments: Mapping[str, Any]) -> View:
    """The map, and the register below it; risks are numbered in the order given."""
    worst = [risk for risk in result.risks if risk.level in ("high", "severe")]
    title = f"{len(worst)} of {len(result.risks)} legal risks {'is' if len(worst) == 1 else 'are'} high or severe"
    columns = {
        "number": ("No.", "text"),
        "title": ("Risk", "text"),
        "level": ("Level", "text"),
        "residual": ("After treatment", "text"),
        "owner": ("Owner", "text"),
        "lacks": ("Missing", "text"),
    }
    rows = [
        {
            "number": str(number),
            "title": risk.title,
            "level": f"{risk.level} ({risk.score})",
            "residual": f"{risk.residual_level} ({risk.residual_score})" if risk.residual_level else "",
            "owner": risk.owner,
            "lacks": ", ".join(risk.lacks),
        }
        for number, risk in enumerate(result.risks, 1)
    ]
    return View(
        title=title,
        subtitle=f"{result.notice} {result.jurisdiction}, {result.as_of}",
        blocks=document(
            Picture(picture="map", title=title, alt=f"Risks by likelihood and consequence. {title}."),
            grid("Risks", columns, rows),
            *closing(result),
        ),
        pictures={"map": _map(result, title)},
    )


def _level(score: int, consequence: int) -> str:
    if score >= 15:
        return "severe"
    if score >= 10 or consequence == 5:
        return "high"
    return "medium" if score >= 5 else "low"


def _map(result: RiskAssessment, title: str) -> str:
    from matplotlib.patches import Patch

    from experts.core.charts import INK, figure, svg

    cells: dict[tuple[int, int], list[int]] = {}
    for number, risk in enumerate(result.risks, 1):
        cells.setdefault((risk.likelihood, risk.consequence), []).append(number)
    with figure(7.2, 5.4, title) as (made, axes):
        for likelihood in range(1, 6):
            for consequence in range(1, 6):
                colour = _COLOURS[_level(likelihood * consequence, consequence)]
                axes.barh(likelihood, 1, left=consequence - 0.5, height=1, color=colour, edgecolor="white", linewidth=2)
        for (likelihood, consequence), numbers in cells.items():
            more = f" +{len(numbers) - _MOST_IN_CELL}" if len(numbers) > _MOST_IN_CELL else ""
            text = ", ".join(map(str, numbers[:_MOST_IN_CELL])) + more
            axes.text(consequence, likelihood, text, ha="center", va="center", color=INK, fontsize=9, fontweight="bold")
        axes.set_xlim(0.5, 5.5)
        axes.set_ylim(0.5, 5.5)
        axes.set_xticks(range(1, 6))
        axes.set_yticks(range(1, 6))
        axes.set_xlabel("Consequence (5: gravest)")
        axes.set_ylabel("Likelihood (5: almost certain)")
        keys = [Patch(facecolor=colour, label=level) for level, colour in _COLOURS.items()]
        made.legend(handles=keys, loc="outside lower center", ncols=4, frameon=False)
        return svg(made)
