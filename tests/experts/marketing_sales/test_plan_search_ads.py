"""Search plans against scipy's linear programme; text limits of Google Ads Help."""

from decimal import Decimal as D

import pytest

from experts.core.errors import InvalidInput
from experts.marketing_sales.tools.plan_search_ads import Keyword, plan_search_ads


def keyword(name: str, price: str, clicks: str, rate: str) -> Keyword:
    return Keyword(keyword=name, cost_per_click=D(price), clicks=D(clicks), conversion_rate=D(rate))


ROWS = [keyword("dear", "2", "500", "0.02"), keyword("good", "1.5", "400", "0.05"), keyword("fair", "1", "300", "0.02")]


def test_the_cheapest_conversions_come_first_as_a_linear_programme_says() -> None:
    """scipy.optimize.linprog (HiGHS) finds the same best number of conversions."""
    from scipy.optimize import linprog

    made = plan_search_ads(ROWS, D(1000), "USD")
    best = linprog([-0.02, -0.05, -0.02], A_ub=[[2, 1.5, 1]], b_ub=[1000], bounds=[(0, 500), (0, 400), (0, 300)])
    assert float(made.conversions) == pytest.approx(-best.fun)
    assert [row.clicks for row in made.keywords] == [50, 400, 300]
    assert (made.spend, made.unspent, made.conversions) == (1000, 0, 27)
    assert made.cost_per_conversion == D("37.04")
    assert (made.conversions_low, made.conversions_high) == (D("20.25"), D("33.75"))


def test_texts_are_measured_and_full_width_characters_count_twice() -> None:
    """Google Ads Help, About responsive search ads: headlines 30, descriptions 90; double-width counts as two."""
    made = plan_search_ads(
        ROWS, D(10), "USD", ["a" * 30, "b" * 31, "\u30b3\u30fc\u30d2\u30fc" * 4], ["d" * 90, "e" * 91]
    )
    assert [(text.length, text.fits) for text in made.texts] == [
        (30, True),
        (31, False),
        (32, False),
        (90, True),
        (91, False),
    ]
    assert len(made.warnings) == 3


def test_a_budget_beyond_the_clicks_and_a_keyword_without_conversions_leave_money() -> None:
    made = plan_search_ads([keyword("a", "1", "10", "0")], D(100), "USD", ["one"])
    assert (made.spend, made.unspent, made.cost_per_conversion) == (0, 100, None)
    assert ["different headlines" in made.warnings[0], "use up" in made.warnings[1]] == [True, True]


def test_a_free_click_and_a_keyword_twice_are_refused() -> None:
    with pytest.raises(InvalidInput, match="cost_per_click of 0"):
        plan_search_ads([keyword("a", "0", "10", "0")], D(100), "USD")
    with pytest.raises(InvalidInput, match="'A  b' is there twice"):
        plan_search_ads([keyword("a b", "1", "10", "0"), keyword("A  b", "1", "10", "0")], D(100), "USD")


def test_of_a_keyword_insertion_the_default_text_counts() -> None:
    """Google Ads Help, About keyword insertion: the braces and the word before the colon are not shown."""
    texts = ["Buy {KeyWord:Dark Chocolate} Today", "Buy {keyword:Single-Origin Dark Chocolate} Now", "   "]

    made = plan_search_ads([keyword("tea", "1", "10", "0.1")], D(5), "USD", headlines=texts)

    assert [(text.length, text.fits) for text in made.texts] == [(24, True), (36, False), (0, False)]
