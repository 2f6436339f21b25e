"""Which groups are hidden: no sum of what is hidden may be smaller than the minimum."""

from hypothesis import given, settings
from hypothesis import strategies as st

from experts.hr_people_ops.tools._groups import hidden_groups, mean, median, variance
from experts.hr_people_ops.tools.draw_org_chart import Post, draw_org_chart
from experts.hr_people_ops.tools.score_engagement import Answer, score_engagement


@settings(max_examples=200, deadline=None)
@given(
    sizes=st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 30), min_size=2, max_size=8),
    minimum=st.integers(5, 12),
)
def test_what_is_hidden_cannot_be_worked_out_for_a_small_group(sizes: dict[str, int], minimum: int) -> None:
    hidden = hidden_groups(sizes, minimum)

    assert all(size >= minimum for key, size in sizes.items() if key not in hidden)
    if all(size >= minimum for size in sizes.values()):
        assert hidden == set()
    else:
        assert len(hidden) >= 2
        assert hidden == set(sizes) or sum(sizes[key] for key in hidden) >= minimum


def test_two_tiny_groups_take_a_third_with_them() -> None:
    assert hidden_groups({"a": 1, "b": 1, "c": 9, "d": 20}, 5) == {"a", "b", "c"}
    assert hidden_groups({"a": 3, "b": 3, "c": 9, "d": 20}, 5) == {"a", "b"}


def test_means_medians_and_variances() -> None:
    from decimal import Decimal
    from statistics import mean as plain_mean
    from statistics import median as plain_median
    from statistics import variance as plain_variance

    values = [Decimal(x) for x in (3, 1, 4, 1, 5, 9)]
    assert (mean(values), median(values)) == (plain_mean(values), plain_median(values))
    assert round(variance(values), 10) == round(plain_variance(values), 10)


def test_the_largest_inputs_end() -> None:
    chain = {f"p{n}": Post(title="x", reports_to=f"p{n - 1}" if n else None) for n in range(2000)}
    assert len(draw_org_chart(chain).layers) == 2000
    answers = [Answer(group=f"g{n % 60}", scores=[n % 5 + 1] * 60) for n in range(5000)]
    assert len(score_engagement(["q"] * 60, answers, 6000).groups) == 60
