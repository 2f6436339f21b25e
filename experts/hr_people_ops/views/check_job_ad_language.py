"""The advertisement's wording, flag by flag in its sentence, and the pay range duties."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList
from experts.core.contract import Model
from experts.core.view import View, document, grid
from experts.hr_people_ops.tools.check_job_ad_language import JobAdLanguage
from experts.hr_people_ops.views._look import ending

_AROUND = 40
_LEANING = {
    "masculine": "leans masculine",
    "feminine": "leans feminine",
    "balanced": "is balanced",
    "neutral": "has no coded words",
}


def view(result: JobAdLanguage, arguments: Mapping[str, Any]) -> View:
    """Flags in context, coded words, states."""
    count = len(result.flags)
    title = f"{count} phrase{'' if count == 1 else 's'} to change; the wording {_LEANING[result.leaning]}"
    text = arguments["text"]
    bodies: list[Model] = []
    if result.flags:
        columns = {"words": ("In the text", "text"), "kind": ("May point to", "text"), "advice": ("What to do", "text")}
        rows = [
            {"words": _context(text, flag.start, len(flag.word)), "kind": flag.kind, "advice": flag.advice}
            for flag in result.flags
        ]
        bodies.append(grid("Phrases", columns, rows))
    for said, found in (("Masculine-coded words", result.masculine), ("Feminine-coded words", result.feminine)):
        if found:
            bodies.append(ItemList(title=said, items=list(dict.fromkeys(found))))
    if result.pay_laws:
        heads = {"state": ("State", "text"), "required": ("Pay range required", "text"), "reason": ("Rule", "text")}
        laws = [{"state": law.state, "required": law.required, "reason": law.reason} for law in result.pay_laws]
        bodies.append(grid("Pay range in the posting", heads, laws, note=f"Found: {result.pay_range_found or 'none'}"))
    return View(title=title, blocks=document(*bodies, *ending(result)))


def _context(text: str, start: int, length: int) -> str:
    before, after = text[max(start - _AROUND, 0) : start], text[start + length : start + length + _AROUND]
    return " ".join(f"… {before}[{text[start : start + length]}]{after} …".split())
