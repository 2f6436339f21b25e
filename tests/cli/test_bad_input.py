"""What a person may get wrong: one sentence that names the value and the way out, a stable code, nothing written."""

import errno
import os
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from experts.core.errors import InvalidInput
from tests.cli.conftest import Campaign
from tests.cli.harness import FLOW, ROOT, TIDEWATER, Done, pixel, tree


def run(tmp_path: Path, *arguments: str | Path, brief: Path = TIDEWATER, flow: str | Path = FLOW) -> Done:
    """Run a brief that must not get far; whatever it is, the folder for the plan must not exist afterwards."""
    done = pixel(tmp_path / "data", "run", flow, "--brief", brief, "--out", tmp_path / "plan", "--json", *arguments)
    assert not (tmp_path / "plan").exists()
    assert done.json["error"]["message"].split() == done.sentence.split()
    return done


@pytest.mark.parametrize(
    ("change", "named", "way_out"),
    [
        ("budget.totl=200000", "'budget.totl'", "did you mean 'total'?"),
        ("budget.total=-5", "-5", "at least 0"),
        ("budget.total=NaN", "'NaN'", "write digits"),
        ("budget.total=inf", "'inf'", "write digits"),
        ("budget.total=EUR 96000", "'EUR 96000'", "convert it to USD"),
        ("budget.total=lots", "'lots'", "write digits"),
        ("schedule.start=2026-02-30", "'2026-02-30'", "write it as 2027-08-16"),
        ("schedule.country=XX", "'XX'", "for example 'US'"),
        ("budget.total=10000", "10000", "raise the total"),
        ("channels.paid_search.curve=5*spend^1.4", "'5*spend^1.4'", "between 0 and 1"),
        ('tasks.brief.predecessors=["go_live"]', "brief → budget_approval", "delete one"),
        ('tasks.brief.predecessors=["nope"]', "'nope'", "known: "),
        ("kpis.payback.measure=joy", "'joy'", "must be one of"),
        ("budget.total", "'budget.total'", "path=value"),
        ("Budget=3", "'Budget'", "write budget"),
        ("currency=", "currency", "--set currency=…"),
    ],
)
def test_a_wrong_fact_ends_in_one_sentence_with_exit_code_3(
    tmp_path: Path, change: str, named: str, way_out: str
) -> None:
    done = run(tmp_path, "--set", change)
    assert done.code == 3
    assert named in done.sentence
    assert way_out in done.sentence


def test_two_values_for_one_fact_are_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "--set", "budget.total=1", "--set", "budget.total=2")
    assert (done.code, done.sentence) == (3, "--set gives budget.total two values; give it once")


def test_a_missing_fact_is_named_where_nobody_can_be_asked(tmp_path: Path) -> None:
    brief = tmp_path / "brief.toml"
    brief.write_text(TIDEWATER.read_text("utf-8").replace("\ntotal = 96_000", "\n#"), "utf-8")
    done = run(tmp_path, brief=brief)
    assert done.code == 3
    assert done.sentence == "the brief does not say budget.total; add it to the brief or give --set budget.total=…"
    assert done.json["error"]["code"] == "missing_facts"


def test_a_truncated_brief_is_refused_with_its_line(tmp_path: Path) -> None:
    brief = tmp_path / "brief.toml"
    brief.write_bytes(TIDEWATER.read_bytes()[:500])
    done = run(tmp_path, brief=brief)
    assert done.code == 3
    assert done.sentence.startswith("brief.toml, line ")


def test_a_brief_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    done = run(tmp_path, brief=tmp_path / "no.toml")
    assert done.code == 3
    assert "no.toml does not exist" in done.sentence


def test_a_brief_of_another_flow_is_refused_with_both_names(tmp_path: Path) -> None:
    brief = tmp_path / "brief.toml"
    brief.write_text(TIDEWATER.read_text("utf-8").replace(f'flow = "{FLOW}"', 'flow = "product_launch"'), "utf-8")
    done = run(tmp_path, brief=brief)
    assert done.code == 3
    assert "'product_launch'" in done.sentence and f"'{FLOW}'" in done.sentence


def test_an_unknown_flow_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    done = run(tmp_path, flow="marketing_campaign_plannin")
    assert (done.code, done.json["error"]["code"]) == (2, "configuration")
    assert f"did you mean '{FLOW}'?" in done.sentence


def test_a_flow_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    flow = tmp_path / "flow.toml"
    flow.write_bytes(b"\xff\xfe\x00")
    assert run(tmp_path, flow=flow).code == 2


def test_ten_thousand_tasks_are_refused_with_the_limit(tmp_path: Path) -> None:
    rows = "\n".join(f"task_{number},1," for number in range(9_999))
    (tmp_path / "tasks.csv").write_text(f"id,duration,predecessors\n{rows}\ngo_live,1,\n", "utf-8")
    text = re.sub(r"\nmade_by = .*", "", TIDEWATER.read_text("utf-8"))
    start, end = text.index("[tasks.brief]"), text.index("[team.ines_calder]")
    brief = tmp_path / "brief.toml"
    brief.write_text(f'{text[:start]}[tasks]\nfile = "tasks.csv"\n\n{text[end:]}', "utf-8")
    done = run(tmp_path, brief=brief)
    assert done.code == 3
    assert {"10000", "2000"} <= set(re.findall(r"\d+", done.sentence.replace(",", "")))


def test_a_folder_below_a_file_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = pixel(tmp_path / "data", "run", FLOW, "--brief", TIDEWATER, "--out", tmp_path / "file" / "plan")
    assert (done.code, done.out) == (4, "")
    assert str(tmp_path / "file" / "plan") in done.sentence and done.sentence.endswith("name another folder with --out")
    assert tree(tmp_path) == ["file"]


@pytest.mark.parametrize(("number", "says"), [(errno.EROFS, "make it writable"), (errno.ENOSPC, "is full")])
def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def refuse(**_where: object) -> str:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    done = pixel(tmp_path / "data", "run", FLOW, "--brief", TIDEWATER, "--out", tmp_path / "plan")
    assert (done.code, done.out) == (4, "")
    assert says in done.sentence
    assert tree(tmp_path) == []


def test_the_look_at_the_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    done = pixel(tmp_path / "data", "run", FLOW, "--brief", TIDEWATER, "--out", tmp_path / "plan", "--set", "budget=")
    assert done.code == 3
    assert tree(tmp_path / "plan") == []


def test_a_disk_that_fills_up_during_the_export_leaves_the_folder_as_it_was(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator.exports import write

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(write, "_put", full)
    done = pixel(campaign.data, "sessions", "export", campaign.id, "--out", tmp_path / "plan")
    assert (done.code, done.out) == (4, "")
    assert "is full; free some space" in done.sentence
    assert not (tmp_path / "plan").exists()


def test_a_locked_database_is_named_with_the_way_out(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    from store import database

    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(campaign.data / "pixel.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        done = pixel(campaign.data, "sessions", "list")
    finally:
        other.close()
    assert (done.code, done.out) == (4, "")
    assert "is locked by another program; close that program" in done.sentence


def test_a_newer_database_is_refused_untouched(campaign: Campaign) -> None:
    with sqlite3.connect(campaign.data / "pixel.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    done = pixel(campaign.data, "sessions", "list")
    assert (done.code, done.out) == (4, "")
    assert "'9999'" in done.sentence and "upgrade the program" in done.sentence
    looked = pixel(campaign.data, "doctor", "--json")
    assert looked.code == 2
    assert [finding["what"] for finding in looked.json["findings"] if not finding["ok"]] == ["database"]


def test_a_data_folder_below_a_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = pixel(tmp_path / "file" / "data", "sessions", "list")
    assert done.code == 4
    assert "PIXEL_DATA_DIR" in done.sentence


@pytest.mark.parametrize(
    ("url", "code", "says"),
    [("nowhere", 2, "for example http://127.0.0.1:8765"), ("http://127.0.0.1:9", 4, "pixel serve marketing-sales")],
)
def test_experts_that_do_not_answer_are_named(tmp_path: Path, url: str, code: int, says: str) -> None:
    done = run(tmp_path, "--experts", url)
    assert done.code == code
    assert says in done.sentence


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nope"], "no such command 'nope'; see: pixel --help"),
        (["run", FLOW], "missing option '--brief'; see: pixel run --help"),
        (["run", "--zzz"], "no such option: --zzz; see: pixel run --help"),
        (["sessions", "restore", "x", "two"], "pixel sessions restore --help"),
    ],
)
def test_a_command_written_wrong_is_told_where_to_read(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = pixel(tmp_path, *arguments)
    assert done.code == 2
    assert says in done.sentence
    assert len(done.err.strip().splitlines()) == 1


def test_a_fault_of_ours_is_one_sentence_without_a_traceback(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator import workspace

    def broken(*_arguments: object) -> None:
        raise ExceptionGroup("tasks", [ZeroDivisionError("half\na line")])

    monkeypatch.setattr(workspace, "read", broken)
    done = pixel(campaign.data, "sessions", "show", campaign.id)
    assert done.code == 1
    assert done.err.startswith("internal error: ZeroDivisionError: half a line; please report it")
    assert len(done.err.strip().splitlines()) == 1
    monkeypatch.setenv("PIXEL_DEBUG", "1")
    assert "Traceback" in pixel(campaign.data, "sessions", "show", campaign.id).err


def test_an_error_inside_a_group_keeps_its_own_exit_code(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    from coordinator import workspace

    def refused(*_arguments: object) -> None:
        raise BaseExceptionGroup("tasks", [ExceptionGroup("inner", [InvalidInput("no; write yes")])])

    monkeypatch.setattr(workspace, "read", refused)
    done = pixel(campaign.data, "sessions", "show", campaign.id)
    assert (done.code, done.err) == (3, "no; write yes\n")


def test_an_interrupted_command_ends_with_130(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    from coordinator import workspace

    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workspace, "read", interrupted)
    assert pixel(campaign.data, "sessions", "show", campaign.id).code == 130


def test_a_spreadsheet_row_that_is_wrong_is_named_by_file_row_and_column(tmp_path: Path) -> None:
    folder = tmp_path / "briefs"
    shutil.copytree(ROOT / "examples" / "briefs", folder)
    table = folder / "studio_tasks.csv"
    header, first, *rest = table.read_text("utf-8").splitlines()
    column = header.split(",").index("duration")
    cells = first.split(",")
    cells[column] = "soon"
    table.write_text("\n".join([header, ",".join(cells), *rest]), "utf-8")
    done = run(tmp_path, brief=folder / "studio_first_campaign.toml")
    assert done.code == 3
    assert done.sentence.startswith("studio_tasks.csv row 2, column duration")
    assert "'soon'" in done.sentence
