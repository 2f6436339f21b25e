"""The Tidewater campaign by hand: start Mon 16 August 2027, Labor Day Mon 6 September not worked (5 U.S.C. 6103).

Brief 16-19 Aug; budget approval 20, 23; concept 24-27, 30, 31, 1 Sep; landing page 2, 3, 7-10, 13-15; tracking
16, 17, 20; test and QA 21, 22; go live 23 September: 4 + 2 + 7 + 9 + 3 + 2 + 1 = 28 working days. From there to
1 October: 24, 27, 28, 29, 30, 1, so six working days to spare.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from experts.core.blocks import Event, Sheet, SheetCell, Table, body_of
from experts.core.contract import ActionResult
from experts.core.errors import Infeasible, InvalidInput

Facts = dict[str, Any]
Run = Callable[..., ActionResult]

DATES = {
    "brief": ("2027-08-16", "2027-08-19", 0),
    "budget_approval": ("2027-08-20", "2027-08-23", 0),
    "concept": ("2027-08-24", "2027-09-01", 0),
    "media_booking": ("2027-08-24", "2027-08-30", 16),
    "film": ("2027-09-02", "2027-09-10", 3),
    "stills": ("2027-09-02", "2027-09-08", 5),
    "landing_page": ("2027-09-02", "2027-09-15", 0),
    "sampling_kit": ("2027-09-02", "2027-09-14", 6),
    "legal_read": ("2027-09-13", "2027-09-15", 3),
    "tracking": ("2027-09-16", "2027-09-20", 0),
    "qa": ("2027-09-21", "2027-09-22", 0),
    "go_live": ("2027-09-23", "2027-09-23", 0),
}
PATH = ["brief", "budget_approval", "concept", "landing_page", "tracking", "qa", "go_live"]


def test_tidewater_goes_live_on_23_september_as_worked_by_hand(run: Run, brief: Facts, inputs: Facts) -> None:
    data = run(brief, inputs).data
    found = {key: (task["start"], task["finish"], task["total_float"]) for key, task in data["tasks"].items()}
    assert found == DATES
    assert data["critical_path"] == PATH
    assert [key for key, task in data["tasks"].items() if task["critical"]] == PATH
    assert (data["go_live"], data["working_days"], data["slack_to_latest"]) == ("2027-09-23", 28, 6)
    assert "late_by" not in data
    assert data["holidays"] == {"2027-09-06": {"date": "2027-09-06", "name": "Labor Day"}}


def test_the_baseline_is_media_and_production_and_the_reserve_stands_outside(
    run: Run, brief: Facts, inputs: Facts
) -> None:
    """14,500 over 27 task days (film 6, stills 4, landing page 9, sampling kit 8); media over 84 days from go-live."""
    data = run(brief, inputs).data
    costs = {key: task["cost"] for key, task in data["tasks"].items() if task["cost"] != "0"}
    assert costs == {"film": "3222.22", "stills": "2148.15", "landing_page": "4833.33", "sampling_kit": "4296.3"}
    assert (data["bac"], data["reserve"], data["total"]) == ("86400", "9600", "96000")
    assert data["campaign_end"] == "2027-12-15"
    assert next(iter(data["weeks"])) == "2027-w33"
    assert list(data["weeks"])[-1] == "2027-w50"
    assert data["weeks"]["2027-w50"]["cumulative"] == "86400"
    # Week of 20 September: four days of flight, 71,900 x 4 / 84, after all of production.
    assert data["weeks"]["2027-w38"]["planned"] == "3423.81"


def test_lena_is_shown_to_shoot_film_and_stills_at_once(run: Run, brief: Facts, inputs: Facts) -> None:
    """Stills after the film would begin on 13 September, six working days late, with a float of five."""
    result = run(brief, inputs)
    assert list(result.data["overloads"]) == ["lena"]
    assert result.data["overloads"]["lena"]["spans"]["1"]["tasks"] == ["film", "stills"]
    callout = _bodies(result)["overload-lena"]
    assert "Lena Fujita" in callout["text"]
    assert "No task can wait for the others without moving the end" in callout["text"]
    brief["tasks"]["stills"]["duration"] = 3
    brief["tasks"]["film"]["duration"] = 3
    assert "the float allows it" in _bodies(run(brief, inputs))["overload-lena"]["text"]
    brief["team"]["lena"]["capacity"] = 2
    relieved = run(brief, inputs)
    assert "overloads" not in relieved.data or relieved.data["overloads"] == {}
    assert "Nobody in the team has more tasks" in relieved.narrative


def test_a_missed_latest_date_warns_with_days_and_path_and_does_not_fail(run: Run, brief: Facts, inputs: Facts) -> None:
    brief["schedule"]["latest_go_live"] = "2027-09-21"
    result = run(brief, inputs)
    assert (result.data["slack_to_latest"], result.data["late_by"]) == (-2, 2)
    assert result.warnings[0].startswith("Go-live misses the latest date by 2 working days")
    assert "Landing page → Tracking" in result.warnings[0]
    late = _bodies(result)["late"]
    assert late["tone"] == "warning"
    assert "[[self#late_by]]" in late["text"]


def test_overlapping_the_review_is_fast_tracking_and_says_so(run: Run, brief: Facts, inputs: Facts) -> None:
    """A legal read of 14 days decides the date: 19 + 14 + 2 + 1 = 36; overlapped it starts on day 16: 33."""
    brief["tasks"]["legal_read"]["duration"] = 14
    late, early = run(brief, inputs), run(brief, inputs, overlap_review=True)
    assert (late.data["working_days"], late.data["go_live"]) == (36, "2027-10-05")
    assert (early.data["working_days"], early.data["go_live"]) == (33, "2027-09-30")
    assert late.data["overlap_saves"] == early.data["overlap_saves"] == 3
    assert late.data["late_by"] == 2
    assert "which would save [[self#overlap_saves]]" in _bodies(late)["late"]["text"]
    assert early.warnings[0].startswith("Fast-tracking: Legal read of claims starts before the end of")
    assert "fast-tracking" in _bodies(early)
    assert early.reasons == {}
    assert late.reasons["overlap_review"]


def test_every_task_and_go_live_is_an_event_with_dates_from_figures(run: Run, brief: Facts, inputs: Facts) -> None:
    events = {b.id: body_of(b) for b in run(brief, inputs).document if b.kind == "event"}
    assert set(events) == {*(f"task-{key}" for key in DATES), "go-live", "campaign-end"}
    approval = events["task-budget_approval"]
    assert isinstance(approval, Event)
    assert (approval.summary, approval.start, approval.end) == (
        "Approval: Budget approval",
        "self#tasks.budget_approval.start",
        "self#tasks.budget_approval.finish",
    )


def test_monday_names_owner_and_dates_of_what_starts_in_the_first_week(run: Run, brief: Facts, inputs: Facts) -> None:
    del brief["tasks"]["budget_approval"]["owner"]
    items = _bodies(run(brief, inputs))["monday"]["items"]
    assert items[0] == (
        "Marco Oyelaran: Brief, from [[self#tasks.brief.start]] to [[self#tasks.brief.finish]]; no day to lose."
    )
    assert items[1].startswith("Nobody owns Budget approval yet")
    assert len(items) == 2


def _bodies(result: ActionResult) -> dict[str, Facts]:
    return {block.id: block.body for block in result.document}


def _sheet(result: ActionResult, name: str) -> Sheet:
    found = [body for b in result.document if isinstance(body := body_of(b), Sheet) and body.name == name]
    return found[0]


class _Workbook:
    """The Baseline sheet worked with exact fractions from its formulas and whatever allocation it is given."""

    def __init__(self, sheet: Sheet, allocation: Facts, data: Facts) -> None:
        self.cells = {
            f"cell:{sheet.name.lower()}/{row}/{column}": cell
            for row, cells in sheet.rows.items()
            for column, cell in cells.items()
            if isinstance(cell, SheetCell)
        }
        self.homes = {cell.ref: cell for cell in self.cells.values() if cell.ref}
        self.allocation, self.data = allocation, data
        self.done: dict[str, Fraction] = {}

    def value(self, ref: str) -> Fraction:
        if ref not in self.done:
            cell = self.cells.get(ref) or self.homes.get(ref)
            self.done[ref] = self.work(cell.formula) if cell and cell.formula else self.given(ref)
        return self.done[ref]

    def given(self, ref: str) -> Fraction:
        if ref.startswith("allocation#"):
            return Fraction(self.allocation[ref.partition("#")[2]])
        node: Any = self.data
        for key in ref.partition("#")[2].split("."):
            node = node[key]
        return Fraction(node)

    def work(self, formula: str) -> Fraction:
        def sum_of(found: re.Match[str]) -> str:
            pattern = re.escape(found.group(1)).replace(r"\*", r"[a-z0-9_-]+")
            return repr(sum((self.value(ref) for ref in self.homes if re.fullmatch(pattern, ref)), Fraction(0)))

        text = re.sub(r"SUM\(\[\[([^]]+)\]\]\)", sum_of, formula)
        text = re.sub(r"\[\[([^]]+)\]\]", lambda found: repr(self.value(found.group(1))), text)
        names = {"Fraction": Fraction, "ROUND": lambda x, n: Fraction((x * 10**n + Fraction(1, 2)).__floor__(), 10**n)}
        worked = eval(text, {"__builtins__": {}}, names)
        assert isinstance(worked, Fraction)
        return worked


def test_the_baseline_sheet_gives_the_figures_and_follows_a_changed_allocation(
    run: Run, brief: Facts, inputs: Facts
) -> None:
    result = run(brief, inputs)
    changed = {
        "currency": "USD",
        "media": "60000.01",
        "production": "17250.5",
        "reserve": "8583.39",
        "unallocated": "7",
        "working_total": "77250.51",
        "total": "85840.9",
    }
    replanned = run(brief, {**inputs, "allocation": changed})
    sheet = _sheet(result, "Baseline")
    for allocation, data in ((inputs["allocation"], result.data), (changed, replanned.data)):
        book = _Workbook(sheet, allocation, result.data)
        for key, week in data["weeks"].items():
            assert book.value(f"self#weeks.{key}.planned") == Fraction(week["planned"])
            assert book.value(f"self#weeks.{key}.cumulative") == Fraction(week["cumulative"])
        for name in ("bac", "reserve", "unallocated", "total"):
            assert book.value(f"self#{name}") == Fraction(data[name])


def test_the_schedule_sheet_takes_durations_from_the_facts(run: Run, brief: Facts, inputs: Facts) -> None:
    sheet = _sheet(run(brief, inputs), "Schedule")
    cell = sheet.rows["film"]["duration"]
    assert isinstance(cell, SheetCell)
    assert (cell.ref, cell.formula) == ("fact:tasks.film.duration", None)
    assert len(sheet.rows) == 12


def test_no_formula_begins_with_an_equals_sign_and_every_helper_cell_exists(
    run: Run, brief: Facts, inputs: Facts
) -> None:
    sheet = _sheet(run(brief, inputs), "Baseline")
    cells = {f"cell:baseline/{row}/{column}" for row, columns in sheet.rows.items() for column in columns}
    formulas = [
        c.formula for row in sheet.rows.values() for c in row.values() if isinstance(c, SheetCell) and c.formula
    ]
    assert not any(formula.startswith("=") for formula in formulas)
    assert {ref for formula in formulas for ref in re.findall(r"\[\[(cell:[^]]+)\]\]", formula)} <= cells


def test_pictures_are_well_formed_and_the_same_bytes_every_time(run: Run, brief: Facts, inputs: Facts) -> None:
    first, second = run(brief, inputs), run(brief, inputs)
    assert first.pictures == second.pictures
    assert set(first.pictures) == {"gantt", "baseline"}
    for svg in first.pictures.values():
        assert ET.fromstring(svg).tag.endswith("svg")


def test_labels_with_dollar_signs_digits_and_line_ends_are_drawn_and_quoted(
    run: Run, brief: Facts, inputs: Facts
) -> None:
    brief["tasks"]["film"]["label"] = "Film for $5 or $6\n(take 2) " + "long " * 30
    brief["team"]["lena"]["name"] = "Studio 54"
    del brief["tasks"]["stills"]["label"]
    result = run(brief, inputs)
    assert result.data["tasks"]["stills"]["label"] == "Stills"
    assert ET.fromstring(result.pictures["gantt"]) is not None


def test_three_hundred_tasks_show_those_that_decide_and_sum_up_the_rest(run: Run, inputs: Facts) -> None:
    result = run(_many(300), _without_makers(inputs))
    table = body_of(next(b for b in result.document if b.id == "tasks"))
    assert isinstance(table, Table)
    assert set(table.rows) == {key for key, task in result.data["tasks"].items() if task["critical"]}
    assert "picture and table show those that decide go-live" in _bodies(result)["gantt-selection"]["text"]
    assert len(_sheet(result, "Schedule").rows) == 300
    assert sum(b.kind == "event" for b in result.document) == 302
    height = float(re.search(r'height="([0-9.]+)pt"', result.pictures["gantt"]).group(1))  # type: ignore[union-attr]
    assert height < 72 * 16


def test_two_thousand_tasks_are_planned_and_one_more_is_refused(run: Run, inputs: Facts) -> None:
    assert run(_many(2000), _without_makers(inputs), check=False).data["task_count"] == 2000
    with pytest.raises(ValidationError, match="at most 2000 items"):
        run(_many(2001), _without_makers(inputs))


def _many(count: int) -> Facts:
    """A path of 40 tasks, everything else hanging from it, and a milestone as go-live."""
    tasks: Facts = {}
    for n in range(count - 1):
        before = [] if n == 0 else [f"t{n - 1}"] if n < 40 else [f"t{n % 37}"]
        tasks[f"t{n}"] = {
            "label": f"Task {n}",
            "duration": 2 if n < 40 else 1,
            "predecessors": before,
            "owner": f"Crew {n % 11}",
        }
    tasks["go_live"] = {"duration": 0, "predecessors": list(tasks)}
    return {"tasks": tasks, "schedule": {"start": "2027-08-16", "country": "US"}}


def _without_makers(inputs: Facts) -> Facts:
    assets = {key: {"label": asset["label"]} for key, asset in inputs["manifest"]["assets"].items()}
    return {**inputs, "manifest": {"assets": assets}}


def test_tasks_after_go_live_do_not_decide_it(run: Run, brief: Facts, inputs: Facts) -> None:
    brief["tasks"]["report"] = {"label": "Report", "duration": 20, "predecessors": ["go_live"]}
    data = run(brief, inputs).data
    assert (data["go_live"], data["finish"]) == ("2027-09-23", "2027-10-22")
    assert data["critical_path"] == PATH
    assert (data["tasks"]["report"]["total_float"], data["tasks"]["report"]["critical"]) == (0, False)


def test_without_a_named_maker_production_falls_on_all_work_and_a_warning_says_so(
    run: Run, brief: Facts, inputs: Facts
) -> None:
    result = run(brief, _without_makers(inputs))
    spent = {key for key, task in result.data["tasks"].items() if task["cost"] != "0"}
    assert spent == set(DATES) - {"budget_approval", "legal_read"}
    assert any(warning.startswith("No task is named that makes") for warning in result.warnings)


def test_a_campaign_without_latest_date_team_money_or_holidays_still_has_a_plan(
    run: Run, brief: Facts, inputs: Facts
) -> None:
    del brief["team"], brief["schedule"]["latest_go_live"]
    brief["schedule"] |= {"start": "2027-08-14", "weekend": ["sunday"]}
    nothing = dict.fromkeys(("media", "production", "reserve", "unallocated", "working_total", "total"), "0")
    result = run(brief, {**inputs, "allocation": {"currency": "USD", **nothing}})
    first = date(2027, 8, 14)
    assert result.data["start"] == first.isoformat()
    assert result.data["tasks"]["brief"]["finish"] == (first + timedelta(days=4)).isoformat()
    assert "slack_to_latest" not in result.data
    assert result.data["bac"] == "0"


def test_a_start_that_is_not_worked_is_said(run: Run, brief: Facts, inputs: Facts) -> None:
    brief["schedule"]["start"] = "2027-08-14"
    result = run(brief, inputs)
    assert result.data["start"] == "2027-08-16"
    assert "[[fact:schedule.start]]" in _bodies(result)["rolled"]["text"]
    assert any("2027-08-14, is on a weekend" in warning for warning in result.warnings)


def test_an_asset_made_by_nothing_known_is_refused_with_the_nearest_task(run: Run, brief: Facts, inputs: Facts) -> None:
    inputs["manifest"]["assets"]["films"]["made_by"] = "flim"
    with pytest.raises(
        InvalidInput, match=r"asset 'films': made_by 'flim' is not a task.*did you mean 'film'"
    ) as caught:
        run(brief, inputs)
    assert caught.value.field == "formats.films.made_by"


def test_a_go_live_task_that_is_not_there_is_refused_with_the_nearest(run: Run, brief: Facts, inputs: Facts) -> None:
    brief["schedule"]["go_live_task"] = "golive"
    with pytest.raises(InvalidInput, match=r"schedule.go_live_task 'golive' is not a task.*did you mean 'go_live'"):
        run(brief, inputs)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"country": "USA"}, "schedule.country"),
        ({"subdivision": "Washington"}, "schedule.subdivision"),
        ({"weekend": ["saterday"]}, "schedule.weekend"),
        ({"campaign_weeks": 0}, "schedule.campaign_weeks"),
        ({"latest_go_live": "2999-01-01"}, "schedule.latest_go_live"),
        ({"start": "2999-01-01"}, "schedule.start"),
    ],
)
def test_a_bad_calendar_fact_is_refused_by_its_path(
    run: Run, brief: Facts, inputs: Facts, change: Facts, field: str
) -> None:
    brief["schedule"] |= change
    with pytest.raises(InvalidInput) as caught:
        run(brief, inputs)
    assert caught.value.field == field


def test_an_allocation_that_does_not_add_up_is_refused(run: Run, brief: Facts, inputs: Facts) -> None:
    inputs["allocation"]["working_total"] = "86400.01"
    with pytest.raises(Infeasible, match=r"media 71900 and production 14500 are not its working total 86400\.01"):
        run(brief, inputs)
    inputs["allocation"] |= {"working_total": "86400", "total": "96001"}
    with pytest.raises(Infeasible, match="are not the total 96001"):
        run(brief, inputs)
