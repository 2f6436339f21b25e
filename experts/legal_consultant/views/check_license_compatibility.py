"""Components against the product's licence: who fits, and which duties each brings."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools.check_license_compatibility import LicenseCheck
from experts.legal_consultant.views._matrix import AMBER, GREEN, RED, WHITE, Cell, matrix

_SAID = {
    "fits": ("fits", GREEN),
    "fits_with_duties": ("fits, with duties", GREEN),
    "ask": ("ask", AMBER),
    "conflict": ("conflict", RED),
}
_WORST_FIRST = ("conflict", "ask", "fits_with_duties", "fits")


def view(result: LicenseCheck, arguments: Mapping[str, Any]) -> View:
    """The matrix of duties, conflicts first; then reasons, and the duties as a list to work off."""
    from experts.core.charts import shorten

    outbound = str(arguments.get("outbound", ""))
    count, conflicts = len(result.components), len(result.conflicts)
    ask = sum(item.fit == "ask" for item in result.components.values())
    noun = "component" if count == 1 else "components"
    title = f"No conflict with {outbound} among {count} {noun}"
    if conflicts:
        title = f"{conflicts} of {count} {noun} {'conflicts' if conflicts == 1 else 'conflict'} with {outbound}"
    if ask:
        title += f"; {ask} must be asked about"
    order = sorted(result.components.items(), key=lambda pair: (_WORST_FIRST.index(pair[1].fit), pair[0]))
    rows = [
        {
            "component": name,
            "expression": item.expression,
            "fit": _SAID[item.fit][0],
            "reason": item.reason,
            "duties": "; ".join(item.duties),
        }
        for name, item in order
    ]
    columns = {
        "component": ("Component", "text"),
        "expression": ("Licence", "text"),
        "fit": ("Fit", "text"),
        "reason": ("Why", "text"),
        "duties": ("Duties", "text"),
    }
    duties = list(result.duties)
    heads = [("Component", 190), ("Licence", 170), ("Fit", 160), *((str(n), 34) for n, _ in enumerate(duties, 1))]
    drawn = [
        [
            Cell(shorten(name, 60), bold=True),
            Cell(shorten(item.expression, 80)),
            Cell(_SAID[item.fit][0], _SAID[item.fit][1], bold=True),
            *(Cell("●" if duty in item.duties else "", WHITE) for duty in duties),
        ]
        for name, item in order
    ]
    legend = [f"{n}: {duty}" for n, duty in enumerate(duties, 1)]
    return View(
        title=title,
        subtitle=f"{result.notice} {result.as_of}",
        blocks=document(
            Picture(picture="matrix", title=title, alt=f"Components by fit and duty. {title}."),
            *([ItemList(title="Conflicts to be solved before release", items=result.conflicts)] if conflicts else []),
            grid("Components", columns, rows),
            *([ItemList(title="Duties of the product", items=duties)] if duties else []),
            *closing(result),
        ),
        pictures={"matrix": matrix(title, heads, drawn, legend)},
    )
