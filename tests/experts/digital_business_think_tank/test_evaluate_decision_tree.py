"""The Goferbroke case of Hillier & Lieberman: EMV 100, EVPI 142.5, EVSI 53, posterior 1/7 and 1/2 (thousands)."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.evaluate_decision_tree import Node, evaluate_decision_tree

D = Decimal
PAYOFFS = {"drill": {"oil": D(700), "dry": D(-100)}, "sell": {"oil": D(90), "dry": D(90)}}
PRIOR = {"oil": D("0.25"), "dry": D("0.75")}
SEISMIC = {"favorable": {"oil": D("0.6"), "dry": D("0.2")}, "unfavorable": {"oil": D("0.4"), "dry": D("0.8")}}


def test_goferbroke_without_a_survey() -> None:
    found = evaluate_decision_tree("USD", PAYOFFS, PRIOR)
    assert (found.best, found.emv, found.evpi) == ("drill", 100, D("142.5"))
    assert [(row.option, row.emv) for row in found.options] == [("drill", 100), ("sell", 90)]
    assert found.switches_at == D("0.2375")  # Hillier & Lieberman: drill above a prior of 0.2375
    assert [(row.value, row.probability) for row in found.risk_profile] == [(-100, D("0.75")), (700, D("0.25"))]
    assert found.chance_of_loss == D("0.75")


def test_goferbroke_with_the_seismic_survey() -> None:
    found = evaluate_decision_tree("USD", PAYOFFS, PRIOR, SEISMIC, D(30))
    assert (found.evsi, found.evsi_net, found.emv, found.best) == (53, 23, 123, "get_information")
    by_signal = {row.signal: row for row in found.posteriors}
    assert by_signal["favorable"].probability == D("0.3") and by_signal["favorable"].states["oil"] == D("0.5")
    assert by_signal["unfavorable"].states["oil"] == D("0.142857")
    assert (by_signal["favorable"].best, by_signal["favorable"].emv) == ("drill", 300)
    assert (by_signal["unfavorable"].best, by_signal["unfavorable"].emv) == ("sell", 90)


def test_information_that_costs_more_than_it_brings_is_not_bought() -> None:
    found = evaluate_decision_tree("USD", PAYOFFS, PRIOR, SEISMIC, D(60))
    assert (found.best, found.evsi_net) == ("drill", -7)
    assert any("not worth its cost" in text for text in found.warnings)


def test_a_tree_of_nodes_is_rolled_back_by_hand() -> None:
    """Pilot costs 20; with 0.4 it works and going on brings 100 (else 0): 0.4x100 - 20 = 20 against 15 for buying."""
    nodes = {
        "start": Node(kind="decision"),
        "buy": Node(parent="start", value=D(15)),
        "pilot": Node(parent="start", kind="chance", value=D(-20)),
        "works": Node(parent="pilot", kind="decision", probability=D("0.4")),
        "scale": Node(parent="works", value=D(100)),
        "stop_anyway": Node(parent="works"),
        "fails": Node(parent="pilot", probability=D("0.6")),
    }
    found = evaluate_decision_tree("EUR", nodes=nodes)
    assert (found.best, found.emv) == ("pilot", 20)
    assert [(row.value, row.probability) for row in found.risk_profile] == [(-20, D("0.6")), (80, D("0.4"))]
    assert found.chance_of_loss == D("0.6")
    assert {row.id for row in found.tree if row.chosen} == {"pilot", "scale"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"payoffs": PAYOFFS, "probabilities": {"oil": D("0.25"), "dry": D("0.7")}}, "add up to 0.95"),
        ({"payoffs": PAYOFFS, "probabilities": {"oil": D(1)}}, "differ in ['dry']"),
        (
            {"payoffs": PAYOFFS, "probabilities": PRIOR, "signals": {"a": {"oil": D(1), "dry": D("0.5")}}},
            "add up to 0.5",
        ),
        ({}, "give either payoffs"),
        ({"nodes": {"a": Node(kind="chance"), "b": Node(parent="a", probability=D("0.9"))}}, "add up to 0.9"),
        ({"nodes": {"a": Node(kind="chance"), "b": Node(parent="a")}}, "without probability"),
        ({"nodes": {"a": Node(), "b": Node(parent="c"), "c": Node(parent="b")}}, "go in a circle: b, c"),
        ({"nodes": {"a": Node(kind="decision"), "b": Node(parent="x")}}, "'x', which is not there"),
        ({"nodes": {"a": Node(), "b": Node()}}, "one node without parent"),
        ({"nodes": {"a": Node(), "b": Node(parent="a")}}, "end 'a' has branches"),
        ({"nodes": {"a": Node(kind="decision")}}, "has no branches"),
    ],
)
def test_what_is_no_decision_is_refused(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        evaluate_decision_tree("USD", **arguments)  # type: ignore[arg-type]
    assert said in caught.value.message
