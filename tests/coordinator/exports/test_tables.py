"""Tables laid out for reading."""

from coordinator.exports._tables import lay_out
from coordinator.exports.deliverable import Value
from experts.core.blocks import Cite, Table

VALUES = {
    "a#whole": Value(text="14500", unit="money"),
    "a#cents": Value(text="6.85", unit="money"),
    "a#tiny": Value(text="0.4", unit="count"),
    "a#large": Value(text="11442.82", unit="count"),
    "a#days": Value(text="9", unit="days"),
}


def column(unit: str, *refs: str, label: str = "Column") -> tuple[str, list[str]]:
    table = Table(
        title="", columns=[{"key": "c", "label": label, "unit": unit}], rows={ref: {"c": Cite(ref=ref)} for ref in refs}
    )
    laid = lay_out(table, VALUES, "USD")
    return laid.heads[0], [row[0].text for row in laid.rows]


def test_amounts_of_a_column_share_their_decimals_and_the_head_names_the_currency() -> None:
    assert column("money", "a#whole", "a#cents") == ("Column (USD)", ["14,500.00", "6.85"])


def test_a_head_that_already_names_the_unit_is_left_alone() -> None:
    assert column("days", "a#days", label="Working days") == ("Working days", ["9"])
    assert column("money", "a#whole", label="Spend, USD") == ("Spend, USD", ["14,500"])


def test_a_small_number_among_large_ones_does_not_read_as_zero() -> None:
    assert column("count", "a#large", "a#tiny")[1] == ["11,443", "0.4"]


def test_a_cell_of_another_unit_than_its_column_carries_its_own() -> None:
    assert column("count", "a#tiny", "a#cents")[1] == ["0.4", "USD 6.85"]


def test_a_row_without_a_cell_is_blank_there() -> None:
    table = Table(title="", columns=[{"key": "a", "label": "A"}, {"key": "b", "label": "B"}], rows={"r": {"a": "x"}})
    assert [cell.text for cell in lay_out(table, {}, "USD").rows[0]] == ["x", ""]
