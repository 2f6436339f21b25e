"""The gate record as a document: decision first, then what stopped or carried it."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, ItemList
from experts.core.view import View
from experts.digital_business_think_tank.tools.write_stage_gate import GateRecord
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import brief, grid, page, percent, words

EFFECTS = {"met": "met", "kills": "not met: kills", "holds": "no evidence: holds", "counts": "scored"}


def view(result: GateRecord, arguments: Mapping[str, Any]) -> View:
    """Title, decision, criteria, missing evidence."""
    score = "" if result.score is None else f", score {percent(result.score)} against {percent(result.threshold)}"
    title = f"{brief(result.project)}, gate {words(result.gate).lower()}: {result.decision}{score}"
    rows = [
        {
            "k": row.kind.split("-")[0],
            "q": row.question,
            "a": row.answer,
            "e": row.evidence or "none",
            "d": EFFECTS[row.effect],
        }
        for row in result.rows
    ]
    heads = {
        "k": ("Kind", "text"),
        "q": ("Criterion", "text"),
        "a": ("Answer", "text"),
        "e": ("Evidence", "text"),
        "d": ("Effect", "text"),
    }
    tone: Any = {"go": "good", "hold": "note", "kill": "warning"}[result.decision]
    bodies: list[Any] = [
        Callout(
            tone=tone,
            text=f"Proposal on {result.decided_on}: {result.decision}. People decide; the record says on what.",
        ),
        ItemList(title="Because", items=list(result.reasons)),
        grid("Criteria", heads, rows),
        grid(
            "Decision of the meeting",
            {"w": ("What", "text"), "x": ("To be filled in", "text")},
            [
                {"w": what, "x": ""}
                for what in (
                    "Decision, and reason if it differs",
                    "Conditions, owner, date",
                    "People and money committed",
                    "Next gate and date",
                )
            ],
        ),
    ]
    return page(
        title,
        result,
        *bodies,
        pictures={"gate": (_picture(result, title), title)},
        subtitle=f"Framework: {words(result.framework)}",
    )


def _picture(result: GateRecord, title: str) -> str:
    drawing = svg.Drawing(860, 110 + 34 * len(result.rows) + 20, title)
    top = drawing.heading(title, "Filled: met or scored with evidence; open: evidence is missing; crossed: not met")
    colours = {"met": svg.GREEN, "counts": svg.NAVY, "holds": svg.PAPER, "kills": svg.RUST}
    for at, row in enumerate(result.rows):
        y = top + 18 + 34 * at
        edge = svg.RUST if row.effect in ("holds", "kills") else colours[row.effect]
        drawing.circle(38, y, 9, colours[row.effect], edge, 2)
        if row.effect == "kills":
            drawing.line(33, y - 5, 43, y + 5, svg.PAPER, 2.4)
            drawing.line(33, y + 5, 43, y - 5, svg.PAPER, 2.4)
        drawing.text(60, y + 4, svg.shorten(row.question, 11.5, 520), 11.5)
        drawing.text(690, y + 4, row.answer, 11, svg.INK, "end", bold=True)
        drawing.text(
            836, y + 4, EFFECTS[row.effect], 10.5, svg.RUST if row.effect in ("holds", "kills") else svg.MUTED, "end"
        )
    return drawing.svg()
