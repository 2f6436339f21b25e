"""What holds for every test: asyncio, no network, nobody's own sessions, the same examples each time."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.postgres import server

# No deadline: a busy machine is no failure. Derandomized: a red test is red for everybody.
settings.register_profile("pixel", deadline=None, derandomize=True, database=None)
settings.load_profile("pixel")

_LOOPBACK = ("127.", "::1", "localhost")


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return  # a Unix socket's address is no tuple
    host = str(arguments[1][0])
    if not host.startswith(_LOOPBACK):
        raise RuntimeError(f"a test tried to reach {host!r}; tests use no network")


sys.addaudithook(_refuse_network)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server, started for the first test that asks."""
    with server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def _data_folder_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test opens the sessions of the person who runs it."""
    os.environ["PIXEL_DATA_DIR"] = str(tmp_path_factory.mktemp("data"))
    os.environ.pop("PIXEL_DATABASE_URL", None)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return Path(__file__).parent.parent
