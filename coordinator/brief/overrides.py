"""Facts changed on the command line: `--set budget.total=200000`."""

from collections.abc import Iterable
from dataclasses import dataclass

from coordinator.brief.keys import check_path
from coordinator.brief.toml_text import parse_toml
from coordinator.brief.values import Scalar, check_text, check_value
from experts.core.errors import InvalidInput

PLACE = "--set"


@dataclass(frozen=True)
class Override:
    """A new value of one fact, as text for its schema to read; None removes the fact."""

    path: str
    value: str | list[Scalar] | None


def parse_override(text: str) -> Override:
    """Read one `path=value`.

    The value is the text after the first `=`; one that begins with `[` is a TOML list;
    nothing or `null` removes the fact. Raises InvalidInput.
    """
    path, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not path:
        raise InvalidInput(
            f"{PLACE} {text[:80]!r} is not path=value; write for example {PLACE} budget.total=200000", seen=text
        )
    check_path(path, PLACE)
    if path == "flow":
        raise InvalidInput(
            f"{PLACE} {text[:80]!r}: the flow of a brief cannot be set; name the flow itself", field="flow"
        )
    if value in ("", "null"):
        return Override(path, None)
    if not value.startswith("["):
        return Override(path, check_text(value, PLACE, path))
    try:
        tree = parse_toml(f"value = {value}", PLACE)
    except InvalidInput as error:
        raise _no_list(path, value) from error
    if set(tree) != {"value"} or not isinstance(tree["value"], list):
        raise _no_list(path, value)
    found = check_value(tree["value"], PLACE, path)
    return Override(path, found if isinstance(found, list) else [found])


def parse_overrides(texts: Iterable[str]) -> dict[str, Override]:
    """Read several by path; one path set twice is InvalidInput, since the order of options should not matter."""
    found: dict[str, Override] = {}
    for text in texts:
        override = parse_override(text)
        if override.path in found and found[override.path] != override:
            raise InvalidInput(f"{PLACE} gives {override.path} two values; give it once", field=override.path)
        found[override.path] = override
    return found


def _no_list(path: str, value: str) -> InvalidInput:
    return InvalidInput(
        f"{PLACE} {path}: {value[:80]!r} is not a list; "
        f'write for example {PLACE} {path}=\'["Ines Calder", "Lena Fujita"]\'',
        field=path,
        seen=value,
    )
