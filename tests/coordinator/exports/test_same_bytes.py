"""The same plan gives the same bytes, whatever the process, zone, locale or hash seed."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.registry import render_all

ROOT = Path(__file__).parents[3]
PROGRAM = """
import hashlib, json
from coordinator.exports.registry import render_all
from tests.coordinator.exports.sample import sample
files = render_all(sample()).files
print(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}))
"""


def digests(**environment: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_every_file_is_the_same_in_another_process_zone_and_hash_seed(plan: Deliverable) -> None:
    rendered = render_all(plan)
    assert rendered.failed == {}
    here = {name: hashlib.sha256(data).hexdigest() for name, data in rendered.files.items()}
    assert len(here) == 11
    assert digests(TZ="Asia/Tokyo", PYTHONHASHSEED="1") == here
    assert digests(TZ="America/Los_Angeles", PYTHONHASHSEED="2", LC_ALL="C", LANG="C") == here


def test_rendering_again_gives_the_same_bytes(plan: Deliverable) -> None:
    assert render_all(plan).files == render_all(plan).files
