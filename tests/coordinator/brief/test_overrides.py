"""`--set path=value`."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coordinator.brief.overrides import Override, parse_override, parse_overrides
from experts.core.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("budget.total=200000", "budget.total", "200000"),
        (" budget.total = 200000 ", "budget.total", "200000"),
        ("channels.a.curve=32*sqrt(spend)", "channels.a.curve", "32*sqrt(spend)"),
        ("campaign.message=a = b", "campaign.message", "a = b"),
        ("channels.row-1.label=Café", "channels.row-1.label", "Café"),
        ("channels.podcast.maximum=", "channels.podcast.maximum", None),
        ("channels.podcast.maximum=null", "channels.podcast.maximum", None),
        ('approvers.creative=["Ines Calder", "Lena Fujita"]', "approvers.creative", ["Ines Calder", "Lena Fujita"]),
        ("tasks.a.predecessors=[]", "tasks.a.predecessors", []),
        ("a.b=[1, 0.10, 2027-08-16]", "a.b", [1, Decimal("0.10"), date(2027, 8, 16)]),
    ],
)
def test_a_path_and_its_text_are_read(text: str, path: str, value: Any) -> None:
    assert parse_override(text) == Override(path, value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("budget.total", "'budget.total' is not path=value; write for example --set budget.total=200000"),
        ("", "'' is not path=value"),
        ("=5", "'=5' is not path=value"),
        ("Budget.Total=5", "'Budget.Total' is not the path of a fact; write budget.total"),
        ("budget..total=5", "'budget..total' is not the path of a fact; write a name like budget.total"),
        (".total=5", "is not the path of a fact"),
        ("Paid Search.minimum=5", "write paid_search.minimum"),
        (".".join("abcdefghijk") + "=5", "has more than 10 parts"),
        ("flow=other", "the flow of a brief cannot be set"),
        ("a.b=[1, 2", "a.b: '[1, 2' is not a list"),
        ("a.b=[1]\nc = 2", "is not a list"),
        ("a.b=[Ines Calder]", 'write for example --set a.b=\'["Ines Calder"'),
        ("a.b=[nan]", "a.b is not usable"),
        ("a.b=[[1]]", "a.b is a list within a list"),
        ("a.b=[{c = 1}]", "a.b is a list of tables"),
        ("a.b=[09:00:00]", "a.b is 09:00:00, a time of day"),
        ("a.b=x\x00y", "a.b holds the unprintable character"),
    ],
)
def test_what_is_no_override_is_refused_with_the_way_out(text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_override(text)
    assert caught.value.message.startswith("--set")
    assert sentence in caught.value.message


def test_several_are_read_by_path_and_a_repetition_is_harmless() -> None:
    found = parse_overrides(["a.b=1", "c=2", "a.b=1"])
    assert found == {"a.b": Override("a.b", "1"), "c": Override("c", "2")}


def test_one_path_with_two_values_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"--set gives a\.b two values; give it once"):
        parse_overrides(["a.b=1", "a.b=2"])
