"""How a clearance checklist reads: blockers, dates, licences, rights, calendar, sheet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experts.core.blocks import Cell, Event, ItemList, Sheet, SheetCell, Table
from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    event,
    few,
    figure_sheet,
    figure_table,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    shown,
    text,
    would_change,
)
from experts.legal_consultant.tools.check_license_compatibility import LicenseCheck

if TYPE_CHECKING:
    from experts.legal_consultant.actions.intellectual_property_protection import Brief, Inputs, Output, TaskView

MOST_BARS = 40
MOST_EVENTS = 40
PICTURE = "launch-clearances"
NOTICE = "Information, not legal advice. Lead times are estimates; no office is bound by them."

_KINDS = {
    "mark": "Mark",
    "patent": "Patent",
    "design": "Design",
    "copyright": "Copyright",
    "licence": "Licence",
    "claim": "Claim",
    "regulatory": "Approval",
    "contract": "Contract",
}
_FITS = {
    "fits": "fits",
    "fits_with_duties": "fits, with duties",
    "conflict": "does not fit",
    "ask": "counsel must say",
}


@dataclass(frozen=True)
class Clearances:
    """A checklist with the answers it was made from."""

    brief: "Brief"
    inputs: "Inputs"
    output: "Output"
    licences: LicenseCheck | None

    @property
    def by_date(self) -> list[str]:
        """Items that are dated, by the day they are in hand, then blockers without a date, then those cleared."""
        rows = self.output.items
        return sorted(rows, key=lambda k: (rows[k].status == "cleared", rows[k].clear is None, str(rows[k].clear), k))

    @property
    def blockers(self) -> list[str]:
        return [key for key in self.by_date if self.output.items[key].blocks_launch]


def pictures_of(clearances: Clearances) -> dict[str, str]:
    """Bars from the start of each clearance to the day it is in hand, and the launch as a line."""
    dated = [k for k in clearances.by_date if clearances.output.items[k].clear is not None][:MOST_BARS]
    if not dated:
        return {}
    from matplotlib import dates
    from matplotlib.patches import Patch

    from experts.core import charts

    when: Any = dates

    out = clearances.output
    count = len(clearances.blockers)
    title = "Everything that blocks the launch can be in hand before it" if not count else (
        "One clearance blocks the launch" if count == 1 else f"{count} clearances block the launch"
    )  # fmt: skip
    with charts.figure(10, 1.8 + 0.34 * len(dated), title) as (made, axes):
        for y, key in enumerate(dated):
            item = out.items[key]
            assert item.starts and item.clear
            start, end = when.date2num(item.starts), when.date2num(item.clear) + 1
            color = charts.SECOND if item.blocks_launch else charts.ACCENT if item.blocking else charts.MUTED
            axes.barh(y, end - start, left=start, height=0.58, color=color, zorder=3)
        launch = when.date2num(out.launch_date)
        axes.axvline(launch, color=charts.INK, linewidth=1.6, zorder=4)
        axes.annotate(
            "launch ", (launch, 1.005), xycoords=("data", "axes fraction"), ha="right", va="bottom", fontsize=9
        )
        axes.set_yticks(range(len(dated)), [charts.shorten(out.items[k].label, 46) for k in dated], fontsize=9)
        axes.set_ylim(len(dated) - 0.4, -0.6)
        locator = when.AutoDateLocator(minticks=3, maxticks=10)
        axes.xaxis_date()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(when.ConciseDateFormatter(locator))
        axes.grid(axis="x", color=charts.GRID, zorder=0)
        kinds = [
            (
                charts.ACCENT,
                "work waits for it",
                any(out.items[k].needed and not out.items[k].blocks_launch for k in dated),
            ),
            (charts.MUTED, "does not block", any(not out.items[k].blocking for k in dated)),
            (charts.SECOND, "blocks the launch", any(out.items[k].blocks_launch for k in dated)),
        ]
        handles = [Patch(color=color, label=label) for color, label, there in kinds if there]
        made.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, fontsize=9)
        return {PICTURE: charts.svg(made)}


def narrative_of(clearances: Clearances) -> str:
    """Blockers, the last clearance, cost, licences."""
    return " ".join([_first_line(clearances), *_licence_lines(clearances)])


def document_of(clearances: Clearances, pictures: dict[str, str]) -> list[Block]:
    """Blockers first, the checklist, licences, rights; then calendar and sheet."""
    return draft(
        headline(_first_line(clearances), "warning" if clearances.output.open_blockers else "good"),
        _blocker_table(clearances),
        *(
            picture(id, "When each clearance starts and is in hand", "Bars by date, the launch as a line.")
            for id in pictures
        ),
        _checklist(clearances),
        _licence_table(clearances),
        _duties(clearances),
        _rights(clearances),
        text(NOTICE),
        would_change(_changes(clearances)),
        monday(_monday(clearances)),
        *_events(clearances),
        _sheet(clearances),
    )


def _first_line(clearances: Clearances) -> str:
    out = clearances.output
    if not out.items:
        return "The brief lists nothing to clear. That is not a clearance: ask counsel what the product needs."
    if out.open_blockers:
        names = [out.items[key].label for key in clearances.blockers]
        return f"Open blockers: {own('open_blockers')}. Not settled: {few(names, 'others')}."
    if out.clearance_date is None:
        return "No blocker is open, and nothing with a lead time blocks the launch."
    last = next(k for k in reversed(clearances.by_date) if out.items[k].clear == out.clearance_date)
    return (
        f"No blocker is open. The last clearance that work waits for, {out.items[last].label}, can be in hand on "
        f"{own('clearance_date')}, before the launch on {own('launch_date')}. Fees come to {own('clearance_cost')}."
    )


def _licence_lines(clearances: Clearances) -> list[str]:
    out = clearances.output
    wrong = [key for key, found in out.components.items() if found.fit in ("conflict", "ask")]
    if not out.components:
        return []
    if not wrong:
        return ["The licences of all components fit the product's."]
    dealt = {item.component for item in clearances.brief.clearances.values() if item.component}
    handled = [out.components[key].label for key in wrong if key in dealt]
    unhandled = [out.components[key].label for key in wrong if key not in dealt]
    lines = []
    if handled:
        lines.append(f"The licence of {joined(handled)} does not fit the product's; the checklist has an item that deals with it.")  # fmt: skip
    if unhandled:
        lines.append(
            f"The licence of {joined(unhandled)} does not fit the product's, and nothing in the brief deals with it: "
            "replace the component or buy another licence."
        )
    return lines


def _blocker_table(clearances: Clearances) -> Table | None:
    words = {
        "refused": "It was refused: change the product, the name or the claim.",
        "no lead time": "Ask how long it takes, and enter the lead time.",
        "no owner": "Name somebody who gets it.",
        "after the launch": "Start earlier, expedite it, or move the launch.",
    }
    rows: dict[str, dict[str, Cell]] = {}
    for key in clearances.blockers:
        item = clearances.output.items[key]
        rows[key] = {
            "item": item.label,
            "why": item.why,
            "clear": shown(item.clear, f"self#items.{key}.clear"),
            "owner": item.owner or "not named",
            "next": words[item.why] if item.why else NONE,
        }
    columns = {
        "item": ("Blocker", "text"),
        "why": ("Why it blocks", "text"),
        "clear": ("In hand", "date"),
        "owner": ("Owner", "text"),
        "next": ("What to do", "text"),
    }
    return figure_table("Open blockers", columns, rows)


def _checklist(clearances: Clearances) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    tasks = clearances.inputs.launch_plan.tasks
    for key in clearances.by_date:
        item, ref = clearances.output.items[key], f"self#items.{key}"
        rows[key] = {
            "item": item.label,
            "kind": _KINDS[item.kind],
            "where": item.jurisdiction or NONE,
            "status": item.status.replace("_", " ") + (", expedited" if item.expedited else ""),
            "starts": shown(item.starts, f"{ref}.starts"),
            "clear": shown(item.clear, f"{ref}.clear"),
            "holds": _holds_up(item.blocks, item.blocking, item.status, tasks),
            "owner": item.owner or "not named",
            "cost": shown(item.cost or None, f"{ref}.cost"),
        }
    columns = {
        "item": ("To clear", "text"),
        "kind": ("Kind", "text"),
        "where": ("Where", "text"),
        "status": ("Status", "text"),
        "starts": ("Starts", "date"),
        "clear": ("In hand", "date"),
        "holds": ("Holds up", "text"),
        "owner": ("Owner", "text"),
        "cost": ("Fee", "money"),
    }
    return figure_table("Clearance checklist", columns, rows)


def _holds_up(blocks: str | None, blocking: bool, status: str, tasks: "dict[str, TaskView]") -> str:
    if status == "cleared":
        return NONE
    if not blocking:
        return "nothing"
    return tasks[blocks].label if blocks in tasks else "the launch"


def _licence_table(clearances: Clearances) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {"component": each.label, "licence": each.license, "fit": _FITS[each.fit]}
        for key, each in clearances.output.components.items()
    }
    columns = {
        "component": ("Component", "text"),
        "licence": ("Licence", "text"),
        "fit": (f"With the product's terms ({clearances.brief.product.outbound_license})", "text"),
    }
    return figure_table("Licences of components", columns, rows)


def _duties(clearances: Clearances) -> ItemList | None:
    fitting = [each for each in clearances.output.components.values() if each.fit == "fits_with_duties"]
    duties = list(dict.fromkeys(duty for each in fitting for duty in each.duties))
    return items("Duties that come with the components that fit", [f"{duty[:1].upper()}{duty[1:]}." for duty in duties])


def _rights(clearances: Clearances) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    for key, right in clearances.output.rights.items():
        if right.expires is not None:
            rows[f"{key}-ends"] = {
                "right": right.label,
                "what": "Ends",
                "due": shown(True, f"self#rights.{key}.expires"),
            }
        for step, row in right.steps.items():
            rows[f"{key}-{step}"] = {
                "right": right.label,
                "what": row.what if not any(c.isdigit() for c in row.what) else "File or pay to keep it",
                "due": shown(True, f"self#rights.{key}.steps.{step}.due"),
            }
    columns = {"right": ("Right", "text"), "what": ("What", "text"), "due": ("Until", "date")}
    return figure_table("Rights and their dates", columns, rows)


def _changes(clearances: Clearances) -> list[str]:
    out = clearances.output
    found = []
    dated = [key for key in clearances.by_date if out.items[key].needed]
    if dated:
        tight = min(dated, key=lambda key: (out.items[key].days_before_launch or 0, key))
        found.append(
            f"{out.items[tight].label} has the least room: it is in hand {own(f'items.{tight}.days_before_launch')} before "
            "the launch, and a longer delay stops the launch."
        )
    faster = [
        item.label
        for item in clearances.brief.clearances.values()
        if item.expedited_days is not None and item.lead_days
    ]
    if faster and not out.expedited:
        found.append(
            f"Expediting would shorten {few(faster, 'others')}, at extra cost; the plan does not need it so far."
        )
    if out.expedited:
        found.append(f"Expedited, at extra cost: {own('expedited')} of the items.")
    rights = [right for right in out.rights.values() if right.steps]
    if rights:
        found.append("A priority period that has run out cannot be had back; file abroad before its last day.")
    return found


def _monday(clearances: Clearances) -> list[str]:
    out = clearances.output
    found = [
        f"{out.items[key].owner or 'No owner is named'}: {out.items[key].label}." for key in clearances.blockers[:3]
    ]
    starting = sorted(
        (key for key in out.items if out.items[key].starts and key not in clearances.blockers),
        key=lambda key: (str(out.items[key].starts), key),
    )
    found += [
        f"{out.items[key].owner or 'No owner is named'}: {out.items[key].label}, from {own(f'items.{key}.starts')}."
        for key in starting[:3]
    ]
    return found


def _events(clearances: Clearances) -> list[Event]:
    out = clearances.output
    made = [
        event(
            f"Last day: {row.what if not any(c.isdigit() for c in row.what) else 'file or pay'}: {right.label}",
            f"self#rights.{key}.steps.{step}.due",
        )
        for key, right in out.rights.items()
        for step, row in right.steps.items()
    ]
    for key in clearances.by_date:
        item = out.items[key]
        if item.clear is not None and not item.needed:  # what work waits for is in the launch plan's calendar
            owner = f"Owner: {item.owner}. " if item.owner else "No owner is named. "
            made.append(
                event(
                    f"In hand: {item.label}",
                    f"self#items.{key}.clear",
                    None,
                    f"{owner}Fee: {own(f'items.{key}.cost')}.",
                )
            )
    return made[:MOST_EVENTS]


def _sheet(clearances: Clearances) -> Sheet | None:
    rows: dict[str, dict[str, str | SheetCell]] = {}
    for key in clearances.by_date:
        item, ref = clearances.output.items[key], f"self#items.{key}"
        rows[key] = {
            "item": item.label,
            "kind": _KINDS[item.kind],
            "status": item.status.replace("_", " "),
            "owner": item.owner or "not named",
            "lead": at(f"{ref}.lead_days", "days") if item.lead_days is not None else NONE,
            "starts": at(f"{ref}.starts", "date") if item.starts else NONE,
            "clear": at(f"{ref}.clear", "date") if item.clear else NONE,
            "left": at(
                f"{ref}.days_before_launch", "days", f"=[[self#launch_date]]-[[{ref}.clear]]"
            ) if item.clear else NONE,
            "cost": at(f"{ref}.cost", "money"),
        }  # fmt: skip
    if rows:
        rows["sum"] = {"item": "All fees", "cost": at("self#clearance_cost", "money", "=SUM([[self#items.*.cost]])")}
        rows["launch"] = {"item": "Launch", "clear": at("self#launch_date", "date")}
    columns = {
        "item": ("To clear", "text"),
        "kind": ("Kind", "text"),
        "status": ("Status", "text"),
        "owner": ("Owner", "text"),
        "lead": ("Lead time", "days"),
        "starts": ("Starts", "date"),
        "clear": ("In hand", "date"),
        "left": ("Days before the launch", "days"),
        "cost": ("Fee", "money"),
    }
    return figure_sheet("Clearances", "What has to be cleared before the launch", columns, rows)
