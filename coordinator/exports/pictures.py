"""pictures/: every picture of the plan as SVG and as PNG at twice its size."""

import re

from coordinator.exports._svg import png_of
from coordinator.exports.deliverable import Deliverable
from experts.core.errors import ConfigurationError

NAME = "pictures"
FILES = ("pictures/*.svg", "pictures/*.png")


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """One SVG and one PNG a picture, named by the picture's id."""
    files: dict[str, bytes] = {}
    for picture, svg in sorted(deliverable.pictures.items()):
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", picture).strip("-")
        if not stem or f"pictures/{stem}.svg" in files:
            raise ConfigurationError(
                f"picture {picture!r} gives no file name of its own; name it with letters or digits"
            )
        files[f"pictures/{stem}.svg"] = svg.encode()
        files[f"pictures/{stem}.png"] = png_of(picture, svg)
    return files
