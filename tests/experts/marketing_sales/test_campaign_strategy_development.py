"""The channel plan of a campaign."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.blocks import Picture, Table, body_of
from experts.core.contract import ActionResult
from experts.core.errors import Infeasible, InvalidInput
from experts.marketing_sales.actions.campaign_strategy_development import Brief

Facts = dict[str, Any]
Run = Callable[..., ActionResult]


def block_of(result: ActionResult, id: str) -> Any:
    return body_of(next(piece for piece in result.document if piece.id == id))


def test_tidewaters_channels_carry_their_bounds_and_curves(strategy: Run, tidewater: Facts) -> None:
    channels = strategy(tidewater).data["channels"]
    assert channels["podcast"] == {
        "label": "Podcast sponsorship",
        "minimum": "6000",
        "minimum_applies": "if_used",
        "maximum": "22000",
        "evidence": "given",
        "curve": {"form": "log", "a": "410", "scale": "6000"},
    }
    assert channels["paid_social"]["minimum"] == "0"
    assert channels["paid_search"]["curve"] == {"form": "power", "a": "32", "b": "0.5"}
    assert channels["paid_search"]["gain_when_doubled"] == "0.414"


def test_the_formats_are_those_of_the_brief(strategy: Run, tidewater: Facts) -> None:
    formats = strategy(tidewater).data["formats"]
    assert set(formats) == set(tidewater["formats"])
    assert formats["film"] == {
        "label": "Film",
        "count": 3,
        "kind": "film",
        "channel": "paid_social",
        "made_by": "film_shoot",
        "spec": "15 seconds each",
    }


def test_each_kind_of_evidence_is_told_apart(strategy: Run, studio: Facts) -> None:
    result = strategy(studio)
    evidence = {key: channel["evidence"] for key, channel in result.data["channels"].items()}
    assert evidence == {"search_ads": "fitted", "instagram": "two_answers", "craft_fair": "none"}
    assert result.data["channels"]["search_ads"]["fit"]["rows"] == 6
    assert result.data["channels"]["instagram"]["answers"]["results_at_double"] == "24"
    assert "curve" not in result.data["channels"]["craft_fair"]
    assert result.warnings == [
        "Nothing is known yet about what spend on Stand at the craft fair brings, so it is planned without a forecast."
    ]


def test_a_plan_without_any_evidence_says_so_and_draws_nothing(strategy: Run, studio: Facts) -> None:
    studio["channels"] = {"flyers": {}, "posters": {"maximum": "100"}}
    result = strategy(studio)
    assert result.pictures == {}
    assert "Nothing is known yet about what spend on any of them brings" in result.narrative
    assert not any(isinstance(body_of(piece), Picture) for piece in result.document)


def test_the_matrix_shows_every_format_once(strategy: Run, tidewater: Facts) -> None:
    matrix = block_of(strategy(tidewater), "matrix-table")
    assert isinstance(matrix, Table)
    shown = " ".join(str(cell) for row in matrix.rows.values() for cell in row.values())
    for key in tidewater["formats"]:
        assert shown.count(f"[[self#formats.{key}.count]]") == 1


def test_defaults_are_there_with_their_reasons(strategy: Run, tidewater: Facts) -> None:
    result = strategy(tidewater)
    assert set(result.reasons) == {"positioning", "tone"}
    assert all(result.reasons.values())
    del tidewater["campaign"]["result_name"]
    assert strategy(tidewater).data["result_name"] == "results"
    fields = Brief.model_json_schema()["$defs"]["ChannelFacts"]["properties"]
    assert fields["minimum"]["default"] == "0" and fields["minimum"]["reason"]


def test_wording_can_be_chosen(strategy: Run, tidewater: Facts) -> None:
    result = strategy(tidewater, tone="Warm, with 2 jokes.")
    assert result.judgement["tone"] == "Warm, with 2 jokes."
    assert set(result.reasons) == {"positioning"}


def test_labels_with_digits_or_brackets_break_nothing(strategy: Run, studio: Facts) -> None:
    studio["channels"]["radio"] = {"label": "Radio 98.5", "curve": "3*sqrt(spend)"}
    studio["channels"]["stage"] = {"label": "Stage [[live]]", "curve": "3*sqrt(spend)"}
    channels = strategy(studio).data["channels"]
    assert (channels["radio"]["label"], channels["stage"]["label"]) == ("Radio 98.5", "Stage [live]")


def test_the_same_facts_draw_the_same_bytes(strategy: Run, studio: Facts) -> None:
    first, second = strategy(studio).pictures, strategy(studio).pictures
    assert list(first) == ["curves"]
    assert first == second


def test_many_channels_are_planned(strategy: Run, studio: Facts) -> None:
    studio["channels"] = {f"c{i}": {"curve": f"{i + 1}*sqrt(spend)"} for i in range(500)}
    assert len(strategy(studio).data["channels"]) == 500


def test_a_maximum_below_its_minimum_names_both(strategy: Run, tidewater: Facts) -> None:
    tidewater["channels"]["sampling"]["maximum"] = "4000"
    with pytest.raises(Infeasible, match="'sampling' has the maximum 4000 below its minimum 5000"):
        strategy(tidewater)


def test_a_format_for_an_unknown_channel_is_refused(strategy: Run, tidewater: Facts) -> None:
    tidewater["formats"]["film"]["channel"] = "cinema"
    with pytest.raises(InvalidInput, match="'cinema'") as caught:
        strategy(tidewater)
    assert caught.value.field == "formats.film.channel"


def test_a_brief_without_channels_or_with_a_made_up_currency_is_refused(strategy: Run, tidewater: Facts) -> None:
    with pytest.raises(InvalidInput, match="no channels"):
        strategy({**tidewater, "channels": {}})
    with pytest.raises(InvalidInput, match="'dollars'"):
        strategy({**tidewater, "currency": "dollars"})
