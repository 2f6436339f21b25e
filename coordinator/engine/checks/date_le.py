"""Every date on the left is at the latest every date on the right."""


def date_le(left: dict[str, object], right: dict[str, object]) -> str | None:
    """None if it holds, else the latest left and the earliest right date."""
    a, b = max(str(value) for value in left.values()), min(str(value) for value in right.values())
    return None if a <= b else f"{a} is later than {b}"
