"""Customer segments: RFM by quantiles, or k-means on a table of numbers.

RFM: recency, frequency and monetary value.

Each measure is scored 1 to `bins`: 1 + floor(bins * customers strictly worse / customers), so that equal values have
equal scores and the order of the input does not matter (independent quantiles; Hughes, Strategic Database Marketing,
1994; Fader, Hardie & Lee 2005). Recency: fewer days since the last purchase are better. Segment names are this suite's
own rule: recency high above two thirds of the bins, low within the lowest third; value high where frequency and
monetary score together exceed bins + 1.

  recency high: champions (value high), new_or_small (low); middle: loyal, occasional; low: at_risk, lapsed

k-means: columns are standardised (mean 0, standard deviation 1), Lloyd's algorithm from twenty seeded k-means++ starts, the
smallest sum of squares kept; clusters are numbered by size. Silhouette (Rousseeuw 1987): from -1 to 1, near 0 the clusters
overlap. Stability: mean adjusted Rand index (Hubert & Arabie 1985) of the kept start with all starts; well below 1 the
clusters are an accident of the start.

Limits: a score is a rank among these customers, not a forecast. With many equal values the bins are uneven. k-means always
finds clusters, also where there are none; compare several numbers of clusters by silhouette and stability.
"""

from bisect import bisect_left
from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Days, Money, NonNegativeMoney, Rate, Ratio, decimal_of, round_to
from experts.marketing_sales.tools._curves import EXACT

LONGEST = 100_000
MOST_ROWS, MOST_COLUMNS, WEAK, SHAKY = 2000, 12, Decimal("0.25"), Decimal("0.8")
NAMES = (("lapsed", "at_risk"), ("occasional", "loyal"), ("new_or_small", "champions"))


class Customer(Model):
    last_purchase: Day
    orders: Count
    spend: NonNegativeMoney


class CustomerScore(Model):
    days_since: Days
    recency: Count
    frequency: Count
    monetary: Count
    segment: str


class Segment(Model):
    customers: Count
    share: Rate
    spend: Money
    spend_share: Rate | None = None


class Cluster(Model):
    """A k-means cluster and its mean of every measure."""

    customers: Count
    share: Rate
    means: dict[Key, Ratio]


class Segmentation(Model):
    """RFM fills `customers` and `segments`; k-means `assigned` (cluster ids by customer), `clusters` and what follows."""

    customers: dict[Key, CustomerScore] = {}
    segments: dict[Key, Segment] = {}
    assigned: dict[Key, Key] = {}
    clusters: dict[Key, Cluster] = {}
    silhouette: Ratio | None = None
    stability: Ratio | None = None
    sum_of_squares: Ratio | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def segment_customers(
    customers: Annotated[dict[Key, Customer] | None, Field(max_length=5000)] = None,
    as_of: Annotated[Day | None, Field(description="day from which recency counts back")] = None,
    bins: Annotated[Count, Field(description="quantiles: 3 to 10")] = 5,
    measures: Annotated[
        dict[Key, dict[Key, Ratio]] | None,
        Field(description="for k-means instead: numbers by customer", max_length=MOST_ROWS),
    ] = None,
    clusters: Annotated[Count, Field(description="k-means: 2 to 8")] = 3,
) -> Segmentation:
    """Segment customers by recency, frequency and monetary value (RFM), or by k-means on measures.

    Use when purchases or other numbers of each customer are known. It does not predict purchases.
    """
    if (customers is None) == (measures is None):
        both = "are both missing" if customers is None else "are both given"
        raise InvalidInput(
            f"customers and measures {both}; give customers for RFM or measures for k-means", field="customers"
        )
    if measures is not None:
        return _clustered(measures, clusters)
    if as_of is None:
        raise InvalidInput("as_of is missing; give the day from which recency counts back", field="as_of")
    customers = customers or {}
    if not 3 <= bins <= 10:
        raise InvalidInput(f"bins {bins} must be from 3 to 10; the usual choice is 5", field="bins")
    if len(customers) < bins:
        raise InvalidInput(
            f"customers has {len(customers)}, fewer than bins {bins}; take more customers or fewer bins",
            field="customers",
        )
    days: dict[str, int] = {}
    for name, customer in customers.items():
        days[name] = _since(name, customer, as_of)
    recency = _scores({name: Decimal(-since) for name, since in days.items()}, bins)
    frequency = _scores({name: Decimal(customer.orders) for name, customer in customers.items()}, bins)
    monetary = _scores({name: customer.spend for name, customer in customers.items()}, bins)
    warnings = [
        f"All customers have the same {label}; it tells them not apart, so their score is 1."
        for label, scores in (("recency", recency), ("number of orders", frequency), ("spend", monetary))
        if set(scores.values()) == {1}
    ]
    scored = {
        name: CustomerScore(
            days_since=days[name],
            recency=recency[name],
            frequency=frequency[name],
            monetary=monetary[name],
            segment=_name(recency[name], frequency[name] + monetary[name], bins),
        )
        for name in customers
    }
    total = sum((customer.spend for customer in customers.values()), Decimal(0))
    segments = {}
    with localcontext(EXACT):
        for segment in sorted({score.segment for score in scored.values()}):
            members = [name for name, score in scored.items() if score.segment == segment]
            spend = sum((customers[name].spend for name in members), Decimal(0))
            segments[segment] = Segment(
                customers=len(members),
                share=round_to(Decimal(len(members)) / len(customers), 6),
                spend=spend,
                spend_share=round_to(spend / total, 6) if total else None,
            )
    return Segmentation(
        customers=scored,
        segments=segments,
        method=f"RFM with {bins} independent quantiles, ties scored equally (Hughes 1994); segment names by rule.",
        assumptions=["Orders and spend of all customers cover the same stretch of time."],
        warnings=warnings,
    )


def _since(name: str, customer: Customer, as_of: date) -> int:
    since = (as_of - customer.last_purchase).days
    if not 0 <= since <= LONGEST:
        raise InvalidInput(
            f"customers.{name}.last_purchase {customer.last_purchase} is not before as_of {as_of}, or centuries ago; "
            "check the dates",
            field=f"customers.{name}.last_purchase",
        )
    return since


def _scores(values: dict[str, Decimal], bins: int) -> dict[str, int]:
    ordered = sorted(values.values())
    return {name: 1 + bins * bisect_left(ordered, value) // len(ordered) for name, value in values.items()}


def _name(recency: int, value: int, bins: int) -> str:
    level = 2 if 3 * recency > 2 * bins else 0 if 3 * recency <= bins else 1
    return NAMES[level][value > bins + 1]


def _clustered(measures: dict[str, dict[str, Decimal]], k: int) -> Segmentation:
    from experts.marketing_sales.tools._clusters import cluster

    names, table = _standard(measures, k)
    made = cluster(table, k)
    if made is None:
        raise InvalidInput(
            f"clusters {k} cannot all be filled: too few different rows; ask for fewer clusters", field="clusters"
        )
    ids = list(measures)
    assigned = {name: f"cluster_{label + 1}" for name, label in zip(ids, made.labels, strict=True)}
    groups = {}
    with localcontext(EXACT):
        for at in range(k):
            members = [name for name in ids if assigned[name] == f"cluster_{at + 1}"]
            groups[f"cluster_{at + 1}"] = Cluster(
                customers=len(members),
                share=round_to(Decimal(len(members)) / len(ids), 6),
                means={
                    key: round_to(sum((measures[name][key] for name in members), Decimal(0)) / len(members), 6)
                    for key in names
                },
            )
    warnings = []
    if made.silhouette < WEAK:
        warnings.append("The silhouette is low: the clusters overlap, and their borders are arbitrary.")
    if made.stability < SHAKY:
        warnings.append("Other starts give other clusters; try another number of clusters.")
    return Segmentation(
        assigned=assigned,
        clusters=groups,
        silhouette=made.silhouette,
        stability=made.stability,
        sum_of_squares=made.inertia,
        method=f"k-means with {k} clusters on standardised measures; twenty seeded k-means++ starts (Lloyd 1982).",
        assumptions=["All measures count equally once standardised; skewed ones may need logarithms first."],
        warnings=warnings,
    )


def _standard(measures: dict[str, dict[str, Decimal]], k: int) -> tuple[list[str], list[list[float]]]:
    """The measures' names and the standardised table. InvalidInput: gaps, too few rows, a constant column."""
    if not 2 <= k <= 8:
        raise InvalidInput(f"clusters {k} must be from 2 to 8", field="clusters")
    if len(measures) < 3 * k:
        raise InvalidInput(
            f"measures has {len(measures)} customers; {k} clusters need {3 * k} at least", field="measures"
        )
    names = list(next(iter(measures.values())))
    if not 1 <= len(names) <= MOST_COLUMNS:
        raise InvalidInput(f"measures has {len(names)} columns; 1 to {MOST_COLUMNS} are possible", field="measures")
    for customer, row in measures.items():
        if row.keys() != set(names):
            raise InvalidInput(
                f"measures.{customer} has {sorted(row)}, not {sorted(names)}; give every customer the same measures",
                field=f"measures.{customer}",
            )
    table: list[list[float]] = [[] for _ in measures]
    with localcontext(EXACT):
        for name in names:
            column = [row[name] for row in measures.values()]
            mean = sum(column, Decimal(0)) / len(column)
            deviation = (sum(((value - mean) ** 2 for value in column), Decimal(0)) / len(column)).sqrt()
            if deviation == 0:
                raise InvalidInput(
                    f"measures: {name!r} is {column[0]} for everybody, so it tells nobody apart; leave it out",
                    field="measures",
                )
            for line, value in zip(table, column, strict=True):
                line.append(float(decimal_of(round_to((value - mean) / deviation, 12))))
    return names, table
