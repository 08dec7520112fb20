"""`grade site`: write the course as a folder of pages, for a web server or for a browser on this machine."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from rich.console import Console

from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.reports import coursepages

# Only a site is replaced by a newer one. It has all files of MARKS, and no files except OURS and FOLDERS.
MARKS = ("index.html", "site.css", "laboratory.html")
OURS = {*MARKS, "laboratory.css", "laboratory.js", "laboratory.svg"}
FOLDERS = {("exercises", ".html"), ("stubs", ".py")}


def site(course: Course, out: Path, console: Console, *, solutions: bool = False) -> int:
    """Write all pages or none. Replace an older site. Refuse any other folder."""
    for error in course.broken.values():
        raise error
    if not _may_write(out):
        raise UsageError(
            "site-exists",
            found=f"`{out}` contains something else",
            where="grade site",
            expected="a new folder, an empty one, or one that `grade site` wrote",
            remedy="choose another folder, or remove this one first",
        )
    pages = coursepages.files(course, solutions=solutions)
    try:
        _write(out.absolute(), pages)
    except OSError as error:
        raise GraderError(
            "unwritable-folder",
            found=f"the pages can't be written ({error.strerror})",
            where=str(out),
            expected="a folder that you may write to, with enough space",
            remedy="choose another folder",
        ) from None
    console.print(
        f"wrote {out}: {len(course.exercises)} exercises; open {out / 'index.html'}", soft_wrap=True
    )
    if solutions:
        console.print("  it contains the solutions: don't show it to learners", style="dim")
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
    """Write the pages into a temporary folder next to `out`, then swap the two."""
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
