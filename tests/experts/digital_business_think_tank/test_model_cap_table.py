"""Y Combinator, Post-Money Safe User Guide, appendix II, example 1: as published; pre-money and discount by hand."""

# mypy: disable-error-code="comparison-overlap"
import io
from decimal import Decimal

import openpyxl
import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.digital_business_think_tank.tools.model_cap_table import CapTable, Round, Safe, model_cap_table
from experts.digital_business_think_tank.views.model_cap_table import view

D = Decimal
POST = {
    "a": Safe(amount=D(200_000), cap=D(4_000_000), kind="post"),
    "b": Safe(amount=D(800_000), cap=D(8_000_000), kind="post"),
}


def yc(round_: Round, safes: dict[str, Safe] = POST) -> CapTable:
    return model_cap_table({"founders": 9_250_000}, "USD", options=650_000, pool=100_000, safes=safes, rounds=[round_])


def test_ycs_published_example_to_the_share() -> None:
    found = yc(Round(name="Series A", pre_money=D(15_000_000), raised=D(5_000_000), pool_added=1_695_000))

    assert found.company_capitalization == 11_764_705
    assert {row.safe: (row.shares, row.basis) for row in found.conversions} == {
        "a": (588_235, "cap"),
        "b": (1_176_470, "cap"),
    }
    last = found.stages[-1]
    assert (last.price, last.total_shares) == (D("1.1144"), 17_946_424)
    shares = {row.holder: row.shares for row in last.holdings}
    assert shares["Series A investors"] == 4_486_719
    assert shares["Option pool (unissued)"] == 1_795_000
    assert round(last.founders_share * 100, 2) == D("51.54")
    assert last.post_money == 20_000_000


def test_ycs_low_valuation_gives_one_the_cap_and_the_other_the_round() -> None:
    """Guide, question 5: 2.2 million at 8.8 million pre-money, 10 % pool: B takes the round price of 0.6577."""
    found = yc(Round(name="Series A", pre_money=D(8_800_000), raised=D(2_200_000), pool_after=D("0.1")))

    by_name = {row.safe: row for row in found.conversions}
    assert (by_name["a"].basis, by_name["b"].basis) == ("cap", "round")
    assert (by_name["a"].shares, by_name["b"].shares) == (590_334, 1_216_360)
    assert found.stages[-1].price == D("0.6577")
    pool = next(row for row in found.stages[-1].holdings if row.kind == "pool")
    assert abs(pool.share - D("0.1")) < D("0.0001")


def test_before_any_round_post_money_caps_say_the_share() -> None:
    found = model_cap_table({"f": 100}, "USD", safes=POST)
    assert found.unconverted == {"a": D("0.05"), "b": D("0.1")}
    assert len(found.stages) == 1 and found.stages[0].founders_share == 1


def test_a_pre_money_cap_by_hand() -> None:
    """8,000,000 shares, 500,000 on a 4 million pre-money cap: price 0.5, 1,000,000 shares; round 9 million pre."""
    safes = {"s": Safe(amount=D(500_000), cap=D(4_000_000), kind="pre")}
    found = model_cap_table(
        {"f": 8_000_000}, "USD", safes=safes, rounds=[Round(name="A", pre_money=D(9_000_000), raised=D(3_000_000))]
    )
    assert (found.conversions[0].shares, found.conversions[0].price) == (1_000_000, D("0.5"))
    assert (found.stages[-1].price, found.stages[-1].holdings[-1].shares) == (1, 3_000_000)


def test_a_discount_by_hand_and_a_second_round() -> None:
    """S = 800,000/(0.8 P), P = 10 million/(9 million + S): S = 1,000,000, P = 1. Then 2 million at 12.5 + pool."""
    safes = {"s": Safe(amount=D(800_000), discount=D("0.2"))}
    rounds = [
        Round(name="Seed", pre_money=D(10_000_000), raised=D(2_500_000)),
        Round(name="A", pre_money=D(25_000_000), raised=D(5_000_000)),
    ]
    found = model_cap_table({"f": 9_000_000}, "USD", safes=safes, rounds=rounds)
    assert (found.conversions[0].basis, found.conversions[0].shares, found.conversions[0].price) == (
        "discount",
        1_000_000,
        D("0.8"),
    )
    assert [stage.total_shares for stage in found.stages] == [9_000_000, 12_500_000, 15_000_000]
    assert [stage.price for stage in found.stages] == [None, 1, 2]
    assert found.stages[-1].founders_share == D("0.6")


def test_cap_and_discount_take_the_better() -> None:
    safes = {"s": Safe(amount=D(100_000), cap=D(50_000_000), discount=D("0.2"), kind="post")}
    found = model_cap_table(
        {"f": 1_000_000}, "USD", safes=safes, rounds=[Round(name="A", pre_money=D(5_000_000), raised=D(1_000_000))]
    )
    assert found.conversions[0].basis == "discount"


def test_a_cap_that_may_mean_either_is_asked_about() -> None:
    with pytest.raises(InvalidInput, match=r"does not say whether its cap is post-money .* or pre-money") as caught:
        yc(Round(name="A", pre_money=D(1), raised=D(1)), {"a": Safe(amount=D(1), cap=D(10))})
    assert caught.value.field == "safes.a.kind"


def test_what_leaves_nothing_or_does_not_fit_is_refused() -> None:
    greedy = {name: Safe(amount=D(600), cap=D(1000), kind="post") for name in "ab"}
    with pytest.raises(Infeasible, match="whole company"):
        yc(Round(name="A", pre_money=D(10_000), raised=D(10)), greedy)
    with pytest.raises(InvalidInput, match="is not above its amount"):
        yc(Round(name="A", pre_money=D(100), raised=D(10)), {"a": Safe(amount=D(10), cap=D(10), kind="post")})
    with pytest.raises(InvalidInput, match="pool_after and pool_added"):
        yc(Round(name="A", pre_money=D(100), raised=D(10), pool_after=D("0.1"), pool_added=5))
    with pytest.raises(InvalidInput, match="takes off more than half"):
        yc(Round(name="A", pre_money=D(100), raised=D(10)), {"a": Safe(amount=D(10), discount=D("0.8"))})
    with pytest.raises(InvalidInput, match="no shares"):
        model_cap_table({"f": 0}, "USD")


def test_two_safes_and_a_convertible_note_against_a_fixed_point() -> None:
    """Post-money 200,000 at 4 million, discount 20 % on 300,000, and a note of 400,000 with 32,000 interest at 6 million
    pre-money; 3 million at 12 million pre-money with a pool of 10 %. Repeated substitution in floats, from no SAFE shares."""
    safes = {
        "capped": Safe(amount=D(200_000), cap=D(4_000_000), kind="post"),
        "discounted": Safe(amount=D(300_000), discount=D("0.2")),
        "note": Safe(amount=D(400_000), note_interest=D(32_000), cap=D(6_000_000), discount=D("0.2"), kind="pre"),
    }
    held, capped, discounted, note, added = 8_500_000.0, 0.0, 0.0, 0.0, 0.0
    for _ in range(2000):
        before = held + capped + discounted + note + added
        price = 12_000_000 / before
        capped = 200_000 / 4_000_000 * (held + capped + discounted + note)
        discounted = 300_000 / (price * 0.8)
        note = max(432_000 / 6_000_000 * (held + added), 432_000 / (price * 0.8))
        added = 0.1 * before * 1.25 - 500_000
    found = model_cap_table(
        {"f": 8_000_000},
        "USD",
        pool=500_000,
        safes=safes,
        rounds=[Round(name="A", pre_money=D(12_000_000), raised=D(3_000_000), pool_after=D("0.1"))],
    )
    shares = {row.safe: row.shares for row in found.conversions}
    for name, expected in (("capped", capped), ("discounted", discounted), ("note", note)):
        assert abs(shares[name] - expected) < 0.0005 * expected, (name, shares[name], expected)
    assert abs(float(found.stages[-1].price or 0) - price) < 0.0001


def test_a_most_favoured_nation_safe_takes_the_best_later_terms() -> None:
    """It converts like the later 4 million cap, not the 8 million one, and not like the earlier 3 million."""
    safes = {
        "early": Safe(amount=D(60_000), cap=D(3_000_000), kind="post"),
        "favoured": Safe(amount=D(100_000), mfn=True),
        "high": Safe(amount=D(80_000), cap=D(8_000_000), kind="post"),
        "low": Safe(amount=D(40_000), cap=D(4_000_000), kind="post"),
    }
    found = yc(Round(name="A", pre_money=D(15_000_000), raised=D(5_000_000)), safes)
    rows = {row.safe: row for row in found.conversions}
    assert rows["favoured"].terms_of == "low"
    assert abs(rows["favoured"].shares / D(found.company_capitalization or 1) - D(100_000) / 4_000_000) < D("0.000001")
    assert rows["high"].terms_of is None


def test_two_favoured_safes_choose_from_the_last_to_the_first() -> None:
    safes = {
        "one": Safe(amount=D(50_000), mfn=True),
        "two": Safe(amount=D(50_000), mfn=True),
        "later": Safe(amount=D(50_000), cap=D(5_000_000), kind="post"),
    }
    found = yc(Round(name="A", pre_money=D(15_000_000), raised=D(5_000_000)), safes)
    rows = {row.safe: row for row in found.conversions}
    assert rows["one"].shares == rows["two"].shares == rows["later"].shares
    assert (rows["one"].terms_of, rows["two"].terms_of) == ("two", "later")


def test_pro_rata_of_ycs_example_buys_its_share_of_the_new_shares() -> None:
    """Side letter: 588,235 / 11,764,705 of 4,486,719 new shares = 224,335; the round as a whole stays as it was."""
    safes = POST | {"a": Safe(amount=D(200_000), cap=D(4_000_000), kind="post", pro_rata=True)}
    found = yc(Round(name="Series A", pre_money=D(15_000_000), raised=D(5_000_000), pool_added=1_695_000), safes)
    shares = {row.holder: row.shares for row in found.stages[-1].holdings}
    assert shares["SAFE a, pro rata"] == 224_335 == found.conversions[0].pro_rata_shares
    assert shares["Series A investors"] == 4_486_719 - 224_335
    assert found.stages[-1].total_shares == 17_946_424
    made = view(found, {"currency": "USD"})
    book = openpyxl.load_workbook(io.BytesIO(bytes(made.files["cap-table.xlsx"])))["Rounds"]  # type: ignore[arg-type]
    assert str(book["E5"].value).count("-'Cap table'") == 2


def test_a_favoured_safe_without_later_terms_or_with_its_own_is_refused() -> None:
    with pytest.raises(InvalidInput, match="list it before those"):
        yc(Round(name="A", pre_money=D(100), raised=D(10)), {"a": Safe(amount=D(10), mfn=True)})
    with pytest.raises(InvalidInput, match="leave out its own cap"):
        two = {"a": Safe(amount=D(10), discount=D("0.1"), mfn=True), "b": Safe(amount=D(10), discount=D("0.2"))}
        yc(Round(name="A", pre_money=D(100), raised=D(10)), two)


def test_many_rounds_are_shown_in_tables_narrow_enough_for_a_page() -> None:
    rounds = [Round(name=f"Series {at}", pre_money=D(10_000_000 * at), raised=D(2_000_000)) for at in range(1, 9)]
    result = model_cap_table({"ada": 4_000_000}, "USD", rounds=rounds)
    tables = [block.body for block in view(result, {"currency": "USD"}).blocks if block.kind == "table"]
    holders = [table for table in tables if table["title"] in ("Shares", "Ownership")]
    assert [len(table["columns"]) for table in holders] == [6, 5, 6, 5]
    shown = [column["label"] for table in holders[:2] for column in table["columns"]]
    assert shown == ["Holder", "Before financing", *(f"Series {at}" for at in range(1, 5)), "Holder"] + [
        f"Series {at}" for at in range(5, 9)
    ]
    # The last round's investors hold nothing before it, so they are not in the first table.
    assert "Series 8 investors" not in str(holders[0]["rows"])
