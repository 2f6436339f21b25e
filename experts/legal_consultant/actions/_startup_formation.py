"""The text, tables and calendar entries of a company's formation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Callout, Event, Sheet, Table
from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    capitalised,
    draft,
    event,
    few,
    figure_sheet,
    figure_table,
    headline,
    monday,
    own,
    quoted,
    shown,
    text,
    would_change,
)

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.legal_consultant.actions._startup_pack import Output
    from experts.legal_consultant.actions.business_structure_and_ip_protection import Brief

ANSWERS = {"yes": "yes", "no": "no", "needs_facts": "facts missing"}
MISSING = {
    "entity_owner": "whether a company or partnership is among the owners",
    "nonresident_alien_owner": "whether an owner is a non-resident alien",
    "one_class_of_stock": "whether there is one class of stock only",
}
METHODS = {
    "authorized_shares": "by authorised shares",
    "assumed_par_value": "by assumed par value capital",
    "large_corporate_filer": "as a large corporate filer",
}


def narrative_of(brief: Brief, output: Output) -> str:
    """The form, Delaware's bill, the election, and what is not yet the company's."""
    return " ".join(part for part in (_form(output), _bill(output), _election(output), _owned(output)) if part)


def _form(output: Output) -> str:
    name = _article(output.entity_name)
    if output.entity == "other":
        return "The company takes a form outside the United States, which is not compared here."
    if output.eligible == "yes":
        return f"The founders want {name}, formed on {own('formed')}; these owners may use it."
    if output.eligible == "no":
        return f"The founders want {name}, but these owners may not use it: {few(output.forms[output.entity].fails, 'more', 3)}."
    return f"The founders want {name}; whether these owners may use it depends on facts that are missing."


def _article(name: str) -> str:
    return f"a {name[:1].lower()}{name[1:]}"


def _bill(output: Output) -> str:
    tax = output.tax
    if tax is None:
        return ""
    if tax.by_assumed_par is not None and tax.by_assumed_par < tax.by_authorized_shares:
        return (
            f"Delaware's first notice may ask for {own('tax.by_authorized_shares')}, worked out by authorised shares; worked out "
            f"by assumed par value the tax is {own('tax.by_assumed_par')}, so with the report's fee {own('tax.total_due')} is due "
            f"on {own('tax.due')}."
        )
    return f"Delaware asks for {own('tax.total_due')} with the annual report, due on {own('tax.due')}."


def _election(output: Output) -> str:
    if output.stock is None:
        return ""
    return f"Founders whose stock vests file a section 83(b) election by {own('stock.election_due')} or not at all."


def _owned(output: Output) -> str:
    if not output.ip:
        return ""
    if not output.unassigned:
        return "Everything listed as made for the company is assigned to it."
    labels = [output.ip[key].label for key in output.unassigned]
    return f"Not yet the company's: {few(labels, 'others on the list', 4)}."


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, forms, tax, founders' stock, intangibles, duties, calendar entries, sheets."""
    risky = output.eligible == "no" or bool(output.unassigned)
    return draft(
        headline(
            " ".join(part for part in (_form(output), _election(output), _owned(output)) if part),
            "warning" if risky else "good",
        ),
        _forms(output),
        _asks(output),
        _tax(output),
        _stock(output),
        _ip(output),
        _duties(output),
        text(
            "This is information, not legal advice: the choice of form and each election need counsel and a tax adviser who see "
            "the whole case. Other states add fees and taxes of their own."
        ),
        would_change(_changes(output)),
        monday(_monday(brief, output)),
        _tax_sheet(output),
        _ip_sheet(output),
        *_events(output),
    )


def _forms(output: Output) -> Table | None:
    columns = {
        "name": ("Form", "text"),
        "open": ("Open to these owners", "text"),
        "liability": ("Liability", "text"),
        "tax": ("Tax", "text"),
        "formalities": ("Formalities", "text"),
        "cost": ("Delaware a year, from", "money"),
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key, form in output.forms.items():
        ref = f"self#forms.{key}"
        why = f": {form.fails[0]}" if form.fails else ""
        rows[key] = {
            "name": f"{form.name} (chosen)" if key == output.entity else form.name,
            "open": f"{ANSWERS[form.eligible]}{_plain(why)}",
            "liability": _cell(form.liability, f"{ref}.liability"),
            "tax": _cell(form.tax, f"{ref}.tax"),
            "formalities": _cell(form.formalities, f"{ref}.formalities"),
            "cost": shown(form.delaware_minimum, f"{ref}.delaware_minimum"),
        }
    note = "Delaware a year: the least tax with the annual report's fee, or an LLC's yearly tax; none is listed where there is none."
    return figure_table("Legal forms side by side", columns, rows, note)


def _plain(why: str) -> str:
    return "" if any(c.isdigit() for c in why) else why.replace(": ", ", fails: ", 1).lower() if why else ""


def _cell(words: str, ref: str) -> Cell:
    made = quoted(words, ref)
    return shown(True, ref) if made.startswith("[[") else made


def _asks(output: Output) -> Callout | None:
    if not output.missing or output.entity != "s_corporation":
        return None
    asked = few([MISSING.get(name, name) for name in output.missing], "more", 3)
    return Callout(tone="decision", text=f"Before the S election can be judged, say {asked}.")


def _tax(output: Output) -> Table | None:
    tax = output.tax
    if tax is None:
        return None
    entries = [
        ("shares", "Tax by authorised shares", "by_authorized_shares", tax.by_authorized_shares),
        ("par", "Tax by assumed par value capital", "by_assumed_par", tax.by_assumed_par),
        ("tax", "Tax due, the lower of both", "tax", tax.tax),
        ("fee", "Fee of the annual report", "report_fee", tax.report_fee),
        ("total", "To be paid", "total_due", tax.total_due),
        ("due", "Due on", "due", tax.due),
    ]
    rows: dict[str, dict[str, Cell]] = {
        key: {"name": label, "value": shown(True, f"self#tax.{path}")}
        for key, label, path, value in entries
        if value is not None
    }
    note = (
        "For the year of formation, counted as a whole year. The state's notice uses authorised shares; file by assumed par value "
        "where that is lower."
    )
    return figure_table("Delaware franchise tax", {"name": ("Item", "text"), "value": ("Value", "")}, rows, note)


def _stock(output: Output) -> Table | None:
    stock = output.stock
    if stock is None:
        return None
    columns = {
        "name": ("Founder", "text"),
        "shares": ("Shares", "count"),
        "cliff": ("Vest at the cliff", "count"),
        "month": ("Vest each month after", "count"),
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "name": one.name,
            "shares": shown(True, f"self#stock.founders.{key}.shares"),
            "cliff": shown(True, f"self#stock.founders.{key}.at_cliff"),
            "month": shown(True, f"self#stock.founders.{key}.each_month"),
        }
        for key, one in stock.founders.items()
    }
    note = (
        f"Cliff on {own('stock.cliff')}, all vested on {own('stock.vested')}; the last month takes what is left over by rounding. "
        f"The election is due {own('stock.days_to_elect')} after the stock is issued, moved off weekends and holidays."
    )
    return figure_table("Founders' stock", columns, rows, note)


def _ip(output: Output) -> Table | None:
    columns = {
        "name": ("What", "text"),
        "made": ("Made by", "text"),
        "owned": ("Assigned", "text"),
        "paper": ("What makes it the company's", "text"),
        "until": ("Protected until", "date"),
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "name": quoted(one.label, f"self#ip.{key}.label"),
            "made": quoted(one.made_by, f"self#ip.{key}.made_by"),
            "owned": "yes" if one.assigned else "no",
            "paper": one.paper,
            "until": shown(one.expires, f"self#ip.{key}.expires"),
        }
        for key, one in output.ip.items()
    }
    note = (
        "Work made before the company existed belongs to whoever made it until it is assigned in writing. A last day is given "
        "where the law sets one and its start is known."
    )
    return figure_table("Intangibles: who owns what", columns, rows, note)


def _duties(output: Output) -> Table | None:
    columns = {
        "what": ("Duty", "text"),
        "opens": ("From", "date"),
        "due": ("Due", "date"),
        "source": ("Source", "text"),
    }
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "what": _cell(one.what, f"self#duties.{key}.what"),
            "opens": shown(one.opens, f"self#duties.{key}.opens"),
            "due": shown(True, f"self#duties.{key}.due"),
            "source": _cell(one.source, f"self#duties.{key}.source"),
        }
        for key, one in output.duties.items()
    }
    return figure_table("Duties of the year after formation", columns, rows)


def _changes(output: Output) -> list[str]:
    found = []
    if output.entity in ("c_corporation", "public_benefit_corporation"):
        found.append(
            "No preferred stock for investors, and only people resident in the United States as owners: then an S election or an "
            "LLC, whose losses reach the owners' own tax returns, is worth a second look."
        )
    if output.tax is not None:
        found.append(
            "More gross assets, for instance after a round: Delaware's tax by assumed par value grows with them, and the quarterly "
            "payments of larger taxpayers begin."
        )
    if output.unassigned:
        found.append(
            "An intangible that stays with its maker: investors' counsel will stop the round until it is assigned."
        )
    return found


def _monday(brief: Brief, output: Output) -> list[str]:
    found = []
    for key in output.unassigned[:3]:
        one = output.ip[key]
        label, maker = quoted(one.label, f"self#ip.{key}.label"), quoted(one.made_by, f"self#ip.{key}.made_by")
        paper = f"{one.paper[:1].lower()}{one.paper[1:].partition(',')[0].partition(';')[0]}"
        found.append(f"{maker}: sign for {label} ({paper}).")
    if output.stock is not None:
        found.append(
            f"Every founder: ask a tax adviser about the election at once, and post it with proof before {own('stock.election_due')}."
        )
    return found


def _tax_sheet(output: Output) -> Sheet | None:
    tax = output.tax
    if tax is None:
        return None
    rows: dict[str, dict[str, str | SheetCell]] = {
        "shares": {"name": "Tax by authorised shares", "value": at("self#tax.by_authorized_shares", "money")},
        "fee": {"name": "Fee of the annual report", "value": at("self#tax.report_fee", "money")},
    }
    lower = "[[self#tax.by_authorized_shares]]"
    if tax.by_assumed_par is not None:
        rows["par"] = {"name": "Tax by assumed par value", "value": at("self#tax.by_assumed_par", "money")}
        lower = "MIN([[self#tax.by_authorized_shares]],[[self#tax.by_assumed_par]])"
    rows |= {
        "tax": {"name": "Tax due, the lower of both", "value": at("self#tax.tax", "money", f"={lower}")},
        "total": {
            "name": "To be paid",
            "value": at("self#tax.total_due", "money", "=[[self#tax.tax]]+[[self#tax.report_fee]]"),
        },
        "due": {"name": "Due on", "value": at("self#tax.due", "date")},
    }
    return figure_sheet("Delaware", "Delaware franchise tax", {"name": ("Item", "text"), "value": ("Value", "")}, rows)


def _ip_sheet(output: Output) -> Sheet | None:
    columns = {
        "name": ("What", "text"),
        "kind": ("Kind", "text"),
        "made": ("Made by", "text"),
        "owned": ("Assigned", "text"),
        "paper": ("What makes it the company's", "text"),
        "done": ("Signed on", "text"),
    }
    rows: dict[str, dict[str, str | SheetCell]] = {
        key: {
            "name": quoted(one.label, f"self#ip.{key}.label"),
            "kind": capitalised(one.kind.replace("_", " ")),
            "made": quoted(one.made_by, f"self#ip.{key}.made_by"),
            "owned": "yes" if one.assigned else "no",
            "paper": one.paper,
            "done": NONE,
        }
        for key, one in output.ip.items()
    }
    return figure_sheet("IP checklist", "Intangibles to be assigned to the company", columns, rows)


def _events(output: Output) -> list[Event]:
    found = [event("Company formed", "self#formed")]
    if output.stock is not None:
        found.append(
            event(
                "Last day for the founders' election on vesting stock",
                "self#stock.election_due",
                None,
                "Cannot be made later.",
            )
        )
        found.append(event("Founders' cliff", "self#stock.cliff"))
    if output.s_election_due is not None:
        found.append(event("Last day for the S election", "self#s_election_due"))
    for key, one in output.duties.items():
        what = quoted(one.what, f"self#duties.{key}.what")
        found.append(event(what, f"self#duties.{key}.due", None, quoted(one.source, f"self#duties.{key}.source")))
    return found
