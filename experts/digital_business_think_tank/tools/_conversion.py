"""SAFE conversion into the first priced round, in exact fractions before whole shares are taken."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from experts.core.errors import Infeasible

ROUNDS = 60


@dataclass(frozen=True)
class Note:
    """One SAFE as it converts; `post` says that its cap is post-money, `mfn` that it takes a later one's terms."""

    name: str
    amount: Fraction
    cap: Fraction | None
    discount: Fraction
    post: bool
    mfn: bool = False


@dataclass(frozen=True)
class Terms:
    """The round that triggers conversion: `pool_after` is a share of all shares after it, or `pool_added` shares."""

    pre: Fraction
    raised: Fraction
    pool_after: Fraction | None
    pool_added: int


@dataclass(frozen=True)
class Solution:
    """Shares of each SAFE by its best basis, the pool increase, shares before the new money, and its price."""

    shares: dict[str, Fraction]
    basis: dict[str, str]
    added: Fraction
    before: Fraction


def convert(notes: list[Note], terms: Terms, issued: int, unissued: int) -> Solution:
    """Solve the circle of price, conversion and pool: each SAFE takes the basis that gives it more shares.

    `issued` counts founders', holders' and granted options; `unissued` the pool before the round.
    A post-money cap price is cap / (issued + unissued + all SAFE shares), without the pool increase; a
    pre-money one is cap / (issued + unissued + pool increase), without SAFE shares.
    """
    basis = {note.name: "cap" if note.cap is not None else "discount" if note.discount else "round" for note in notes}
    for _ in range(ROUNDS):
        found = _solve(notes, basis, terms, issued, unissued)
        better = {note.name: _best(note, found, terms, issued, unissued) for note in notes}
        if better == basis:
            return found
        basis = better
    raise Infeasible("the SAFEs' conversion does not settle; check caps and discounts against the round", field="safes")


def favoured(notes: list[Note], terms: Terms, issued: int, unissued: int) -> tuple[list[Note], dict[str, str]]:
    """Notes with the terms that most-favoured-nation ones take from later ones, and from whom.

    From the last to the first, each takes the terms that give it most shares; of equals the earlier listed.
    """
    found, taken = list(notes), {}
    for at in range(len(found) - 1, -1, -1):
        note = found[at]
        if not note.mfn:
            continue
        best: tuple[Fraction, Note, str] | None = None
        seen = set()
        for other in found[at + 1 :]:
            key = (other.cap, other.discount, other.post)
            if key in seen:
                continue
            seen.add(key)
            trial = replace(note, cap=other.cap, discount=other.discount, post=other.post)
            others = [x for x in found if not x.mfn or x.name in taken]
            shares = convert([*others, trial], terms, issued, unissued).shares[note.name]
            if best is None or shares > best[0]:
                best = (shares, trial, other.name)
        if best is not None:
            found[at], taken[note.name] = best[1], best[2]
    return found, taken


def _best(note: Note, found: Solution, terms: Terms, issued: int, unissued: int) -> str:
    price = terms.pre / found.before
    company = issued + unissued + sum(found.shares.values(), Fraction(0))
    choices = {"round": note.amount / price}
    if note.discount:
        choices["discount"] = note.amount / (price * (1 - note.discount))
    if note.cap is not None:
        base = company if note.post else issued + unissued + found.added
        choices["cap"] = note.amount * base / note.cap
    return max(choices, key=lambda name: (choices[name], name == found.basis[note.name]))


def _solve(notes: list[Note], basis: dict[str, str], terms: Terms, issued: int, unissued: int) -> Solution:
    """The linear system for given bases: S = a(N + S) + b D + c(N + A), D = N + S + A, A by the pool rule."""
    n = Fraction(issued + unissued)
    a = sum((x.amount / x.cap for x in notes if basis[x.name] == "cap" and x.post and x.cap), Fraction(0))
    c = sum((x.amount / x.cap for x in notes if basis[x.name] == "cap" and not x.post and x.cap), Fraction(0))
    b = sum(
        (
            x.amount / (terms.pre * (1 - x.discount * (basis[x.name] == "discount")))
            for x in notes
            if basis[x.name] != "cap"
        ),
        Fraction(0),
    )
    growth = 1 + terms.raised / terms.pre
    if a >= 1 or b >= 1:
        raise Infeasible(
            "the SAFEs are promised the whole company or more; raise the caps or the valuation", field="safes"
        )

    def with_pool(added: Fraction) -> tuple[Fraction, Fraction]:
        safe = (a * n + b * (n + added) + c * (n + added)) / (1 - a - b)
        return safe, n + safe + added

    if a + b >= 1:
        raise Infeasible(
            "the SAFEs are promised the whole company or more; raise the caps or the valuation", field="safes"
        )
    added = Fraction(terms.pool_added)
    if terms.pool_after is not None:
        # unissued + A = target x growth x D and D is linear in A
        at_none, at_one = with_pool(Fraction(0))[1], with_pool(Fraction(1))[1]
        slope = at_one - at_none
        share = terms.pool_after * growth
        if share * slope >= 1:
            raise Infeasible(
                "the pool asked for and the SAFEs leave nothing to the others; lower pool_after",
                field="rounds.0.pool_after",
            )
        added = max(Fraction(0), (share * at_none - unissued) / (1 - share * slope))
    safe_total, before = with_pool(added)
    shares = {}
    for note in notes:
        if basis[note.name] == "cap" and note.cap is not None:
            base = n + safe_total if note.post else n + added
            shares[note.name] = note.amount * base / note.cap
        else:
            off = note.discount if basis[note.name] == "discount" else Fraction(0)
            shares[note.name] = note.amount * before / (terms.pre * (1 - off))
    return Solution(shares, basis, added, before)


def fraction(value: Decimal) -> Fraction:
    """A Decimal as an exact fraction."""
    return Fraction(value)
