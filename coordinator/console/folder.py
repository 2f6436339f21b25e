"""Whether an export can go where it is wanted, asked before any work is done."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from experts.core.errors import Unavailable


def check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be made or written to; nothing is left behind.

    Permissions do not tell (read-only disks, root), so something is really made and removed.
    Raises Unavailable, naming the folder and the way out.
    """
    shown = repr(str(folder))
    try:
        there = folder
        while not there.exists():
            there = there.parent
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
        probe = tempfile.mkdtemp(prefix=".pixel-probe-", dir=there)
        with contextlib.suppress(OSError):
            Path(probe).rmdir()
    except (OSError, ValueError) as error:
        raise Unavailable(f"{_problem(error, shown)}; name another folder with --out") from error


def _problem(error: OSError | ValueError, shown: str) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"the folder {shown} cannot be written to; make it writable"
    if number in (errno.ENOTDIR, errno.EEXIST):
        return f"{shown} is a file or lies below one, so nothing can be put there"
    if number in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk that holds the folder {shown} is full; free some space"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"the folder {shown} cannot be written to ({reason.lower()})"
