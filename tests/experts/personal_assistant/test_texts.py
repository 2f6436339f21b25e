"""Tables, playbooks, templates and prompts of the assistant."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from experts.core.discovery import Expert
from experts.core.errors import InvalidInput
from experts.core.tables import load_table
from experts.core.texts import load_prompt, load_text
from experts.personal_assistant.tools import _zones as zones


def test_every_text_and_table_loads(expert: Expert) -> None:
    texts = [*expert.folder.glob("playbooks/*.md"), *expert.folder.glob("templates/*.md")]
    assert len(texts) >= 4 and all(load_text(path).body for path in texts)
    prompts = {path.stem for path in expert.folder.glob("prompts/*.md") if load_prompt(path).body}
    assert {"weekly_review", "brief_me_for_meeting", "plan_trip", "inbox_zero"} <= prompts
    tables = {load_table(path).id for path in expert.folder.glob("tables/*.toml")}
    assert {"mileage_rates", "per_diem", "routing_inputs", "time_zone_sheet"} <= tables


def test_the_zone_sheet_says_what_the_database_says(expert: Expert) -> None:
    sheet = load_table(expert.folder / "tables/time_zone_sheet.toml").on(date(2026, 11, 25))
    assert sheet["tzdata"] == zones.version()
    for row in sheet["zones"]:
        place = zones.zone(row["zone"])
        for month, key in ((1, "january"), (7, "july")):
            at = datetime(2026, month, 1, 12, tzinfo=UTC).astimezone(place)
            assert at.isoformat()[-6:] == row[key], row["zone"]


def test_per_diem_of_a_year_without_published_rates_is_refused(expert: Expert) -> None:
    with pytest.raises(InvalidInput, match="no values for 2026-10-01"):
        load_table(expert.folder / "tables/per_diem.toml").on(date(2026, 10, 1))


def test_the_zone_sheets_days_of_change_are_the_databases(expert: Expert) -> None:
    sheet = load_table(expert.folder / "tables/time_zone_sheet.toml").on(date(2026, 11, 25))
    for row in sheet["zones"]:
        place = zones.zone(row["zone"])
        day, found = datetime(2026, 1, 1, tzinfo=UTC), []
        while day.year < 2028:
            after = day + timedelta(hours=1)
            if day.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
                found.append(f"{after.astimezone(place):%Y-%m-%d}")
            day = after
        assert found == row["changes"], row["zone"]


def test_offsets_stand_only_in_the_sheet_and_each_meeting_text_has_its_own_use(expert: Expert) -> None:
    sheet = load_text(expert.folder / "playbooks/time_zone_cheat_sheet.md").body
    assert "reference://time_zone_sheet" in sheet and "| Europe/Berlin" not in sheet
    texts = {
        name: load_text(expert.folder / f"templates/meeting_{name}.md").body
        for name in ("agenda", "formats", "minutes")
    }
    assert "template://meeting_formats" in texts["agenda"] and "template://meeting_agenda" in texts["formats"]
    assert "template://meeting_minutes" in texts["formats"] and "## Minutes" not in texts["formats"]


def test_each_meeting_format_leaves_a_tenth_of_its_slot(expert: Expert) -> None:
    body = load_text(expert.folder / "templates/meeting_formats.md").body
    found = 0
    for part in body.split("## ")[1:]:
        slot = re.match(r".*?(\d+) minutes", part.splitlines()[0])
        if slot:
            used = sum(int(minutes) for minutes in re.findall(r"^\| (\d+) \|", part, re.MULTILINE))
            assert used <= int(slot[1]) * 0.9, part.splitlines()[0]
            found += 1
    assert found == 4
