"""Comparing two versions: paragraphs first, then words; moved paragraphs found by their words."""

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from experts.core.errors import InvalidInput
from experts.legal_consultant.tools._text import paragraphs

MOST_PARAGRAPHS = 1500
_MOST_TOKENS = 3000
_MOST_WORK = 15_000_000
"""Steps that difflib may take in a call: in texts that repeat themselves it needs a cube of their length."""
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
    replaced: bool = False
    """A changed paragraph that was too long to compare word by word."""


class _TooMuch(Exception):
    """The work that a call may do is used up."""


class _Counted(difflib.SequenceMatcher[str]):
    """difflib's matcher, which keeps to whole phrases, as long as there is work left."""

    def __init__(self, a: list[str], b: list[str], left: list[int]) -> None:
        super().__init__(None, a, b, autojunk=False)
        self._words, self._places, self._left = a, Counter(b), left

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        """As difflib's; raises _TooMuch once the places it has to look at are too many."""
        self._left[0] -= sum(1 + self._places.get(word, 0) for word in self._words[alo:ahi])
        if self._left[0] < 0:
            raise _TooMuch
        return super().find_longest_match(alo, ahi, blo, bhi)


def _opcodes(a: list[str], b: list[str], left: list[int]) -> list[tuple[str, int, int, int, int]]:
    """What turns `a` into `b`: by difflib, or by a longest common subsequence where that would take too long."""
    try:
        return list(_Counted(a, b, left).get_opcodes())
    except _TooMuch:
        from rapidfuzz.distance import LCSseq

        numbers = {word: at for at, word in enumerate(dict.fromkeys([*a, *b]))}
        found = LCSseq.opcodes([numbers[word] for word in a], [numbers[word] for word in b])
        return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in found]


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
    left = [_MOST_WORK]
    for tag, i, j, k, m in _opcodes(keys_before, keys_after, left):
        if tag == "equal":
            pieces += [_words(old, new, before[i + n], after[k + n], left) for n in range(j - i)]
        else:
            pieces += _block(old, new, before[i:j], after[k:m], left)
    return _with_moves(old, new, pieces)


def _block(
    old: str, new: str, gone: list[tuple[int, int]], come: list[tuple[int, int]], left: list[int]
) -> list[Piece]:
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
        pieces.append(_words(old, new, span, come[partner], left))
        at = partner + 1
    pieces += [Piece("inserted", (("insert", new[slice(*s)]),), new=s) for s in come[at:]]
    return pieces


def _with_moves(old: str, new: str, pieces: list[Piece]) -> list[Piece]:
    from rapidfuzz import fuzz

    made = list(pieces)
    number = 0
    free = {
        n: _key(_LEAD.sub("", new[slice(*piece.new)]))
        for n, piece in enumerate(made)
        if piece.kind == "inserted" and piece.new
    }
    for at, piece in enumerate(pieces):
        if piece.kind != "deleted" or piece.old is None:
            continue
        text = _key(_LEAD.sub("", old[slice(*piece.old)]))
        if len(text) < _SHORTEST_MOVE:
            continue
        for other, candidate in free.items():
            span = made[other].new
            if abs(len(candidate) - len(text)) <= 0.1 * len(text) and fuzz.ratio(text, candidate) >= _MOVED:
                number += 1
                made[at] = Piece("moved_from", piece.words, old=piece.old, new=span, move=number)
                made[other] = Piece("moved_to", made[other].words, old=piece.old, new=span, move=number)
                del free[other]
                break
    return made


def _words(old: str, new: str, before: tuple[int, int], after: tuple[int, int], left: list[int]) -> Piece:
    """The words of a pair of paragraphs; `left` holds the work that the call may still do."""
    was, now = old[slice(*before)], new[slice(*after)]
    if was == now:
        return Piece("equal", (("equal", now),), before, after)
    a, b = _TOKEN.findall(was), _TOKEN.findall(now)
    if max(len(a), len(b)) > _MOST_TOKENS:
        return Piece("changed", (("delete", was), ("insert", now)), before, after, replaced=True)
    words: list[tuple[Op, str]] = []
    for tag, i, j, k, m in _opcodes(a, b, left):
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
