"""Comparing two versions: paragraphs first, then words; moved paragraphs found by their words."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from experts.core.errors import InvalidInput
from experts.legal_consultant.tools._text import paragraphs

MOST_PARAGRAPHS = 1500
_MOST_TOKENS = 3000
_SIMILAR = 55.0
_MOVED = 92.0
_SHORTEST_MOVE = 30
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LEAD = re.compile(r"^\s*(?:\(?[0-9A-Za-z]{1,4}(?:\.\d+)*[.)]\s*)+")

Op = Literal["equal", "insert", "delete"]


@dataclass(frozen=True)
class Piece:
    """A paragraph of the comparison: its words as (operation, text), and where it stood and stands."""

    kind: Literal["equal", "changed", "inserted", "deleted", "moved_from", "moved_to"]
    words: tuple[tuple[Op, str], ...]
    old: tuple[int, int] | None = None
    new: tuple[int, int] | None = None
    move: int = 0


def compare(old: str, new: str) -> list[Piece]:
    """The paragraphs of both versions in the new order, with what was deleted in its old place."""
    before, after = paragraphs(old), paragraphs(new)
    for name, spans in (("old", before), ("new", after)):
        if len(spans) > MOST_PARAGRAPHS:
            raise InvalidInput(
                f"{name} has {len(spans)} paragraphs; at most {MOST_PARAGRAPHS} are compared at once, so split it",
                field=name,
            )
    keys_before = [_key(old[a:b]) for a, b in before]
    keys_after = [_key(new[a:b]) for a, b in after]
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, keys_before, keys_after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces += [_words(old, new, before[i + n], after[k + n]) for n in range(j - i)]
        else:
            pieces += _block(old, new, before[i:j], after[k:m])
    return _with_moves(old, new, pieces)


def _block(old: str, new: str, gone: list[tuple[int, int]], come: list[tuple[int, int]]) -> list[Piece]:
    """Pair changed paragraphs in order by likeness; what finds no partner was deleted or inserted."""
    from rapidfuzz import fuzz

    pieces: list[Piece] = []
    at = 0
    for span in gone:
        text = old[slice(*span)]
        partner = next(
            (n for n in range(at, min(at + 12, len(come))) if fuzz.ratio(text, new[slice(*come[n])]) >= _SIMILAR), None
        )
        if partner is None:
            pieces.append(Piece("deleted", (("delete", text),), old=span))
            continue
        pieces += [Piece("inserted", (("insert", new[slice(*s)]),), new=s) for s in come[at:partner]]
        pieces.append(_words(old, new, span, come[partner]))
        at = partner + 1
    pieces += [Piece("inserted", (("insert", new[slice(*s)]),), new=s) for s in come[at:]]
    return pieces


def _with_moves(old: str, new: str, pieces: list[Piece]) -> list[Piece]:
    from rapidfuzz import fuzz

    made = list(pieces)
    number = 0
    free = [n for n, piece in enumerate(made) if piece.kind == "inserted"]
    for at, piece in enumerate(pieces):
        if piece.kind != "deleted" or piece.old is None:
            continue
        text = _key(_LEAD.sub("", old[slice(*piece.old)]))
        if len(text) < _SHORTEST_MOVE:
            continue
        for other in free:
            span = made[other].new
            candidate = _key(_LEAD.sub("", new[slice(*span)])) if span else ""
            if abs(len(candidate) - len(text)) <= 0.1 * len(text) and fuzz.ratio(text, candidate) >= _MOVED:
                number += 1
                made[at] = Piece("moved_from", piece.words, old=piece.old, new=span, move=number)
                made[other] = Piece("moved_to", made[other].words, old=piece.old, new=span, move=number)
                free.remove(other)
                break
    return made


def _words(old: str, new: str, before: tuple[int, int], after: tuple[int, int]) -> Piece:
    was, now = old[slice(*before)], new[slice(*after)]
    if was == now:
        return Piece("equal", (("equal", now),), before, after)
    a, b = _TOKEN.findall(was), _TOKEN.findall(now)
    if max(len(a), len(b)) > _MOST_TOKENS:
        return Piece("changed", (("delete", was), ("insert", now)), before, after)
    words: list[tuple[Op, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            words.append(("equal", "".join(b[k:m])))
            continue
        if j > i:
            words.append(("delete", "".join(a[i:j])))
        if m > k:
            words.append(("insert", "".join(b[k:m])))
    return Piece("changed", tuple(words), before, after)


def _key(text: str) -> str:
    return " ".join(text.split())
