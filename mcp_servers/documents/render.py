"""From a view to the bytes of one file."""

import re
from dataclasses import dataclass

from coordinator.exports._svg import png_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.view import View

PAPER = ("docx", "pdf", "xlsx")
"""Formats that every view has."""

_MIMES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "css": "text/css",
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "txt": "text/plain",
    "md": "text/markdown",
}


@dataclass(frozen=True)
class File:
    """One file: a name of its own, its kind, its bytes."""

    name: str
    mime: str
    data: bytes


def formats_of(view: View) -> list[str]:
    """What a view can be made into: the paper formats, pictures, and the suffixes of its own files."""
    pictures = ["svg", "png"] if view.pictures else []
    own = [name.rsplit(".", 1)[-1].lower() for name in view.files]
    return sorted({*PAPER, *pictures, *own})


def file_of(view: View, tool: str, format: str, name: str = "") -> File:
    """The view as one file of a format; `name` picks among several pictures or own files of that format.

    Raises InvalidInput for a format or name that the view does not have, naming those it has.
    """
    wanted = format.lower().lstrip(".")
    known = formats_of(view)
    if wanted not in known:
        raise InvalidInput(
            f"{tool} cannot be made into {format!r}; it can be {', '.join(known)}", field="format", seen=format
        )
    own = {file: data for file, data in view.files.items() if file.lower().endswith(f".{wanted}")}
    if wanted in ("svg", "png") and not (own and (name in own or not view.pictures)):
        picture = _pick(name, view.pictures, tool, wanted)
        svg = view.pictures[picture]
        return _file(f"{tool}-{picture}.{wanted}", svg.encode() if wanted == "svg" else png_of(picture, svg))
    if own:
        picked = _pick(name, own, tool, wanted)
        data = own[picked]
        return _file(picked, data.encode() if isinstance(data, str) else data)
    if name:
        raise InvalidInput(f"{tool} makes one {wanted}; leave out name {name!r}", field="name", seen=name)
    return _file(f"{tool}.{wanted}", _paper(view, wanted))


def _paper(view: View, format: str) -> bytes:
    if format == "docx":
        from mcp_servers.documents.word import word

        return word(view)
    if format == "pdf":
        from mcp_servers.documents.pdf import pdf

        return pdf(view)
    from mcp_servers.documents.excel import excel

    return excel(view)


def _pick(name: str, among: dict[str, str] | dict[str, str | bytes], tool: str, format: str) -> str:
    if not name:
        return next(iter(among))
    if name not in among:
        raise InvalidInput(
            f"{tool} has no {format} named {name!r}{did_you_mean(name, among)}; it has {', '.join(among)}",
            field="name",
            seen=name,
        )
    return name


def _file(name: str, data: bytes) -> File:
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "document"
    return File(safe, _MIMES.get(safe.rsplit(".", 1)[-1].lower(), "application/octet-stream"), data)
