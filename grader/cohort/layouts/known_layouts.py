"""How `grade cohort` chooses the layout of a download."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from grader.cohort.download import Download
from grader.cohort.layouts import plain_folders
from grader.cohort.layouts.download_layout import Layout, tops
from grader.cohort.layouts.layout_names import LAYOUTS
from grader.errors import UsageError

# Archives often contain one folder that contains everything.
DEEPEST = 3


def named(name: str) -> Layout:
    """Return the layout with this name."""
    module, _, layout = LAYOUTS[name].partition(".")
    return cast("Layout", getattr(import_module(f"grader.cohort.layouts.{module}"), layout))


def choose(download: Download, wanted: str | None) -> tuple[Layout, PurePosixPath]:
    """Return the layout of a download, and the folder in it that contains all submissions."""
    roots = list(_roots(download))
    for layout in map(named, LAYOUTS if wanted is None else [wanted]):
        for root in plain_folders.roots(download, roots) if layout is plain_folders.LAYOUT else roots:
            if layout.recognises(download, root):
                return layout, root
    if wanted is None or not download.members:
        raise _nothing(download)
    return named(wanted), roots[-1]


def _roots(download: Download) -> Iterator[PurePosixPath]:
    """Yield the download itself, and the only folder in it, and the only folder in that."""
    root = PurePosixPath()
    yield root
    for _ in range(DEEPEST):
        names = tops(download, root)
        if list(names.values()) != [True]:
            return
        root /= next(iter(names))
        yield root


def _nothing(download: Download) -> UsageError:
    return UsageError(
        "no-cohort",
        found="it contains no folder and no .py, .ipynb or .zip file",
        where=download.name,
        expected="a folder with one submission per entry, or a platform's download",
        remedy="give the folder or zip file that you downloaded from the platform",
    )
