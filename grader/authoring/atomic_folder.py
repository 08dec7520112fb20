"""Write a folder completely or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.errors import GraderError


def is_taken(out: Path) -> bool:
    """Return whether writing would overwrite something. An empty folder doesn't count."""
    return out.exists() and (not out.is_dir() or any(out.iterdir()))


@contextlib.contextmanager
def whole(out: Path) -> Iterator[Path]:
    """Yield a temporary folder to fill. It is renamed at the end, or removed after a failure."""
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
            found=f"this folder can't be written ({error.strerror})",
            where=str(out),
            expected="a folder that you may write to, with enough space",
            remedy="choose another folder",
        ) from None
