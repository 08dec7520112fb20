"""GitHub Classroom and Classroom 50: a folder of clones, one per learner.

`<assignment>-submissions/<assignment>-<login>/…` or only the clones. When a commit was made isn't read: it is
the learner's own word, and reading it would run Git on the learner's settings.
https://github.com/github/gh-classroom
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.cohort.download import Download, LeftOut
from grader.cohort.layouts.download_layout import Layout, Piece, below, mostly, tops
from grader.report_model import Learner

ALL = "-submissions"
FEWEST = 2


def recognises(download: Download, root: PurePosixPath) -> bool:
    """Return whether the folders are clones that share the assignment's name."""
    folders = _folders(download, root)
    assignment = _assignment(download, root)
    named = bool(assignment) and mostly(name.startswith(f"{assignment}-") for name in folders)
    clones = [str(root / name) in download.markers for name in folders]
    return named if (root.name or download.name).endswith(ALL) else named and mostly(clones)


def sort(download: Download, root: PurePosixPath) -> Iterator[Piece | LeftOut]:
    """Yield the files of each clone."""
    assignment = _assignment(download, root)
    for member, path in below(download, root):
        if len(path.parts) == 1 or not path.parts[0].startswith(f"{assignment}-" if assignment else ""):
            yield LeftOut(str(member.path), "not in a clone of this assignment")
            continue
        login = path.parts[0].removeprefix(f"{assignment}-") if assignment else path.parts[0]
        yield Piece(login, Learner(id=login, login=login), member, PurePosixPath(*path.parts[1:]))


def _folders(download: Download, root: PurePosixPath) -> list[str]:
    return [name for name, is_folder in tops(download, root).items() if is_folder]


def _assignment(download: Download, root: PurePosixPath) -> str:
    """Return the assignment: the name of the whole folder, or what the clones' names begin with."""
    whole = root.name or download.name.removesuffix(".zip")
    if whole.endswith(ALL):
        return whole.removesuffix(ALL)
    folders = _folders(download, root)
    if len(folders) < FEWEST:
        return ""
    first, last = min(folders), max(folders)
    return next((first[:end] for end in _dashes(first) if last.startswith(first[: end + 1])), "")


def _dashes(name: str) -> list[int]:
    """Return the places of the dashes, the last first. A login may contain dashes, too."""
    return [place for place, sign in enumerate(name) if sign == "-"][::-1]


LAYOUT = Layout("github", "GitHub Classroom or Classroom 50, a folder of clones", recognises, sort)
