"""A small plan as the exporters get it: a coffee roaster's campaign, with figures that add up."""

from datetime import UTC, datetime
from decimal import Decimal

from coordinator.exports.deliverable import Deliverable, Section, Value
from experts.core.blocks import (
    Callout,
    Cite,
    Column,
    Event,
    Heading,
    ItemList,
    Picture,
    Prose,
    Sheet,
    SheetCell,
    Table,
    block,
)
from experts.core.quantities import plain, round_to

BUDGET = "budget_analysis_and_optimization"
SCHEDULE = "campaign_execution_planning"
LABELS = {
    "paid_search": "Paid search",
    "paid_social": "Paid social",
    "podcast": "Podcast sponsorship",
    "sampling": "In-store sampling",
}
SHARES = {"paid_search": "0.37", "paid_social": "0.25", "podcast": "0.27", "sampling": "0.11"}
FACTORS = {"paid_search": 32, "paid_social": 26, "podcast": 21, "sampling": 11}
TASKS = {
    "brief": ("Brief", "2027-08-16", "2027-08-19", "4"),
    "budget_approval": ("Budget approval", "2027-08-20", "2027-08-23", "2"),
    "concept": ("Creative concept", "2027-08-24", "2027-09-01", "7"),
    "landing_page": ("Landing page <script>alert(1)</script>", "2027-09-02", "2027-09-15", "9"),
    "go_live": ("Go live", "2027-09-24", "2027-09-24", "1"),
}


def values() -> dict[str, Value]:
    """Facts and figures of the plan by absolute ref."""
    made: dict[str, Value] = {}

    def put(ref: str, text: str, unit: str, ground: str) -> None:
        made[ref] = Value(text=text, unit=unit, ground=ground)

    total, rate, production = Decimal(96000), Decimal("0.1"), Decimal(14500)
    reserve = total * rate
    media = total - reserve - production
    put("fact:budget.total", plain(total), "money", "Given by Ines Calder in the brief")
    put("fact:budget.reserve_rate", plain(rate), "rate", "Assumed: nobody plans against a tenth")
    put("fact:budget.production", plain(production), "money", "Given by Ines Calder in the brief")
    put("fact:campaign.audience", '=HYPERLINK("http://x.test","households")', "text", "Given by Ines Calder")
    put("fact:campaign.message", "Roasted on Monday, at your door by Thursday", "text", "Given by Ines Calder")
    put("fact:landing_test.baseline_rate", "0.031", "rate", "Given by Ines Calder in the brief")
    put("fact:schedule.latest_go_live", "2027-10-01", "date", "Given by Ines Calder in the brief")
    put(f"{BUDGET}#reserve", plain(reserve), "money", "Calculated: the reserve rate of the total budget")
    put(f"{BUDGET}#media", plain(media), "money", "Calculated: what the optimum leaves for media")
    put(f"{BUDGET}#total", plain(total), "money", "Calculated: lines, reserve and production together")
    results = Decimal(0)
    for key in LABELS:
        spend = round_to(media * Decimal(SHARES[key]), 2)
        expected = round_to(FACTORS[key] * spend.sqrt(), 2)
        results += expected
        put(f"judgement:{BUDGET}.shares.{key}", SHARES[key], "rate", "Assumed: as in the pilots")
        put(f"{BUDGET}#lines.{key}.spend", plain(spend), "money", "Calculated by optimize_budget_allocation")
        put(f"{BUDGET}#lines.{key}.expected_results", plain(expected), "count", "Calculated from the response curve")
    put(f"{BUDGET}#expected_results", plain(results), "count", "Calculated: the sum over the channels")
    put(f"{BUDGET}#cost_per_result", plain(round_to((media + production) / results, 2)), "money", "Calculated")
    put(f"{BUDGET}#payback", "3.4", "months", "Calculated from margin and retention")
    for key, (_, start, finish, duration) in TASKS.items():
        put(f"{SCHEDULE}#tasks.{key}.start", start, "date", "Calculated by schedule_on_calendar")
        put(f"{SCHEDULE}#tasks.{key}.finish", finish, "date", "Calculated by schedule_on_calendar")
        put(f"{SCHEDULE}#tasks.{key}.duration", duration, "days", "Given by Ines Calder in the brief")
    put(f"{SCHEDULE}#go_live", "2027-09-24", "date", "Calculated by schedule_on_calendar")
    put(f"{SCHEDULE}#slack_to_latest", "5", "days", "Calculated: working days to the latest go-live")
    return made


def pictures() -> dict[str, str]:
    """Two charts drawn alike, so that their inner ids clash unless each is kept apart."""
    from experts.core import charts

    made = {}
    figures = values()
    for name, title, path in (
        ("allocation", "Paid search carries the largest part of the budget", "spend"),
        ("results", "Paid search brings more than a third of the orders", "expected_results"),
    ):
        with charts.figure(7.0, 2.8, title) as (figure, axes):
            keys = list(reversed(LABELS))
            axes.barh(
                [LABELS[key] for key in keys],
                [float(figures[f"{BUDGET}#lines.{key}.{path}"].text) for key in keys],
                color=charts.ACCENT,
                clip_on=True,
            )
            axes.set_xlabel("USD" if path == "spend" else "First orders")
            made[name] = charts.svg(figure)
    return made


def columns(*described: tuple[str, str, str]) -> list[Column]:
    return [{"key": key, "label": label, "unit": unit} for key, label, unit in described]


def budget_section() -> Section:
    lines = Table(
        title="What each channel gets, and what it brings",
        columns=columns(
            ("label", "Channel", "text"),
            ("spend", "Spend", "money"),
            ("results", "First orders", "count"),
            ("share", "Share of media", "rate"),
        ),
        rows={
            key: {
                "label": label,
                "spend": Cite(ref=f"{BUDGET}#lines.{key}.spend"),
                "results": Cite(ref=f"{BUDGET}#lines.{key}.expected_results"),
                "share": Cite(ref=f"judgement:{BUDGET}.shares.{key}"),
            }
            for key, label in LABELS.items()
        },
        note="First orders follow each channel's response curve; the reserve is outside this table.",
    )
    rows: dict[str, dict[str, str | SheetCell]] = {
        "total": {"label": "Total budget", "spend": SheetCell(ref="fact:budget.total")},
        "reserve": {
            "label": "Reserve",
            "share": SheetCell(ref="fact:budget.reserve_rate"),
            "spend": SheetCell(
                ref=f"{BUDGET}#reserve", formula="=ROUND([[fact:budget.total]]*[[fact:budget.reserve_rate]],2)"
            ),
        },
        "media": {
            "label": "Left for media",
            "spend": SheetCell(
                ref=f"{BUDGET}#media",
                formula=f"=[[fact:budget.total]]-[[{BUDGET}#reserve]]-[[fact:budget.production]]",
            ),
        },
    }
    rows |= {
        key: {
            "label": label,
            "share": SheetCell(ref=f"judgement:{BUDGET}.shares.{key}"),
            "factor": SheetCell(formula=f"={FACTORS[key]}"),
            "spend": SheetCell(
                ref=f"{BUDGET}#lines.{key}.spend",
                formula=f"=ROUND([[{BUDGET}#media]]*[[judgement:{BUDGET}.shares.{key}]],2)",
            ),
            "results": SheetCell(
                ref=f"{BUDGET}#lines.{key}.expected_results",
                formula=f"=ROUND([[cell:allocation/{key}/factor]]*SQRT([[{BUDGET}#lines.{key}.spend]]),2)",
            ),
        }
        for key, label in LABELS.items()
    }
    rows |= {
        "sum": {
            "label": "Together",
            "spend": SheetCell(
                ref=f"{BUDGET}#total",
                formula=f"=SUM([[{BUDGET}#lines.*.spend]])+[[{BUDGET}#reserve]]+[[fact:budget.production]]",
            ),
            "results": SheetCell(
                ref=f"{BUDGET}#expected_results", formula=f"=SUM([[{BUDGET}#lines.*.expected_results]])"
            ),
        }
    }
    sheet = Sheet(
        name="Allocation: media/channels",
        title="How the budget is split",
        columns=columns(
            ("label", "Channel", "text"),
            ("share", "Share of media", "rate"),
            ("factor", "Curve factor", "ratio"),
            ("spend", "Spend", "money"),
            ("results", "First orders", "count"),
        ),
        rows=rows,
        note="Each channel's spend is its share of what is left for media; first orders follow its response curve.",
    )
    summary = Sheet(
        name="ALLOCATION  media channels",
        title="What the bank reads",
        columns=columns(("label", "Figure", "text"), ("value", "Value", "")),
        rows={
            "audience": {"label": "Audience", "value": SheetCell(ref="fact:campaign.audience")},
            "attack": {"label": "-2+3+cmd|' /C calc'!A1", "value": "@SUM(1+1)"},
            "total": {"label": "Total budget", "value": SheetCell(ref="fact:budget.total")},
            "cost": {
                "label": "Cost per first order",
                "value": SheetCell(
                    ref=f"{BUDGET}#cost_per_result",
                    formula=f"ROUND(([[{BUDGET}#media]]+[[fact:budget.production]])/[[{BUDGET}#expected_results]],2)",
                ),
            },
            "payback": {"label": "Payback", "value": SheetCell(ref=f"{BUDGET}#payback")},
            "largest": {
                "label": "Largest line",
                "value": SheetCell(formula="=MAX([[cell:allocation/*/spend]])", unit="money"),
            },
            "go_live": {"label": "Go live", "value": SheetCell(ref=f"{SCHEDULE}#go_live")},
        },
    )
    return Section(
        id=BUDGET,
        title="Budget allocation",
        expert="Finance & Accounting Expert",
        status="v1 · provisional: not yet approved by Ines Calder",
        narrative=(
            f"Of [[fact:budget.total]], [[{BUDGET}#reserve]] is held back and [[fact:budget.production]] is production."
            f" The [[{BUDGET}#media]] left for media goes where the next dollar brings most.\n\n"
            f"We expect [[{BUDGET}#expected_results]] first orders at [[{BUDGET}#cost_per_result]] each, "
            f"and the money back after [[{BUDGET}#payback]]."
        ),
        blocks=[
            block(
                "headline",
                Callout(
                    tone="good",
                    text=f"[[{BUDGET}#expected_results]] first orders at [[{BUDGET}#cost_per_result]] each.",
                    slot="headline",
                ),
            ),
            block("lines", lines),
            block("how", Heading(text="How the split was found", level=3)),
            block("why", Prose(text="The last dollar of every open channel brings the same number of orders.")),
            block("allocation_picture", Picture(picture="allocation", title="Where the media money goes", alt="Bars")),
            block("results_picture", Picture(picture="results", title="Where orders come from", alt="Bars by channel")),
            block("allocation", sheet),
            block("summary", summary),
        ],
    )


def schedule_section() -> Section:
    def cites(key: str) -> dict[str, str | Cite]:
        return {
            "label": TASKS[key][0],
            "start": Cite(ref=f"{SCHEDULE}#tasks.{key}.start"),
            "finish": Cite(ref=f"{SCHEDULE}#tasks.{key}.finish"),
            "duration": Cite(ref=f"{SCHEDULE}#tasks.{key}.duration"),
            "owner": "Marco Oyelaran",
        }

    return Section(
        id=SCHEDULE,
        title="Schedule",
        expert="Project Management Expert",
        status="v2 · approved by Ines Calder",
        narrative=(
            f"The campaign goes live on [[{SCHEDULE}#go_live]], [[{SCHEDULE}#slack_to_latest]] before "
            "[[fact:schedule.latest_go_live]] at the latest."
        ),
        blocks=[
            block(
                "tasks",
                Table(
                    title="Tasks in order of their start",
                    columns=columns(
                        ("label", "Task", "text"),
                        ("start", "Start", "date"),
                        ("finish", "Finish", "date"),
                        ("duration", "Duration", "days"),
                        ("owner", "Owner", "text"),
                    ),
                    rows={key: cites(key) for key in TASKS},
                ),
            ),
            block("risk", Callout(tone="warning", text=f"Only [[{SCHEDULE}#slack_to_latest]] are spare.")),
            *(
                block(
                    f"event-{key}",
                    Event(
                        summary=f"{label}; with, signs",
                        start=f"{SCHEDULE}#tasks.{key}.start",
                        end=f"{SCHEDULE}#tasks.{key}.finish",
                        description=f"Takes [[{SCHEDULE}#tasks.{key}.duration]]\nAsk Ines Calder.",
                    ),
                )
                for key, (label, *_) in TASKS.items()
            ),
            block("event-latest", Event(summary="Latest go-live", start="fact:schedule.latest_go_live")),
        ],
    )


def sample(draft: bool = True) -> Deliverable:
    """The whole plan; `draft` gives it two reasons not to be final."""
    key_figures = {
        "orders": ("Expected first orders", f"{BUDGET}#expected_results"),
        "cost": ("Cost per first order", f"{BUDGET}#cost_per_result"),
        "payback": ("Payback", f"{BUDGET}#payback"),
        "live": ("Go live", f"{SCHEDULE}#go_live"),
    }
    return Deliverable(
        title="Tidewater Coffee: subscription launch",
        subtitle="Campaign plan for the Pacific Northwest, autumn",
        session="7f3a2c",
        made_on=datetime(2027, 8, 2, 9, 30, tzinfo=UTC),
        currency="USD",
        draft=["not yet approved by Ines Calder: the budget", "the schedule is older than its inputs"] if draft else [],
        front=[
            block(
                "headline",
                Callout(
                    tone="good",
                    text=f"The plan brings [[{BUDGET}#expected_results]] first orders within [[fact:budget.total]] and "
                    f"goes live on [[{SCHEDULE}#go_live]].",
                    slot="headline",
                ),
            ),
            block(
                "key_figures",
                Table(
                    title="Key figures",
                    columns=columns(("label", "Figure", "text"), ("value", "Value", "")),
                    rows={key: {"label": label, "value": Cite(ref=ref)} for key, (label, ref) in key_figures.items()},
                ),
            ),
            block(
                "decisions",
                Table(
                    title="Decisions and approvals",
                    columns=columns(("what", "Decision", ""), ("who", "By", ""), ("state", "State", "")),
                    rows={
                        "budget": {"what": "Budget", "who": "Ines Calder", "state": "Provisional: not yet approved"},
                        "timeline": {"what": "Timeline", "who": "Everybody", "state": "Approved"},
                    },
                ),
            ),
            block(
                "would_change",
                ItemList(
                    title="What would change this advice",
                    items=[
                        "A landing page that converts less than [[fact:landing_test.baseline_rate]].",
                        "A smaller budget.",
                    ],
                    slot="would_change",
                ),
            ),
            block(
                "monday",
                ItemList(
                    title="What to do on Monday",
                    items=["Ines Calder approves the budget.", "Marco Oyelaran books the podcast slots."],
                    ordered=True,
                    slot="monday",
                ),
            ),
        ],
        sections=[budget_section(), schedule_section()],
        appendix=[
            block("assumptions", Heading(text="Assumptions", level=2)),
            block(
                "assumed",
                ItemList(
                    items=["The reserve is [[fact:budget.reserve_rate]]: nobody plans against a tenth."], ordered=True
                ),
            ),
        ],
        values=values(),
        pictures=pictures(),
        raw={"session": "7f3a2c", "facts": {"budget.total": "96000", "campaign.audience": "Häuser & <b>homes</b>"}},
    )
