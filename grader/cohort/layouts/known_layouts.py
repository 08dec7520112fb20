"""The layouts that `grade cohort` recognises, and how it chooses one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.cohort.download import Download
from grader.cohort.layouts import (
    canvas_download,
    github_download,
    gradescope_download,
    moodle_download,
    nbgrader_download,
    plain_folders,
)
from grader.cohort.layouts.download_layout import Layout, tops
from grader.errors import UsageError

# The first that recognises the download is used: the most distinctive names come first.
LAYOUTS = {
    one.name: one
    for one in (
        gradescope_download.LAYOUT,
        moodle_download.LAYOUT,
        canvas_download.LAYOUT,
        nbgrader_download.INBOUND,
        nbgrader_download.LAYOUT,
        github_download.LAYOUT,
        plain_folders.LAYOUT,
    )
}
# Archives often contain one folder that contains everything.
DEEPEST = 3


def choose(download: Download, wanted: str | None) -> tuple[Layout, PurePosixPath]:
    """Return the layout of a download, and the folder in it that contains all submissions."""
    roots = list(_roots(download))
    for layout in LAYOUTS.values() if wanted is None else [LAYOUTS[wanted]]:
        for root in plain_folders.roots(download, roots) if layout is plain_folders.LAYOUT else roots:
            if layout.recognises(download, root):
                return layout, root
    if wanted is None or not download.members:
        raise _nothing(download)
    return LAYOUTS[wanted], roots[-1]


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
