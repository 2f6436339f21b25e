"""Lists what is done and delivered before signing, between signing and closing, at closing, and after, with dates.

Items by kind of deal from drafting practice; statutory items name their statute. Due dates count back from signing
and closing in calendar days, as each item says.

Limits: a start for counsel's own list; local law, regulators and third parties add items.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.legal_consultant.tools._legal import Legal, caution, citation, values

Deal = Literal["share_purchase", "asset_purchase", "merger", "financing"]
Extra = Literal["hsr", "employees_transfer", "leases", "registered_ip", "debt_payoff", "escrow"]


class ChecklistItem(Model):
    """One item; `due` counts from signing or closing."""

    phase: Literal["before_signing", "signing", "between", "closing", "after"]
    item: str
    owner: Literal["buyer", "seller", "company", "both"]
    due: Day
    source: str


class ClosingChecklist(Legal):
    """Items in order of their dates."""

    deal: Deal
    items: list[ChecklistItem]


def build_closing_checklist(
    deal: Deal,
    signing: Day,
    closing: Day,
    extras: Annotated[list[Extra] | None, Field(max_length=6)] = None,
) -> ClosingChecklist:
    """Build a signing and closing checklist for a US deal with owners and dates; make_document gives .docx.

    Use when a deal has dates. It does not replace counsel's list.
    """
    extras = extras or []
    if closing < signing:
        raise InvalidInput(f"closing {closing} is before signing {signing}; check both", field="closing")
    if not date(1900, 1, 1) <= signing <= closing <= date(2999, 12, 31):
        raise InvalidInput(f"signing {signing} and closing {closing} must lie from 1900 to 2999", field="closing")
    rows = values("closing_items", closing)["items"]
    items = []
    for row in rows:
        if deal not in row["deals"] or (row.get("needs") and row["needs"] not in extras):
            continue
        anchor = signing if row["from"] == "signing" else closing
        items.append(
            ChecklistItem(
                phase=row["phase"],
                item=row["item"],
                owner=row["owner"],
                due=anchor + timedelta(days=int(row["days"])),
                source=row.get("source", "practice"),
            )
        )
    twice = next((extra for extra in extras if extras.count(extra) > 1), None)
    if twice:
        raise InvalidInput(f"extras names {twice!r} more than once; give each once", field="extras")
    warnings = []
    outside = sum(item.phase == "between" and not signing <= item.due <= closing for item in items)
    if outside:
        warnings.append(
            f"{outside} items between signing and closing fall outside {signing} to {closing}: there is too little time."
        )
    if "hsr" in extras and (closing - signing).days < 31:
        warnings.append("HSR's waiting period is 30 days after filing: these dates leave no time for it.")
    return ClosingChecklist(
        jurisdiction="US",
        as_of=signing,
        sources=[
            citation("closing_items", closing),
            *sorted({item.source for item in items if item.source != "practice"}),
        ],
        escalate=True,
        escalation_reason="A deal needs counsel; this list is a start.",
        method="Items by deal; due = signing or closing plus the days of the item (calendar days).",
        warnings=[*warnings, *caution("closing_items")],
        deal=deal,
        items=sorted(items, key=_order),
    )


def _order(item: ChecklistItem) -> tuple[date, int]:
    return item.due, ("before_signing", "signing", "between", "closing", "after").index(item.phase)
