"""What working on sessions needs, put together once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator.roster import Roster
from store.database import Database

Progress = Callable[[str, dict[str, Any]], None]
Clock = Callable[[], datetime]
LIFETIME = timedelta(hours=24)
RETENTION = timedelta(days=90)


@dataclass(frozen=True)
class Desk:
    """The store, the experts, a clock, a folder for locks, somebody to tell, how long sessions stay open and are kept after that."""

    database: Database
    roster: Roster
    clock: Clock
    locks: Path
    progress: Progress = lambda _kind, _data: None
    lifetime: timedelta = LIFETIME
    retention: timedelta = RETENTION
    relayed: bool = True
    """Whether an approval counts that an assistant passes on for a person."""
