"""Canvas: the zip file of “Download Submissions”, one flat folder.

`lovelaceana_LATE_4711_90001_toeplitz_1d.py`: the sortable name in small letters without signs, `LATE` if it
was late, the user's number, the attachment's number, the file's name. Canvas adds `-1`, `-2` to the name if
the learner uploaded a file of this name before.
https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from grader.cohort.download import Download, LeftOut, Member
from grader.cohort.layouts.download_layout import Layout, Piece, below, is_readable, latest, mostly
from grader.report_model import Learner

# An anonymous assignment has `anon` and a code of five signs instead of the name and the number.
_ENTRY = re.compile(
    r"(?P<name>anon|[^_]*)(?P<late>_LATE)?_(?P<user>\d+|[A-Za-z0-9]{5})_(?P<attachment>\d+)_(?P<file>.+)"
)
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d+)")
_TYPED = re.compile(r"[^_]*(?:_LATE)?_\w+_(?:text|link)\.html")


def recognises(download: Download, root: PurePosixPath) -> bool:
    """Return whether the files are named after users and attachments."""
    files = [path.name for _, path in below(download, root) if len(path.parts) == 1]
    return mostly(_ENTRY.fullmatch(name) for name in files if is_readable(PurePosixPath(name)))


def sort(download: Download, root: PurePosixPath) -> Iterator[Piece | LeftOut]:
    """Yield each user's files. Of several uploads of one file, the last counts."""
    users: dict[str, list[tuple[int, Piece]]] = defaultdict(list)
    for member, path in below(download, root):
        entry = _ENTRY.fullmatch(path.name) if len(path.parts) == 1 else None
        if entry is None:
            yield LeftOut(str(member.path), _why_not(path))
        else:
            users[entry["user"]].append((int(entry["attachment"]), _piece(entry, member)))
    for numbered in users.values():
        pieces = [piece for _, piece in sorted(numbered, key=lambda both: both[0])]
        names = {piece.place.name for piece in pieces}
        yield from latest(
            [replace(one, place=_first_name(one.place, names)) for one in pieces],
            "an older upload: the learner uploaded this file again",
        )


def _piece(entry: re.Match[str], member: Member) -> Piece:
    learner = Learner(id=entry["user"], name=entry["name"], platform=entry["user"])
    unit = f"{entry['name']}_{entry['user']}"
    return Piece(unit, learner, member, PurePosixPath(entry["file"]), late=entry["late"] is not None)


def _first_name(place: PurePosixPath, names: set[str]) -> PurePosixPath:
    """Return the name that the learner chose, if Canvas numbered this upload."""
    numbered = _AGAIN.fullmatch(place.stem)
    first = f"{numbered['stem']}{place.suffix}" if numbered else place.name
    return PurePosixPath(first) if first in names else place


def _why_not(path: PurePosixPath) -> str:
    if len(path.parts) > 1:
        return "in a folder: Canvas writes all files into one folder"
    if _TYPED.fullmatch(path.name):
        return "text or a link entered in Canvas, not an uploaded file"
    return "its name doesn't contain a user and an attachment"


LAYOUT = Layout("canvas", "Canvas, “Download Submissions”", recognises, sort)
