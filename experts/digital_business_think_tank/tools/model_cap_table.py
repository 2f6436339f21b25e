"""Who owns what after SAFEs and priced rounds, and how much each is diluted.

Post-money SAFE (YC v1.2): cap price = cap / company capitalization, which counts all shares, granted and
promised options, the unissued pool and every converting SAFE, but not the pool increase of the round.
Pre-money SAFE (YC 2013): cap price = cap / capitalization without SAFEs, with the pool increase. Discount
price = round price x (1 - discount). Each SAFE takes whichever price gives it more shares; the round price
if both are higher. Round: price = pre-money / all shares before the new money, with SAFEs and pool
increase; new shares = raised / price. pool_after is the unissued pool as a share of everything after the
round. SAFEs convert in the first round. A convertible note is a line of kind 'pre' (or 'post', as its paper says) whose
`note_interest` accrued to then converts with it. A most-favoured-nation SAFE (mfn) takes, of the terms of those listed after
it, the ones that give it most shares. A pro-rata right is YC's side letter: conversion shares / company
capitalization of the round's new shares, bought at the round price within the amount raised. Shares are whole, rounded down; prices have four decimals, as in
YC's Post-Money Safe User Guide, Appendix II, whose Example 1 the tests reproduce.

Limits: pro rata in the converting round only; no liquidation preferences or taxes; the contract rules.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Count, Money, NonNegativeMoney, Ratio, Share, round_to
from experts.digital_business_think_tank.tools._conversion import Note, Terms, convert, favoured
from experts.digital_business_think_tank.tools._figures import Currency, Line, Whole, figure, small


class Safe(Model):
    """A SAFE; its paper says whether the cap is post- or pre-money."""

    amount: NonNegativeMoney
    cap: NonNegativeMoney | None = None
    discount: Annotated[Share, Field(description="0.2: 20 % off.")] = Decimal(0)
    kind: Annotated[Literal["post", "pre"] | None, Field(description="Ask if unknown.")] = None
    note_interest: NonNegativeMoney = Decimal(0)
    mfn: bool = False
    pro_rata: bool = False


class Round(Model):
    """A priced round."""

    name: Line
    pre_money: NonNegativeMoney
    raised: NonNegativeMoney
    pool_after: Annotated[Share | None, Field(description="Share of all.")] = None
    pool_added: Annotated[Whole, Field(description="Or shares added.")] = 0


class Holding(Model):
    """One line of the table."""

    holder: str
    kind: Literal["founder", "options", "pool", "safe", "investor"]
    shares: Count
    share: Share


class Stage(Model):
    """The table after one event."""

    name: str
    price: Ratio | None = None
    pre_money: Money | None = None
    raised: Money | None = None
    post_money: Money | None = None
    total_shares: Count
    founders_share: Share
    holdings: list[Holding]


class Conversion(Model):
    """How one SAFE became shares."""

    safe: str
    basis: Literal["cap", "discount", "round"]
    price: Ratio
    shares: Count
    share_before_new_money: Share
    terms_of: Annotated[str | None, Field(description="MFN: whose terms it took.")] = None
    pro_rata_shares: Count = 0


class CapTable(Model):
    """Money in the given currency."""

    stages: list[Stage]
    conversions: list[Conversion] = []
    company_capitalization: Count | None = None
    unconverted: dict[str, Share] = {}
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def model_cap_table(
    founders: Annotated[dict[Key, Whole], Field(min_length=1, max_length=30)],
    currency: Currency,
    options: Annotated[Whole, Field(description="Granted and promised.")] = 0,
    pool: Annotated[Whole, Field(description="Unissued.")] = 0,
    safes: Annotated[dict[Key, Safe] | None, Field(max_length=30)] = None,
    rounds: Annotated[list[Round] | None, Field(max_length=8)] = None,
) -> CapTable:
    """Model ownership through SAFEs, notes, option pool and priced rounds.

    Use when equity is raised or planned.
    """
    safes = safes or {}
    rounds = rounds or []
    issued = sum(founders.values()) + options
    if issued <= 0:
        raise InvalidInput("founders hold no shares; give how many each holds", field="founders")
    if issued + pool > 10**12:
        raise InvalidInput(f"{issued + pool} shares are out of range; at most {10**12}", field="founders")
    notes = [_note(name, safe, at == len(safes) - 1) for at, (name, safe) in enumerate(safes.items())]
    lines: list[tuple[str, str, int]] = [(name, "founder", shares) for name, shares in founders.items()]
    lines += [("Options granted", "options", options)] if options else []
    lines += [("Option pool (unissued)", "pool", pool)] if pool or rounds else []
    stages = [_stage("Before financing", lines)]
    conversions: list[Conversion] = []
    company = None
    for at, round_ in enumerate(rounds):
        if not round_.pre_money or not round_.raised:
            raise InvalidInput(
                f"round {round_.name!r} needs a pre-money valuation and an amount above zero", field=f"rounds.{at}"
            )
        if round_.pool_after is not None and round_.pool_added:
            raise InvalidInput(
                f"round {round_.name!r} has pool_after and pool_added; they may disagree, so give one",
                field=f"rounds.{at}",
            )
        small(round_.pre_money, f"rounds.{at}.pre_money")
        small(round_.raised, f"rounds.{at}.raised")
        lines, stage, made, counted = _close(lines, round_, notes if at == 0 else [], safes, currency, at)
        stages.append(stage)
        conversions += made
        company = counted if made else company
    warnings = []
    drop = stages[0].founders_share - stages[-1].founders_share
    if stages[-1].founders_share < Decimal("0.5") and drop:
        warnings.append(f"The founders end below half: {figure(round_to(stages[-1].founders_share * 100, 1))} %.")
    return CapTable(
        stages=stages,
        conversions=conversions,
        company_capitalization=company,
        unconverted={} if rounds else {n.name: _share(n.amount, n.cap) for n in notes if n.cap and n.post},
        method="SAFEs convert in the first priced round at the lowest of cap, discount and round price: post-money caps over "
        "a capitalization with all SAFEs and without the pool increase (YC v1.2), pre-money caps without SAFEs and with "
        "it (YC 2013); price = pre-money / shares before the new money, four decimals; whole shares, rounded down.",
        assumptions=[
            "Pro-rata rights are used in full in the first round, within the amount raised."
            if any(safe.pro_rata for safe in safes.values())
            else "Nobody exercises pro-rata rights.",
            "The pool increase falls before the new money.",
            "Percentages are fully diluted.",
        ],
        warnings=warnings,
    )


def _note(name: str, safe: Safe, last: bool) -> Note:
    if safe.mfn and (safe.cap is not None or safe.discount or last):
        raise InvalidInput(
            f"SAFE {name!r} is most-favoured-nation, so it takes the terms of a later one; "
            + ("list it before those" if last else "leave out its own cap and discount"),
            field=f"safes.{name}.mfn",
        )
    if safe.kind is None and safe.cap is not None:
        raise InvalidInput(
            f"SAFE {name!r} does not say whether its cap is post-money (YC's form since 2018) or pre-money (2013 to 2018); the "
            "two give different shares, so read the paper and give kind 'post' or 'pre'",
            field=f"safes.{name}.kind",
        )
    if not safe.amount:
        raise InvalidInput(f"SAFE {name!r} has no amount", field=f"safes.{name}.amount")
    if safe.cap is not None and safe.cap <= safe.amount + safe.note_interest:
        raise InvalidInput(
            f"SAFE {name!r}: cap {figure(safe.cap)} is not above its amount {figure(safe.amount + safe.note_interest)}",
            field=f"safes.{name}.cap",
        )
    if safe.discount > Decimal("0.5"):
        raise InvalidInput(
            f"SAFE {name!r}: a discount of {figure(safe.discount)} takes off more than half; YC's paper writes a discount rate of "
            "80 % for 20 % off, so read it and give what is taken off, '0.2'",
            field=f"safes.{name}.discount",
        )
    small(safe.cap or safe.amount, f"safes.{name}.cap")
    cap = None if safe.cap is None else Fraction(safe.cap)
    small(safe.note_interest, f"safes.{name}.note_interest")
    amount = Fraction(safe.amount + safe.note_interest)
    return Note(name, amount, cap, Fraction(safe.discount), safe.kind != "pre", safe.mfn)


def _close(
    lines: list[tuple[str, str, int]], round_: Round, notes: list[Note], safes: dict[str, Safe], currency: str, at: int
) -> tuple[list[tuple[str, str, int]], Stage, list[Conversion], int]:
    unissued = sum(shares for _, kind, shares in lines if kind == "pool")
    issued = sum(shares for _, _, shares in lines) - unissued
    target = None if round_.pool_after is None else Fraction(round_.pool_after)
    terms = Terms(Fraction(round_.pre_money), Fraction(round_.raised), target, round_.pool_added)
    if target is not None and target >= Fraction(9, 10):
        raise InvalidInput(
            f"round {round_.name!r}: a pool of {figure(round_.pool_after or Decimal(0))} of all shares is not plausible",
            field=f"rounds.{at}.pool_after",
        )
    notes, taken = favoured(notes, terms, issued, unissued)
    solved = convert(notes, terms, issued, unissued)
    added = int(solved.added)
    exact = _decimal(terms.pre / solved.before)
    price = round_to(exact, 4 if exact >= Decimal("0.1") else 10)
    if not price:
        raise Infeasible(
            f"round {round_.name!r}: the price a share is zero; check shares and valuation", field=f"rounds.{at}"
        )
    made = _whole(notes, solved.basis, Fraction(price), issued + unissued, added)
    before = issued + unissued + sum(made.values()) + added
    new = int(round_.raised / price)
    if before + new > 10**12:
        raise Infeasible(
            f"round {round_.name!r} would make {before + new} shares, more than {10**12}; check valuation and amounts",
            field=f"rounds.{at}",
        )
    after = [(name, kind, shares + (added if kind == "pool" else 0)) for name, kind, shares in lines]
    after += [(f"SAFE {name}", "safe", shares) for name, shares in made.items()]
    company = issued + unissued + sum(made.values())
    bought = {name: new * shares // company for name, shares in made.items() if safes[name].pro_rata}
    after += [(f"SAFE {name}, pro rata", "investor", shares) for name, shares in bought.items()]
    after.append((f"{round_.name} investors", "investor", new - sum(bought.values())))
    conversions = [
        Conversion(
            safe=name,
            basis=solved.basis[name],
            price=round_to((safes[name].amount + safes[name].note_interest) / shares, 6) if shares else Decimal(0),
            shares=shares,
            share_before_new_money=round_to(Decimal(shares) / before, 6),
            terms_of=taken.get(name),
            pro_rata_shares=bought.get(name, 0),
        )
        for name, shares in made.items()
    ]
    money = {
        "price": price,
        "pre_money": round_.pre_money,
        "raised": round_.raised,
        "post_money": round_money(round_.pre_money + round_.raised, currency),
    }
    return after, _stage(round_.name, after).model_copy(update=money), conversions, company


def _whole(notes: list[Note], basis: dict[str, str], price: Fraction, held: int, added: int) -> dict[str, int]:
    """Whole shares of each SAFE at the rounded price; post-money caps last, since they count all others."""
    exact: dict[str, Fraction] = {}
    for note in notes:
        if basis[note.name] != "cap":
            exact[note.name] = note.amount / (price * (1 - (note.discount if basis[note.name] == "discount" else 0)))
        elif not note.post and note.cap:
            exact[note.name] = note.amount * (held + added) / note.cap
    capped = {note.name: note.amount / note.cap for note in notes if note.name not in exact and note.cap}
    company = (held + sum(int(shares) for shares in exact.values())) / (1 - sum(capped.values(), Fraction(0)))
    exact |= {name: company * share for name, share in capped.items()}
    return {note.name: int(exact[note.name]) for note in notes}


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _stage(name: str, lines: list[tuple[str, str, int]]) -> Stage:
    total = sum(shares for _, _, shares in lines)
    return Stage(
        name=name,
        total_shares=total,
        founders_share=round_to(Decimal(sum(s for _, kind, s in lines if kind == "founder")) / total, 6),
        holdings=[
            Holding(holder=holder, kind=kind, shares=shares, share=round_to(Decimal(shares) / total, 6))
            for holder, kind, shares in lines
        ],
    )


def _share(amount: Fraction, cap: Fraction) -> Decimal:
    return round_to(_decimal(amount / cap), 6)
