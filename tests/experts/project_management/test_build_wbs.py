"""The work breakdown structure against the bicycle of PMI's practice standard and networkx."""

from decimal import Decimal as D

import networkx as nx
import pytest

from experts.core.errors import Infeasible, InvalidInput
from experts.project_management.tools.build_wbs import Element, build_wbs


def part(parent: str | None, cost: str | None = None, label: str = "") -> Element:
    return Element(parent=parent, cost=None if cost is None else D(cost), label=label)


# The shape of the bicycle example in PMI, Practice Standard for Work Breakdown Structures; the costs are ours.
BICYCLE = {
    "bicycle": part(None, label="Bicycle"),
    "frame_set": part("bicycle"),
    "wheels": part("bicycle"),
    "frame": part("frame_set", "120.50"),
    "handlebar": part("frame_set", "30"),
    "fork": part("frame_set", "49.50"),
    "front_wheel": part("wheels", "60"),
    "rear_wheel": part("wheels", "140"),
}


def test_the_bicycle_gets_codes_and_costs_that_networkx_confirms() -> None:
    found = build_wbs(BICYCLE, total=D(400))
    assert {key: one.code for key, one in found.elements.items()} == {
        "bicycle": "1",
        "frame_set": "1.1",
        "frame": "1.1.1",
        "handlebar": "1.1.2",
        "fork": "1.1.3",
        "wheels": "1.2",
        "front_wheel": "1.2.1",
        "rear_wheel": "1.2.2",
    }
    graph = nx.DiGraph([(one.parent, key) for key, one in BICYCLE.items() if one.parent])
    for key, one in found.elements.items():
        leaves = [node for node in {key, *nx.descendants(graph, key)} if not graph.out_degree(node)]
        assert one.cost == sum(BICYCLE[leaf].cost or 0 for leaf in leaves)
        assert one.level == nx.shortest_path_length(graph, "bicycle", key) + 1
        assert one.work_package == (leaves == [key])
    assert (found.total, found.work_packages, found.levels) == (D(400), 5, 3)
    assert found.elements["frame_set"].share_of_parent == D("0.5")


def test_a_structure_without_costs_and_an_only_child_are_taken() -> None:
    found = build_wbs({"p": part(None), "x": part("p")})
    assert found.total is None and found.elements["x"].cost is None
    assert "'p' has a single child" in found.warnings[0]


def test_what_breaks_the_tree_or_the_100_percent_rule_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'wheels' states 250, but its children add up to 200, a difference of 50"):
        build_wbs({**BICYCLE, "wheels": part("bicycle", "250")})
    with pytest.raises(InvalidInput, match="add up to 400, not to the total 500: 100 missing"):
        build_wbs(BICYCLE, total=D(500))
    with pytest.raises(InvalidInput, match=r"'bell' is an orphan: its parent 'bycicle' .*did you mean 'bicycle'"):
        build_wbs({**BICYCLE, "bell": part("bycicle", "5")})
    with pytest.raises(InvalidInput, match="work package 'bell' has no cost"):
        build_wbs({**BICYCLE, "bell": part("bicycle")})
    with pytest.raises(InvalidInput, match="2 elements have no parent"):
        build_wbs({**BICYCLE, "helmet": part(None, "5")})
    with pytest.raises(Infeasible, match="their own ancestors: a, b"):
        build_wbs({"p": part(None, "1"), "a": part("b"), "b": part("a")})
    with pytest.raises(Infeasible, match="their own ancestors: a, b"):
        build_wbs({"a": part("b"), "b": part("a")})
    with pytest.raises(InvalidInput, match="lies below level 12"):
        build_wbs({f"e{n}": part(f"e{n - 1}" if n else None) for n in range(14)})
