"""Centrality of directed graphs: betweenness by Brandes (2001), PageRank by power iteration, loops, weak points."""

from collections import deque
from collections.abc import Mapping

Edges = Mapping[str, Mapping[str, float]]
LONGEST_LOOP, MOST_LOOPS, MOST_STEPS = 6, 20, 200_000
DAMPING = 0.85


def betweenness(edges: Edges) -> dict[str, float]:
    """Share of shortest directed paths between others that pass through each node (unweighted, normalised)."""
    score = dict.fromkeys(edges, 0.0)
    for source in edges:
        order: list[str] = []
        before: dict[str, list[str]] = {node: [] for node in edges}
        paths = dict.fromkeys(edges, 0)
        paths[source] = 1
        far = {source: 0}
        queue = deque([source])
        while queue:
            node = queue.popleft()
            order.append(node)
            for target in edges[node]:
                if target not in far:
                    far[target] = far[node] + 1
                    queue.append(target)
                if far[target] == far[node] + 1:
                    paths[target] += paths[node]
                    before[target].append(node)
        share = dict.fromkeys(edges, 0.0)
        for node in reversed(order):
            for earlier in before[node]:
                share[earlier] += paths[earlier] / paths[node] * (1 + share[node])
            if node != source:
                score[node] += share[node]
    n = len(edges)
    scale = 1 / ((n - 1) * (n - 2)) if n > 2 else 1.0
    return {node: value * scale for node, value in score.items()}


def pagerank(edges: Edges) -> dict[str, float]:
    """Weighted PageRank with damping 0.85; nodes without outflow spread evenly."""
    n = len(edges)
    rank = dict.fromkeys(edges, 1 / n)
    out = {node: sum(targets.values()) for node, targets in edges.items()}
    for _ in range(1000):
        loose = sum(rank[node] for node in edges if not out[node])
        following = dict.fromkeys(edges, (1 - DAMPING + DAMPING * loose) / n)
        for node, targets in edges.items():
            for target, weight in targets.items():
                following[target] += DAMPING * rank[node] * weight / out[node]
        gap = sum(abs(following[node] - rank[node]) for node in edges)
        rank = following
        if gap < 1e-13:
            break
    return rank


def loops(edges: Edges) -> tuple[list[list[str]], bool]:
    """Simple cycles of at most six nodes, shortest first, at most twenty; and whether some may be missing."""
    order = {node: at for at, node in enumerate(edges)}
    found: list[list[str]] = []
    steps = 0
    for root in edges:
        stack: list[tuple[str, list[str]]] = [(root, [root])]
        while stack:
            steps += 1
            if steps > MOST_STEPS:
                return sorted(found, key=lambda loop: (len(loop), loop))[:MOST_LOOPS], True
            node, path = stack.pop()
            for target in edges[node]:
                if target == root:
                    found.append(path)
                elif order[target] > order[root] and target not in path and len(path) < LONGEST_LOOP:
                    stack.append((target, [*path, target]))
    ordered = sorted(found, key=lambda loop: (len(loop), [order[node] for node in loop]))
    return ordered[:MOST_LOOPS], len(ordered) > MOST_LOOPS


def cut_points(edges: Edges) -> list[str]:
    """Nodes without which the (undirected) graph falls apart."""
    near: dict[str, set[str]] = {node: set() for node in edges}
    for node, targets in edges.items():
        for target in targets:
            near[node].add(target)
            near[target].add(node)

    def pieces(without: str | None) -> int:
        left = [node for node in edges if node != without]
        seen: set[str] = set()
        count = 0
        for start in left:
            if start in seen:
                continue
            count += 1
            queue = [start]
            while queue:
                node = queue.pop()
                if node not in seen:
                    seen.add(node)
                    queue += [other for other in near[node] if other != without]
        return count

    whole = pieces(None)
    return [node for node in edges if pieces(node) > whole - (not near[node])]
