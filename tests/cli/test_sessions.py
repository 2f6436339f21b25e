"""`pixel sessions`: looking, changing, resuming, comparing, deciding, exporting, auditing."""

from pathlib import Path

from tests.cli.conftest import Campaign
from tests.cli.harness import pixel, tree

STALE = ["budget_analysis_and_optimization", "campaign_kpi_forecast", "campaign_execution_planning"]


def test_the_list_is_empty_with_a_hint_before_the_first_run(tmp_path: Path) -> None:
    assert pixel(tmp_path, "sessions", "list", "--json").json == []
    assert "pixel run" in pixel(tmp_path, "sessions", "list").out


def test_the_list_names_sessions_and_keeps_their_secrets(campaign: Campaign) -> None:
    (found,) = pixel(campaign.data, "sessions", "list", "--json").json
    assert (found["id"], found["name"], found["revision"]) == (campaign.id, "Tidewater subscription launch", 1)
    assert "pins" not in found
    assert campaign.id in pixel(campaign.data, "sessions", "list").out


def test_a_session_is_found_by_the_beginning_of_its_id(campaign: Campaign) -> None:
    done = pixel(campaign.data, "sessions", "show", campaign.id[:5], "--facts", "--json")
    assert done.json["session"] == campaign.id
    assert {step["status"] for step in done.json["steps"].values()} == {"current"}
    assert any(fact["path"] == "budget.total" and fact["value"] == "96000" for fact in done.json["facts"])
    shown = pixel(campaign.data, "sessions", "show", campaign.id[:5], "--facts").out
    assert "up to date" in shown and "tidewater_campaign.toml" in shown


def test_an_unknown_session_is_refused(campaign: Campaign) -> None:
    done = pixel(campaign.data, "sessions", "show", "zzz")
    assert (done.code, done.sentence) == (3, "there is no session 'zzz'; see: pixel sessions list")


def test_a_preview_says_what_runs_again_and_writes_nothing(campaign: Campaign) -> None:
    done = pixel(campaign.data, "sessions", "set", campaign.id, "budget.total=80000", "--preview", "--json")
    assert (done.json["written"], done.json["revision"]) == (False, 1)
    first = done.json["stale"][0]
    assert first == {"step": STALE[0], "certain": True, "why": "budget.total: 96000 → 80000"}
    assert pixel(campaign.data, "sessions", "list", "--json").json[0]["revision"] == 1
    shown = pixel(campaign.data, "sessions", "set", campaign.id, "budget.total=80000", "--preview").out
    assert " - Budget and allocation runs again: budget.total: 96000 → 80000" in shown.splitlines()


def test_resuming_calls_only_what_a_change_touches_and_the_difference_shows_old_and_new(campaign: Campaign) -> None:
    assert pixel(campaign.data, "sessions", "set", campaign.id, "budget.total=80000").code == 0
    assert pixel(campaign.data, "sessions", "show", campaign.id, "--json").json["status"] == "stale"
    done = pixel(campaign.data, "sessions", "resume", campaign.id[:6], "--json")
    assert (done.code, done.json["called"]) == (0, STALE)
    again = pixel(campaign.data, "sessions", "resume", campaign.id)
    assert again.out.splitlines()[0] == "Everything was up to date; no expert was called."
    changed = {c["ref"]: c for c in pixel(campaign.data, "sessions", "diff", campaign.id, "--json").json["changed"]}
    assert (changed["fact:budget.total"]["old"], changed["fact:budget.total"]["new"]) == ("96000", "80000")
    reserve = changed["budget_analysis_and_optimization#reserve"]
    assert (reserve["old"], reserve["new"]) == ("9600", "8000")
    assert not any(ref.startswith("creative_asset_development") for ref in changed)
    shown = [line.split("  ") for line in pixel(campaign.data, "sessions", "diff", campaign.id).out.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in shown]
    assert ["budget.total", "USD 96,000", "USD 80,000"] in cells
    assert ["Budget and allocation: reserve", "USD 9,600", "USD 8,000"] in cells


def test_a_session_that_never_changed_has_no_difference_to_show(campaign: Campaign) -> None:
    done = pixel(campaign.data, "sessions", "diff", campaign.id)
    assert done.code == 3
    assert f"pixel sessions set {campaign.id}" in done.sentence


def test_restoring_a_revision_costs_no_call(campaign: Campaign) -> None:
    pixel(campaign.data, "sessions", "set", campaign.id, "budget.total=80000")
    assert pixel(campaign.data, "sessions", "restore", campaign.id, "1", "--json").json["revision"] == 3
    done = pixel(campaign.data, "sessions", "resume", campaign.id, "--json")
    assert (done.json["called"], done.json["metrics"]["total_budget"]) == ([], "96000")
    assert pixel(campaign.data, "sessions", "restore", campaign.id, "9").code == 3


def test_a_branch_is_another_session_with_the_same_plan(campaign: Campaign) -> None:
    made = pixel(campaign.data, "sessions", "branch", campaign.id, "--name", "Cheaper").out.strip()
    assert made != campaign.id
    done = pixel(campaign.data, "sessions", "resume", made, "--json")
    assert (done.json["name"], done.json["called"]) == ("Cheaper", [])


def test_an_approval_counts_until_what_it_covers_changes(campaign: Campaign) -> None:
    decided = pixel(campaign.data, "sessions", "approve", campaign.id, "budget_approval", "--by", "Ines Calder")
    assert (decided.code, decided.out) == (0, "budget_approval: Approved by Ines Calder\n")
    pixel(campaign.data, "sessions", "set", campaign.id, "budget.total=80000")
    done = pixel(campaign.data, "sessions", "resume", campaign.id, "--json")
    assert done.json["decisions"][0]["status"] == "provisional"


def test_only_a_named_approver_decides(campaign: Campaign) -> None:
    done = pixel(campaign.data, "sessions", "approve", campaign.id, "budget_approval", "--by", "Lena Fujita")
    assert done.code == 3
    assert done.sentence == "'Lena Fujita' does not approve budget_approval; its approvers are: Ines Calder"


def test_a_rejection_needs_a_reason_and_makes_the_session_wait_for_a_person(campaign: Campaign) -> None:
    words = ("sessions", "reject", campaign.id, "timeline_coordination", "--by", "Ines Calder")
    assert pixel(campaign.data, *words).code == 2
    assert pixel(campaign.data, *words, "--reason", "").code == 3
    assert pixel(campaign.data, *words, "--reason", "too late").code == 0
    done = pixel(campaign.data, "sessions", "resume", campaign.id, "--json")
    assert (done.code, done.json["status"], done.json["called"]) == (5, "needs_person", [])
    assert done.sentence.startswith("Timeline: Ines Calder: too late")


def test_a_conflict_that_is_not_there_cannot_be_decided(campaign: Campaign) -> None:
    words = ("sessions", "decide", campaign.id, "go_live_date", "2027-09-30", "--by", "Ines Calder", "--reason", "x")
    done = pixel(campaign.data, *words)
    assert (done.code, done.sentence) == (3, "there is no open conflict on 'go_live_date'")


def test_exporting_again_gives_the_same_bytes(campaign: Campaign, tmp_path: Path) -> None:
    done = pixel(campaign.data, "sessions", "export", campaign.id, "--out", tmp_path / "again", "--json")
    assert done.code == 0
    assert tree(tmp_path / "again") == tree(campaign.out)
    for name in tree(campaign.out):
        if (campaign.out / name).is_file():
            assert (campaign.out / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_an_audit_counts_what_it_checked_and_lists_each_assumption(campaign: Campaign) -> None:
    done = pixel(campaign.data, "sessions", "audit", campaign.id, "--json")
    assert (done.code, done.json["ok"], done.json["problems"]) == (0, True, [])
    assert done.json["checked"]["artifacts"] == 6
    assert any(fact["path"] == "schedule.campaign_weeks" for fact in done.json["assumptions"])
    assert "Everything holds." in pixel(campaign.data, "sessions", "audit", campaign.id).out


def test_two_sessions_are_compared_side_by_side(campaign: Campaign) -> None:
    branch = pixel(campaign.data, "sessions", "branch", campaign.id, "--name", "Lean", "--json").json["session"]
    same = pixel(campaign.data, "sessions", "compare", campaign.id, branch)
    assert same.out.strip() == "Tidewater subscription launch and Lean have the same facts and figures."
    pixel(campaign.data, "sessions", "set", branch, "budget.total=80000")
    pixel(campaign.data, "sessions", "resume", branch)
    done = pixel(campaign.data, "sessions", "compare", campaign.id, branch, "--json")
    values = {each["ref"]: each["values"] for each in done.json["differs"]}
    assert values["fact:budget.total"] == ["96000", "80000"]
    assert values["budget_analysis_and_optimization#reserve"] == ["9600", "8000"]
    assert done.json["sessions"][branch]["metrics"]["total_budget"] == "80000"
    brief = pixel(campaign.data, "sessions", "compare", campaign.id, branch).out
    whole = pixel(campaign.data, "sessions", "compare", campaign.id, branch, "--all").out
    assert "USD 96,000" in brief and "USD 80,000" in brief and "Lean" in brief and "--all" in brief
    assert len(whole.splitlines()) > len(brief.splitlines()) > 8
    refused = pixel(campaign.data, "sessions", "compare", campaign.id, campaign.id)
    assert (refused.code, "name two" in refused.sentence) == (3, True)


def test_a_sessions_log_rebuilds_it_and_another_sessions_log_is_refused(campaign: Campaign, tmp_path: Path) -> None:
    done = pixel(campaign.data, "sessions", "replay", campaign.id)
    assert (done.code, done.out.splitlines()[-1]) == (0, "The log gives the same session.")
    written = pixel(campaign.data, "sessions", "log", campaign.id).out
    file = tmp_path / "campaign.jsonl"
    file.write_text(written, "utf-8")
    assert pixel(campaign.data, "sessions", "replay", campaign.id, "--log", file, "--json").json["ok"] is True
    file.write_text(written.replace('"value": "96000"', '"value": "96001"'), "utf-8")
    done = pixel(campaign.data, "sessions", "replay", campaign.id, "--log", file)
    assert (done.code, "fact budget.total at revision 1: differs" in done.out) == (1, True)
    file.write_text(written.replace(campaign.id, "0" * 12), "utf-8")
    assert pixel(campaign.data, "sessions", "replay", campaign.id, "--log", file).code == 3


def test_a_session_is_kept_open_and_nothing_is_purged_before_its_time(campaign: Campaign) -> None:
    assert pixel(campaign.data, "sessions", "reopen", campaign.id).out.startswith("Open until ")
    assert pixel(campaign.data, "sessions", "purge", "--json").json == {"removed": [], "found": []}
