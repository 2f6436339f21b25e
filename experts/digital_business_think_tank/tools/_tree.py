"""Decision trees: checking, rolling back, and the spread of outcomes of the best policy. Money stays exact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from experts.core.errors import InvalidInput
from experts.core.quantities import plain

Kind = Literal["decision", "chance", "end"]
TOLERANCE = Decimal("0.000001")
MOST_OUTCOMES = 5000


@dataclass
class Branch:
    """One node while the tree is worked out."""

    name: str
    kind: Kind
    value: Decimal = Decimal(0)
    probability: Decimal | None = None
    label: str = ""
    children: list["Branch"] = field(default_factory=list)
    expected: Decimal = Decimal(0)
    chosen: bool = False


def sums_to_one(probabilities: Mapping[str, Decimal], where: str) -> None:
    """InvalidInput unless the probabilities add up to 1."""
    total = sum(probabilities.values(), Decimal(0))
    if abs(total - 1) > TOLERANCE:
        raise InvalidInput(f"the probabilities of {where} add up to {plain(total)}, not 1; correct them", field=where)


def roll_back(node: Branch) -> Decimal:
    """Expected value from here on: the node's own value plus the mean of a chance or the best of a decision."""
    if node.children:
        values = [roll_back(child) for child in node.children]
        if node.kind == "decision":
            best = max(values)
            chosen = values.index(best)
            for at, child in enumerate(node.children):
                child.chosen = at == chosen
            node.expected = node.value + best
        else:
            shares = [child.probability or Decimal(0) for child in node.children]
            node.expected = node.value + sum((s * v for s, v in zip(shares, values, strict=True)), Decimal(0))
    else:
        node.expected = node.value
    return node.expected


def outcomes(node: Branch, so_far: Decimal = Decimal(0), share: Decimal = Decimal(1)) -> dict[Decimal, Decimal]:
    """Every total that the best policy can end with, and its probability."""
    here = so_far + node.value
    if not node.children:
        return {here: share}
    found: dict[Decimal, Decimal] = {}
    for child in node.children:
        if node.kind == "decision" and not child.chosen:
            continue
        part = share if node.kind == "decision" else share * (child.probability or Decimal(0))
        if part:
            for value, weight in outcomes(child, here, part).items():
                found[value] = found.get(value, Decimal(0)) + weight
        if len(found) > MOST_OUTCOMES:
            raise InvalidInput(f"the tree has more than {MOST_OUTCOMES} outcomes; merge branches", field="nodes")
    return found


def flat(node: Branch, parent: str = "") -> list[tuple[Branch, str]]:
    """The nodes in drawing order, each with its parent's name."""
    found = [(node, parent)]
    for child in node.children:
        found += flat(child, node.name)
    return found
