"""Both sides hold the same keys (of a table) or the same items (of a list)."""


def set_equal(left: dict[str, object], right: dict[str, object]) -> str | None:
    """None if the sets are equal, else what only one side has."""
    a, b = (
        {str(item) for value in side.values() for item in (value if isinstance(value, dict | list) else [value])}
        for side in (left, right)
    )
    if a == b:
        return None
    left_only, right_only = (", ".join(sorted(side)) or "nothing" for side in (a - b, b - a))
    return f"only on the left: {left_only}; only on the right: {right_only}"
