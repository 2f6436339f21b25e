"""The text, tables, picture and sheet of a cap table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Sheet, Table
from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    event,
    figure_sheet,
    figure_table,
    headline,
    helper,
    monday,
    own,
    picture,
    shown,
    text,
    title_of,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.digital_business_think_tank.actions.ownership_and_cap_table import Brief, Output
    from experts.digital_business_think_tank.tools.model_cap_table import CapTable

BASES = {"cap": "its cap", "discount": "its discount", "round": "the round's price"}


def narrative_of(brief: Brief, output: Output) -> str:
    """What the founders keep, and what investors bring."""
    if len(output.stages) == 1:
        kept = f"The founders hold {own('founders_before')} of all shares before financing"
        promised = f"; SAFEs of {own('safes_total')} turn into shares in the first priced round" if brief.safes else ""
        return f"{kept}{promised}. No priced round is planned."
    last = list(output.stages)[-1]
    return (
        f"The founders go from {own('founders_before')} to {own('founders_after')} of the company, fully diluted, while investors "
        f"bring {own('investor_money')}: {own('safes_total')} by SAFE and {own('rounds_total')} in priced rounds. After "
        f"{output.stages[last].label} the company is valued at {own(f'stages.{last}.post_money')}. The financial plan needs "
        f"{own('funding_need')} from investors."
    )


def _main(brief: Brief, output: Output) -> str:
    if len(output.stages) == 1:
        return narrative_of(brief, output)
    last = list(output.stages)[-1]
    return (
        f"After {output.stages[last].label} the founders hold {own('founders_after')} of the company, down from "
        f"{own('founders_before')}, and investors have brought {own('investor_money')}."
    )


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, ownership picture, holders, rounds, conversions, sheet, days of closing."""
    enough = output.investor_money >= output.funding_need
    return draft(
        headline(_main(brief, output), "good" if enough else "warning"),
        picture("cap_ownership", "Ownership", "Ownership by group after each event, as stacked bars."),
        _holders(output),
        _rounds(output),
        _conversions(output),
        _promised(output),
        text(
            "Percentages are fully diluted: every share, option and pool share counts. Liquidation preferences and taxes "
            "are not in this table; the signed papers rule."
        ),
        would_change(_changes(output)),
        monday(_monday(brief, output)),
        _sheet(brief, output),
        *(
            event(f"{title_of(key, one.label)}: money due", f"fact:{table}.{key}.received")
            for table in ("safes", "rounds")
            for key, one in getattr(brief, table).items()
        ),
    )


def _holders(output: Output) -> Table | None:
    columns = {"name": ("Holder", "text")}
    for key, stage in output.stages.items():
        columns |= {f"s-{key}": (f"{stage.label}: shares", "count"), f"p-{key}": ("Share", "rate")}
    rows: dict[str, dict[str, Cell]] = {}
    for name, holding in list(output.stages.values())[-1].holdings.items():
        row: dict[str, Cell] = {"name": holding.holder}
        for key, stage in output.stages.items():
            there = name in stage.holdings
            at_ = f"self#stages.{key}.holdings.{name}"
            row |= {f"s-{key}": shown(there or None, f"{at_}.shares"), f"p-{key}": shown(there or None, f"{at_}.share")}
        rows[f"row-{name}"] = row
    total: dict[str, Cell] = {"name": "All, fully diluted"}
    for key in output.stages:
        total |= {f"s-{key}": shown(True, f"self#stages.{key}.total_shares"), f"p-{key}": NONE}
    rows["all"] = total
    return figure_table("Who holds what", columns, rows)


def _rounds(output: Output) -> Table | None:
    columns = {
        "name": ("Round", "text"),
        "pre": ("Valued before", "money"),
        "raised": ("Raised", "money"),
        "post": ("Valued after", "money"),
        "price": ("Price a share", "ratio"),
        "founders": ("Founders keep", "rate"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key, stage in output.stages.items():
        if stage.raised is None:
            continue
        ref = f"self#stages.{key}"
        rows[key] = {
            "name": stage.label,
            "pre": shown(True, f"{ref}.pre_money"),
            "raised": shown(True, f"{ref}.raised"),
            "post": shown(True, f"{ref}.post_money"),
            "price": shown(True, f"{ref}.price"),
            "founders": shown(True, f"{ref}.founders_share"),
        }
    return figure_table("Priced rounds", columns, rows)


def _conversions(output: Output) -> Table | None:
    columns = {
        "name": ("SAFE", "text"),
        "basis": ("Converts at", "text"),
        "price": ("Price a share", "ratio"),
        "shares": ("Shares", "count"),
        "share": ("Share before the new money", "rate"),
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "name": one.label,
            "basis": BASES[one.basis],
            "price": shown(True, f"self#conversions.{key}.price"),
            "shares": shown(True, f"self#conversions.{key}.shares"),
            "share": shown(True, f"self#conversions.{key}.share_before_new_money"),
        }
        for key, one in output.conversions.items()
    }
    return figure_table("How SAFEs become shares", columns, rows, "Each takes whichever price gives it more shares.")


def _promised(output: Output) -> Table | None:
    if output.conversions or not output.unconverted:
        return None
    rows: dict[str, dict[str, Cell]] = {
        key: {"name": title_of(key, None), "share": shown(True, f"self#unconverted.{key}")}
        for key in output.unconverted
    }
    columns = {"name": ("SAFE", "text"), "share": ("Promised share", "rate")}
    return figure_table(
        "What SAFEs are promised", columns, rows, "Amount over post-money cap, before a round's new money."
    )


def _changes(output: Output) -> list[str]:
    found = []
    for key, stage in output.stages.items():
        if stage.raised is not None:
            found.append(
                f"The valuation before {stage.label}, {own(f'stages.{key}.pre_money')}, is a wish until an investor signs: a lower "
                "one, or a larger pool, comes out of the founders' share."
            )
    by_cap = [one.label for one in output.conversions.values() if one.basis == "cap"]
    if by_cap:
        found.append(
            "SAFEs that convert at their cap take a fixed share; a round priced below the cap would give them more shares still."
        )
    return found


def _monday(brief: Brief, output: Output) -> list[str]:
    found = []
    if brief.safes:
        found.append("A founder: check kind, cap and discount here against each signed SAFE, line by line.")
    if output.stages and len(output.stages) > 1:
        found.append(
            "All founders: agree in writing the smallest share you accept to hold after the round, before investors ask."
        )
    return found


def _sheet(brief: Brief, output: Output) -> Sheet | None:
    columns = {"name": ("Holder", "text")}
    for key, stage in output.stages.items():
        columns |= {f"s-{key}": (f"{stage.label}: shares", "count"), f"p-{key}": ("Share", "rate")}
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for name, holding in list(output.stages.values())[-1].holdings.items():
        row: dict[str, str | SheetCell] = {"name": holding.holder}
        for key, stage in output.stages.items():
            if name not in stage.holdings:
                continue
            at_ = f"self#stages.{key}.holdings.{name}"
            row[f"s-{key}"] = at(f"{at_}.shares", "count", _shares(output, key, name))
            row[f"p-{key}"] = at(
                f"{at_}.share", "rate", f"=ROUND([[{at_}.shares]]/[[self#stages.{key}.total_shares]],6)"
            )
        rows[f"row-{name}"] = row
    total: dict[str, str | SheetCell] = {"name": "All, fully diluted"}
    founders: dict[str, str | SheetCell] = {"name": "Founders"}
    for key, stage in output.stages.items():
        held = [n for n, h in stage.holdings.items() if h.kind == "founder"]
        own_ = "+".join(f"[[self#stages.{key}.holdings.{n}.shares]]" for n in held)
        total[f"s-{key}"] = at(
            f"self#stages.{key}.total_shares", "count", f"=SUM([[self#stages.{key}.holdings.*.shares]])"
        )
        total[f"p-{key}"] = helper("rate", f"=SUM([[self#stages.{key}.holdings.*.share]])")
        founders[f"p-{key}"] = at(
            f"self#stages.{key}.founders_share", "rate", f"=ROUND(({own_})/[[self#stages.{key}.total_shares]],6)"
        )
    rows |= {"all": total, "founders": founders}
    for label, field in (("Valued before", "pre_money"), ("Raised", "amount")):
        row = {"name": label}
        for key in output.stages:
            if key != "start":
                row[f"s-{key}"] = at(f"fact:rounds.{key}.{field}", "money")
        rows[f"round-{field}-of"] = row
    post: dict[str, str | SheetCell] = {"name": "Valued after"}
    price: dict[str, str | SheetCell] = {"name": "Price a share"}
    for key, stage in output.stages.items():
        if stage.raised is None:
            continue
        ref = f"self#stages.{key}"
        post[f"s-{key}"] = at(
            f"{ref}.post_money", "money", f"=[[fact:rounds.{key}.pre_money]]+[[fact:rounds.{key}.amount]]"
        )
        price[f"s-{key}"] = at(f"{ref}.price", "ratio")
    rows |= {"post": post, "price": price}
    note = (
        "Shares of SAFEs and pool and the price come from the plan: they depend on each other. The round's shares, all totals "
        "and percentages are live."
    )
    return figure_sheet("Cap table", "Cap table", columns, rows if len(output.stages) > 1 else _short(rows), note)


def _short(rows: dict[str, dict[str, str | SheetCell]]) -> dict[str, dict[str, str | SheetCell]]:
    return {key: row for key, row in rows.items() if len(row) > 1}


def _round(key: str) -> str:
    return f"round-{key}"[:60]


def _shares(output: Output, key: str, name: str) -> str | None:
    """A formula where the shares follow from something else: new shares of a round, holdings that stay."""
    shared = any(held.startswith("pro-rata-") for held in output.stages[key].holdings)
    if name == _round(key) and not shared:
        return f"=INT([[fact:rounds.{key}.amount]]/[[self#stages.{key}.price]])"
    stages = list(output.stages)
    before = stages[stages.index(key) - 1] if key != stages[0] else None
    holding = output.stages[key].holdings[name]
    if before and name in output.stages[before].holdings and holding.kind != "pool":
        return f"=[[self#stages.{before}.holdings.{name}.shares]]"
    if before is None and holding.kind == "founder":
        return f"=[[fact:founders.{name}.shares]]"
    return None


def pictures_of(brief: Brief, table: CapTable) -> dict[str, str]:
    """Ownership after each event as stacked bars."""
    from experts.digital_business_think_tank.views.model_cap_table import view

    return {"cap_ownership": view(table, {"currency": brief.currency}).pictures["ownership"]}
