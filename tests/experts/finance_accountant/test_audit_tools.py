"""Expected figures: the MUS tables of the AICPA Audit Guide Audit Sampling, and Benford's law on powers of two."""

# A Decimal and a whole number may be equal.
# mypy: disable-error-code="comparison-overlap"
from datetime import date, timedelta
from decimal import Decimal

import pytest
from scipy import stats

from experts.core.errors import InvalidInput
from experts.finance_accountant.tools.check_ledger_anomalies import LedgerEntry, check_ledger_anomalies
from experts.finance_accountant.tools.plan_audit_sample import Misstated, plan_audit_sample

D = Decimal


@pytest.mark.parametrize(
    ("risk", "ratio", "tolerable", "size"),
    [
        # Table C-1 of the guide: risk, expected to tolerable, tolerable to population, sample size.
        ("0.05", "0", "0.05", 60),
        ("0.05", "0.10", "0.10", 37),
        ("0.05", "0.20", "0.05", 93),
        ("0.05", "0.30", "0.03", 200),
        ("0.05", "0.50", "0.05", 231),
        ("0.10", "0", "0.01", 231),
        ("0.10", "0.30", "0.05", 87),
        ("0.10", "0.40", "0.02", 286),
        ("0.15", "0.50", "0.10", 61),
    ],
)
def test_sample_sizes_of_the_guide(risk: str, ratio: str, tolerable: str, size: int) -> None:
    allowed = D(1000000) * D(tolerable)
    assert plan_audit_sample(allowed, allowed * D(ratio), D(1000000), risk=D(risk)).sample_size == size


def test_the_upper_limit_with_two_taintings() -> None:
    """Interval 10,000, risk 5 percent: 3.00 * 10,000 basic; taintings 0.5 and 0.2 add 1.75 * 5,000 and 1.55 * 2,000.

    The guide's factors 3.00, 4.75, 6.30 rounded: about 30,000 + 8,750 + 3,100; a large item of 12,000 off by 700 in full.
    """
    wrong = [
        Misstated(book=D(1000), audited=D(800)),
        Misstated(book=D(400), audited=D(200)),
        Misstated(book=D(12000), audited=D(11300)),
    ]
    # 3.00 * population / tolerable = 100 items of 10,000.
    planned = plan_audit_sample(D("29957.33"), population=D(1000000), found=wrong)
    assert (planned.sample_size, planned.interval) == (100, 10000)
    found = planned.evaluation
    assert found is not None and not found.acceptable
    assert (found.projected, found.known_in_large_items) == (7000, 700)
    assert abs(found.upper_limit - D(42550)) < 100
    none = plan_audit_sample(D(30000), population=D(1000000), found=[]).evaluation
    assert none is not None and none.acceptable


def test_selection_goes_by_dollars_and_takes_every_large_item() -> None:
    items = {f"i{at}": D(100) for at in range(50)} | {"big": D(5000)}
    found = plan_audit_sample(D(1500), items=items, start=D("0.25"))

    assert (found.population, found.sample_size, found.interval) == (10000, 20, 500)
    assert found.large_items == ["big"] and found.selected[-1] == "big"
    assert found.selected[:3] == ["i1", "i6", "i11"]


def test_what_sampling_cannot_help_with_is_refused() -> None:
    with pytest.raises(InvalidInput, match="more than half of tolerable") as caught:
        plan_audit_sample(D(100), D(60), D(1000))
    assert caught.value.field == "expected"
    with pytest.raises(InvalidInput, match="difference of 10 must be found first"):
        plan_audit_sample(D(100), population=D(1010), items={"a": D(1000)})
    with pytest.raises(InvalidInput, match="understatements need"):
        plan_audit_sample(D(100), population=D(1000), found=[Misstated(book=D(1), audited=D(2))])


def ledger(amounts: list[Decimal]) -> list[LedgerEntry]:
    monday = date(2026, 1, 5)
    return [
        LedgerEntry(id=f"e{at}", date=monday + timedelta(days=at % 5), amount=amount, account=str(at), number=at + 1)
        for at, amount in enumerate(amounts)
    ]


def test_powers_of_two_follow_benford_and_scipy_agrees() -> None:
    """First digits of 2^4 … 2^49 cycled in scale; the known law, and chi-square by scipy."""
    amounts = [D(2**power) for power in range(4, 49)] * 8
    found = check_ledger_anomalies(ledger(amounts), benford=True).benford

    assert found is not None and found.amounts == 360
    assert [digit.expected for digit in found.digits][:2] == [D("0.301030"), D("0.176091")]
    expected = [float(digit.expected) for digit in found.digits]
    counts = [digit.count for digit in found.digits]
    chi, p = stats.chisquare(counts, [share * sum(counts) / sum(expected) for share in expected])
    assert float(found.chi_square) == pytest.approx(chi, abs=1e-2)
    assert float(found.p_value) == pytest.approx(p, abs=1e-3)


def test_even_digits_do_not_conform() -> None:
    found = check_ledger_anomalies(ledger([D(at % 90 + 10) for at in range(900)]), benford=True).benford

    assert found is not None
    assert (found.conformity, found.chi_square > D("15.507")) == ("nonconforming", True)


def test_each_flag_once() -> None:
    entries = [
        LedgerEntry(id="a", date=date(2026, 1, 3), amount=D(5000), account="rent", number=1),
        LedgerEntry(id="b", date=date(2026, 1, 5), amount=D("12.34"), account="post", number=2),
        LedgerEntry(id="c", date=date(2026, 1, 5), amount=D("12.34"), account="post", number=5),
    ]
    found = check_ledger_anomalies(entries)

    assert found.duplicates == [["b", "c"]]
    assert (found.missing_numbers, found.missing_count) == ([3, 4], 2)
    assert (found.round_amounts, found.weekend, found.benford) == (["a"], ["a"], None)


def test_benford_on_few_amounts_and_repeated_ids_are_refused() -> None:
    with pytest.raises(InvalidInput, match="needs 300") as caught:
        check_ledger_anomalies(ledger([D(50)] * 299), benford=True)
    assert caught.value.field == "benford"
    one = ledger([D(50)])
    with pytest.raises(InvalidInput, match="'e0' is given 2 times"):
        check_ledger_anomalies([*one, *one])
