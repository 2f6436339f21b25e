"""Centrality against networkx; loops and cut points by hand."""

import random
from decimal import Decimal

import networkx as nx
import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools._graph import loops
from experts.digital_business_think_tank.tools.map_ecosystem import Flow, map_ecosystem

D = Decimal
ACTORS = {"app": "platform", "driver": "supply", "rider": "demand", "bank": "payment", "city": "regulator"}
FLOWS = [
    Flow(source="rider", target="app", what="fares", value=D(100)),
    Flow(source="app", target="driver", what="pay", value=D(75)),
    Flow(source="driver", target="rider", what="rides", value=D(100)),
    Flow(source="app", target="bank", what="fees", value=D(3)),
    Flow(source="city", target="app", what="licence"),
]


def test_loops_leaks_and_cut_points_by_hand() -> None:
    found = map_ecosystem(ACTORS, FLOWS, focus="app")
    assert found.loops == [["app", "driver", "rider"]]
    assert (found.gives_nothing, found.gets_nothing) == (["bank"], ["city"])
    by_name = {row.actor: row for row in found.actors}
    assert found.actors[0].actor == "app" and by_name["app"].cut_point and not by_name["rider"].cut_point
    assert by_name["app"].gives == 78 and by_name["app"].gets == 101
    assert any("nothing back: city" in text for text in found.warnings)


@pytest.mark.parametrize("seed", range(6))
def test_centrality_is_networkxs(seed: int) -> None:
    draw = random.Random(seed)
    names = {f"n{at}": "role" for at in range(9)}
    pairs = {(draw.choice(list(names)), draw.choice(list(names))) for _ in range(24)}
    flows = [Flow(source=a, target=b, what="x", value=D(draw.randint(1, 9))) for a, b in sorted(pairs) if a != b]
    found = {row.actor: row for row in map_ecosystem(names, flows).actors}

    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_weighted_edges_from([(flow.source, flow.target, float(flow.value)) for flow in flows])
    for name, value in nx.betweenness_centrality(graph).items():
        assert float(found[name].betweenness) == pytest.approx(value, abs=1e-6)
    for name, value in nx.pagerank(graph, tol=1e-12, max_iter=1000).items():
        assert float(found[name].pagerank) == pytest.approx(value, abs=1e-5)
    cuts = {row.actor for row in found.values() if row.cut_point}
    assert cuts == set(nx.articulation_points(graph.to_undirected()))
    inside = {node for cycle in nx.simple_cycles(graph, length_bound=6) for node in cycle}
    assert {row.actor for row in found.values() if row.in_loop} <= inside


def test_a_dense_map_ends_in_bounded_time() -> None:
    edges = {f"n{a}": {f"n{b}": 1.0 for b in range(30) if b != a} for a in range(30)}
    found, more = loops(edges)
    assert len(found) == 20 and more


def test_a_company_outside_every_loop_is_told() -> None:
    found = map_ecosystem({"a": "us", "b": "them"}, [Flow(source="a", target="b", what="goods")], "a")
    assert "No loop runs through 'a'" in found.warnings[0]


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (Flow(source="app", target="app", what="x"), "to itself"),
        (Flow(source="ap", target="driver", what="x"), "did you mean 'app'"),
        (Flow(source="app", target="driver", what="x", value=D(0)), "value 0"),
    ],
)
def test_flows_that_lead_nowhere_are_refused(flow: Flow, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        map_ecosystem(ACTORS, [flow])
    assert said in caught.value.message
