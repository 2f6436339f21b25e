"""Office files are zip archives; this makes their bytes depend on nothing but their content."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip entry can carry


def stable_zip(data: bytes) -> bytes:
    """The same archive with every entry's time fixed; order and content stay."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 3  # whichever system writes it
            fixed.external_attr = 0o600 << 16
            target.writestr(fixed, source.read(entry))
    return out.getvalue()
