"""Decisions under uncertainty: expected values, what information is worth, and the spread of outcomes.

From a payoff table: EMV of an option = sum of probability x payoff; EVPI = expected payoff with perfect
information - best EMV. With signals, Bayes gives P(state|signal) = P(signal|state) P(state) / P(signal);
EVSI = sum over signals of P(signal) x best posterior EMV - best EMV; net of cost it says whether to buy
the information. From nodes: the tree is rolled back from its ends (a decision takes the best branch, a
chance its mean; a node's value is received on reaching it). Source: Raiffa, Decision Analysis (1968);
Hillier & Lieberman, Introduction to Operations Research, chapter on decision analysis (the Goferbroke case).

Limits: expected value suits a decision maker who can bear the worst outcome; the risk profile shows it.
Probabilities are judgements: `switches_at` says how far off they may be.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.quantities import Money, NonNegativeMoney, Share, round_to
from experts.digital_business_think_tank.tools._figures import Currency, figure, questions, small
from experts.digital_business_think_tank.tools._tree import Branch, flat, outcomes, roll_back, sums_to_one

MOST_NODES = 200
Table = dict[Key, dict[Key, Decimal]]


class Node(Model):
    """One node; exactly one has no parent."""

    parent: Annotated[str, Field(max_length=60)] = ""
    kind: Literal["decision", "chance", "end"] = "end"
    value: Money = Decimal(0)
    probability: Annotated[Share | None, Field(description="Below a chance.")] = None


class TreeNode(Model):
    """A node after rolling back; `expected` counts from here on."""

    id: str
    parent: str
    kind: str
    label: str
    value: Money
    probability: Share | None = None
    expected: Money
    chosen: bool = False


class OptionValue(Model):
    """One option of the payoff table."""

    option: str
    emv: Money
    worst: Money
    best: Money


class Posterior(Model):
    """What a signal would change."""

    signal: str
    probability: Share
    states: dict[str, Share]
    best: str
    emv: Money


class Outcome(Model):
    """One end of the best policy."""

    value: Money
    probability: Share


class DecisionAnalysis(Model):
    """Money in the given currency."""

    best: str
    emv: Money
    options: list[OptionValue] = []
    evpi: Money | None = None
    evsi: Money | None = None
    evsi_net: Annotated[Money | None, Field(description="EVSI less its cost: above zero, buy the information.")] = None
    posteriors: list[Posterior] = []
    switches_at: Annotated[
        Share | None, Field(description="With two states: probability of the first at which another option is best.")
    ] = None
    risk_profile: list[Outcome]
    chance_of_loss: Share
    tree: list[TreeNode]
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def evaluate_decision_tree(
    currency: Currency,
    payoffs: Annotated[
        dict[Key, dict[Key, Money]] | None,
        Field(max_length=12, description="Option, state: payoff. Or nodes."),
    ] = None,
    probabilities: Annotated[dict[Key, Share] | None, Field(max_length=12, description="Of the states.")] = None,
    signals: Annotated[
        dict[Key, dict[Key, Share]] | None,
        Field(max_length=8, description="Signal, state: P(signal given state)."),
    ] = None,
    signal_cost: NonNegativeMoney = Decimal(0),
    nodes: Annotated[dict[Key, Node] | None, Field(max_length=MOST_NODES)] = None,
) -> DecisionAnalysis:
    """Evaluate a decision: EMV, EVPI, EVSI by Bayes, risk profile, from a payoff table or a tree of nodes.

    Use when outcomes have probabilities.
    """
    payoffs = payoffs or {}
    probabilities = probabilities or {}
    signals = signals or {}
    nodes = nodes or {}
    if bool(payoffs) == bool(nodes):
        raise InvalidInput("give either payoffs with probabilities, or nodes", field="payoffs")
    if nodes:
        if probabilities or signals:
            raise InvalidInput(
                "probabilities and signals go with payoffs; nodes carry their own", field="probabilities"
            )
        return _rolled(_from_nodes(nodes), currency)
    _check_table(payoffs, probabilities, signals)
    emv = {option: _mean(row, probabilities) for option, row in payoffs.items()}
    best = max(emv, key=lambda option: emv[option])
    perfect = sum(
        (share * max(row[state] for row in payoffs.values()) for state, share in probabilities.items()), Decimal(0)
    )
    posteriors, with_signal = _posteriors(payoffs, probabilities, signals)
    evsi = with_signal - emv[best] if signals else None
    net = None if evsi is None else evsi - signal_cost
    root = _as_tree(payoffs, probabilities, posteriors, signal_cost)
    made = _rolled(root, currency)
    switch = _switch(payoffs, probabilities, best)
    warnings = list(made.warnings)
    if net is not None:
        verdict = "worth buying" if net > 0 else "not worth its cost"
        warnings += (
            []
            if net > 0
            else [
                f"The information is {verdict}: it adds {figure(round_money(evsi or Decimal(0), currency))} {currency}."
            ]
        )
    return made.model_copy(
        update={
            "best": best if net is None or net <= 0 else "get_information",
            "options": [
                OptionValue(
                    option=o,
                    emv=round_money(v, currency),
                    worst=min(payoffs[o].values()),
                    best=max(payoffs[o].values()),
                )
                for o, v in emv.items()
            ],
            "evpi": round_money(perfect - emv[best], currency),
            "evsi": None if evsi is None else round_money(evsi, currency),
            "evsi_net": None if net is None else round_money(net, currency),
            "posteriors": [
                row.model_copy(
                    update={
                        "probability": round_to(row.probability, 6),
                        "states": {state: round_to(share, 6) for state, share in row.states.items()},
                        "emv": round_money(row.emv, currency),
                    }
                )
                for row in posteriors
            ],
            "switches_at": switch,
            "warnings": warnings,
        }
    )


def _check_table(payoffs: Table, probabilities: dict[str, Decimal], signals: Table) -> None:
    sums_to_one(probabilities, "probabilities")
    for option, row in payoffs.items():
        if row.keys() != probabilities.keys():
            odd = sorted(row.keys() ^ probabilities.keys())
            raise InvalidInput(
                f"payoffs of {option!r} and the states differ in {odd}; give one for each state",
                field=f"payoffs.{option}",
            )
        for state, value in row.items():
            small(value, f"payoffs.{option}.{state}")
    for signal, shares in signals.items():
        if shares.keys() != probabilities.keys():
            odd = sorted(shares.keys() ^ probabilities.keys())
            raise InvalidInput(
                f"signal {signal!r} and the states differ in {odd}; give P(signal given state) for each",
                field=f"signals.{signal}",
            )
    if signals:
        for state in probabilities:
            sums_to_one({signal: row[state] for signal, row in signals.items()}, f"signals given {state}")


def _mean(row: dict[str, Decimal], shares: dict[str, Decimal]) -> Decimal:
    return sum((share * row[state] for state, share in shares.items()), Decimal(0))


def _posteriors(payoffs: Table, prior: dict[str, Decimal], signals: Table) -> tuple[list[Posterior], Decimal]:
    made, total = [], Decimal(0)
    for signal, given in signals.items():
        chance = sum((prior[state] * given[state] for state in prior), Decimal(0))
        if not chance:
            continue
        posterior = {state: prior[state] * given[state] / chance for state in prior}
        values = {option: _mean(row, posterior) for option, row in payoffs.items()}
        best = max(values, key=lambda option: values[option])
        shown = {state: round_to(share, 18) for state, share in posterior.items()}
        made.append(
            Posterior(
                signal=signal, probability=round_to(chance, 18), states=shown, best=best, emv=round_to(values[best], 6)
            )
        )
        # the sum needs no division: P(signal) x posterior is prior x likelihood
        total += max(
            sum((prior[state] * given[state] * row[state] for state in prior), Decimal(0)) for row in payoffs.values()
        )
    return made, total


def _switch(payoffs: Table, prior: dict[str, Decimal], best: str) -> Decimal | None:
    """With two states, the nearest probability of the first at which another option has the higher EMV."""
    if len(prior) != 2:
        return None
    first, second = prior
    found = []
    for option, row in payoffs.items():
        gap_one, gap_two = payoffs[best][first] - row[first], payoffs[best][second] - row[second]
        if option != best and (gap_one < 0) != (gap_two < 0) and gap_one != gap_two:
            found.append(gap_two / (gap_two - gap_one))
    inside = [share for share in found if 0 <= share <= 1]
    return round_to(min(inside, key=lambda share: abs(share - prior[first])), 4) if inside else None


def _as_tree(payoffs: Table, prior: dict[str, Decimal], posteriors: list[Posterior], cost: Decimal) -> Branch:
    def choose(name: str, shares: dict[str, Decimal]) -> list[Branch]:
        return [
            Branch(
                f"{name}/{option}",
                "chance",
                label=option,
                children=[Branch(f"{name}/{option}/{s}", "end", row[s], p, s) for s, p in shares.items()],
            )
            for option, row in payoffs.items()
        ]

    root = Branch("decide", "decision", label="decide", children=choose("decide", prior))
    if posteriors:
        asked = Branch("get_information", "chance", -cost, label="get_information")
        for row in posteriors:
            name = f"get_information/{row.signal}"
            asked.children.append(
                Branch(
                    name, "decision", probability=row.probability, label=row.signal, children=choose(name, row.states)
                )
            )
        root.children.append(asked)
    return root


def _from_nodes(nodes: dict[str, Node]) -> Branch:
    roots = [name for name, node in nodes.items() if not node.parent]
    if len(roots) != 1:
        raise InvalidInput(
            f"a tree has one node without parent; here are {len(roots)}: {', '.join(roots) or 'none'}", field="nodes"
        )
    made = {
        name: Branch(name, node.kind, small(node.value, f"nodes.{name}.value"), node.probability, name)
        for name, node in nodes.items()
    }
    for name, node in nodes.items():
        if node.parent:
            if node.parent not in made:
                raise InvalidInput(
                    f"node {name!r} has parent {node.parent!r}, which is not there", field=f"nodes.{name}.parent"
                )
            made[node.parent].children.append(made[name])
    reached = {branch.name for branch, _ in flat(made[roots[0]])}
    if len(reached) != len(nodes):
        raise InvalidInput(f"these nodes go in a circle: {', '.join(sorted(nodes.keys() - reached))}", field="nodes")
    for name, branch in made.items():
        if branch.kind == "end" and branch.children:
            raise InvalidInput(f"end {name!r} has branches; make it a decision or a chance", field=f"nodes.{name}.kind")
        if branch.kind != "end" and not branch.children:
            raise InvalidInput(
                f"{branch.kind} {name!r} has no branches; give it some or make it an end", field=f"nodes.{name}.kind"
            )
        if branch.kind == "chance":
            bare = [child.name for child in branch.children if child.probability is None]
            if bare:
                raise InvalidInput(
                    f"{', '.join(bare)} below chance {name!r} without probability", field=f"nodes.{bare[0]}.probability"
                )
            sums_to_one({c.name: c.probability or Decimal(0) for c in branch.children}, f"nodes below {name}")
    return made[roots[0]]


def _rolled(root: Branch, currency: str) -> DecisionAnalysis:
    value = roll_back(root)
    spread = outcomes(root)
    loss = sum((share for total, share in spread.items() if total < 0), Decimal(0))
    best = next((child.label for child in root.children if child.chosen), root.label)
    lowest = min(spread)
    return DecisionAnalysis(
        best=best,
        emv=round_money(value, currency),
        risk_profile=[
            Outcome(value=round_money(total, currency), probability=min(round_to(spread[total], 6), Decimal(1)))
            for total in sorted(spread)
        ],
        chance_of_loss=min(round_to(loss, 6), Decimal(1)),
        tree=[
            TreeNode(
                id=node.name,
                parent=parent,
                kind=node.kind,
                label=node.label,
                value=round_money(node.value, currency),
                probability=None if node.probability is None else min(round_to(node.probability, 6), Decimal(1)),
                expected=round_money(node.expected, currency),
                chosen=node.chosen,
            )
            for node, parent in flat(root)
        ],
        questions=questions("risk_reward_analysis"),
        method="Expected values rolled back from the ends (Raiffa 1968); EVPI and EVSI against the best option without "
        "information; posteriors by Bayes.",
        assumptions=["The decision maker is neutral to risk; payoffs are present values."],
        warnings=[
            f"The worst outcome is {figure(round_money(lowest, currency))} {currency}; ask whether it can be borne."
        ]
        if lowest < 0
        else [],
    )
