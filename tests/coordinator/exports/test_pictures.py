"""pictures/: one SVG and one PNG a picture."""

import pytest

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.pictures import render
from experts.core.errors import ConfigurationError


def test_every_picture_is_written_twice(plan: Deliverable) -> None:
    files = render(plan)
    assert sorted(files) == [f"pictures/{name}.{kind}" for name in ("allocation", "results") for kind in ("png", "svg")]
    assert files["pictures/allocation.svg"].decode() == plan.pictures["allocation"]
    assert files["pictures/allocation.png"].startswith(b"\x89PNG")


def test_a_picture_id_never_leaves_the_folder_and_never_takes_anothers_name(plan: Deliverable) -> None:
    svg = plan.pictures["results"]
    assert sorted(render(plan.model_copy(update={"pictures": {"../step#gantt": svg}}))) == [
        "pictures/step-gantt.png",
        "pictures/step-gantt.svg",
    ]
    with pytest.raises(ConfigurationError, match="'a/b'"):
        render(plan.model_copy(update={"pictures": {"a-b": svg, "a/b": svg}}))
