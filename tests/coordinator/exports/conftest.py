"""The plan that every exporter's test writes."""

import pytest

from coordinator.exports.deliverable import Deliverable
from tests.coordinator.exports.sample import sample


@pytest.fixture(scope="session")
def plan() -> Deliverable:
    return sample()
