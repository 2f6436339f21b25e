"""The requirements of an expansion as a checklist, with dates, sources, open questions and calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.blocks import Cell, ItemList, Prose, Sheet, SheetCell, Table
from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    event,
    few,
    figure_sheet,
    figure_table,
    heading,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    quoted,
    said,
    sentence,
    shown,
    text,
    title_of,
    would_change,
)
from experts.legal_consultant.tools.check_privacy_law_applicability import PrivacyScope
from experts.legal_consultant.tools.compare_entity_types import EntityMatrix
from experts.legal_consultant.tools.schedule_clearances import ClearanceSchedule

if TYPE_CHECKING:
    from experts.legal_consultant.actions.regulatory_compliance_review import Brief, Inputs, Output, Requirement

_ANSWERS = {"yes": "applies", "no": "does not apply", "needs_facts": "cannot be told yet"}
_ELIGIBLE = {"yes": "open", "no": "not open", "needs_facts": "needs more facts"}
_STATES = {"cleared": "in hand", "in_progress": "applied for", "open": "open", "refused": "refused"}
MOST_EVENTS = 60


def narrative_of(brief: Brief, out: Output) -> str:
    """How many requirements, when the last is in hand, what people wait for, what is open."""
    if not out.items:
        return "The brief names no permits or registrations, so none is in the schedule; counsel has to be asked."
    parts = [f"{own('planned')} requirements have dates, {_in_hand(out)}; together they cost {own('cost')}."]
    if out.all_in_hand is not None:
        parts.append(f"The last one that the opening waits for is in hand on {own('all_in_hand')}.")
    if out.employer_ready is not None:
        parts.append(f"Nobody can be employed before {own('employer_ready')}.")
    if out.expedited:
        parts.append(
            f"For a fee, {few(_expedited(out), 'others')} are decided faster than usual; the fee is in the cost."
        )
    if out.open_blockers:
        parts.append(f"{own('open_blockers')} block the opening and have no way to be in hand: {_blockers(out)}.")
    return " ".join(parts)


def _in_hand(out: Output) -> str:
    return f"and {own('cleared')} are in hand" if out.cleared else "and none is in hand yet"


def _expedited(out: Output) -> list[str]:
    return [f"“{each.label}”" for each in out.items.values() if each.expedited]


def _short(out: Output) -> str:
    if not out.items or out.open_blockers:
        return ""
    ready = f" Nobody can be employed before {own('employer_ready')}." if out.employer_ready is not None else ""
    return (
        f"Everything that the opening waits for is in hand by {own('all_in_hand')}, at a cost of {own('cost')}.{ready}"
    )


def _blockers(out: Output) -> str:
    return few([f"{each.label} ({each.why})" for each in out.items.values() if each.gating and each.why], "others")


def _in_order(out: Output) -> list[str]:
    return sorted(out.items, key=lambda key: (str(out.items[key].starts or ""), str(out.items[key].in_hand or ""), key))


def document_of(
    brief: Brief, inputs: Inputs, out: Output, matrix: EntityMatrix | None, scope: PrivacyScope | None
) -> list[Block]:
    """Headline, checklist by jurisdiction, form of company, privacy law, questions for counsel, calendar, sheet."""
    return draft(
        headline(
            (_short(out) if out.all_in_hand is not None else "") or narrative_of(brief, out),
            "warning" if out.open_blockers or not out.items else "good",
        ),
        picture(
            "legal-lead-times",
            "From application to permit",
            "Bars from the day each requirement can be applied for to the day it is in hand, with the opening as a line.",
        )
        if any(each.in_hand for each in out.items.values())
        else None,
        *(_checklist(brief, inputs, out, key) for key in out.jurisdictions),
        text(
            "Lead times are the brief's, in calendar days from the day the application can be made; an end on a weekend or "
            "public holiday moves to the next working day. No office is bound by them."
        )
        if out.items
        else None,
        heading("Form of company") if out.form or matrix else None,
        _form_text(brief, out, matrix),
        _forms(out),
        heading("Privacy law") if scope else None,
        _privacy(out),
        items("Questions for counsel", out.open_questions),
        _sources(brief, out, matrix, scope),
        text("This is information for counsel to check in each jurisdiction. It is not legal advice."),
        would_change(_changes(out)),
        monday(_first(brief, out)),
        *(
            event(
                f"Apply: {out.items[key].label}",
                f"self#items.{key}.starts",
                None,
                f"{out.items[key].authority or 'office not named'}; owner: {out.items[key].owner or 'not named'}",
            )
            for key in _in_order(out)[:MOST_EVENTS]
            if out.items[key].starts
        ),
        *(
            event(
                f"In hand: {out.items[key].label}",
                f"self#items.{key}.in_hand",
                None,
                f"Owner: {out.items[key].owner or 'not named'}",
            )
            for key in _in_order(out)[:MOST_EVENTS]
            if out.items[key].in_hand
        ),
        _sheet(brief, inputs, out),
    )


def _checklist(brief: Brief, inputs: Inputs, out: Output, place: str) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    for key in _in_order(out):
        each = out.items[key]
        if each.jurisdiction != place:
            continue
        rows[key] = {
            "item": f"{each.label} (expedited)" if each.expedited else each.label,
            "office": each.authority or "not named",
            "owner": each.owner or "not named",
            "days": shown(each.lead_days, f"self#items.{key}.lead_days"),
            "starts": shown(each.starts, f"self#items.{key}.starts"),
            "hand": shown(each.in_hand, f"self#items.{key}.in_hand") if each.status != "cleared" else "in hand",
            "cost": shown(True, f"self#items.{key}.cost"),
            "waits": _waits(inputs, each.blocks) if each.gating else "nothing",
        }
    columns = {
        "item": ("Requirement", "text"),
        "office": ("Office", "text"),
        "owner": ("Owner", "text"),
        "days": ("Lead time, calendar days", "days"),
        "starts": ("Apply on", "date"),
        "hand": ("In hand", "date"),
        "cost": ("Cost", "money"),
        "waits": ("What waits for it", "text"),
    }
    return figure_table(f"Checklist: {out.jurisdictions[place].label}", columns, rows)


def _waits(inputs: Inputs, task: str | None) -> str:
    return inputs.expansion_plan.tasks[task].label if task else "the opening"


def _form_text(brief: Brief, out: Output, matrix: EntityMatrix | None) -> Prose | None:
    if out.form is None:
        return text("The brief names no form of company.") if matrix else None
    name = out.forms[out.form].name if out.form in out.forms else out.form
    why = f" {sentence(quoted(brief.entity.reason, 'fact:entity.reason'))}" if brief.entity.reason else ""
    if out.form_eligible is None:
        return text(f"Chosen: {name}.{why} Whether it is open to these owners is not tested here.")
    return text(f"Chosen: {name}, which is {_ELIGIBLE[out.form_eligible]} to these owners.{why}")


def _forms(out: Output) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "form": f"{each.name} (chosen)" if key == out.form else each.name,
            "open": _ELIGIBLE[each.eligible],
            "liability": _plain(each.liability),
            "cost": shown(each.delaware_minimum_usd, f"self#forms.{key}.delaware_minimum_usd"),
        }
        for key, each in out.forms.items()
    }
    columns = {
        "form": ("Form", "text"),
        "open": ("For these owners", "text"),
        "liability": ("Liability of owners", "text"),
        "cost": ("Delaware, least a year", "money"),
    }
    return figure_table(
        "Forms of company in the United States",
        columns,
        rows,
        "Amounts in United States dollars; taxes differ by state.",
    )


def _plain(words: str) -> str:
    """A rule's short text without the citation in brackets, which has digits; sources are listed below."""
    return words.split(" (")[0].rstrip(".") + "." if words else ""


def _privacy(out: Output) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {"law": each.law, "applies": _ANSWERS[each.applies]} for key, each in out.privacy.items()
    }
    return figure_table(
        "Which privacy law applies", {"law": ("Law", "text"), "applies": ("On the brief's facts", "text")}, rows
    )


def _sources(brief: Brief, out: Output, matrix: EntityMatrix | None, scope: PrivacyScope | None) -> ItemList | None:
    found = []
    if brief.law.as_of is not None and (matrix or scope):
        found.append(f"The law is read as of {said('fact:law.as_of')}; check what has changed since.")
    found += [
        f"{each.label}: {said(f'fact:requirements.{key}.source')}" for key, each in out.items.items() if each.source
    ]
    return items("Sources, as the brief gives them", found)


def _changes(out: Output) -> list[str]:
    tight = [key for key in _in_order(out) if out.items[key].gating and _is_tight(out.items[key])]
    return [
        f"{out.items[key].label}: it is in hand on {own(f'items.{key}.in_hand')}, and the opening cannot be kept if it is "
        "later."
        for key in tight[:4]
    ]


def _is_tight(item: Requirement) -> bool:
    return item.latest is not None and item.in_hand is not None and item.in_hand >= item.latest


def _first(brief: Brief, out: Output) -> list[str]:
    found = [
        f"{out.items[key].label}: apply on {own(f'items.{key}.starts')} "
        f"({out.items[key].authority or 'office not named'}; owner: {out.items[key].owner or 'not named'})."
        for key in _in_order(out)
        if out.items[key].starts and out.items[key].status != "cleared"
    ][:4]
    if out.open_questions:
        found.append("Put the questions above to counsel in each jurisdiction, with this checklist.")
    return found


def _sheet(brief: Brief, inputs: Inputs, out: Output) -> Sheet | None:
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key in _in_order(out):
        each, base = out.items[key], f"self#items.{key}"
        rows[key] = {
            "item": each.label,
            "place": out.jurisdictions[each.jurisdiction].label,
            "kind": title_of(each.kind, None) if each.kind else NONE,
            "office": each.authority or NONE,
            "owner": each.owner or "not named",
            "state": _STATES[each.status],
            "after": inputs.expansion_plan.tasks[each.after].label if each.after else "the start",
            "waits": _waits(inputs, each.blocks) if each.gating else "nothing",
            "days": at(f"{base}.lead_days", "days") if each.lead_days is not None else NONE,
            "starts": at(f"{base}.starts", "date") if each.starts else NONE,
            "hand": at(f"{base}.in_hand", "date") if each.in_hand else NONE,
            "latest": at(f"{base}.latest", "date") if each.latest else NONE,
            "cost": at(f"{base}.cost", "money"),
            "source": at(f"fact:requirements.{key}.source", "text") if each.source else NONE,
        }
    if rows:
        rows["total"] = {"item": "Together", "cost": at("self#cost", "money", "=SUM([[self#items.*.cost]])")}
    return figure_sheet(
        "Compliance checklist",
        "Every requirement with dates, owner and source",
        {
            "item": ("Requirement", "text"),
            "place": ("Jurisdiction", "text"),
            "kind": ("Kind", "text"),
            "office": ("Office", "text"),
            "owner": ("Owner", "text"),
            "state": ("State", "text"),
            "after": ("Can be applied for after", "text"),
            "waits": ("What waits for it", "text"),
            "days": ("Lead time, calendar days", "days"),
            "starts": ("Apply on", "date"),
            "hand": ("In hand", "date"),
            "latest": ("At the latest", "date"),
            "cost": ("Cost", "money"),
            "source": ("Source", "text"),
        },
        rows,
        "At the latest: the last day that does not move the opening.",
    )


def pictures_of(brief: Brief, inputs: Inputs, out: Output) -> dict[str, str]:
    """Lead times as bars on the calendar."""
    dated = [key for key in _in_order(out) if out.items[key].starts and out.items[key].in_hand]
    if not dated:
        return {}
    from matplotlib import dates

    from experts.core.charts import ACCENT, GRID, INK, MUTED, SECOND, figure, shorten, svg

    calendar: Any = dates
    kept = dated[:40]
    opens = f"the site opens on {inputs.expansion_plan.opening:%-d %B %Y}"
    title = f"{len(dated)} requirements from application to permit; {opens}"
    if out.all_in_hand is not None:
        title = f"What the opening waits for is in hand by {out.all_in_hand:%-d %B %Y}; {opens}"
    with figure(9.4, 1.9 + 0.34 * len(kept), title) as (made, axes):
        for row, key in enumerate(kept):
            each = out.items[key]
            start, end = calendar.date2num(each.starts), calendar.date2num(each.in_hand)
            tight = _is_tight(each)
            axes.barh(row, max(end - start, 1), left=start, height=0.5, color=SECOND if tight else ACCENT)
            axes.annotate(
                f"{each.lead_days} d", (end, row), xytext=(4, 0), textcoords="offset points", va="center",
                fontsize=8.5, color=INK,
            )  # fmt: skip
        axes.set_yticks(range(len(kept)), [shorten(out.items[key].label, 44) for key in kept])
        axes.invert_yaxis()
        opening = calendar.date2num(inputs.expansion_plan.opening)
        axes.axvline(opening, color=MUTED, linestyle=(0, (4, 3)), linewidth=1.2)
        axes.annotate(
            "opening", (opening, 1), xycoords=("data", "axes fraction"), xytext=(-4, -4), textcoords="offset points",
            ha="right", va="top", fontsize=9, color=MUTED,
        )  # fmt: skip
        locator = calendar.AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(calendar.ConciseDateFormatter(locator))
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.margins(x=0.08)
        axes.set_xlabel("Red: no day to spare before what waits for it")
        return {"legal-lead-times": svg(made)}


def warnings_of(
    brief: Brief, out: Output, dated: ClearanceSchedule, matrix: EntityMatrix | None, scope: PrivacyScope | None
) -> list[str]:
    """What the reader must know before relying on the checklist."""
    bare = [each.label for each in out.jurisdictions.values() if not each.requirements]
    found = []
    if not out.items:
        found.append(
            "No permits or registrations are named, so none is in the schedule. That does not mean none is needed."
        )
    elif bare:
        found.append(f"The brief names no requirement for {joined(bare)}.")
    if out.form_eligible == "no" and out.form in out.forms:
        found.append(f"{out.forms[out.form].name}, the form chosen, is not open to these owners.")
    if any(each.applies == "needs_facts" for each in out.privacy.values()):
        found.append("Whether a privacy law applies cannot be told from the facts given; see the questions.")
    unowned = [each.label for each in out.items.values() if each.owner is None and each.status != "cleared"]
    if unowned:
        found.append(f"No owner is named for {few(unowned)}.")
    return [*found, *dated.warnings]
