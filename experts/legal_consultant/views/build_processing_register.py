"""The record of processing activities as a workbook."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.core.workbook import Grid, workbook
from experts.legal_consultant.tools.build_processing_register import ProcessingRegister

_FIELDS = (
    ("name", "Activity"),
    ("purpose", "Purpose"),
    ("legal_basis", "Legal basis"),
    ("people", "Whose data"),
    ("data", "Which data"),
    ("recipients", "Recipients"),
    ("transfers", "Third countries"),
    ("safeguards", "Safeguards"),
    ("retention", "Erased after"),
    ("security", "Security"),
)


def view(result: ProcessingRegister, arguments: Mapping[str, Any]) -> View:
    """What is missing first; the register itself in ropa.xlsx."""
    total = len(result.activities)
    title = f"{result.complete} of {total} activities are complete; {len(result.gaps)} entries are missing"
    columns = {"activity": ("Activity", "text"), "missing": ("Missing", "text"), "rule": ("Rule", "text")}
    rows = [{"activity": gap.activity, "missing": gap.missing, "rule": gap.rule} for gap in result.gaps]
    brief = {key: (label, "text") for key, label in _FIELDS[:5]}
    listed = [{key: str(getattr(activity, key)) for key in brief} for activity in result.activities.values()]
    sheet = Grid(
        "Art. 30 record",
        f"Record of processing activities: {result.controller}",
        tuple((label, "text", 24) for _, label in _FIELDS),
        tuple(
            tuple(str(getattr(activity, key)) or None for key, _ in _FIELDS) for activity in result.activities.values()
        ),
        note=f"{result.contact}; as of {result.as_of}; GDPR Art. 30(1)",
    )
    gaps = Grid(
        "Missing",
        "What is missing",
        (("Activity", "text", 24), ("Missing", "text", 40), ("Rule", "text", 24)),
        tuple((gap.activity, gap.missing, gap.rule) for gap in result.gaps),
    )
    return View(
        title=title,
        subtitle=f"{result.notice} {result.controller}",
        blocks=document(
            *([grid("To be filled in", columns, rows)] if rows else []),
            grid("Activities", brief, listed),
            *closing(result),
        ),
        files={"ropa.xlsx": workbook(sheet, gaps)},
    )
