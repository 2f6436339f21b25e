"""Settings: config.toml, overridden by a file of the user's own, overridden by PIXEL_ environment variables."""

import os
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from experts.core.contract import Model
from experts.core.errors import ConfigurationError
from experts.core.names import did_you_mean

OWN = "PIXEL_CONFIG"
"""The environment variable that names a file of the user's own."""
DEFAULTS = Path(__file__).parent.parent / "config.toml"
_VARIABLES = {
    "PIXEL_DATA_DIR": ("store", "data_dir"),
    "PIXEL_DATABASE_URL": ("store", "database_url"),
    "PIXEL_HTTP_HOST": ("http", "host"),
    "PIXEL_HTTP_PORT": ("http", "port"),
    "PIXEL_SESSION_HOURS": ("sessions", "lifetime_hours"),
}


class Store(Model):
    data_dir: str
    database_url: str


class Http(Model):
    host: str
    port: int = Field(ge=1, le=65535)


class Sessions(Model):
    lifetime_hours: int = Field(ge=1, le=24 * 366)
    retention_days: int = Field(ge=0, le=36_600)
    relayed_approvals: bool

    @property
    def retention(self) -> timedelta:
        """How long an expired session is kept before `pixel sessions purge` removes it."""
        return timedelta(days=self.retention_days)

    @property
    def lifetime(self) -> timedelta:
        """How long a session stays open after its last change."""
        return timedelta(hours=self.lifetime_hours)


class Foreign(Model):
    """Somebody else's MCP server: a command that serves on stdio, or a URL of streamable HTTP."""

    command: list[str] = []
    url: str = ""
    env: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.command) == bool(self.url):
            raise ValueError("give a command or a url, and not both")
        if self.url and not self.url.startswith(("http://", "https://")):
            raise ValueError(f"{self.url!r} is not a URL; for example http://127.0.0.1:9000/mcp")
        return self


class Settings(Model):
    """Every setting of the suite."""

    store: Store
    http: Http
    sessions: Sessions
    experts: dict[str, Foreign] = {}

    @property
    def data_dir(self) -> Path:
        """Where sessions, locks and the default database are."""
        if self.store.data_dir:
            return Path(self.store.data_dir).expanduser()
        from platformdirs import user_data_path

        return user_data_path("pixel-experts", appauthor=False)

    @property
    def database_url(self) -> str:
        """The database to open."""
        from store.database import sqlite_url

        return self.store.database_url or sqlite_url(self.data_dir)


def _own(path: Path, values: dict[str, Any]) -> dict[str, Any]:
    """The defaults with what a file of the user's own says over them, section by section."""
    try:
        own = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{OWN}: {path} cannot be read: {error}") from error
    return {
        name: {**values.get(name, {}), **own[name]}
        if isinstance(own.get(name), dict)
        else own.get(name, values.get(name))
        for name in values | own
    }


def load_settings(environment: Mapping[str, str] | None = None, path: Path = DEFAULTS) -> Settings:
    """Read the settings; ConfigurationError names the file or variable and the key."""
    environment = os.environ if environment is None else environment
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path.name} cannot be read: {error}") from error
    if environment.get(OWN):
        values = _own(Path(environment[OWN]).expanduser(), values)
    for variable, (section, key) in _VARIABLES.items():
        if environment.get(variable):
            values[section] = {**values.get(section, {}), key: environment[variable]}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        variable = next((v for v, place in _VARIABLES.items() if ".".join(place) == key), "")
        hint = (
            did_you_mean(key, [".".join(place) for place in _VARIABLES.values()])
            if first["type"] == "extra_forbidden"
            else ""
        )
        name = Path(environment[OWN]).name if environment.get(OWN) else path.name
        raise ConfigurationError(
            f"{variable if environment.get(variable) else name}: {key}: {first['msg']}{hint}"
        ) from error
