"""Documents of the tools: pictures say the finding, and files open in independent readers."""

import functools
import io
import json
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import vobject
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

import experts.marketing_sales
from coordinator.exports._svg import says
from experts.core.discovery import load_expert, load_view
from experts.core.view import View
from experts.marketing_sales.tools.plan_ab_test import plan_ab_test
from experts.marketing_sales.views.plan_ab_test import power_at
from mcp_servers.expert_server import _READ_ONLY
from mcp_servers.tools import strict_tool

ROOT = Path(__file__).parents[3]
EXPERT = load_expert(Path(experts.marketing_sales.__file__).parent, "experts.marketing_sales")
ARGUMENTS = json.loads((ROOT / "tests/e2e/arguments/marketing-sales.json").read_text("utf-8"))
VIEWED = sorted(path.stem for path in (EXPERT.folder / "views").glob("[a-z]*.py"))


def shown(tool: str, arguments: dict[str, Any] | None = None) -> View:
    """The tool's document, from arguments as a host sends them."""
    function = EXPERT.tools[tool]

    @functools.wraps(function)
    def call(**_: Any) -> None: ...

    values = strict_tool(call, function, _READ_ONLY).fn_metadata.validate_arguments(arguments or ARGUMENTS[tool])
    made = load_view(EXPERT, tool)
    assert made is not None
    result: View = made(function(**values), values)
    return result


ANSWERS = [[str(p), str(p + 3), str(p + 9), str(p + 14)] for p in range(8, 20)] + [["9", "8", "7", "6"]]
LONG = "a-very-long-name-of-a-channel-that-nobody-would-choose-but"[:56]
OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("analyze_pricing", {"method": "van_westendorp", "answers": ANSWERS}),
    (
        "analyze_pricing",
        {"method": "elasticity", "points": [{"price": "9", "quantity": "0"}, {"price": "8", "quantity": "5"}]},
    ),
    (
        "segment_customers",
        {"measures": {f"c{n}": {"orders": str(n % 3 * 9 + n % 4), "spend": str(n % 3 * 200 + n)} for n in range(40)}},
    ),
    ("segment_customers", {"measures": {f"c{n}": {"orders": str(n)} for n in range(9)}, "clusters": 2}),
    ("compute_customer_lifetime_value", {"margin": "10", "discount_rate": "0", "retention": "0.7", "currency": "JPY"}),
    (
        "analyze_funnel",
        {"stages": [{"name": f"Stage number {n} with a rather long name", "count": 10**6 // 2**n} for n in range(20)]},
    ),
    ("analyze_funnel", {"stages": [{"name": "a", "count": 5}, {"name": "b", "count": 0}]}),
    ("analyze_ab_test", {"visitors_a": 1000, "conversions_a": 10, "visitors_b": 1500, "conversions_b": 10}),
    ("analyze_ab_test", {"visitors_a": 1000, "conversions_a": 10, "visitors_b": 1000, "conversions_b": 90}),
    ("plan_ab_test", {"baseline_rate": "0.02", "lift": "0.5", "method": "arcsine"}),
    ("plan_ab_test", {"baseline_rate": "0.02", "lift": "-0.5", "method": "continuity", "daily_visitors": "90"}),
    (
        "map_positioning",
        {
            "x_axis": "Price as the customers we asked see it",
            "y_axis": "Freshness",
            "brands": {f"{LONG}{n}": [str(1 + n * 7 % 90 / 10), str(1 + n * 3 % 10 / 10)] for n in range(40)},
            "own": f"{LONG}3",
            "swot": {"strengths": ["a long entry that has to be wrapped over several lines of the cell " * 2] * 12},
        },
    ),
    (
        "build_channel_plan",
        {
            "goal": "A goal that is told at great length so that its title has to be cut somewhere " * 3,
            "audience": "all",
            "channels": {f"{LONG}{n}": {"stages": ["act", "engage"], "maximum": "12345678"} for n in range(40)},
            "currency": "USD",
            "framework": "RACE",
        },
    ),
    (
        "build_content_calendar",
        {"pillars": {LONG: 3, "b": 1}, "start": "2027-01-01", "weekdays": ["friday", "sunday"], "weeks": 104},
    ),
    ("attribute_conversions", {"journeys": [{"touches": [f"{LONG}{n}" for n in range(25)], "conversions": 7}]}),
    (
        "compute_campaign_kpis",
        {"spend": "900", "results_low": "0", "results_expected": "0", "results_high": "3", "currency": "USD"},
    ),
    (
        "forecast_pipeline",
        {"stages": {"only": "0"}, "deals": {"a": {"stage": "only", "amount": "0"}}, "currency": "USD"},
    ),
    (
        "forecast_pipeline",
        {
            "stages": {f"{LONG}{n}": "0.3" for n in range(20)},
            "deals": {"a": {"stage": f"{LONG}1", "amount": "999999999"}},
            "currency": "USD",
            "target": "5",
        },
    ),
]


@pytest.mark.parametrize("tool", VIEWED)
def test_a_document_is_the_same_each_time_and_its_picture_says_the_finding(tool: str) -> None:
    once, again = shown(tool), shown(tool)
    assert once == again
    assert any(letter.isdigit() for letter in once.title), once.title
    placed = {block.body["picture"] for block in once.blocks if block.kind == "picture"}
    assert placed == set(once.pictures) != set()
    assert says(next(iter(once.pictures.values())), " ".join(once.title.split()[:3]))


@pytest.mark.parametrize(("tool", "arguments"), OTHERS)
def test_long_short_and_other_inputs_are_drawn_too(tool: str, arguments: dict[str, Any]) -> None:
    made = shown(tool, arguments)
    assert made == shown(tool, arguments)
    assert all(picture.lstrip().startswith("<") for picture in made.pictures.values())
    assert {block.body["picture"] for block in made.blocks if block.kind == "picture"} == set(made.pictures)


def test_every_tool_whose_catalogue_row_has_a_picture_is_viewed() -> None:
    assert set(VIEWED) == {
        "analyze_ab_test",
        "analyze_funnel",
        "analyze_pricing",
        "attribute_conversions",
        "build_channel_plan",
        "build_content_calendar",
        "compute_campaign_kpis",
        "compute_customer_lifetime_value",
        "forecast_pipeline",
        "map_positioning",
        "plan_ab_test",
        "segment_customers",
    }


def test_the_calendar_file_opens_in_vobject_and_the_workbook_in_openpyxl() -> None:
    made = shown("build_content_calendar")
    events = list(vobject.readOne(bytes(made.files["content-calendar.ics"]).decode()).vevent_list)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(io.BytesIO(made.files["content-calendar.xlsx"]))  # type: ignore[arg-type]
    rows = list(book["Calendar"].iter_rows(min_row=5, values_only=True))
    assert [event.dtstart.value for event in events] == [row[0].date() for row in rows]
    assert [event.summary.value for event in events] == [f"Content: {row[2]}" for row in rows]
    assert len({event.uid.value for event in events}) == len(events) == 11  # Labor Day is skipped
    assert [cell.value for cell in book["Calendar"][4]][4:] == ["Title", "Channel", "Owner", "Status"]


@pytest.mark.parametrize("method", ["pooled", "continuity", "arcsine"])
def test_the_power_curve_reaches_the_planned_power_at_the_planned_sample(method: Any) -> None:
    plan = plan_ab_test(D("0.031"), D("0.038"), method=method)
    assert power_at(plan, plan.sample_per_variant) == pytest.approx(0.8, abs=2e-4)
    if method == "arcsine":
        effect = proportion_effectsize(0.038, 0.031)
        for n in (2000, 9000):
            theirs = NormalIndPower().power(effect, n, 0.025, alternative="larger")
            assert power_at(plan, n) == pytest.approx(float(theirs), abs=1e-6)


def test_a_winner_by_the_z_test_alone_is_not_said_to_win() -> None:
    """0 of 200 against 5 of 200: z gives p = 0.024, Fisher 0.061 (scipy.stats.fisher_exact)."""
    few = {"visitors_a": 200, "conversions_a": 5, "visitors_b": 200, "conversions_b": 0}
    many = {"visitors_a": 2000, "conversions_a": 100, "visitors_b": 2000, "conversions_b": 50}

    assert shown("analyze_ab_test", few).title.endswith(
        "2.50% against 0.00%, by the z test but not by Fisher's exact test"
    )
    assert shown("analyze_ab_test", many).title == "A beats B: 5.00% against 2.50%"


def test_a_tiny_share_is_not_shown_as_nothing() -> None:
    stages = [{"name": "seen", "count": 10_000_000}, {"name": "bought", "count": 19}]

    assert shown("analyze_funnel", {"stages": stages}).title.startswith("Fewer than 0.01% reach bought")


def test_the_table_of_an_ad_has_its_rates() -> None:
    made = shown(
        "compute_campaign_kpis",
        {"spend": "5400", "results_expected": "900", "currency": "USD", "impressions": "1200000", "clicks": "18000"},
    )

    assert made.title == "A result costs 6.00 USD"
    assert all(part in made.pictures["kpis"] for part in ("1.50%", "CPM, USD per 1,000", "4.50"))
