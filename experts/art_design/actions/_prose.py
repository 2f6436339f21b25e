"""Words shared by the documents of this expert."""

import re

_NOT_FREE = re.compile(
    r"\d|\b(?:eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billion|dozens?)\b",
    re.IGNORECASE,
)


def quoted(text: str, ref: str) -> str:
    """`text` itself, or a citation of it where it holds numbers, which prose may only cite."""
    return f"[[{ref}]]" if _NOT_FREE.search(text.replace("WCAG 2.2", "")) or "[[" in text else text


def title_of(key: str, label: str | None) -> str:
    """A label as given, else the id as words: "paid_social" is "Paid social"."""
    return label or key.replace("_", " ").replace("-", " ").strip().capitalize() or key


def listed(items: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def counted(number: int, ref: str, one: str, many: str) -> str:
    """ "[[ref]] piece" or "[[ref]] pieces"."""
    return f"[[{ref}]] {one if number == 1 else many}"


def sentence(text: str) -> str:
    """The text with a full stop, if it does not end in a mark of its own."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "\u2026", "]]")) else f"{text}."
