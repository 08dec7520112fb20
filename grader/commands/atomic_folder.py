"""Folders that are written whole or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.errors import GraderError


def is_taken(out: Path) -> bool:
    """Say whether something is there that would be overwritten; an empty folder is not."""
    return out.exists() and (not out.is_dir() or any(out.iterdir()))


@contextlib.contextmanager
def whole(out: Path) -> Iterator[Path]:
    """Yield a folder to fill, which bears the name at the end; where that fails nothing is left of it."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as temporary:
            folder = Path(temporary) / "whole"
            folder.mkdir()
            yield folder
            if out.exists():
                out.rmdir()
            folder.rename(out)
    except OSError as error:
        raise GraderError(
            "unwritable-folder",
            found=f"it can't be written ({error.strerror})",
            where=str(out),
            expected="a folder that you may write in, with room for it",
            remedy="name another folder",
        ) from None
