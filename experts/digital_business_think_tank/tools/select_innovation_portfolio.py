"""The set of projects with the greatest value within a budget, with dependencies and exclusions.

0/1 knapsack: maximise the sum of value over projects chosen, subject to cost within budget, a project only
with all it needs, and at most one of any pair that excludes each other; solved exactly in whole numbers by
branch and bound (Martello & Toth, Knapsack Problems, 1990); of sets of equal value the cheapest. With
`mix_tolerance` the spending on each horizon must be within it of 70 % core, 20 % adjacent and 10 %
transformational of what is spent; without it the mix is only reported. Source: Nagji & Tuff, "Managing Your
Innovation Portfolio", HBR May 2012 (their 70-20-10 is a typical split, not a rule); Baghai, Coley & White,
The Alchemy of Growth (1999), for horizons.

Limits: values add up and are as given; uncertainty enters only through them. Kept small: 60 projects.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import Infeasible, InvalidInput
from experts.core.money import round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Money, NonNegativeMoney, Share, round_to
from experts.digital_business_think_tank.tools._figures import Currency, figure, percent, small
from experts.digital_business_think_tank.tools._knapsack import Item, Search

MOST_NODES = 30_000
HORIZONS = {"core": Decimal("0.7"), "adjacent": Decimal("0.2"), "transformational": Decimal("0.1")}
Horizon = Literal["core", "adjacent", "transformational"]


class Project(Model):
    """One candidate; value is its expected worth, e.g. risk-adjusted NPV before its cost."""

    cost: NonNegativeMoney
    value: Money
    horizon: Horizon = "core"
    needs: Annotated[list[Key], Field(max_length=10)] = []
    excludes: Annotated[list[Key], Field(max_length=10)] = []


class Choice(Model):
    """One project and the decision on it."""

    project: str
    chosen: bool
    cost: Money
    value: Money
    horizon: str


class HorizonMix(Model):
    """What is spent on one horizon."""

    horizon: str
    spent: Money
    share: Share
    typical: Share


class AtBudget(Model):
    """The best set at another budget."""

    budget: Money
    value: Money
    projects: list[str]


class Portfolio(Model):
    """Money in the given currency."""

    chosen: list[str]
    value: Money
    spent: Money
    left: Money
    choices: list[Choice]
    mix: list[HorizonMix]
    other_budgets: list[AtBudget]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def select_innovation_portfolio(
    projects: Annotated[dict[Key, Project], Field(min_length=2, max_length=60)],
    budget: NonNegativeMoney,
    currency: Currency,
    mix_tolerance: Annotated[Share | None, Field(description="Enforce 70/20/10 within this.")] = None,
) -> Portfolio:
    """Choose the projects of greatest value within a budget, with dependencies, exclusions and 70/20/10 horizons.

    Use when more ideas than money exist.
    """
    small(budget, "budget")
    for key, project in projects.items():
        small(project.cost, f"projects.{key}.cost")
        small(project.value, f"projects.{key}.value")
        for field in ("needs", "excludes"):
            for other in getattr(project, field):
                if other not in projects or other == key:
                    raise InvalidInput(
                        f"{key!r} {field} {other!r}, which is no other project{did_you_mean(other, projects)}",
                        field=f"projects.{key}.{field}",
                    )
    chosen, finished = _best(projects, budget, mix_tolerance, MOST_NODES)
    if not chosen and mix_tolerance is not None and any(p.value > 0 and p.cost <= budget for p in projects.values()):
        raise Infeasible(
            f"no set keeps every horizon within {percent(mix_tolerance)} of 70/20/10; raise mix_tolerance or leave it out",
            field="mix_tolerance",
        )
    spent = sum((projects[key].cost for key in chosen), Decimal(0))
    mix = []
    for horizon, typical in HORIZONS.items():
        part = sum((projects[key].cost for key in chosen if projects[key].horizon == horizon), Decimal(0))
        mix.append(
            HorizonMix(
                horizon=horizon, spent=part, share=round_to(part / spent, 6) if spent else Decimal(0), typical=typical
            )
        )
    others = []
    for factor in ("0.8", "0.9", "1.1", "1.25"):
        amount = round_money(budget * Decimal(factor), currency)
        found, _ = _best(projects, amount, mix_tolerance, MOST_NODES // 4)
        others.append(AtBudget(budget=amount, value=_value(projects, found), projects=found))
    stuck = [
        key
        for key, p in projects.items()
        if any(other in p.excludes or key in projects[other].excludes for other in p.needs)
    ]
    warnings = [f"These need a project they exclude, so they can never be chosen: {', '.join(stuck)}."] if stuck else []
    if not finished:
        warnings.append(
            f"The search was stopped after {MOST_NODES} steps: the set is good, but a better one may exist; narrow the list."
        )
    if not chosen:
        warnings.append(
            "Nothing fits: every project with a value above zero costs more than the budget, with what it needs."
        )
    empty = [row.horizon for row in mix if not row.spent]
    if chosen and empty and mix_tolerance is None:
        warnings.append(f"Nothing is spent on: {', '.join(empty)}.")
    for row in others[2:]:
        more = row.value - _value(projects, chosen)
        if more > row.budget - budget:
            warnings.append(
                f"A budget of {figure(row.budget)} {currency} would add {figure(more)} of value, more than it costs."
            )
            break
    return Portfolio(
        chosen=chosen,
        value=_value(projects, chosen),
        spent=spent,
        left=budget - spent,
        choices=[
            Choice(project=key, chosen=key in chosen, cost=p.cost, value=p.value, horizon=p.horizon)
            for key, p in projects.items()
        ],
        mix=mix,
        other_budgets=others,
        method="0/1 knapsack with dependencies and exclusions, solved exactly by branch and bound; the cheapest of equally valuable sets; horizons "
        "against the 70/20/10 of Nagji & Tuff (HBR 2012)"
        + (" enforced." if mix_tolerance is not None else " for orientation."),
        assumptions=["Values add up; a project is done whole or not at all."],
        warnings=warnings,
    )


def _value(projects: dict[str, Project], chosen: list[str]) -> Decimal:
    return sum((projects[key].value for key in chosen), Decimal(0))


def _best(
    projects: dict[str, Project], budget: Decimal, tolerance: Decimal | None, most_nodes: int
) -> tuple[list[str], bool]:
    """Keys of the best set in the order given, and whether the search was finished; of equal values the cheapest."""
    names = list(projects)
    unit = Decimal(1).scaleb(
        min(_exponent(budget), *(_exponent(v) for p in projects.values() for v in (p.cost, p.value)))
    )
    costs = {key: int(projects[key].cost / unit) for key in names}
    first = 1 + sum(costs.values())  # one unit of value outweighs every cost
    groups = list(HORIZONS)
    items = [
        Item(
            cost=costs[key],
            gain=int(projects[key].value / unit) * first - costs[key],
            needs=tuple(names.index(other) for other in projects[key].needs),
            excludes=tuple(names.index(other) for other in projects[key].excludes),
            group=groups.index(projects[key].horizon),
        )
        for key in names
    ]
    shares = None
    if tolerance is not None:
        shares = [(Fraction(max(t - tolerance, Decimal(0))), Fraction(t + tolerance)) for t in HORIZONS.values()]
    search = Search(items, int(budget / unit), shares, most_nodes)
    return [names[at] for at in search.run()], search.complete


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0
