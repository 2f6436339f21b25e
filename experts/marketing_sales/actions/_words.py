"""Small pieces of prose that the documents of this expert share."""

from collections.abc import Mapping, Sequence

RESULTS = "[[fact:campaign.result_name]]"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def title_of(key: str, label: str | None) -> str:
    """A label as given, else the id as words: "paid_social" is "Paid social"."""
    plain = (label or "").replace("[[", "[").replace("]]", "]").strip()
    return plain or key.replace("_", " ").replace("-", " ").strip().capitalize() or key


def joined(names: Sequence[str], most: int = 8) -> str:
    """ "a", "a and b", "a, b and c"; of more than `most` the last are not named."""
    if len(names) > most:
        names = [*names[: most - 1], "others"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def counted(number: int, one: str, many: str) -> str:
    """ "one channel", "four channels"; above ten "many channels", since prose writes no digits."""
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else 'many'} {one if number == 1 else many}"


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def relabel(texts: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """Messages of a tool, which knows ids only, with the channels' labels in their place."""
    for key, label in labels.items():
        texts = [text.replace(repr(key), label) for text in texts]
    return list(texts)
