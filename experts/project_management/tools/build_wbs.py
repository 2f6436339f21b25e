"""Work breakdown structure: codes, levels and costs rolled up, with the 100% rule checked.

The children of an element are all of its work and nothing else (100% rule: PMI, Practice
Standard for Work Breakdown Structures; ISO 21511:2018). Codes count the children in the order
given: 1, 1.1, 1.1.2. Costs belong to the lowest elements (work packages) and are added up; a
cost stated for an element with children must equal their sum.

Limits: it checks the arithmetic and the tree; whether the scope is complete only people can say.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, NonNegativeMoney, Share, plain, round_to

METHOD = (
    "Deliverable-oriented tree with the 100% rule (PMI, Practice Standard for Work Breakdown Structures; ISO "
    "21511:2018); codes by position, costs added up from the work packages."
)
MOST_ELEMENTS, DEEPEST = 2000, 12


class Element(Model):
    """A deliverable and the one it is part of; the whole has no parent."""

    label: str = ""
    parent: Key | None = None
    cost: NonNegativeMoney | None = None


class Coded(Model):
    """An element with its code, level (the whole is 1), rolled-up cost and share of its parent's."""

    code: str
    label: str
    level: Count
    work_package: bool
    cost: NonNegativeMoney | None
    share_of_parent: Share | None


class Wbs(Model):
    """The elements in order of their codes."""

    elements: dict[Key, Coded]
    work_packages: Count
    levels: Count
    total: NonNegativeMoney | None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_wbs(
    elements: Annotated[dict[Key, Element], Field(description="by id; one without a parent is the whole project")],
    total: Annotated[NonNegativeMoney | None, Field(description="budget that the costs must add up to")] = None,
) -> Wbs:
    """Build a work breakdown structure: codes, levels, costs rolled up, 100% rule checked.

    Use when scope is to be broken into deliverables and work packages. It does not order work
    in time (compute_critical_path does).
    """
    if not elements or len(elements) > MOST_ELEMENTS:
        raise InvalidInput(f"{len(elements):,} elements; give from 1 to {MOST_ELEMENTS:,}", field="elements")
    children: dict[str, list[str]] = {key: [] for key in elements}
    roots = []
    for key, element in elements.items():
        if element.parent is None:
            roots.append(key)
        elif element.parent not in elements:
            raise InvalidInput(
                f"element {key!r} is an orphan: its parent {element.parent!r} is not an element"
                f"{did_you_mean(element.parent, elements)}",
                field=f"elements.{key}.parent",
                seen=element.parent,
            )
        else:
            children[element.parent].append(key)
    if len(roots) > 1:
        raise InvalidInput(
            f"{len(roots)} elements have no parent ({', '.join(roots[:5])}); exactly one, the project itself, has none",
            field=f"elements.{roots[1]}.parent",
        )
    order, code = _walk(roots, children)
    if len(order) < len(elements):
        lost = sorted(set(elements) - set(order))
        raise Infeasible(
            f"elements that are their own ancestors: {', '.join(lost[:10])}; correct a parent among them",
            field=f"elements.{lost[0]}.parent",
        )
    costs = _roll_up(order, children, elements)
    whole = costs[roots[0]]
    if total is not None and whole != total:
        raise InvalidInput(
            f"the work packages add up to {plain(whole) if whole is not None else 'no cost'}, not to the total {plain(total)}"
            + (
                f": {plain(abs(whole - total))} {'too much' if whole > total else 'missing'}"
                if whole is not None
                else ""
            ),
            field="total",
        )
    single = [key for key in order if len(children[key]) == 1]
    return Wbs(
        elements={
            key: Coded(
                code=code[key],
                label=elements[key].label or key,
                level=code[key].count(".") + 1,
                work_package=not children[key],
                cost=costs[key],
                share_of_parent=_share(costs[key], costs.get(elements[key].parent or "")),
            )
            for key in order
        },
        work_packages=sum(not children[key] for key in order),
        levels=max(code[key].count(".") + 1 for key in order),
        total=whole,
        method=METHOD,
        assumptions=["The children named are all of an element's work (100% rule)."],
        warnings=[
            f"{key!r} has a single child, which divides nothing: merge the two or name what is missing."
            for key in single
        ],
    )


def _walk(roots: list[str], children: dict[str, list[str]]) -> tuple[list[str], dict[str, str]]:
    """Elements from the top in order of their codes; those in a circle are never reached."""
    code = dict.fromkeys(roots, "1")
    order: list[str] = []
    stack = list(roots)
    while stack:
        key = stack.pop()
        order.append(key)
        if code[key].count(".") >= DEEPEST:
            raise InvalidInput(
                f"element {key!r} lies below level {DEEPEST}; a structure that deep is a task list, so cut it off higher",
                field=f"elements.{key}.parent",
            )
        for number, child in enumerate(children[key], 1):
            code[child] = f"{code[key]}.{number}"
        stack.extend(reversed(children[key]))
    return order, code


def _roll_up(
    order: list[str], children: dict[str, list[str]], elements: dict[str, Element]
) -> dict[str, Decimal | None]:
    packages = [key for key in order if not children[key]]
    without = [key for key in packages if elements[key].cost is None]
    if len(without) == len(packages):
        stated = [key for key in order if elements[key].cost is not None]
        if not stated:
            return dict.fromkeys(order)
    if without:
        raise InvalidInput(
            f"work package {without[0]!r} has no cost while others have; give every lowest element one (0 if free)",
            field=f"elements.{without[0]}.cost",
        )
    costs: dict[str, Decimal | None] = {}
    for key in reversed(order):
        stated_cost = elements[key].cost
        if not children[key]:
            costs[key] = stated_cost
            continue
        made = sum((costs[child] or Decimal(0) for child in children[key]), Decimal(0))
        if stated_cost is not None and stated_cost != made:
            raise InvalidInput(
                f"element {key!r} states {plain(stated_cost)}, but its children add up to {plain(made)}, a difference of "
                f"{plain(abs(made - stated_cost))}; correct one, or add the missing child (100% rule)",
                field=f"elements.{key}.cost",
            )
        costs[key] = made
    return costs


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return round_to(part / whole, 4) if part is not None and whole else None
