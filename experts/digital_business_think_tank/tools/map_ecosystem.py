"""An ecosystem as actors and flows: who is central, where value runs in loops, whose loss would split it.

Actors are nodes, flows directed edges with a weight (their value; 1 if none is given). Betweenness
(Brandes 2001, unweighted, normalised) is the share of shortest paths that run through an actor; PageRank
(damping 0.85, by power iteration) is how much of the flow ends there. Loops are simple cycles of up to six
actors: a business model closes at least one through the company. A cut point is an actor without whom the
map falls apart. Source: Brandes, J. Math. Sociology 25 (2001); Page & Brin (1998); Adner, "Ecosystem as
Structure" (2017).

Limits: centrality describes the map that was given, not power; missing flows change it.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import NonNegativeVolume, Share, Volume
from experts.digital_business_think_tank.tools._figures import Line, dec, questions, small
from experts.digital_business_think_tank.tools._graph import LONGEST_LOOP, betweenness, cut_points, loops, pagerank


class Flow(Model):
    """What goes from one actor to another."""

    source: Key
    target: Key
    what: Line
    value: NonNegativeVolume = Decimal(1)


class Actor(Model):
    """One actor and its place in the map."""

    actor: str
    role: str
    gives: Volume
    gets: Volume
    betweenness: Share
    pagerank: Share
    in_loop: bool
    cut_point: bool


class Ecosystem(Model):
    """Actors from most to least central."""

    actors: list[Actor]
    loops: list[list[str]]
    gives_nothing: list[str]
    gets_nothing: list[str]
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def map_ecosystem(
    actors: Annotated[dict[Key, Line], Field(min_length=2, max_length=40, description="Actor: role.")],
    flows: Annotated[list[Flow], Field(min_length=1, max_length=200)],
    focus: Annotated[str, Field(max_length=60, description="Own company.")] = "",
) -> Ecosystem:
    """Map an ecosystem: central actors, loops of value, and actors whose loss would split it.

    Use when partners, platforms or value networks are discussed.
    """
    if focus and focus not in actors:
        raise InvalidInput(f"focus {focus!r} is not an actor{did_you_mean(focus, actors)}", field="focus")
    edges: dict[str, dict[str, float]] = {name: {} for name in actors}
    gives, gets = dict.fromkeys(actors, Decimal(0)), dict.fromkeys(actors, Decimal(0))
    for at, flow in enumerate(flows):
        for name, field in ((flow.source, "source"), (flow.target, "target")):
            if name not in actors:
                raise InvalidInput(
                    f"flow {at + 1}: {name!r} is not an actor{did_you_mean(name, actors)}", field=f"flows.{at}.{field}"
                )
        if flow.source == flow.target:
            raise InvalidInput(
                f"flow {at + 1} goes from {flow.source!r} to itself; leave it out", field=f"flows.{at}.target"
            )
        if not flow.value:
            raise InvalidInput(
                f"flow {at + 1} ({flow.what!r}) has value 0; leave it out or give its size", field=f"flows.{at}.value"
            )
        weight = small(flow.value, f"flows.{at}.value")
        edges[flow.source][flow.target] = edges[flow.source].get(flow.target, 0.0) + float(weight)
        gives[flow.source] += weight
        gets[flow.target] += weight
    between, rank = betweenness(edges), pagerank(edges)
    found, more = loops(edges)
    inside = {name for loop in found for name in loop}
    cuts = set(cut_points(edges))
    made = [
        Actor(
            actor=name,
            role=role,
            gives=gives[name],
            gets=gets[name],
            betweenness=dec(between[name]),
            pagerank=dec(rank[name]),
            in_loop=name in inside,
            cut_point=name in cuts,
        )
        for name, role in actors.items()
    ]
    no_gift, no_gain = [n for n in actors if not gives[n]], [n for n in actors if not gets[n]]
    warnings = []
    if focus and focus not in inside:
        warnings.append(f"No loop runs through {focus!r}: what it gives does not come back, or a flow is missing.")
    alone = [name for name in actors if not gives[name] and not gets[name]]
    if alone:
        warnings.append(f"Without any flow: {', '.join(alone)}.")
    left_out = [name for name in no_gain if name not in alone]
    if left_out:
        warnings.append(f"They give and get nothing back: {', '.join(left_out)}. Ask what keeps each of them in.")
    if cuts:
        warnings.append(f"The map falls apart without: {', '.join(n for n in actors if n in cuts)}.")
    if more:
        warnings.append("There are more loops than are shown.")
    return Ecosystem(
        actors=sorted(made, key=lambda a: (-a.betweenness, -a.pagerank, list(actors).index(a.actor))),
        loops=found,
        gives_nothing=no_gift,
        gets_nothing=no_gain,
        questions=questions("systems_thinking"),
        method="Betweenness by Brandes (unweighted, normalised by (n-1)(n-2)); PageRank by power iteration, damping 0.85, weighted "
        f"by value; loops are simple cycles of up to {LONGEST_LOOP} actors.",
        assumptions=["Flows not given do not exist.", "Values of flows share one unit."],
        warnings=warnings,
    )
