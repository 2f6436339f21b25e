"""Runs `pixel` as a shell would see it: arguments in; exit code, stdout and stderr out."""

import contextlib
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import cli

ROOT = Path(__file__).parents[2]
FLOW = "marketing_campaign_planning"
TIDEWATER = ROOT / "examples" / "briefs" / "tidewater_campaign.toml"


@dataclass(frozen=True)
class Done:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What stdout holds, all of it, as JSON."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The last line on stderr: what went wrong."""
        return self.err.strip().splitlines()[-1]


def pixel(data: Path, *arguments: str | Path, stdin: str = "") -> Done:
    """Run one command in this process with its sessions below `data`."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, {"PIXEL_DATA_DIR": str(data)}),
        mock.patch("sys.stdin", io.StringIO(stdin)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = cli.invoke([str(argument) for argument in arguments])
    return Done(code, out.getvalue(), err.getvalue())


def tree(folder: Path) -> list[str]:
    """Everything below a folder, hidden files too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
