"""A view as a Word document, by the plan's own Word exporter."""

from datetime import UTC, datetime

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.docx import render
from experts.core.blocks import Picture, block
from experts.core.view import View

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same view gives the same bytes


def word(view: View) -> bytes:
    """The view as .docx: title, pictures that no block places, then the blocks."""
    placed = {str(piece.body.get("picture")) for piece in view.blocks if piece.kind == "picture"}
    loose = [
        block(f"picture-{number}", Picture(picture=picture, title="", alt=view.title))
        for number, picture in enumerate(view.pictures)
        if picture not in placed
    ]
    plan = Deliverable(
        title=view.title,
        subtitle=view.subtitle,
        session="",
        made_on=_UNDATED,
        currency="",
        front=[*loose, *view.blocks],
        pictures=view.pictures,
    )
    return render(plan)["plan.docx"]
