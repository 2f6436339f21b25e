"""k-means on standardised columns: repeated seeded starts, silhouette, and stability between starts."""

from decimal import Decimal
from typing import NamedTuple

from experts.core.quantities import decimal_of, round_to

STARTS, ROUNDS = 20, 100


class Clustering(NamedTuple):
    """Cluster of each row (numbered from 0 by size), within-cluster sum of squares, silhouette, stability."""

    labels: list[int]
    inertia: Decimal
    silhouette: Decimal
    stability: Decimal


def cluster(table: list[list[float]], k: int) -> Clustering | None:
    """The best of seeded k-means++ starts by sum of squares; None if no start fills every cluster.

    Lloyd's algorithm (1982) from k-means++ starts (Arthur & Vassilvitskii 2007). Silhouette: Rousseeuw 1987, 0 for a
    row alone in its cluster. Stability: the mean adjusted Rand index (Hubert & Arabie 1985) of the best start with the others.
    """
    import warnings

    from scipy.cluster.vq import kmeans2
    from scipy.spatial.distance import cdist

    runs: list[tuple[float, list[int]]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an empty cluster is dealt with below
        for start in range(STARTS):
            centres, assigned = kmeans2(table, k, iter=ROUNDS, minit="++", rng=start)
            found = [int(label) for label in assigned]
            if len(set(found)) == k:
                squares = cdist(table, centres, "sqeuclidean")
                runs.append((round(float(sum(squares[row, label] for row, label in enumerate(found))), 9), found))
    if not runs:
        return None
    inertia, best = min(runs, key=lambda run: run[0])
    others = [rand_index(best, labels) for _, labels in runs]
    order = sorted(range(k), key=lambda label: (-best.count(label), best.index(label)))
    numbered = [order.index(label) for label in best]
    return Clustering(
        numbered, _decimal(inertia), _decimal(_silhouette(table, numbered, k)), _decimal(sum(others) / len(others))
    )


def rand_index(one: list[int], two: list[int]) -> float:
    """Hubert and Arabie's adjusted Rand index of two partitions: 1 if they are the same, about 0 by chance."""
    pairs: dict[tuple[int, int], int] = {}
    for pair in zip(one, two, strict=True):
        pairs[pair] = pairs.get(pair, 0) + 1
    both = sum(n * (n - 1) / 2 for n in pairs.values())
    left = sum(n * (n - 1) / 2 for n in (one.count(label) for label in set(one)))
    right = sum(n * (n - 1) / 2 for n in (two.count(label) for label in set(two)))
    chance = left * right / (len(one) * (len(one) - 1) / 2)
    whole = (left + right) / 2
    return 1.0 if whole == chance else (both - chance) / (whole - chance)


def _silhouette(table: list[list[float]], labels: list[int], k: int) -> float:
    from scipy.spatial.distance import cdist

    members = [[row for row, label in zip(table, labels, strict=True) if label == c] for c in range(k)]
    sums = [cdist(table, rows).sum(axis=1) for rows in members]
    total = 0.0
    for at, label in enumerate(labels):
        own = len(members[label]) - 1
        if own:
            inside = float(sums[label][at]) / own
            outside = min(float(sums[c][at]) / len(members[c]) for c in range(k) if c != label)
            total += (outside - inside) / max(inside, outside) if max(inside, outside) > 0 else 0.0
    return total / len(labels)


def _decimal(value: float) -> Decimal:
    return round_to(decimal_of(f"{value:.9f}"), 6)
