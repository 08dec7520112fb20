"""Small files in `.grader` in the learner's own folder. They may be damaged or missing.

They aren't trusted: links aren't followed, the size is limited, and a file that can't be read or written
causes no error.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

FOLDER = ".grader"
MAX_BYTES = 1 << 20


def read(folder: Path, name: str) -> bytes:
    """Return the content of a file in `.grader`. It is empty unless the file is regular and not too large."""
    content = b""
    with contextlib.suppress(OSError), _opened(folder) as place:
        # A named pipe must not block.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with _held(os.open(name, flags, dir_fd=place)) as descriptor:
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                content = os.read(descriptor, MAX_BYTES + 1)
    return content if len(content) <= MAX_BYTES else b""


def write(folder: Path, name: str, content: bytes) -> bool:
    """Replace a file in `.grader` completely or keep the old one. Return whether it was written."""
    if len(content) > MAX_BYTES:
        return False
    temporary = f".{name}.{os.getpid()}"
    with contextlib.suppress(OSError):
        with contextlib.suppress(FileExistsError):
            (folder / FOLDER).mkdir()
        with _opened(folder) as place, _removed(temporary, place):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with _held(os.open(temporary, flags, 0o666, dir_fd=place)) as descriptor:
                if os.write(descriptor, content) < len(content):
                    return False
            os.rename(temporary, name, src_dir_fd=place, dst_dir_fd=place)
            return True
    return False


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """Open `.grader` itself. Don't follow a link."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    with _held(os.open(folder / FOLDER, flags)) as place:
        yield place


@contextlib.contextmanager
def _held(descriptor: int) -> Iterator[int]:
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _removed(name: str, place: int) -> Iterator[None]:
    """Remove the temporary file in any case."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name, dir_fd=place)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=place)
