"""What the views of this expert share: a page with pictures, tables, questions and closing; figures as words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.contract import Model
from experts.core.quantities import plain, round_to
from experts.core.view import View, closing, document, grid

_ACRONYMS = frozenset({"ai", "api", "arr", "crm", "hr", "irr", "it", "npv", "roi", "sms", "trl", "ui", "us"})

__all__ = ["amount", "brief", "counted", "figure", "grid", "page", "percent", "words"]


def words(key: str) -> str:
    """A key as a person writes it: paid_search is "Paid search"."""
    text = " ".join(part.upper() if part in _ACRONYMS else part for part in key.replace("_", " ").split(" ")).strip()
    return text[:1].upper() + text[1:]


def figure(value: Decimal | int, places: int = 2) -> str:
    """A number with thousands separated and at most `places` digits."""
    text = plain(round_to(Decimal(value), places))
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, rest = digits.partition(".")
    return f"{sign}{int(whole):,}" + (f".{rest}" if rest else "")


def amount(value: Decimal, currency: str = "") -> str:
    """A large amount in short form: 24.0 million, 720 thousand."""
    size = abs(value)
    for limit, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if size >= limit:
            return f"{figure(value / limit, 1)} {name} {currency}".strip()
    return f"{figure(value, 0 if size >= 1000 else 2)} {currency}".strip()


def brief(text: str, width: int = 44) -> str:
    """A name short enough for a title."""
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 feature", "3 features"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(value: Decimal, places: int = 1) -> str:
    """A fraction as a percentage."""
    return f"{plain(round_to(value * 100, places))}\u00a0%"


def page(
    title: str,
    result: Any,
    *bodies: Model,
    pictures: Mapping[str, tuple[str, str]] | None = None,
    files: dict[str, str | bytes] | None = None,
    subtitle: str = "",
) -> View:
    """A view: pictures (id: svg, what it shows) first, then tables, the playbook's questions, warnings and method."""
    shown = [Picture(picture=name, title="", alt=alt) for name, (_, alt) in (pictures or {}).items()]
    asked = getattr(result, "questions", [])
    extra = [ItemList(title="Questions to put to people", items=list(asked))] if asked else []
    return View(
        title=title,
        subtitle=subtitle,
        blocks=document(*shown, *bodies, *extra, *closing(result)),
        pictures={name: svg for name, (svg, _) in (pictures or {}).items()},
        files=files or {},
    )
