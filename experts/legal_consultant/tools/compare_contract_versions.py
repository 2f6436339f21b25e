"""Compares two versions of a contract: words inserted and deleted, paragraphs moved, and what bites.

Paragraphs are aligned by their longest common runs (Python difflib, no junk heuristics), changed ones word by word the
same way; very repetitive text by a longest common subsequence instead, which ends in bounded time; a deleted paragraph that stands elsewhere almost unchanged (92 % alike, its number aside) was moved.
As Word file the comparison carries real tracked changes (ISO/IEC 29500-1 17.13.5: ins, del; a moved paragraph is both):
accepting all gives the new version, rejecting all the old one.

Limits: text only, no formatting; what a change means is not judged.
"""

import re
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Count, Day
from experts.legal_consultant.tools._legal import Legal
from experts.legal_consultant.tools._redline import Piece, compare
from experts.legal_consultant.tools._text import oddities, readable

_MOST = 300
_LONGEST = 150_000
_FIGURE = re.compile(
    r"\d[\d,.]*\s?%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety)\b"
)
_DUTY = re.compile(
    r"\b(shall|must|will|may|should|not|unless|only|sole|exclusive|best|reasonable|consent|indemnif\w+|liab\w+)\b", re.I
)


class Change(Model):
    """One change; offsets are into the old and the new text."""

    kind: Literal["changed", "inserted", "deleted", "moved"]
    removed: str
    added: str
    bites: list[Literal["figure", "duty"]]
    old_start: int | None = None
    old_end: int | None = None
    new_start: int | None = None
    new_end: int | None = None


class Comparison(Legal):
    """What changed, in the order of the new version."""

    changes: list[Change]
    words_inserted: Count
    words_deleted: Count
    paragraphs_moved: Count
    paragraphs_unchanged: Count


def compare_contract_versions(
    old: Annotated[str, Field(max_length=_LONGEST)],
    new: Annotated[str, Field(max_length=_LONGEST)],
    as_of: Day,
) -> Comparison:
    """Compare two versions of a contract: inserted, deleted and moved text, changed figures and duties first.

    Use when a counterparty sends a draft back; make_document gives a Word redline with tracked changes.
    """
    pieces = compare(readable(old, "old"), readable(new, "new"))
    changes = [change for piece in pieces if (change := _change(piece))]
    biting = sum(1 for change in changes if change.bites)
    warnings = [f"Only the first {_MOST} of {len(changes)} changes are listed."] if len(changes) > _MOST else []
    replaced = sum(piece.replaced for piece in pieces)
    if replaced:
        warnings.append(f"{replaced} changed paragraphs are too long to compare by words; they are shown as replaced.")
    return Comparison(
        jurisdiction="not needed: texts are compared, no law is applied",
        as_of=as_of,
        sources=["Both texts as given", "ISO/IEC 29500-1 17.13.5 (tracked changes)"],
        escalate=biting > 0,
        escalation_reason=f"{biting} changes touch figures or duties; have them read before signing." if biting else "",
        method="Longest common runs of paragraphs, then of words; moves by likeness of 92 %.",
        warnings=[*warnings, *dict.fromkeys([*oddities(old), *oddities(new)])],
        changes=changes[:_MOST],
        words_inserted=sum(_count(piece, "insert") for piece in pieces if piece.kind != "moved_to"),
        words_deleted=sum(_count(piece, "delete") for piece in pieces if piece.kind != "moved_from"),
        paragraphs_moved=sum(piece.kind == "moved_to" for piece in pieces),
        paragraphs_unchanged=sum(piece.kind == "equal" for piece in pieces),
    )


def _change(piece: Piece) -> Change | None:
    if piece.kind in ("equal", "moved_from"):
        return None
    removed = " … ".join(text.strip() for op, text in piece.words if op == "delete" and text.strip())
    added = " … ".join(text.strip() for op, text in piece.words if op == "insert" and text.strip())
    moved = piece.kind == "moved_to"
    if not removed and not added:
        return None
    both = "" if moved else f"{removed} {added}"
    bites: list[Literal["figure", "duty"]] = []
    if _FIGURE.search(both.lower()):
        bites.append("figure")
    if _DUTY.search(both):
        bites.append("duty")
    return Change(
        kind="moved" if moved else "changed" if piece.kind == "changed" else "inserted" if piece.new else "deleted",
        removed="" if moved else removed,
        added=added,
        bites=bites,
        old_start=piece.old[0] if piece.old else None,
        old_end=piece.old[1] if piece.old else None,
        new_start=piece.new[0] if piece.new else None,
        new_end=piece.new[1] if piece.new else None,
    )


def _count(piece: Piece, op: str) -> int:
    return sum(len(re.findall(r"\w+", text)) for kind, text in piece.words if kind == op)
