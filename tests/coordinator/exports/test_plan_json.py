"""plan.json: canonical."""

import json

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.plan_json import render


def test_keys_are_sorted_and_text_stays_readable(plan: Deliverable) -> None:
    data = render(plan)["plan.json"].decode()
    assert json.loads(data) == plan.raw
    assert data.index('"facts"') < data.index('"session"') and "Häuser & <b>" in data
    assert data.endswith("}\n")
