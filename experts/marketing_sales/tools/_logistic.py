"""Logistic regression by maximum likelihood: Newton's method, which for this model is iteratively reweighted least squares."""

import math
from typing import NamedTuple

ROUNDS, CLOSE, STEEP = 50, 1e-10, 30.0


class Logistic(NamedTuple):
    """Coefficients and their standard errors, the intercept first."""

    coefficients: list[float]
    errors: list[float]


def fit(rows: list[list[float]], won: list[bool]) -> Logistic | None:
    """Maximum-likelihood coefficients (Hosmer, Lemeshow & Sturdivant 2013, ch. 2).

    None if there is no finite answer: the rows separate won from lost, or a column is a mix of others.
    """
    table = [[1.0, *row] for row in rows]
    size = len(table[0])
    beta = [0.0] * size
    for _ in range(ROUNDS):
        gradient, information = [0.0] * size, [[0.0] * size for _ in range(size)]
        for row, hit in zip(table, won, strict=True):
            chance = 1 / (1 + math.exp(-max(-500.0, min(500.0, sum(b * x for b, x in zip(beta, row, strict=True))))))
            left, weight = hit - chance, chance * (1 - chance)
            for i, x in enumerate(row):
                gradient[i] += left * x
                for j in range(i + 1):
                    information[i][j] += weight * x * row[j]
        for i in range(size):
            for j in range(i):
                information[j][i] = information[i][j]
        inverse = _inverse(information)
        if inverse is None:
            return None
        step = [sum(a * g for a, g in zip(line, gradient, strict=True)) for line in inverse]
        beta = [b + s for b, s in zip(beta, step, strict=True)]
        if max(map(abs, beta)) > STEEP:
            return None
        if max(map(abs, step)) < CLOSE:
            return Logistic(beta, [math.sqrt(inverse[i][i]) for i in range(size)])
    return None


def _inverse(matrix: list[list[float]]) -> list[list[float]] | None:
    """Gauss-Jordan with row exchange; None where the matrix is singular for practical purposes."""
    size = len(matrix)
    rows = [[*line, *(float(i == j) for j in range(size))] for i, line in enumerate(matrix)]
    largest = max(abs(value) for line in matrix for value in line)
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda i: abs(rows[i][pivot]))
        if abs(rows[best][pivot]) <= 1e-12 * largest:
            return None
        rows[pivot], rows[best] = rows[best], rows[pivot]
        head = rows[pivot][pivot]
        rows[pivot] = [value / head for value in rows[pivot]]
        for other in range(size):
            factor = rows[other][pivot]
            if other != pivot and factor:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)]
    return [line[size:] for line in rows]
