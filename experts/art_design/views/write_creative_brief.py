"""The creative brief as one page of Word, and as a card to pin up."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._letters import wrap_most
from experts.art_design.tools._scene import ACCENT, INK, LINE, MUTED, PANEL, Scene
from experts.art_design.tools.write_creative_brief import CreativeBrief
from experts.art_design.views._page import EDGE, INNER, counted, label, sheet
from experts.core.blocks import Callout, Heading, ItemList, Prose
from experts.core.view import View, closing, document


def view(result: CreativeBrief, arguments: Mapping[str, Any]) -> View:
    """The brief from objective to what is open."""
    title = f"Creative brief: {result.project}"
    lists = [
        ("Reasons to believe it", result.reasons),
        ("Tone", result.tone),
        ("Mandatories", result.mandatories),
        ("Deliverables", result.deliverables),
    ]
    bodies: list[Any] = [
        Heading(text="Objective", level=2),
        Prose(text=result.objective),
        Heading(text="Audience", level=2),
        Prose(text=result.audience),
        Heading(text="The one message", level=2),
        Callout(tone="decision", text=result.message),
    ]
    bodies += [ItemList(title=name, items=items) for name, items in lists if items]
    if result.success:
        bodies += [Heading(text="How we will know", level=2), Prose(text=result.success)]
    if result.due:
        bodies += [Heading(text="Due", level=2), Prose(text=result.due.isoformat())]
    if result.open:
        bodies.append(ItemList(title="Still open", items=result.open))
    bodies.append(Prose(text="Agreed by: ______________________   Date: ______________"))
    state = "complete" if result.complete else f"{counted(len(result.open), 'part')} still open"
    return View(
        title=title,
        subtitle=state,
        # The card repeats the page, so it is a picture beside it and not a part of it.
        blocks=document(*bodies, *closing(result)),
        pictures={"card": _card(result, title, lists).svg()},
    )  # fmt: skip


def _card(result: CreativeBrief, title: str, lists: list[tuple[str, list[str]]]) -> Scene:
    scene, y = sheet(title, f"Due {result.due.isoformat()}" if result.due else "")
    lines = wrap_most(result.message, 26, INNER - 64, 5, True)
    high = len(lines) * 35 + 66
    scene.rect(EDGE, y, INNER, high, ACCENT, radius=12)
    scene.text(EDGE + 32, y + 36, "The one thing to say", 12, "#FFFFFF", True)
    for at, line in enumerate(lines):
        scene.text(EDGE + 32, y + 74 + at * 35, line, 26, "#FFFFFF", True)
    y += high + 36
    half = (INNER - 40) / 2
    ends = []
    for at, (name, said) in enumerate((("Objective", result.objective), ("Audience", result.audience))):
        x = EDGE + at * (half + 40)
        top = label(scene, y, name, x, x + half)
        ends.append(scene.lines(x, top, said, half, 6, 14, INK))
    y = max(ends) + 18
    shown = [(name, items) for name, items in [*lists, ("How we will know", [result.success] if result.success else [])]
             if items]  # fmt: skip
    for row in range(0, len(shown), 2):
        ends = []
        for at, (name, items) in enumerate(shown[row : row + 2]):
            x = EDGE + at * (half + 40)
            top = label(scene, y, name, x, x + half)
            for item in items[:8]:
                scene.circle(x + 4, top - 5, 3, ACCENT)
                top = scene.lines(x + 18, top, item, half - 18, 3, 13, INK) + 4
            if len(items) > 8:
                scene.text(x + 18, top, f"and {len(items) - 8} more", 12, MUTED)
                top += 18
            ends.append(top)
        y = max(ends) + 18
    if result.open:
        wrapped = wrap_most("Still open: " + "; ".join(result.open), 12.5, INNER - 40, 4)
        scene.rect(EDGE, y - 8, INNER, len(wrapped) * 18 + 26, PANEL, LINE, radius=8)
        for at, line in enumerate(wrapped):
            scene.text(EDGE + 20, y + 14 + at * 18, line, 12.5, INK)
        y += len(wrapped) * 18 + 32
    scene.height = y + EDGE / 2
    return scene
