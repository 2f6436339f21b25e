"""The briefs in examples/: they read, and the first says what the owner's letter says."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coordinator.brief.reading import Brief, read_brief
from coordinator.brief.tree import unflatten
from experts.core.errors import InvalidInput

FOLDER = Path(__file__).parents[3] / "examples" / "briefs"


def tree(brief: Brief) -> dict[str, object]:
    return unflatten({path: given.value for path, given in brief.facts.items()})


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_an_example_reads_and_its_references_lead_somewhere(path: Path) -> None:
    brief = read_brief(path)
    assert brief.facts and not brief.notes
    if brief.flow not in ("marketing_campaign_planning", "printed_campaign"):
        return  # what the other flows' tables refer to is tried by driving them
    facts = {fact: given.value for fact, given in brief.facts.items()}
    ids = {
        table: {fact.split(".")[1] for fact in facts if fact.startswith(f"{table}.")}
        for table in ("tasks", "channels", "team")
    }
    for fact, value in facts.items():
        match fact.split("."):
            case ["tasks", _, "predecessors"]:
                assert isinstance(value, list) and set(value) <= ids["tasks"], fact
            case ["tasks", _, "owner"]:
                assert value in ids["team"], fact
            case ["formats", _, "made_by"]:
                assert value in ids["tasks"], fact
            case ["formats", _, "channel"]:
                assert value in ids["channels"], fact
    assert brief.flow != "marketing_campaign_planning" or facts.get("schedule.go_live_task", "go_live") in ids["tasks"]


def test_the_tidewater_brief_says_what_the_owner_wrote() -> None:
    brief = read_brief(FOLDER / "tidewater_campaign.toml")
    facts = {path: given.value for path, given in brief.facts.items()}
    assert facts["currency"] == "USD"
    assert facts["budget.total"] == 96_000
    assert facts["budget.reserve_rate"] == Decimal("0.10")
    assert facts["budget.production"] == 14_500
    assert facts["economics.order_value"] == 34
    assert facts["economics.gross_margin"] == Decimal("0.48")
    assert facts["economics.monthly_retention"] == Decimal("0.78")
    assert facts["kpis.cost_per_first_order.target"] == 16
    assert facts["kpis.payback.target"] == 4
    assert facts["schedule.start"] == date(2027, 8, 16)
    assert facts["schedule.latest_go_live"] == date(2027, 10, 1)
    assert facts["schedule.country"] == "US"
    whole = tree(brief)
    assert whole["channels"] == {
        "paid_search": {
            "label": "Paid search",
            "minimum": 4000,
            "minimum_applies": "required",
            "curve": "32*sqrt(spend)",
        },
        "paid_social": {"label": "Paid social", "curve": "26*sqrt(spend)"},
        "podcast": {
            "label": "Podcast sponsorship",
            "minimum": 6000,
            "minimum_applies": "if_used",
            "maximum": 22000,
            "curve": "410*ln(1+spend/6000)",
        },
        "sampling": {
            "label": "In-store sampling",
            "minimum": 5000,
            "minimum_applies": "required",
            "maximum": 12000,
            "curve": "11*sqrt(spend)",
        },
    }
    assert whole["landing_test"] == {
        "baseline_rate": Decimal("0.031"),
        "detect_rate": Decimal("0.038"),
        "power": Decimal("0.80"),
        "significance": Decimal("0.05"),
        "sides": 2,
    }
    formats = whole["formats"]
    assert isinstance(formats, dict)
    assert {key: item["count"] for key, item in formats.items()} == {
        "landing_page": 2,
        "paid_social_still": 6,
        "film": 3,
        "podcast_script": 1,
        "sampling_card": 1,
        "welcome_email": 1,
    }
    tasks = whole["tasks"]
    assert isinstance(tasks, dict)
    assert {key: (item["duration"], item.get("predecessors", [])) for key, item in tasks.items()} == {
        "brief": (4, []),
        "budget_approval": (2, ["brief"]),
        "creative_concept": (7, ["budget_approval"]),
        "media_booking": (5, ["budget_approval"]),
        "film_shoot": (6, ["creative_concept"]),
        "stills": (4, ["creative_concept"]),
        "landing_page": (9, ["creative_concept"]),
        "sampling_kit": (8, ["creative_concept"]),
        "legal_read": (3, ["stills", "film_shoot"]),
        "tracking": (3, ["landing_page"]),
        "test_and_qa": (2, ["tracking", "legal_read"]),
        "go_live": (1, ["test_and_qa", "media_booking", "sampling_kit"]),
    }


def test_a_brief_cut_off_anywhere_is_read_or_refused_in_one_sentence(tmp_path: Path) -> None:
    whole = (FOLDER / "tidewater_campaign.toml").read_bytes()
    cut = tmp_path / "cut.toml"
    for end in range(0, len(whole), 61):
        cut.write_bytes(whole[:end])
        try:
            read_brief(cut)
        except InvalidInput as error:
            assert "cut.toml" in error.message and "\n" not in error.message


def test_the_studio_brief_gives_each_channel_what_its_owner_knows() -> None:
    brief = read_brief(FOLDER / "studio_first_campaign.toml")
    known = {
        channel: {path.split(".")[2] for path in brief.facts if path.startswith(f"channels.{channel}.")}
        - {"label", "minimum", "maximum"}
        for channel in ("search_ads", "instagram", "craft_fair")
    }
    assert known == {
        "search_ads": {"past"},
        "instagram": {"spend_now", "results_now", "results_at_double"},
        "craft_fair": set(),
    }
    assert brief.facts["channels.search_ads.past.autumn-2025.spend"].by == "past_spend.csv row 6, column spend"
    assert brief.facts["tasks.proofread.predecessors"].value == ["course_page", "ads"]
