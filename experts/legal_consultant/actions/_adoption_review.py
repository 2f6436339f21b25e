"""The text, tables and picture of a review of the rules that a technology meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    figure_sheet,
    figure_table,
    headline,
    items,
    joined,
    monday,
    own,
    said,
    shown,
    text,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.legal_consultant.actions.regulatory_and_compliance_review import Output

Cells = dict[str, "Cell"]
_APPLIES = {"yes": "applies", "no": "does not apply", "needs_facts": "facts are missing"}
_FITS = {
    "fits": "fits",
    "fits_with_duties": "fits, with duties",
    "conflict": "conflict",
    "ask": "has to be read",
}
_STATES = {"question": "to find out", "open": "open", "done": "done"}
_STAGES = {"pilot": "the pilot", "rollout": "the roll-out"}
_SCREEN = {
    "required": "A data protection impact assessment is required",
    "carry_out": "A data protection impact assessment should be made",
    "record_why_not": "One criterion for a data protection impact assessment is met, so record why none is made",
    "not_indicated": "The screen shows no need for a data protection impact assessment",
    "not_screened": "Whether a data protection impact assessment is needed was not screened",
}


def narrative_of(output: Output) -> str:
    """What applies, what is open, and that it is no advice."""
    return f"{_scope(output)} {_open(output)} {_ai(output)} This is information, not legal advice."


def _scope(output: Output) -> str:
    yes = [law.law for law in output.laws.values() if law.applies == "yes"]
    ask = [law.law for law in output.laws.values() if law.applies == "needs_facts"]
    parts = [f"{joined(yes)} {'apply' if len(yes) > 1 else 'applies'} on the facts given"] if yes else []
    parts += [f"whether {joined(ask)} {'apply' if len(ask) > 1 else 'applies'} cannot be said yet"] if ask else []
    first = "; ".join(parts) or "None of the privacy laws looked at applies on the facts given"
    return f"{first[:1].upper()}{first[1:]}. {_SCREEN[output.dpia_outcome]}."


def _open(output: Output) -> str:
    if not output.open_before_pilot and not output.open_before_rollout:
        return "Nothing on the checklist is open."
    if not output.open_before_pilot:
        return f"Nothing keeps the pilot from starting; open before the roll-out: {own('open_before_rollout')}."
    return (
        f"Open before the pilot may start: {own('open_before_pilot')}; before the roll-out: "
        f"{own('open_before_rollout')}."
    )


def _ai(output: Output) -> str:
    yes = [
        key for key, each in output.ai_questions.items() if each.answer == "yes" and key not in ("scope", "literacy")
    ]
    ask = [key for key, each in output.ai_questions.items() if each.answer == "open"]
    if not output.ai_questions:
        return "The EU's AI Act does not reach this use on the facts given."
    if yes:
        return "Answers under the EU's AI Act name rules that counsel has to look at; nothing is classified here."
    if ask:
        return "Questions of the EU's AI Act are not answered yet."
    return "No question of the EU's AI Act points to a stricter class on the facts given; people must be trained."


def document_of(output: Output) -> list[Block]:
    """Headline, checklist, laws, AI questions, licences, escalations, sources."""
    conflict = any(each.fit == "conflict" for each in output.components.values())
    parts = [
        headline(
            f"{_open(output)} {_scope(output)}",
            "warning" if output.open_before_pilot or conflict else "good",
        ),
        _checklist(output),
        _laws(output),
        text(f"{_SCREEN[output.dpia_outcome]}: {own('dpia_because')}."),
        _questions(output),
        _components(output),
        items("For counsel or the data protection officer", [own(f"escalations.{key}") for key in output.escalations]),
        items("Sources", [own(f"sources.{key}") for key in output.sources]),
        text(
            f"Law is looked at as of {said('fact:as_of')}. A missing line is no clearance: only the rules named here "
            "were looked at."
        ),
        would_change(_changes(output)),
        monday(_first(output)),
        _sheet(output),
    ]
    return draft(*parts)


def _checklist(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.checklist.items():
        path = f"self#checklist.{key}"
        rows[key] = {
            "item": shown(True, f"{path}.item"),
            "basis": shown(each.basis, f"{path}.basis"),
            "before": _STAGES[each.before],
            "state": _STATES[each.state],
            "owner": each.owner or "not named",
        }
    return figure_table(
        "Compliance checklist",
        {
            "item": ("What has to be done", "text"),
            "basis": ("Basis", "text"),
            "before": ("Before", "text"),
            "state": ("State", "text"),
            "owner": ("Owner", "text"),
        },
        rows,
        "Open questions first, then what is open, then what is done.",
    )


def _laws(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {"law": each.law, "applies": _APPLIES[each.applies], "why": shown(True, f"self#laws.{key}.reason")}
        for key, each in output.laws.items()
    }
    return figure_table(
        "Privacy laws", {"law": ("Law", "text"), "applies": ("On these facts", "text"), "why": ("Why", "text")}, rows
    )


def _questions(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.ai_questions.items():
        path = f"self#ai_questions.{key}"
        rows[key] = {
            "question": each.question,
            "basis": shown(True, f"{path}.basis"),
            "answer": each.answer if each.answer != "open" else "not answered",
            "asks": shown(True, f"{path}.asks_for") if each.answer != "no" else NONE,
            "from": shown(True, f"{path}.applies_from"),
        }
    return figure_table(
        "Questions of the EU's AI Act",
        {
            "question": ("Question", "text"),
            "basis": ("Basis", "text"),
            "answer": ("Answer", "text"),
            "asks": ("What a yes asks for", "text"),
            "from": ("Applies from", "date"),
        },
        rows,
        "A yes is no classification: it names the rule that counsel looks at. Dates as published with the Act; check "
        "whether they have been moved.",
    )


def _components(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.components.items():
        path = f"self#components.{key}"
        rows[key] = {
            "name": each.label,
            "licence": shown(True, f"{path}.license"),
            "fit": _FITS[each.fit],
            "why": shown(True, f"{path}.reason"),
        }
    return figure_table(
        "Licences of components",
        {
            "name": ("Component", "text"),
            "licence": ("Licence", "text"),
            "fit": ("Fits", "text"),
            "why": ("Why", "text"),
        },
        rows,
        "One combined work is assumed; whether programs form one work is for counsel.",
    )


def _changes(output: Output) -> list[str]:
    found = []
    if any(each.answer == "open" for each in output.ai_questions.values()):
        found.append("An answer of yes to an open question of the AI Act would add duties before the pilot.")
    if any(each.fit == "conflict" for each in output.components.values()):
        found.append(
            "A licence conflict has to be solved before anything is shipped: another component or another licence."
        )
    if any(law.applies == "needs_facts" for law in output.laws.values()):
        found.append("The missing facts on privacy law decide whether further duties apply.")
    return found


def _first(output: Output) -> list[str]:
    early = [(key, each) for key, each in output.checklist.items() if each.before == "pilot" and each.state != "done"]
    found = [f"{own(f'checklist.{key}.item')} ({each.owner or 'owner not named'})." for key, each in early[:4]]
    if output.escalations:
        found.append("Put the escalated points to counsel in writing, with the facts of this plan.")
    return found


def _sheet(output: Output) -> Any:
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, each in output.checklist.items():
        path = f"self#checklist.{key}"
        rows[key] = {
            "item": at(f"{path}.item", "text"),
            "basis": at(f"{path}.basis", "text") if each.basis else NONE,
            "before": _STAGES[each.before],
            "state": _STATES[each.state],
            "owner": each.owner or "not named",
            "by": "",
        }
    return figure_sheet(
        "Compliance checklist",
        "What has to be done before the pilot and before the roll-out",
        {
            "item": ("What has to be done", "text"),
            "basis": ("Basis", "text"),
            "before": ("Before", "text"),
            "state": ("State", "text"),
            "owner": ("Owner", "text"),
            "by": ("Done on, and by whom", "text"),
        },
        rows,
        "Information, not legal advice. The last column is for the company to fill in.",
    )


def pictures_of(output: Output) -> dict[str, str]:
    """None: a checklist is read, not looked at."""
    return {}
