"""Where each file goes: the new tree as a picture, and the moves as a table."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.personal_assistant.tools.organize_documents import DocumentPlan
from experts.personal_assistant.views._draw import BLUE, GREEN, MUTED, RUST, Drawing, counted, shorten

_SHOWN = 70


def view(result: DocumentPlan, arguments: Mapping[str, Any]) -> View:
    """The proposed tree; duplicates and files past retention are marked."""
    kept = [one for one in result.files if one.new_path]
    copies = len(result.files) - len(kept)
    title = f"{counted(len(kept), 'file')} named and filed, {counted(copies, 'duplicate')}"
    if result.retention_over:
        title += f", {len(result.retention_over)} past retention"
    columns = {
        "path": ("Now", "text"),
        "new": ("Proposed", "text"),
        "until": ("Keep until", "text"),
        "note": ("Note", "text"),
    }
    rows = [
        {
            "path": one.path,
            "new": one.new_path or f"duplicate of {one.duplicate_of}",
            "until": f"{one.keep_until or ''}",
            "note": "past retention: check for a hold" if one.retention_over else "",
        }
        for one in result.files
    ]
    versions = [" / ".join(paths) for paths in result.possible_versions]
    return View(
        title=title,
        blocks=document(
            Picture(picture="tree", title=title, alt=f"The proposed folders with their files. {title}."),
            grid("Moves", columns, rows, note="A proposal: nothing has been moved or deleted."),
            *([ItemList(title="Possible versions of one document", items=versions)] if versions else []),
            *closing(result),
        ),
        pictures={"tree": _tree(result, title)},
    )


def _tree(result: DocumentPlan, title: str) -> str:
    made = Drawing(880, title)
    y = made.top + 6
    copies: dict[str, int] = {}
    for one in result.files:
        if one.duplicate_of:
            copies[one.duplicate_of] = copies.get(one.duplicate_of, 0) + 1
    files = sorted((one for one in result.files if one.new_path), key=lambda one: one.new_path)
    open_folders: tuple[str, ...] = ()
    for one in files[:_SHOWN]:
        *folders, name = one.new_path.split("/")
        for depth, folder in enumerate(folders):
            if open_folders[: depth + 1] != tuple(folders[: depth + 1]):
                x = 24 + 26 * depth
                made.rect(x, y + 3, 14, 10, GREEN, radius=2)
                made.text(x + 22, y + 13, f"{folder}/", 12, GREEN, bold=True)
                y += 22
        open_folders = tuple(folders)
        x = 24 + 26 * len(folders)
        made.line(x - 19, y - 6, x - 19, y + 8)
        made.line(x - 19, y + 8, x - 4, y + 8)
        note = f"+ {copies[one.path]} duplicate" if one.path in copies else ""
        made.text(x, y + 12, shorten(name, 12, 600), 12, RUST if one.retention_over else BLUE)
        made.text(860, y + 12, "; ".join(filter(None, (note, _kept(one.retention_over)))), 11, MUTED, "end")
        y += 22
    if len(files) > _SHOWN:
        made.text(76, y + 13, f"and {len(files) - _SHOWN} more", 11, MUTED)
        y += 22
    return made.svg(y + 16)


def _kept(over: bool) -> str:
    return "past retention" if over else ""
