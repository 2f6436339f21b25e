"""Killed at a tick of the loop or a call of the database, a run resumes to the same plan.

CI kills at every STRIDE-th place; `make crash` kills at every single one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

STRIDES = {"database": 7, "tick": 16}


@pytest.mark.parametrize("where", ["database", "tick"])
@pytest.mark.timeout(3600)
def test_a_killed_run_resumes_to_the_same_plan_and_repeats_only_what_was_in_flight(where: str, tmp_path: Path) -> None:
    stride = int(os.environ.get("PIXEL_CRASH_STRIDE", STRIDES[where]))
    folder = tmp_path / "whole"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.spine.crash", str(folder), where, str(stride), "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["runs"] >= found["count"] // stride
    assert found["bad"] == []
    assert found["killed"] >= found["runs"] - 2  # the last ticks of a run differ by one or two
