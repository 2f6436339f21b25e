"""The list of flows for people is what the flows' files say."""

from tests.architecture.flow_catalogue import CATALOGUE, catalogue


def test_the_list_of_flows_is_current() -> None:
    assert CATALOGUE.read_text("utf-8") == catalogue(), "run: make schemas"


def test_every_flow_has_an_example_brief() -> None:
    assert "none yet" not in catalogue()
