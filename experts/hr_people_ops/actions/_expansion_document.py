"""The hiring plan of an expansion as text, tables, org chart and workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experts.core.blocks import Cell, Prose, Table
from experts.core.contract import Block
from experts.core.drafting import (
    draft,
    event,
    few,
    figure_table,
    heading,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    said,
    shown,
    text,
    would_change,
)
from experts.hr_people_ops.actions._expansion_sheets import sheets_of
from experts.hr_people_ops.actions._people import RolePriced, grouped_posts
from experts.hr_people_ops.tools.draw_org_chart import OrgChart, draw_org_chart
from experts.hr_people_ops.tools.list_employer_obligations import Obligations

if TYPE_CHECKING:
    from experts.hr_people_ops.actions.staffing_and_organizational_planning import Brief, Inputs, Output

MOST_PAGES = 12
_APPLIES = {"yes": "applies", "no": "does not apply yet", "check": "close to the threshold: count as the law does"}


def narrative_of(brief: Brief, inputs: Inputs, out: Output) -> str:
    """How many people by when, what they cost, and whether anybody would start too early."""
    opens = f", {own('headcount_opening')} of them by the opening" if out.headcount_opening else ""
    parts = [
        f"{own('hires')} positions are filled within the plan{opens}; the first starts in the month that "
        f"begins on {own('first_start')}. They cost {own('people_cost')} in all, {own('total_hiring')} of it for hiring."
    ]
    if out.moved:
        parts.append(f"Positions tied to the opening start {own('moved')} months later than the brief has them.")
    if out.held:
        parts.append(f"{own('held')} positions wait until the employer is registered.")
    if out.deferred:
        parts.append(f"{own('deferred')} positions that can wait start later.")
    if out.too_early:
        parts.append(
            f"{_named(out, out.too_early)} would start before {said('requirements#employer_ready')}, the day from which "
            "anybody can be employed."
        )
    return " ".join(parts)


def _short(out: Output) -> str:
    early = f" {_named(out, out.too_early)} would start before anybody can be employed." if out.too_early else ""
    opens = f" {own('headcount_opening')} are in post when the site opens." if out.headcount_opening else ""
    return f"{own('hires')} positions, first from {own('first_start')}, cost {own('people_cost')} within the plan.{opens}{early}"


def _named(out: Output, keys: list[str]) -> str:
    return few(sorted({out.positions[key].label for key in keys}), "others")


def document_of(
    brief: Brief,
    inputs: Inputs,
    out: Output,
    chart: OrgChart | None,
    duties: Obligations | None,
    unorganised: str,
    priced: Mapping[str, RolePriced],
) -> list[Block]:
    """Headline, hiring plan, cost by role and year, org chart, duties by headcount, advice, workbook."""
    return draft(
        headline(_short(out), "warning" if out.too_early else "good"),
        picture(
            "people-headcount",
            "People in post and what they cost",
            "Bars of monthly people cost and a line of people in post, by month.",
        ),
        _years(out),
        _hires(out),
        _roles(out),
        heading("Organisation"),
        text(unorganised or _organisation_text(out)),
        *(
            picture(name, "Organisation when every position is filled", "Org chart: boxes by reporting line.")
            for name in (_pages(brief, chart) if chart else [])
        ),
        heading("Duties that grow with headcount") if duties else None,
        _duties(out),
        _duties_text(brief, out) if duties else None,
        items("What the plan leaves out", _left_out()),
        would_change(_changes(brief, out)),
        monday(_first(brief, out)),
        *(
            event(
                f"First start: {each.label}", f"self#roles.{key}.first_start", None, "Month in which this role starts"
            )
            for key, each in list(out.roles.items())[:40]
        ),
        *sheets_of(brief, out, priced),
    )


def _years(out: Output) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        f"y{year}": {
            "year": shown(True, f"self#years.{year}.ends"),
            "hires": shown(True, f"self#years.{year}.hires"),
            "heads": shown(True, f"self#years.{year}.headcount"),
            "cost": shown(True, f"self#years.{year}.cost"),
            "share": shown(row.receipts_share, f"self#years.{year}.receipts_share"),
        }
        for year, row in out.years.items()
    }
    columns = {
        "year": ("Year to", "date"),
        "hires": ("Hires", "count"),
        "heads": ("People at its end", "count"),
        "cost": ("People cost", "money"),
        "share": ("Share of receipts", "rate"),
    }
    return figure_table(
        "People by calendar year", columns, rows, "Share of the receipts of the scenario that is planned on."
    )


def _hires(out: Output) -> Table | None:
    """Months in which somebody starts."""
    rows: dict[str, dict[str, Cell]] = {}
    for month, row in out.months.items():
        if row.hires:
            rows[month] = {
                "begins": shown(True, f"self#months.{month}.begins"),
                "hires": shown(True, f"self#months.{month}.hires"),
                "who": _starters(out, month),
                "heads": shown(True, f"self#months.{month}.headcount"),
                "cost": shown(True, f"self#months.{month}.cost"),
            }
    columns = {
        "begins": ("Month from", "date"),
        "hires": ("Hires", "count"),
        "who": ("Roles", "text"),
        "heads": ("People in post", "count"),
        "cost": ("Cost of the month", "money"),
    }
    return figure_table("Hiring plan by month", columns, rows, "Months without a start are in the workbook.")


def _starters(out: Output, month: str) -> str:
    return few(
        sorted({each.label for each in out.positions.values() if each.start.strftime("%Y-%m") == month}), "others", 4
    )


def _roles(out: Output) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "role": each.label,
            "positions": shown(True, f"self#roles.{key}.positions"),
            "first": shown(True, f"self#roles.{key}.first_start"),
            "salary": shown(True, f"self#roles.{key}.salary"),
            "annual": shown(True, f"self#roles.{key}.annual_cost"),
            "cost": shown(True, f"self#roles.{key}.cost"),
        }
        for key, each in out.roles.items()
    }
    columns = {
        "role": ("Role", "text"),
        "positions": ("Positions", "count"),
        "first": ("First start", "date"),
        "salary": ("Salary a year", "money"),
        "annual": ("Cost a year, each", "money"),
        "cost": ("Cost within the plan", "money"),
    }
    return figure_table("Roles", columns, rows)


def _organisation_text(out: Output) -> str:
    return (
        f"When every position is filled, {own('organisation.positions')} positions stand in {own('organisation.layers')} "
        f"layers; {own('organisation.manager_share')} of them lead others, {own('organisation.average_span')} each on average."
    )


def _duties(out: Output) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "law": shown(True, f"self#duties.{key}.law") if any(c.isdigit() for c in each.law) else each.law,
            "threshold": shown(True, f"self#duties.{key}.threshold"),
            "applies": _APPLIES[each.applies],
        }
        for key, each in out.duties.items()
    }
    columns = {"law": ("Law", "text"), "threshold": ("From employees", "count"), "applies": ("At the end", "text")}
    return figure_table("United States federal employment law by headcount", columns, rows)


def _duties_text(brief: Brief, out: Output) -> Prose:
    return text(
        f"At the end of the plan {own('employees_end')} people are employed in the country, those of today included. State "
        f"and local law is not in this table. The law is read as of {said('fact:law.as_of')}."
    )


def _left_out() -> list[str]:
    return [
        "Leavers and pay rises: nobody leaves and pay stays level within the plan.",
        "Part months: a position is paid in full from its start month.",
        "Equipment, training and offices: they count only as rows of the brief's cash flows.",
    ]


def _changes(brief: Brief, out: Output) -> list[str]:
    biggest = sorted(out.roles, key=lambda key: -out.roles[key].cost)[:2]
    found = [
        f"Positions “{out.roles[key].label}”, their number, pay and start months: {own(f'roles.{key}.positions')} at "
        f"{own(f'roles.{key}.annual_cost')} a year make {own(f'roles.{key}.cost')} of the people cost."
        for key in biggest
    ]
    waiting = [key for key, person in brief.people.items() if person.deferrable]
    if waiting and not out.deferred:
        found.append(
            f"{few(sorted({out.positions[key].label for key in waiting}), 'others')}: the brief calls these positions "
            "deferrable; starting them later lowers the funding need."
        )
    return found


def _first(brief: Brief, out: Output) -> list[str]:
    first = sorted(out.roles, key=lambda key: out.roles[key].first_start)[:3]
    found = [
        f"Open the search for {out.roles[key].label}: the first starts on {own(f'roles.{key}.first_start')}."
        for key in first
    ]
    if out.too_early:
        found.insert(0, f"Move the start of {_named(out, out.too_early)}, or get the registration earlier.")
    return found


def _pages(brief: Brief, chart: OrgChart | None) -> list[str]:
    """Names of the org chart's pages; what `pictures_of` draws."""
    return list(_drawn(brief))[:MOST_PAGES] if chart else []


def _drawn(brief: Brief) -> dict[str, str]:
    from experts.hr_people_ops.views.draw_org_chart import view

    posts = grouped_posts(brief.people, brief.roles)
    return {f"people-{name}": svg for name, svg in view(draw_org_chart(posts), {"positions": posts}).pictures.items()}


def pictures_of(brief: Brief, out: Output, chart: OrgChart | None) -> dict[str, str]:
    """People and cost by month, and the org chart."""
    from matplotlib import dates
    from matplotlib.ticker import FuncFormatter

    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    calendar: Any = dates
    days = [calendar.date2num(month.begins) for month in out.months.values()]
    costs = [float(month.cost) for month in out.months.values()]
    heads = [month.headcount for month in out.months.values()]
    title = f"{heads[-1]} people in post at the end; the dearest month costs {max(costs):,.0f} {out.currency}"
    with figure(9.4, 4.2, title) as (made, axes):
        axes.bar(days, costs, width=24, align="edge", color=ACCENT, alpha=0.75, label="Cost of the month")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_ylabel(f"Cost of the month, {out.currency}")
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        right = axes.twinx()
        right.plot(days, heads, color=SECOND, linewidth=2.2, drawstyle="steps-post", label="People in post")
        right.set_ylabel("People in post")
        right.set_ylim(0, max(heads) * 1.15)
        right.spines["right"].set_visible(True)
        locator = calendar.AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(calendar.ConciseDateFormatter(locator))
        lines = [*axes.get_legend_handles_labels()[0], *right.get_legend_handles_labels()[0]]
        axes.legend(lines, ["Cost of the month", "People in post"], frameon=False, fontsize=9, loc="upper left")
        found = {"people-headcount": svg(made)}
    if chart is not None:
        drawn = _drawn(brief)
        found |= {name: drawn[name] for name in list(drawn)[:MOST_PAGES]}
    return found


def warnings_of(brief: Brief, out: Output, found: list[str], unorganised: str) -> list[str]:
    """What the reader must know before hiring."""
    early = [f"{_named(out, out.too_early)} would start before anybody can be employed."] if out.too_early else []
    unused = [key for key in brief.roles if key not in out.roles]
    spare = [f"No position has the role {joined(unused[:5])}."] if unused else []
    return [*early, *found, *spare, *([unorganised] if unorganised else [])]
