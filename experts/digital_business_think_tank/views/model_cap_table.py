"""Ownership after each event as bars, and the table as a workbook with formulas."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import Table
from experts.core.contract import Model
from experts.core.view import View
from experts.core.workbook import FIRST_ROW, Cell, Formula, Grid, workbook
from experts.digital_business_think_tank.tools.model_cap_table import CapTable
from experts.digital_business_think_tank.views._page import amount, brief, figure, grid, page, percent, words

_TOGETHER, _ACROSS = 3, 5


def view(result: CapTable, arguments: Mapping[str, Any]) -> View:
    """Title, bars, tables, workbook."""
    currency = str(arguments["currency"])
    last = result.stages[-1]
    if len(result.stages) == 1:
        title = f"The founders hold {percent(last.founders_share)} of {figure(last.total_shares)} shares"
    else:
        title = f"After {brief(last.name, 30)} the founders hold {percent(last.founders_share)} of {figure(last.total_shares)} shares, down from {percent(result.stages[0].founders_share)}"
    bodies: list[Model] = list(_holders(result))
    priced = [s for s in result.stages if s.price is not None]
    if priced:
        rows = [
            {
                "n": s.name,
                "p": figure(s.price or 0, 4),
                "pre": figure(s.pre_money or 0),
                "r": figure(s.raised or 0),
                "post": figure(s.post_money or 0),
            }
            for s in priced
        ]
        money = {
            "n": ("Round", "text"),
            "p": (f"Price a share, {currency}", "ratio"),
            "pre": ("Pre-money", "money"),
            "r": ("Raised", "money"),
            "post": ("Post-money", "money"),
        }
        bodies.append(grid("Rounds", money, rows))
    if result.conversions:
        rows = [
            {
                "s": words(c.safe),
                "b": c.basis + (f", terms of {words(c.terms_of)}" if c.terms_of else ""),
                "p": figure(c.price, 4),
                "n": figure(c.shares),
                "w": percent(c.share_before_new_money, 2),
            }
            for c in result.conversions
        ]
        money = {
            "s": ("SAFE", "text"),
            "b": ("Basis", "text"),
            "p": ("Price a share", "ratio"),
            "n": ("Shares", "count"),
            "w": ("Before the new money", "rate"),
        }
        bodies.append(grid("Conversion of the SAFEs", money, rows))
    pictures = {"ownership": (_bars(result, title), title)}
    return page(title, result, *bodies, pictures=pictures, files={"cap-table.xlsx": _book(result, currency)})


def _holders(result: CapTable) -> Iterator[Table]:
    """Shares and ownership by holder; beyond a few stages in tables of their own, so that no figure is broken."""
    stages = list(enumerate(result.stages))
    holders = [holding.holder for holding in result.stages[-1].holdings]
    cells = {
        (holding.holder, at): (figure(holding.shares), percent(holding.share, 2))
        for at, stage in stages
        for holding in stage.holdings
    }
    if len(stages) <= _TOGETHER:
        heads = {"h": ("Holder", "text")}
        for at, stage in stages:
            heads |= {f"s{at}": (f"{stage.name}: shares", "count"), f"p{at}": ("Share", "rate")}
        rows = []
        for holder in holders:
            row = {"h": words(holder)}
            for at, _ in stages:
                row[f"s{at}"], row[f"p{at}"] = cells.get((holder, at), ("", ""))
            rows.append(row)
        yield grid("Holders", heads, rows)
        return
    for which, (title, unit) in enumerate((("Shares", "count"), ("Ownership", "rate"))):
        for first in range(0, len(stages), _ACROSS):
            part = stages[first : first + _ACROSS]
            heads = {"h": ("Holder", "text")} | {f"s{at}": (brief(stage.name, 24), unit) for at, stage in part}
            there = [holder for holder in holders if any((holder, at) in cells for at, _ in part)]
            rows = [
                {"h": words(holder)} | {f"s{at}": cells.get((holder, at), ("", ""))[which] for at, _ in part}
                for holder in there
            ]
            yield grid(title, heads, rows)


def _groups(result: CapTable) -> list[tuple[str, list[float]]]:
    """Ownership by group over the stages; many holders of one kind are one group."""
    kinds: dict[str, list[float]] = {}
    for at, stage in enumerate(result.stages):
        for holding in stage.holdings:
            name = {
                "founder": "Founders",
                "options": "Options granted",
                "pool": "Option pool",
                "safe": "SAFE holders",
            }.get(holding.kind, holding.holder)
            name = "SAFE holders, pro rata" if name.endswith(", pro rata") else name
            kinds.setdefault(name, [0.0] * len(result.stages))[at] += float(holding.share)
    return list(kinds.items())


def _bars(result: CapTable, title: str) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import PALETTE

    with charts.figure(8.4, 4.8, title) as (made, axes):
        below = [0.0] * len(result.stages)
        for at, (name, shares) in enumerate(_groups(result)):
            axes.bar(
                range(len(below)),
                shares,
                bottom=below,
                width=0.58,
                color=PALETTE[at % len(PALETTE)],
                edgecolor="white",
                label=charts.shorten(name, 26),
            )
            for x, (share, base) in enumerate(zip(shares, below, strict=True)):
                if share >= 0.04:
                    axes.annotate(
                        f"{share:.1%}",
                        (x, base + share / 2),
                        ha="center",
                        va="center",
                        color="white",
                        fontsize=9,
                        fontweight="bold",
                    )
            below = [base + share for base, share in zip(below, shares, strict=True)]
        axes.set_xticks(
            range(len(below)), [charts.shorten(stage.name, max(8, 72 // len(below))) for stage in result.stages]
        )
        axes.tick_params(axis="x", length=0, labelcolor=charts.INK)
        axes.set_xlim(-0.6, max(len(below) - 0.4, 1.6))
        axes.set_ylim(0, 1)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axes.set_ylabel("Fully diluted ownership")
        made.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        return charts.svg(made)


def _column(number: int) -> str:
    return chr(65 + number) if number < 26 else chr(64 + number // 26) + chr(65 + number % 26)


def _book(result: CapTable, currency: str) -> bytes:
    """Shares as inputs, totals, percentages, prices and amounts as formulas."""
    holders = [holding.holder for holding in result.stages[-1].holdings]
    end = FIRST_ROW + len(holders)
    columns: list[tuple[str, str, int]] = [("Holder", "text", 30)]
    for stage in result.stages:
        columns += [(f"{stage.name}: shares", "count", 18), ("Share", "rate", 10)]
    rows: list[tuple[Cell, ...]] = []
    inputs = set()
    for line, holder in enumerate(holders):
        row: list[Cell] = [words(holder)]
        for at, stage in enumerate(result.stages):
            found = next((h for h in stage.holdings if h.holder == holder), None)
            letter = _column(1 + 2 * at)
            row += [
                found.shares if found else None,
                Formula(f"={letter}{FIRST_ROW + line}/{letter}${end}", found.share) if found else None,
            ]
            if found:
                inputs.add((line, 1 + 2 * at))
        rows.append(tuple(row))
    total: list[Cell] = ["Total, fully diluted"]
    for at, stage in enumerate(result.stages):
        letter, share = _column(1 + 2 * at), _column(2 + 2 * at)
        total += [
            Formula(f"=SUM({letter}{FIRST_ROW}:{letter}{end - 1})", Decimal(stage.total_shares)),
            Formula(f"=SUM({share}{FIRST_ROW}:{share}{end - 1})", Decimal(1)),
        ]
    rows.append(tuple(total))
    table = Grid(
        "Cap table",
        "Cap table",
        tuple(columns),
        tuple(rows),
        "Blue: shares as modelled; everything else is calculated.",
        frozenset({len(holders)}),
        frozenset(inputs),
    )
    return workbook(table, *_rounds(result, currency, holders, end))


def _rounds(result: CapTable, currency: str, holders: list[str], end: int) -> list[Grid]:
    rows: list[tuple[Cell, ...]] = []
    for at, stage in enumerate(result.stages):
        if stage.price is None or stage.raised is None or stage.pre_money is None:
            continue
        letter, line = _column(1 + 2 * at), FIRST_ROW + len(rows)
        had = {h.holder for h in result.stages[at - 1].holdings}
        bought = [h for h in stage.holdings if h.kind == "investor" and h.holder not in had]
        less = "".join(f"-'Cap table'!{letter}{FIRST_ROW + holders.index(h.holder)}" for h in bought)
        before = f"('Cap table'!{letter}{end}{less})"
        shares = sum(h.shares for h in bought)
        rows.append(
            (
                stage.name,
                stage.pre_money,
                stage.raised,
                Formula(f"=B{line}+C{line}", stage.post_money or Decimal(0)),
                Formula(f"=ROUND(B{line}/{before},4)", stage.price),
                Formula(f"=INT(C{line}/E{line})", Decimal(shares)),
                Formula(f"=F{line}{less}", Decimal(0)),
            )
        )
    if not rows:
        return []
    heads = (
        ("Round", "text", 24),
        (f"Pre-money, {currency}", "money", 18),
        (f"Raised, {currency}", "money", 18),
        ("Post-money", "money", 18),
        ("Price a share", "ratio", 14),
        ("New shares", "count", 16),
        ("Check: 0", "count", 12),
    )
    inputs = frozenset((line, column) for line in range(len(rows)) for column in (1, 2))
    note = f"Price = pre-money / shares before the new money, four decimals; amounts in {currency}. {amount(Decimal(0))} in the last column: the table agrees."
    return [Grid("Rounds", "Priced rounds", heads, tuple(rows), note, frozenset(), inputs)]
