"""The nine blocks of a business model, checked for completeness and against its own revenue arithmetic.

Blocks and their order are Osterwalder's. Complete: each block has at least one note. Consistent: every
revenue stream names a customer segment of the canvas; a segment without a stream is said to pay nothing;
a stream's revenue a year = customers x price x purchases; costs, if given, are set against their sum.
Source: Osterwalder & Pigneur, Business Model Generation (2010).

Limits: the tool cannot tell a good note from a bad one; every note is a hypothesis until tested.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.money import round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Money, NonNegativeMoney, NonNegativeVolume, Rate, Share, round_to
from experts.digital_business_think_tank.tools._figures import Currency, Line, figure, questions, small

BlockName = Literal[
    "customer_segments",
    "value_propositions",
    "channels",
    "customer_relationships",
    "revenue_streams",
    "key_resources",
    "key_activities",
    "key_partners",
    "cost_structure",
]
BLOCKS: dict[BlockName, str] = {
    "customer_segments": "Customer segments",
    "value_propositions": "Value propositions",
    "channels": "Channels",
    "customer_relationships": "Customer relationships",
    "revenue_streams": "Revenue streams",
    "key_resources": "Key resources",
    "key_activities": "Key activities",
    "key_partners": "Key partners",
    "cost_structure": "Cost structure",
}


class Stream(Model):
    """One way of earning."""

    name: Line
    segment: Annotated[Line, Field(description="As in customer_segments.")]
    customers: NonNegativeVolume
    price: NonNegativeMoney
    per_year: Annotated[NonNegativeVolume, Field(description="Purchases.")] = Decimal(1)


class StreamRevenue(Model):
    """A stream's revenue a year and its part of the whole."""

    name: str
    segment: str
    revenue: Money
    share: Share


class Canvas(Model):
    """Money a year in the given currency."""

    title: str
    blocks: dict[str, list[str]]
    filled: int
    empty: list[str]
    streams: list[StreamRevenue]
    revenue: Money
    costs: Money | None = None
    result: Money | None = None
    margin: Rate | None = None
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_business_model_canvas(
    title: Line,
    blocks: dict[BlockName, Annotated[list[Line], Field(max_length=12)]],
    currency: Currency,
    streams: Annotated[list[Stream] | None, Field(max_length=20)] = None,
    annual_costs: NonNegativeMoney | None = None,
) -> Canvas:
    """Build a business model canvas and check its completeness, consistency and revenue arithmetic.

    Use when a business model is designed or reviewed.
    """
    streams = streams or []
    notes = {key: [note.strip() for note in blocks.get(key, [])] for key in BLOCKS}
    for key, found in notes.items():
        if "" in found:
            raise InvalidInput(f"{key} has an empty note; write it or leave it out", field=f"blocks.{key}")
    if not any(notes.values()):
        raise InvalidInput("every block is empty; write at least the customers and what they get", field="blocks")
    segments = notes["customer_segments"]
    amounts = []
    for at, stream in enumerate(streams):
        if stream.segment.strip() not in segments:
            raise InvalidInput(
                f"stream {stream.name!r} is paid by {stream.segment!r}, which is not a customer segment of the canvas"
                f"{did_you_mean(stream.segment, segments)}",
                field=f"streams.{at}.segment",
            )
        amount = small(stream.customers, f"streams.{at}.customers") * small(stream.price, f"streams.{at}.price")
        small(amount, f"streams.{at}")
        amounts.append(
            round_money(small(amount * small(stream.per_year, f"streams.{at}.per_year"), f"streams.{at}"), currency)
        )
    revenue = sum(amounts, Decimal(0))
    empty = [label for key, label in BLOCKS.items() if not notes[key]]
    warnings = [f"Empty: {', '.join(empty)}."] if empty else []
    paying = {stream.segment.strip() for stream in streams}
    free = [name for name in segments if name not in paying]
    if streams and free:
        warnings.append(
            f"They pay nothing: {', '.join(free)}. Say what they bring instead (attention, data, supply), or drop them."
        )
    if notes["customer_segments"] and not notes["value_propositions"]:
        warnings.append("Customers are named, but nothing is promised to them.")
    if not streams:
        warnings.append("No revenue stream carries figures, so the model has not been shown to earn anything.")
    if notes["revenue_streams"] and streams and len(streams) < len(notes["revenue_streams"]):
        warnings.append(f"{len(notes['revenue_streams'])} revenue streams are written, {len(streams)} have figures.")
    biggest = max(amounts, default=Decimal(0))
    if revenue and len(amounts) > 1 and biggest / revenue > Decimal("0.8"):
        warnings.append("More than four fifths of revenue comes from one stream.")
    result = None if annual_costs is None else revenue - small(annual_costs, "annual_costs")
    if result is not None and result < 0:
        warnings.append(f"Costs exceed revenue by {figure(-result)} {currency} a year.")
    return Canvas(
        title=title,
        blocks={str(key): found for key, found in notes.items()},
        filled=9 - len(empty),
        empty=empty,
        streams=[
            StreamRevenue(
                name=s.name,
                segment=s.segment.strip(),
                revenue=a,
                share=round_to(a / revenue, 6) if revenue else Decimal(0),
            )
            for s, a in zip(streams, amounts, strict=True)
        ],
        revenue=revenue,
        costs=annual_costs,
        result=result,
        margin=round_to(result / revenue, 6) if result is not None and revenue else None,
        questions=questions("business_model_innovation"),
        method="Nine blocks (Osterwalder & Pigneur 2010); revenue a year = customers x price x purchases; each stream belongs to a "
        "segment of the canvas.",
        assumptions=["Every note is a hypothesis; customers and prices are those of a full year."],
        warnings=warnings,
    )
