"""Which experts there are. Knows neither coordinator nor store, so that serving one expert starts fast."""

import functools
import logging

from experts.core.discovery import Expert, discover, load_expert, profiles
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean


def quiet() -> None:
    """Logs go to stderr, and only what an operator must see."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    for name in ("mcp", "httpx2", "httpx", "alembic", "uvicorn.access", "matplotlib", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)


@functools.cache
def experts(package: str = "experts") -> dict[str, Expert]:
    """Every expert of the suite, by id."""
    return {expert.profile.id: expert for expert in discover(package)}


def one_expert(name: str, actions: bool = True, package: str = "experts") -> Expert:
    """One expert alone, with or without its actions; the others are not loaded. InvalidInput names the nearest id of one that is not there."""
    folders = profiles(package)
    if name not in folders:
        raise InvalidInput(f"there is no expert {name!r}{did_you_mean(name, folders)}")
    return load_expert(folders[name], f"{package}.{folders[name].name}", actions)


def coordinator_path(expert: Expert) -> str:
    """Where an expert serves its coordinator profile over HTTP."""
    return f"{expert.profile.endpoint}/actions"
