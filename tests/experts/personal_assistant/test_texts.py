"""Tables, playbooks, templates and prompts of the assistant."""

from datetime import UTC, date, datetime

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
