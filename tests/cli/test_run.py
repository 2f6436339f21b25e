"""`pixel run`: progress, summary, JSON, files, exit codes."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Campaign
from tests.cli.harness import FLOW, ROOT, TIDEWATER, pixel, tree

LATE = ("--set", "schedule.latest_go_live=2027-09-01")


def test_a_run_prints_one_json_object_and_sends_its_progress_to_stderr(planned: Campaign) -> None:
    assert planned.run.code == 0
    answer = planned.run.json
    assert answer["status"] == "done"
    assert answer["metrics"] == {"total_budget": "96000", "go_live_date": "2027-09-23"}
    assert answer["figures"]["budget_analysis_and_optimization"]["reserve"] == "9600"
    assert [decision["line"] for decision in answer["decisions"]] == [
        "Provisional: not yet approved by Ines Calder",
        "Provisional: not yet approved by Marco Oyelaran and Lena Fujita",
        "Provisional: not yet approved by Ines Calder, Marco Oyelaran and Lena Fujita",
    ]
    assert {"path": "schedule.campaign_weeks", "value": 12}.items() <= next(
        fact for fact in answer["assumptions"] if fact["path"] == "schedule.campaign_weeks"
    ).items()
    assert "Budget and allocation: done, version 1" in planned.run.err


def test_every_file_that_a_run_names_is_there_and_no_other(planned: Campaign) -> None:
    files = [str(Path(file).relative_to(planned.out)) for file in planned.run.json["files"]]
    written = [name for name in tree(planned.out) if (planned.out / name).is_file() and not name.startswith(".")]
    assert sorted(files) == written
    assert {"plan.html", "plan.docx", "budget.xlsx", "calendar.ics", "plan.json"} <= set(files)


def test_a_run_without_json_shows_progress_then_a_summary_with_everything_to_decide_on(tmp_path: Path) -> None:
    done = pixel(tmp_path / "data", "run", FLOW, "--brief", TIDEWATER, "--out", tmp_path / "plan", "--name", "Autumn")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("Session ")
    assert "Strategy and channel plan: marketing-sales is working" in lines
    assert "Autumn: Marketing campaign plan" in lines
    for heading in ("Allocation", "Critical path", "Decisions", "Assumed, because the brief does not say", "To watch"):
        assert heading in lines
    assert any(line.split()[:2] == ["Reserve", "USD"] and line.endswith("9,600") for line in lines)
    assert any(line.startswith("Go live") and "Thu 23 Sep 2027" in line for line in lines)
    assert " - Budget approval (budget_approval): Provisional: not yet approved by Ines Calder" in lines
    assert f"Written to {tmp_path / 'plan'}" in lines
    assert not any(line != line.rstrip() for line in lines)


def test_a_plan_whose_checks_fail_is_written_as_a_draft_and_ends_with_exit_code_5(tmp_path: Path) -> None:
    done = pixel(tmp_path / "data", "run", FLOW, "--brief", TIDEWATER, "--out", tmp_path / "plan", "--json", *LATE)
    assert done.code == 5
    assert done.json["status"] == "needs_person"
    assert done.json["draft"] == [
        "Timeline: Go-live is no later than the latest date: 2027-09-23 is later than 2027-09-01"
    ]
    assert done.sentence.startswith("Timeline: Go-live is no later than the latest date")
    assert (tmp_path / "plan" / "plan.html").is_file()


def test_a_flow_file_runs_with_facts_overridden_and_whole_tables_removed(tmp_path: Path) -> None:
    copy = tmp_path / "mine.toml"
    copy.write_bytes((ROOT / "collaboration_flows" / f"{FLOW}.toml").read_bytes())
    changes = ("--set", "budget.total=200000", "--set", "economics=", "--set", "kpis=")
    done = pixel(tmp_path / "data", "run", copy, "--brief", TIDEWATER, "--out", tmp_path / "plan", "--json", *changes)
    assert (done.code, done.json["flow"]) == (0, FLOW)
    assert done.json["metrics"]["total_budget"] == "200000"
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text("utf-8"))
    paths = {fact["path"] for fact in plan["facts"]}
    assert not any(path.startswith(("economics.", "kpis.")) for path in paths)


def test_help_loads_neither_protocol_nor_database_nor_pictures() -> None:
    heavy = ("mcp", "mcp_types", "sqlalchemy", "matplotlib", "scipy", "starlette", "uvicorn")
    code = f"import cli, sys; cli.invoke(['--help']); print([m for m in {heavy} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "run" in done.stdout


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "cli.py", "flows", "list"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_missing_fact_is_asked_for_on_a_terminal_and_the_run_goes_on(tmp_path: Path) -> None:
    brief = tmp_path / "brief.toml"
    text = TIDEWATER.read_text("utf-8")
    assert "\ntotal = 96_000" in text
    brief.write_text(text.replace("\ntotal = 96_000", "\n#"), "utf-8")
    shown, code = _on_a_terminal(
        ["run", FLOW, "--brief", str(brief), "--out", str(tmp_path / "plan")],
        {"PIXEL_DATA_DIR": str(tmp_path / "data")},
        [("budget.total = ", "much"), ("'much' is not a number", "96000")],
    )
    assert code == 0, shown
    assert "an amount, for example 96000" in shown
    assert "USD 96,000" in shown
    assert (tmp_path / "plan" / "plan.html").is_file()


def _on_a_terminal(arguments: list[str], settings: dict[str, str], answers: list[tuple[str, str]]) -> tuple[str, int]:
    """Run in a pseudo-terminal; each answer is typed once what it waits for has been shown."""
    leader, follower = pty.openpty()
    environment = {**os.environ, **settings, "TERM": "xterm", "COLUMNS": "120", "LINES": "50"}
    process = subprocess.Popen(
        [sys.executable, "cli.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    shown = ""
    end = time.monotonic() + 100
    try:
        while time.monotonic() < end:
            if select.select([leader], [], [], 0.1)[0]:
                try:
                    read = os.read(leader, 65536)
                except OSError:  # Linux says so when the other end has closed
                    break
                if not read:
                    break
                shown += read.decode("utf-8", "replace")
            if answers and answers[0][0] in shown:
                os.write(leader, f"{answers.pop(0)[1]}\n".encode())
        return shown, process.wait(timeout=20)
    finally:
        os.close(leader)
        process.kill()
        process.wait()
