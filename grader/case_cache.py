"""A folder of drawn cases, kept between runs. Everything in it may be deleted at any time.

It is outside the folders that a confined worker can read or write. Without confinement, a submission
could change even the course and the grader, so this folder needs no further protection.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

VARIABLE = "GRADER_CASE_CACHE"
SUFFIX = ".cases"
MOST_BYTES = 256 << 20


def folder() -> Path | None:
    """Return the folder: `$GRADER_CASE_CACHE`, or one in the user's cache. None if the variable is empty."""
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return Path(chosen).absolute() if chosen else None
    cache = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(cache) if Path(cache).is_absolute() else Path.home() / ".cache") / "toeplitz-grader"
    except RuntimeError:
        # There is no home.
        return None


def read(path: Path) -> bytes | None:
    """Return the content of a file, or None if it can't be read or other users can write to it."""
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            is_ours = found.st_uid == os.getuid() and not found.st_mode & 0o022
            return file.read() if is_ours and found.st_size <= MOST_BYTES else None
    except OSError:
        return None


def write(name: str, content: bytes) -> None:
    """Store a file, and remove the oldest ones if the folder gets too large. A failure causes no error."""
    place = folder()
    if place is None or len(content) > MOST_BYTES:
        return
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Readable by its owner alone. The new name appears only when the content is complete.
        descriptor, temporary = tempfile.mkstemp(suffix=SUFFIX, dir=place)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(temporary).rename(place / name)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
        _remove_the_oldest(place)


def _remove_the_oldest(place: Path) -> None:
    left = MOST_BYTES
    found = [(path.stat(), path) for path in place.glob(f"*{SUFFIX}")]
    for status, path in sorted(found, key=lambda one: one[0].st_mtime, reverse=True):
        left -= status.st_size
        if left < 0:
            path.unlink(missing_ok=True)
