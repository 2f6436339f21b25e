"""The text, tables and record form of the gates before and after a pilot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    figure_sheet,
    figure_table,
    heading,
    headline,
    helper,
    items,
    monday,
    own,
    said,
    shown,
    text,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.digital_business_think_tank.actions.pilot_gate_preparation import Brief, Inputs, Output

Cells = dict[str, "Cell"]
_DECISIONS = {"go": "may start", "hold": "has to wait", "kill": "should not start"}
_EFFECTS = {"met": "met", "kills": "stops the project", "holds": "holds it", "counts": "counts"}
_DIRECTIONS = {"at_least": "at least", "at_most": "at most"}


def narrative_of(output: Output, inputs: Inputs) -> str:
    """The decision, why, and what the pilot puts at risk."""
    return f"{_decision(output, inputs)} {_risk(output)} {_after(output)}"


def _decision(output: Output, inputs: Inputs) -> str:
    first = f"By the record of the gate, the pilot {_DECISIONS[output.decision]}"
    stops = [each.question for each in output.questions.values() if each.effect == "kills"]
    holds = [each.question for each in output.questions.values() if each.effect == "holds"]
    if stops:
        return f"{first}; answered with no: {' '.join(stops)}"
    if holds:
        return f"{first}; without an answer or evidence so far: {' '.join(holds)}"
    if output.decision == "hold":
        return f"{first}: the score does not reach {own('threshold')}."
    return f"{first}: every must is met, and the score of {own('score')} reaches {own('threshold')}."


def _risk(output: Output) -> str:
    return (
        f"Until the gate after it, {own('money_at_risk')} of investment and {own('training_at_risk')} of training are at "
        "stake, and nothing beyond."
    )


def _after(output: Output) -> str:
    if not output.kill_criteria:
        return "No measures are named yet that would end the project after the pilot."
    return "After the pilot the project ends if one of the kill criteria is missed."


def document_of(brief: Brief, inputs: Inputs, output: Output) -> list[Block]:
    """Record of the gate before the pilot, kill criteria of the gate after it, form to fill in."""
    tone: Any = {"go": "good", "hold": "warning", "kill": "warning"}[output.decision]
    parts = [
        headline(_decision(output, inputs), tone),
        heading("Gate before the pilot"),
        _questions(output),
        items("Why", [own(f"reasons.{key}") for key in output.reasons]),
        text(
            f"Answered as of {said('fact:as_of')}. The record orders the meeting; people decide, and may decide otherwise "
            "with a reason."
        ),
        heading("Gate after the pilot"),
        _kills(output),
        text(
            "One missed measure ends the project, whatever has been spent by then. By the business case the roll-out then "
            f"happens with a probability of {said('case#rollout_probability')}."
        ),
        would_change(_changes(output, inputs)),
        monday(_first(output)),
        _sheet(output),
    ]
    return draft(*parts)


def _questions(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, each in output.questions.items():
        rows[key] = {
            "question": each.question,
            "kind": "must" if each.kind == "must-meet" else "should",
            "answer": shown(True, f"self#questions.{key}.answer"),
            "evidence": shown(each.evidence, f"self#questions.{key}.evidence"),
            "effect": _EFFECTS[each.effect],
        }
    return figure_table(
        "Questions and answers",
        {
            "question": ("Question", "text"),
            "kind": ("Kind", "text"),
            "answer": ("Answer", "text"),
            "evidence": ("Evidence", "text"),
            "effect": ("Effect", "text"),
        },
        rows,
        "A must that is answered with no stops the project; one without answer or evidence holds it.",
    )


def _kills(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {
            "what": each.label,
            "rule": f"{_DIRECTIONS[each.direction]} {own(f'kill_criteria.{key}.threshold')}",
            "unit": each.unit or NONE,
            "how": each.measured_by or "not named",
            "owner": each.owner or "not named",
        }
        for key, each in output.kill_criteria.items()
    }
    return figure_table(
        "Kill criteria",
        {
            "what": ("Measure", "text"),
            "rule": ("Must be", "text"),
            "unit": ("Unit", "text"),
            "how": ("Measured by", "text"),
            "owner": ("Owner", "text"),
        },
        rows,
    )


def _changes(output: Output, inputs: Inputs) -> list[str]:
    found = []
    if inputs.compliance.open_before_pilot:
        found.append(
            f"Settling the legal points before the pilot (open: {said('compliance#open_before_pilot')}) would lift that hold."
        )
    if not inputs.assessment.mature_enough:
        found.append("Evidence for the missing readiness level would lift that hold.")
    found.append(
        "A changed threshold of a kill criterion changes what the pilot has to show, so agree it before the start."
    )
    return found


def _first(output: Output) -> list[str]:
    found = [
        f"Get an answer with evidence: {each.question}"
        for each in output.questions.values()
        if each.effect in ("holds", "kills")
    ][:3]
    found.append("Sign the kill criteria before the first day of the pilot.")
    return found


def _sheet(output: Output) -> Any:
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key, each in output.kill_criteria.items():
        measured = f"[[cell:pilot-gate/{key}/measured]]"
        threshold = f"[[self#kill_criteria.{key}.threshold]]"
        sign = ">=" if each.direction == "at_least" else "<="
        rows[key] = {
            "what": each.label,
            "rule": _DIRECTIONS[each.direction],
            "threshold": at(f"self#kill_criteria.{key}.threshold", "ratio"),
            "unit": each.unit or NONE,
            "measured": helper("text", '""'),
            "verdict": helper("text", f'IF({measured}="","open",IF({measured}{sign}{threshold},"met","KILL"))'),
        }
    if rows:
        verdicts = "[[cell:pilot-gate/*/verdict]]"
        rows_all = (
            f'IF(COUNTIF({verdicts},"KILL")>0,"end the project",'
            f'IF(COUNTIF({verdicts},"open")>0,"not decided yet","go on"))'
        )
        rows["all_measures"] = {"what": "Result of the gate", "outcome": helper("text", rows_all)}
    return figure_sheet(
        "Pilot gate",
        "Record of the gate after the pilot",
        {
            "what": ("Measure", "text"),
            "rule": ("Must be", "text"),
            "threshold": ("Threshold", "ratio"),
            "unit": ("Unit", "text"),
            "measured": ("Measured (fill in)", "text"),
            "verdict": ("Verdict", "text"),
            "outcome": ("Outcome", "text"),
        },
        rows,
        "Write the measured value over the empty cell in its column: verdict and outcome follow.",
    )


def pictures_of(output: Output) -> dict[str, str]:
    """None: a record is read, not looked at."""
    return {}
