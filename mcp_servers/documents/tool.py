"""`make_document`: the tool that turns another tool's result into a picture or a file."""

import base64
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

from mcp_types import BlobResourceContents, CallToolResult, EmbeddedResource, ImageContent, ResourceLink, TextContent
from pydantic import Field, ValidationError

from experts.core.contract import Model
from experts.core.discovery import Expert, load_view
from experts.core.errors import InvalidInput, PixelError, Unavailable
from experts.core.names import did_you_mean
from experts.core.view import View, plain_view, spoken
from experts.core.worksheet import to_json
from mcp_servers.documents.render import File, file_of, formats_of
from mcp_servers.tools import StrictTool, first_problem, refusal


class MadeDocument(Model):
    """What was made: the file's name, kind and size, where it is, and what else could be made."""

    tool: str
    title: str
    format: str
    name: str
    mime: str
    bytes: int
    sha256: str
    path: str = ""
    formats: list[str]
    pictures: list[str] = []


def make_document_of(expert: Expert, tools: Mapping[str, StrictTool], folder: Path | None) -> Callable[..., Any]:
    """The tool for one expert. Files go to `folder`; without one they are embedded in the answer."""

    def make_document(
        tool: str,
        arguments: Annotated[dict[str, Any], Field(description="What that tool is called with.")],
        format: Annotated[
            str, Field(description="docx, pdf, xlsx; svg, png; or the tool's own: ics, css, pptx …")
        ] = "docx",
        name: Annotated[str, Field(description="Which picture or file, if there are several.")] = "",
    ) -> CallToolResult:
        """Run one of this expert's tools and make a picture or document of the result.

        Use when somebody should see, keep or send it: chart, report, workbook, calendar.
        """
        try:
            view = _view(expert, tools, tool, arguments)
            file = file_of(view, tool, format, name)
            return _answer(view, tool, format.lower().lstrip("."), file, folder)
        except PixelError as error:
            return refusal(error)
        except ValidationError as error:
            return refusal(first_problem(error, tool))

    return make_document


def _view(expert: Expert, tools: Mapping[str, StrictTool], tool: str, arguments: dict[str, Any]) -> View:
    if tool not in tools:
        raise InvalidInput(f"there is no tool {tool!r}{did_you_mean(tool, tools)}", field="tool", seen=tool)
    known = tools[tool].parameters.get("properties", {})
    for key in arguments:
        if key not in known:
            raise InvalidInput(f"{tool} has no argument {key!r}{did_you_mean(key, known)}", field=f"arguments.{key}")
    values = tools[tool].fn_metadata.validate_arguments(arguments)
    result = expert.tools[tool](**values)
    made = load_view(expert, tool)
    return plain_view(spoken(tool), result) if made is None else made(result, values)


def _answer(view: View, tool: str, format: str, file: File, folder: Path | None) -> CallToolResult:
    digest = hashlib.sha256(file.data).hexdigest()
    path = None if folder is None else _save(file, digest, folder)
    made = MadeDocument(
        tool=tool,
        title=view.title,
        format=format,
        name=file.name,
        mime=file.mime,
        bytes=len(file.data),
        sha256=digest,
        path=str(path or ""),
        formats=formats_of(view),
        pictures=list(view.pictures),
    )
    where = f"saved at {path}" if path else "attached"
    content: list[Any] = [TextContent(type="text", text=f"{view.title}: {file.name} ({_size(file)}) is {where}.")]
    encoded = base64.b64encode(file.data).decode()
    if format == "png":
        content.append(ImageContent(type="image", data=encoded, mime_type="image/png"))
    if path is not None:
        content.append(ResourceLink(type="resource_link", uri=path.as_uri(), name=file.name, mime_type=file.mime))
    elif format != "png":
        resource = BlobResourceContents(uri=f"document://{digest[:16]}/{file.name}", mime_type=file.mime, blob=encoded)
        content.append(EmbeddedResource(type="resource", resource=resource))
    return CallToolResult(content=content, structured_content=to_json(made))


def _save(file: File, digest: str, folder: Path) -> Path:
    """The file in `folder` under a name that says its content: another content is another file."""
    stem, dot, suffix = file.name.rpartition(".")
    path = folder / f"{stem}-{digest[:8]}{dot}{suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as half:
            half.write(file.data)
        os.replace(half.name, path)
    except OSError as error:
        raise Unavailable(f"{path} cannot be written ({error.strerror}); free or choose the data folder") from error
    return path


def _size(file: File) -> str:
    return f"{len(file.data)} bytes" if len(file.data) < 1024 else f"{round(len(file.data) / 1024)} KB"
