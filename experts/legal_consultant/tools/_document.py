"""The text of a contract that arrives as a file: Word or PDF, base64."""

import base64
import binascii
import io
import xml.etree.ElementTree as ET
import zipfile

from experts.core.errors import InvalidInput
from experts.legal_consultant.tools._text import LONGEST

LARGEST = 6_000_000
_UNPACKED = 30_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of_file(encoded: str, field: str = "file") -> str:
    """The text of a .docx or .pdf. InvalidInput for anything else, for a scan without text, and for oversized files."""
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput(f"{field} is not base64; encode the bytes of a .docx or .pdf", field=field) from error
    if data.startswith(b"%PDF"):
        text = _pdf(data, field)
    elif data.startswith(b"PK"):
        text = _docx(data, field)
    else:
        raise InvalidInput(f"{field} is neither a Word document (.docx) nor a PDF; give the text instead", field=field)
    if not text.strip():
        raise InvalidInput(
            f"{field} has no text; a scanned page is a picture, so run it through OCR and give the text", field=field
        )
    if len(text) > LONGEST:
        raise InvalidInput(f"{field} has {len(text)} characters; at most {LONGEST} can be read at once", field=field)
    return text


def _docx(data: bytes, field: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("word/document.xml").file_size > _UNPACKED:
                raise InvalidInput(f"{field} is too large when unpacked; give the text", field=field)
            root = ET.fromstring(archive.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, ET.ParseError) as error:
        raise InvalidInput(f"{field} is not a readable Word document; save it again as .docx", field=field) from error
    lines = []
    for paragraph in root.iter(f"{_W}p"):
        parts = []
        for node in paragraph.iter():
            if node.tag == f"{_W}t":
                parts.append(node.text or "")
            elif node.tag in (f"{_W}tab", f"{_W}br"):
                parts.append(" ")
        lines.append("".join(parts))
    return "\n\n".join(line for line in lines if line.strip())


def _pdf(data: bytes, field: str) -> str:
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise InvalidInput(f"{field} is not a readable PDF (damaged or with a password)", field=field) from error
    try:
        pages = [page.get_textpage().get_text_bounded() for page in list(paper)[:400]]
    finally:
        paper.close()
    return "\n".join(pages).replace("\r\n", "\n")
