"""`grade site`: the course as a folder of pages, for any web host or for a browser that opens the folder."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from rich.console import Console

from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.reports import coursepages

# A site, and nothing else, is replaced by a newer one: these are in each, and nothing but these.
MARKS = ("index.html", "site.css", "laboratory.html")
OURS = {*MARKS, "laboratory.css", "laboratory.js", "laboratory.svg"}
FOLDERS = {("exercises", ".html"), ("stubs", ".py")}


def site(course: Course, out: Path, console: Console, *, solutions: bool = False) -> int:
    """Write the pages whole or not at all; an older site is replaced, any other folder is left alone."""
    for error in course.broken.values():
        raise error
    if not _may_write(out):
        raise UsageError(
            "site-exists",
            found=f"`{out}` holds something else",
            where="grade site",
            expected="a folder that doesn't exist yet, an empty one, or one that `grade site` wrote",
            remedy="name another, or take it away first",
        )
    pages = coursepages.files(course, solutions=solutions)
    try:
        _write(out.absolute(), pages)
    except OSError as error:
        raise GraderError(
            "unwritable-folder",
            found=f"the pages can't be written ({error.strerror})",
            where=str(out),
            expected="a folder that you may write in, with room for it",
            remedy="name another folder",
        ) from None
    console.print(
        f"wrote {out}: {len(course.exercises)} exercises; open {out / 'index.html'}", soft_wrap=True
    )
    if solutions:
        console.print("  with the solutions: not for learners", style="dim")
    return 0


def _may_write(out: Path) -> bool:
    if not out.exists() and not out.is_symlink():
        return True
    if not out.is_dir():
        return False
    found = [path.relative_to(out) for path in out.rglob("*") if path.is_symlink() or not path.is_dir()]
    return not found or (
        all((out / name).is_file() for name in MARKS)
        and all(str(one) in OURS or (str(one.parent), one.suffix) in FOLDERS for one in found)
    )


def _write(out: Path, pages: dict[str, str]) -> None:
    """Put the pages into a folder beside the place, and exchange the two."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as temporary:
        folder = Path(temporary) / "site"
        for name, text in pages.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if out.exists():
            out.rename(Path(temporary) / "before")
        try:
            folder.rename(out)
        except OSError:
            _put_back(Path(temporary) / "before", out)
            raise


def _put_back(before: Path, out: Path) -> None:
    if before.exists():
        shutil.move(before, out)
