"""Pairwise comparison matrices of the analytic hierarchy process."""

from fractions import Fraction

from experts.core.errors import InvalidInput

# Random index by order, Saaty (1980), as reprinted in European Journal of Operational Research 48 (1990).
RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
LARGEST_ORDER = len(RANDOM_INDEX) - 1
_SCALE = (Fraction(1, 9), Fraction(9))


def read_matrix(rows: list[list[str]], order: int, field: str) -> list[list[float]]:
    """The matrix as numbers. InvalidInput for a wrong size, a value off Saaty's scale, or a pair that is not reciprocal."""
    if len(rows) != order or any(len(row) != order for row in rows):
        raise InvalidInput(f"{field} must have {order} rows of {order} values, one for each item in order", field=field)
    exact = [[_entry(text, f"{field}.{i}.{j}") for j, text in enumerate(row)] for i, row in enumerate(rows)]
    for i in range(order):
        if exact[i][i] != 1:
            raise InvalidInput(
                f"{field}: item {i + 1} against itself is {rows[i][i]!r}; write '1'", field=f"{field}.{i}.{i}"
            )
        for j in range(i):
            # Decimals such as 0.333 are meant as 1/3.
            if abs(exact[i][j] * exact[j][i] - 1) > Fraction(1, 100):
                raise InvalidInput(
                    f"{field} is not reciprocal: {rows[i][j]!r} in row {i + 1}, column {j + 1} against {rows[j][i]!r}; "
                    "the one must be 1 over the other",
                    field=f"{field}.{i}.{j}",
                )
    return [[float(value) for value in row] for row in exact]


def _entry(text: str, field: str) -> Fraction:
    try:
        if "_" in text:
            raise ValueError
        value = Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise InvalidInput(f"{text[:20]!r} is not a comparison; write '3', '0.5' or '1/3'", field=field) from error
    if not _SCALE[0] - Fraction(1, 100) <= value <= _SCALE[1]:
        raise InvalidInput(f"{text[:20]!r} is off Saaty's scale of 1/9 to 9", field=field)
    return value


def priorities(matrix: list[list[float]]) -> tuple[list[float], float, float]:
    """Principal eigenvector (sums to 1), largest eigenvalue and consistency ratio, by power iteration."""
    order = len(matrix)
    weights = [1 / order] * order
    for _ in range(10_000):
        product = [sum(a * w for a, w in zip(row, weights, strict=True)) for row in matrix]
        total = sum(product)
        following = [value / total for value in product]
        gap = max(abs(a - b) for a, b in zip(following, weights, strict=True))
        weights = following
        if gap < 1e-14:
            break
    image = [sum(a * w for a, w in zip(row, weights, strict=True)) for row in matrix]
    largest = sum(v / w for v, w in zip(image, weights, strict=True)) / order
    index = (largest - order) / (order - 1) if order > 1 else 0.0
    random = RANDOM_INDEX[order]
    return weights, largest, max(index, 0.0) / random if random else 0.0
