"""plan.json: everything the plan is made of, as canonical JSON."""

import json

from coordinator.exports.deliverable import Deliverable

NAME = "json"
FILES = ("plan.json",)


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """plan.json: sorted keys, two spaces, UTF-8, one line end at the end."""
    text = json.dumps(deliverable.raw, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False)
    return {"plan.json": f"{text}\n".encode()}
