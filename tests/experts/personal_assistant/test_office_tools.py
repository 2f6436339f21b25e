"""Expenses, tasks, trips, contacts, notes, mail, meetings, files, events and workflows."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import networkx
import phonenumbers
import pytest
import vobject

from experts.core.errors import Infeasible, InvalidInput

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("day", "cents"),
    [("2024-05-01", "67"), ("2025-05-01", "70"), ("2026-06-30", "72.5"), ("2026-07-01", "76")],
)
def test_mileage_is_the_irs_rate_of_the_day(call: Call, day: str, cents: str) -> None:
    # IRS Notices 2024-08, 2025-05, 2026-10 and Announcement 2026-11.
    found = call("track_expenses", currency="USD", trips=[{"day": day, "miles": "100", "purpose": "visit"}])
    assert found.total == Decimal(cents)


def test_an_expense_report_adds_up_and_names_duplicates_and_breaches(call: Call, arguments: dict[str, Any]) -> None:
    found = call("track_expenses", **arguments["track_expenses"])
    # 310 x 1.10 + 24.50 x 1.10 + 61.20 = 341.00 + 26.95 + 61.20; 72.50 + 76.00 driven.
    assert (found.receipts_total, found.mileage_total, found.total) == (
        Decimal("429.15"), Decimal("148.5"), Decimal("577.65"),
    )  # fmt: skip
    assert len(found.duplicates) == 1 and len(found.breaches) == 2
    assert sum(found.by_category.values()) == found.total


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rates": {}}, "no rate is given for 'EUR'"),
        ({"rates": {"EUR": "0"}}, "above 0"),
        ({"currency": "EUR"}, "mileage rates are US dollars"),
        ({"trips": [{"day": "2027-01-01", "miles": "1", "purpose": "x"}]}, "no values for 2027-01-01"),
    ],
)
def test_an_expense_report_refuses(call: Call, arguments: dict[str, Any], changes: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        call("track_expenses", **{**arguments["track_expenses"], **changes})


def test_a_negative_amount_is_refused(call: Call) -> None:
    with pytest.raises(ValueError, match="greater than or equal to 0"):
        call(
            "track_expenses",
            currency="USD",
            receipts=[{"day": "2026-01-01", "merchant": "x", "category": "y", "amount": "-1"}],
        )


def test_wsjf_and_rice_are_the_published_quotients(call: Call) -> None:
    # SAFe: (8 + 5 + 3) / 2 = 8; Intercom: 500 x 2 x 0.8 / 4 = 200.
    wsjf = {"name": "x", "value": "8", "time_criticality": "5", "risk_reduction": "3", "size": "2"}
    assert call("prioritize_tasks", tasks={"a": wsjf}, method="wsjf").order[0].score == 8
    rice = {"name": "x", "reach": "500", "impact": "2", "confidence": "0.8", "effort": "4"}
    assert call("prioritize_tasks", tasks={"a": rice}, method="rice").order[0].score == 200


def test_a_prerequisite_comes_first_and_late_tasks_are_named(call: Call, arguments: dict[str, Any]) -> None:
    found = call("prioritize_tasks", **arguments["prioritize_tasks"])
    assert [row.task for row in found.order] == ["figures", "report", "plan", "feed"]
    assert found.late == [] and [f"{day.day}" for day in found.days] == ["2026-11-26", "2026-11-27", "2026-11-30"]
    tight = {**arguments["prioritize_tasks"], "hours": "2"}
    assert call("prioritize_tasks", **tight).late == ["report"]


def test_size_zero_and_a_cycle_are_refused(call: Call) -> None:
    task = {"name": "x", "value": "1", "time_criticality": "1", "risk_reduction": "1", "size": "0"}
    with pytest.raises(InvalidInput, match="size of 'a' is 0"):
        call("prioritize_tasks", tasks={"a": task}, method="wsjf")
    one = {"name": "x", "important": True, "urgent": True}
    with pytest.raises(Infeasible, match="a cycle"):
        call("prioritize_tasks", tasks={"a": {**one, "needs": ["b"]}, "b": {**one, "needs": ["a"]}})


def test_a_trip_shows_elapsed_time_distance_and_the_short_connection(call: Call, arguments: dict[str, Any]) -> None:
    found = call("plan_itinerary", **arguments["plan_itinerary"])
    # 18:00 at UTC-5 to 07:40 at UTC+1 is 7 h 40 min; the great circle JFK-FRA is about 6,200 km.
    assert found.legs[0].elapsed_minutes == 460
    assert abs(found.legs[0].kilometres - 6205) < 10
    assert [one.enough for one in found.connections] == [False, True]
    assert found.clock_shift_minutes == 300


def test_crossing_the_date_line_arrives_before_it_left_by_the_calendar(call: Call) -> None:
    flight = {
        "kind": "flight",
        "origin": "NRT",
        "destination": "HNL",
        "start": "2026-12-06T20:00",
        "end": "2026-12-06T08:00",
    }
    assert call("plan_itinerary", segments=[flight]).legs[0].elapsed_minutes == 420


def test_a_negative_layover_and_an_unknown_place_are_refused(call: Call, arguments: dict[str, Any]) -> None:
    segments = [dict(one) for one in arguments["plan_itinerary"]["segments"]]
    segments[1]["start"] = "2026-12-07T07:30"
    with pytest.raises(Infeasible, match="'Flight to Lisbon' starts 10 minutes before 'Flight to Frankfurt' ends"):
        call("plan_itinerary", segments=segments)
    with pytest.raises(InvalidInput, match="not an IATA airport code"):
        call("plan_itinerary", segments=[{**segments[0], "origin": "QQQ"}])
    with pytest.raises(InvalidInput, match="not after its start"):
        call("plan_itinerary", segments=[{**segments[0], "end": "2026-12-06T18:00"}])


def test_a_night_without_a_bed_is_named(call: Call, arguments: dict[str, Any]) -> None:
    segments = arguments["plan_itinerary"]["segments"][:3]
    back = {
        "kind": "flight",
        "origin": "LIS",
        "destination": "JFK",
        "start": "2026-12-09T09:00",
        "end": "2026-12-09T13:00",
    }
    assert call("plan_itinerary", segments=[*segments, back]).nights_without_stay == ["2026-12-07", "2026-12-08"]


def test_contacts_merge_and_their_vcards_open_in_an_independent_parser(call: Call, arguments: dict[str, Any]) -> None:
    found = call("normalize_contacts", **arguments["normalize_contacts"])
    assert found.contacts[0].rows == [1, 2]
    cards = list(vobject.readComponents(found.vcf))
    assert [card.fn.value for card in cards] == ["Lena Vogt", "Raj Mehta", "Nobody"]
    assert cards[0].tel.value == "tel:+4930901820"
    assert [(issue.row, issue.field) for issue in found.issues] == [(4, "email")]
    assert max(len(line.encode()) for line in found.vcf.split("\r\n")) <= 75


@pytest.mark.parametrize("region", ["US", "GB", "DE", "FR", "JP", "BR"])
def test_example_numbers_of_the_plan_become_e164(call: Call, region: str) -> None:
    example = phonenumbers.example_number(region)
    national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
    found = call("normalize_contacts", contacts=[{"name": "x", "phone": national}], default_region=region)
    assert found.contacts[0].phones == [phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)]


def test_a_shared_number_under_two_names_is_for_a_person_and_an_unknown_region_refused(call: Call) -> None:
    rows = [{"name": "Ana Ruiz", "phone": "+442079460000"}, {"name": "Bob Stone", "phone": "+442079460000"}]
    found = call("normalize_contacts", contacts=rows, default_region="GB")
    assert len(found.contacts) == 2 and "share" in found.review[0]
    with pytest.raises(InvalidInput, match="default_region 'ZZ'"):
        call("normalize_contacts", contacts=rows, default_region="ZZ")


def test_action_items_quote_their_span(call: Call, arguments: dict[str, Any]) -> None:
    given = arguments["extract_action_items"]
    found = call("extract_action_items", **given)
    assert [(item.owner, item.verb, f"{item.due}") for item in found.items] == [
        ("Raj Mehta", "request", "2026-12-11"),
        ("Lena Vogt", "send", "2026-12-03"),
        ("", "book", "2026-12-04"),
    ]
    assert all(given["notes"][item.start : item.end] == item.text for item in found.items)


def test_notes_without_actions_give_none_and_an_ambiguous_date_is_not_guessed(call: Call) -> None:
    assert call("extract_action_items", notes="It rained. We were late.", base_date="2026-12-02").items == []
    found = call("extract_action_items", notes="Raj will pay by 03/04.", base_date="2026-12-02")
    assert found.items[0].due is None and "ask which" in found.warnings[0]


def test_action_items_need_a_base_date(call: Call) -> None:
    with pytest.raises(ValueError, match="base_date"):
        call("extract_action_items", notes="Raj will pay tomorrow.")


def test_mail_is_read_without_what_it_quotes(call: Call, arguments: dict[str, Any]) -> None:
    found = call("triage_email", **arguments["triage_email"])
    assert (found.sender_name, found.sender, f"{found.deadline}") == ("Chidi Okafor", "chidi@example.org", "2026-11-26")
    assert found.category == "request" and found.thread == ["<a@example.com>"]
    assert "{{answer_1}}" in found.reply and "30 November" not in " ".join(one.text for one in found.dates)


@pytest.mark.parametrize(
    ("head", "body", "category"),
    [
        ("From: a@b.org\nList-Unsubscribe: <x>\n", "News of the week", "newsletter"),
        ("From: no-reply@b.org\n", "Your code is 1", "automatic"),
        ("From: a@b.org\nSubject: Invoice 12\n", "The amount due is 40.", "bill"),
        ("From: a@b.org\n", "Are you available for a call?", "meeting"),
        ("From: a@b.org\n", "The parcel arrived.", "information"),
    ],
)
def test_mail_categories(call: Call, head: str, body: str, category: str) -> None:
    assert call("triage_email", message=f"{head}\n{body}\n").category == category


def test_a_mail_without_body_and_a_binary_one_are_refused(call: Call) -> None:
    with pytest.raises(InvalidInput, match="no text body"):
        call("triage_email", message="From: a@b.org\nSubject: x\n\n\n")
    with pytest.raises(InvalidInput, match="binary"):
        call("triage_email", message="a\x00b")


def test_replies_to_another_domain_are_warned_of(call: Call) -> None:
    text = "From: Bank <a@bank.example>\nReply-To: a@evil.example\n\nPlease pay today.\n"
    assert "another domain" in call("triage_email", message=text).warnings[0]


def test_an_agenda_is_timed_and_must_fit_its_slot(call: Call, arguments: dict[str, Any]) -> None:
    given = arguments["build_meeting_pack"]
    found = call("build_meeting_pack", **given)
    assert [(item.starts, item.ends) for item in found.items] == [
        ("14:00", "14:15"),
        ("14:15", "14:45"),
        ("14:45", "14:55"),
    ]
    with pytest.raises(Infeasible, match="55 minutes, 10 more than the slot of 45"):
        call("build_meeting_pack", **{**given, "slot_minutes": 45})


def test_a_decision_that_was_not_taken_is_named(call: Call, arguments: dict[str, Any]) -> None:
    given = dict(arguments["build_meeting_pack"])
    given["items"] = [{"topic": "Budget", "minutes": 5, "purpose": "decide"}]
    assert call("build_meeting_pack", **given).undecided == ["Budget"]


def test_files_get_dated_names_and_duplicates_are_found_by_hash(call: Call) -> None:
    same = hashlib.sha256(b"same").hexdigest()
    files = [
        {"path": "a.PDF", "day": "2024-02-29", "category": "Tax", "title": "Größe & Co", "sha256": same},
        {"path": "b.pdf", "day": "2024-02-29", "category": "Tax", "sha256": same.upper()},
        {"path": "c.pdf", "day": "2024-02-29", "category": "Tax", "title": "Größe Co"},
    ]
    found = call("organize_documents", files=files, retention_years={"Tax": 1}, as_of="2025-03-01")
    assert [row.new_path for row in found.files] == [
        "tax/2024/2024-02-29_tax_grosse-co.pdf", "", "tax/2024/2024-02-29_tax_grosse-co-2.pdf",
    ]  # fmt: skip
    assert found.duplicate_sets == [["a.PDF", "b.pdf"]] and f"{found.files[0].keep_until}" == "2025-02-28"
    assert found.possible_versions == [["a.PDF", "c.pdf"]]


@pytest.mark.parametrize("path", ["../x.pdf", "a/../../x", "/etc/passwd", "C:\\x", "a\\..\\b"])
def test_a_path_that_leaves_the_folder_is_refused(call: Call, path: str) -> None:
    with pytest.raises(InvalidInput, match="leaves the folder"):
        call("organize_documents", files=[{"path": path, "day": "2026-01-01", "category": "x"}])


def test_an_event_is_planned_backwards_along_the_longest_path(call: Call, arguments: dict[str, Any]) -> None:
    given = arguments["plan_event"]
    found = call("plan_event", **given)
    graph = networkx.DiGraph()
    for key, task in given["tasks"].items():
        graph.add_edge(f"{key}<", f"{key}>", weight=task["days"])
        for other in task.get("needs", []):
            graph.add_edge(f"{other}>", f"{key}<", weight=0)
    longest = networkx.dag_longest_path(graph)
    assert {row.task for row in found.tasks if row.critical} == {node[:-1] for node in longest}
    assert (found.tasks[0].latest_start, found.begin_by) == (found.begin_by, found.begin_by)
    # 56 days of work end on 11 February 2027, so they begin on 18 December 2026.
    assert f"{found.begin_by}" == "2026-12-18"
    assert (found.total, found.left, sum(found.per_table)) == (Decimal(6800), Decimal(200), 80)


def test_an_event_that_cannot_be_is_refused_and_late_tasks_are_named(call: Call, arguments: dict[str, Any]) -> None:
    given = arguments["plan_event"]
    with pytest.raises(InvalidInput, match="not after today"):
        call("plan_event", **{**given, "today": "2027-02-12"})
    with pytest.raises(Infeasible, match="70, 10 fewer than 80 guests"):
        call("plan_event", **{**given, "tables": 7})
    assert call("plan_event", **{**given, "today": "2026-12-20"}).tasks[0].late_days == 2


def test_a_workflow_has_stages_and_the_longest_chain(call: Call, arguments: dict[str, Any]) -> None:
    given = arguments["run_workflow"]
    found = call("run_workflow", **given)
    graph = networkx.DiGraph([(o, k) for k, s in given["steps"].items() for o in s.get("needs", [])])
    assert [set(stage.steps) for stage in found.stages] == [set(g) for g in networkx.topological_generations(graph)]
    assert found.longest_chain == ["gather", "contract", "plan"] and found.minutes == 225


def test_a_cycle_is_named_and_an_unknown_step_too(call: Call) -> None:
    steps = {"a": {"name": "A", "needs": ["c"]}, "b": {"name": "B", "needs": ["a"]}, "c": {"name": "C", "needs": ["b"]}}
    with pytest.raises(Infeasible, match="a needs c needs b needs a: a cycle"):
        call("run_workflow", steps=steps)
    with pytest.raises(InvalidInput, match="'d', which is not listed"):
        call("run_workflow", steps={"a": {"name": "A", "needs": ["d"]}})
