"""Put an export into a folder: all of it or nothing."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from experts.core.errors import ConfigurationError, Unavailable

MANIFEST = ".pixel-export.json"
_STAGING = ".pixel-export-"


def write_files(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write `files` (name, possibly with folders, to bytes) into `folder`; returns their paths in order of name.

    Everything is written beside its place first; then all of it is moved in, the manifest
    last. If anything fails, the folder is as it was before. Files that an earlier export
    wrote, that this one no longer has and that nobody has changed since, are removed.
    Raises Unavailable, naming the folder and the way out, if the folder is read-only or a
    file, the disk is full, or a file cannot be replaced.
    """
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts or name == MANIFEST or "\\" in name:
            raise ConfigurationError(f"file name {name!r} of an export leaves its folder; use a plain relative name")
    made: list[Path] = []
    try:
        with _undone_on_failure(made):
            _make_folder(folder, made)
            _write(files, folder, made)
    except OSError as error:
        raise Unavailable(_sentence(error, folder)) from error
    return [folder / name for name in sorted(files)]


@contextlib.contextmanager
def _undone_on_failure(made: list[Path]) -> Iterator[None]:
    """Remove the folders in `made`, innermost first, if the block fails."""
    try:
        yield
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir()
        made.append(path)


def _write(files: Mapping[str, bytes], folder: Path, made: list[Path]) -> None:
    for leftover in folder.glob(f"{_STAGING}*/"):  # of an export that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    earlier = _read_manifest(folder)
    manifest = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    text = json.dumps({"files": manifest}, indent=2, sort_keys=True) + "\n"
    order = {**dict(sorted(files.items())), MANIFEST: text.encode()}
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    try:
        for number, (name, data) in enumerate(order.items()):
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / name))
            _put(staging / f"{number}.new", data)
        for name in order:
            _make_folder((folder / name).parent, made)
        stale = list(_stale(earlier, manifest, folder))
        _move_in(list(order), stale, folder, staging)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    for name in stale:
        with contextlib.suppress(OSError):  # a folder of ours that is empty now
            if (folder / name).parent != folder:
                (folder / name).parent.rmdir()


def _put(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move_in(names: list[str], stale: list[str], folder: Path, staging: Path) -> None:
    """Move the new files in and the stale ones out; on failure put every old file back."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for number, name in enumerate(stale):
            os.replace(folder / name, staging / f"{number}.stale")
            done.append((folder / name, staging / f"{number}.stale"))
        for number, name in enumerate(names):
            target, old = folder / name, None
            if target.exists():
                old = staging / f"{number}.old"
                _keep(target, old)
            os.replace(staging / f"{number}.new", target)
            done.append((target, old))
    except BaseException:
        for target, old in reversed(done):
            with contextlib.suppress(OSError):
                if old is None:
                    target.unlink()
                else:
                    os.replace(old, target)
        raise


def _keep(target: Path, kept: Path) -> None:
    """A second name for the old file, so that its place is never empty; a copy where there are no links."""
    try:
        os.link(target, kept)
    except OSError:
        shutil.copy2(target, kept)


def _read_manifest(folder: Path) -> dict[str, str]:
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {name: digest for name, digest in files.items() if isinstance(name, str) and isinstance(digest, str)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # none, or not ours to understand: then nothing is stale


def _stale(earlier: Mapping[str, str], now: Mapping[str, str], folder: Path) -> Iterator[str]:
    for name, digest in sorted(earlier.items()):
        path = PurePosixPath(name)
        if name in now or path.is_absolute() or ".." in path.parts:
            continue
        with contextlib.suppress(OSError):
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest:
                yield name


def _sentence(error: OSError, folder: Path) -> str:
    where = f"the folder {str(folder)!r}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk that holds {where} is full; free some space, or name another folder with --out"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        about = f" ({Path(error.filename).name} may be open in another program)" if os.name == "nt" else ""
        return f"{where} cannot be written to{about}; make it writable, or name another folder with --out"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{str(folder)!r} is a file or lies below one, so nothing can be put there; name a folder with --out"
    if error.errno == errno.EISDIR:
        return (
            f"{str(error.filename)!r} is a folder where a file has to go; remove it, or name another folder with --out"
        )
    if error.errno == errno.ENOENT:
        return f"another export wrote into {where} at the same time; run the export again"
    reason = (error.strerror or str(error)).lower()
    return f"{where} cannot be written to ({reason}); name another folder with --out"
