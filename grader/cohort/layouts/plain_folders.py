"""Plain folders: each entry is a learner: a folder, a Python file, a notebook, or a zip file of these.

So are the notebooks and zip files that Otter-Grader collects (`submission_17.zip`).
https://otter-grader.readthedocs.io
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from grader.cohort.download import ZIP, Download, LeftOut
from grader.cohort.folder_scan import learner_of
from grader.cohort.layouts.download_layout import Layout, Piece, below, is_readable, plain, tops
from grader.report_model import Learner


def recognises(download: Download, root: PurePosixPath) -> bool:
    """Return whether an entry can be a submission. Any download without other names is plain."""
    return any(folder or is_readable(PurePosixPath(name)) for name, folder in tops(download, root).items())


def sort(download: Download, root: PurePosixPath) -> Iterator[Piece | LeftOut]:
    """Yield the files of each entry."""
    for member, path in below(download, root):
        name = path.parts[0] if len(path.parts) > 1 else plain(path).name
        if len(path.parts) == 1 and not is_readable(path):
            yield LeftOut(str(member.path), "not a folder, .py, .ipynb or .zip file")
            continue
        learner = Learner(id=learner_of(name).removesuffix(ZIP).removeprefix("submission_"))
        place = PurePosixPath(*path.parts[1:]) if len(path.parts) > 1 else path
        yield Piece(name, learner, member, place)


def roots(download: Download, nested: Sequence[PurePosixPath]) -> Sequence[PurePosixPath]:
    """Return the folders that may contain all learners. A folder that is alone may be the only learner's.

    But a zip file of a folder often contains that folder, and a learner's folder contains more than folders.
    """
    if len(nested) == 1 or not download.name.endswith(ZIP):
        return nested[:1]
    inside = tops(download, nested[1])
    whole = nested[1].name == download.name.removesuffix(ZIP)
    return nested[1:] if whole or (len(inside) > 1 and all(inside.values())) else nested[:1]


LAYOUT = Layout("folders", "plain folders or files, one per learner", recognises, sort)
