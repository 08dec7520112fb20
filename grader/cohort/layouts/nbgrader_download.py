"""nbgrader: the tree of collected submissions, and the inbound folder of the exchange.

`submitted/<student>/<assignment>/…` with `timestamp.txt`, or `<student>+<assignment>+<time>[+<random>]/…`,
of which the last one counts.
https://nbgrader.readthedocs.io/en/stable/user_guide/philosophy.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from grader.cohort.download import Download, LeftOut, Member
from grader.cohort.layouts.download_layout import Layout, Piece, below, is_readable, mostly, tops
from grader.errors import GraderError
from grader.report_model import Learner

TIMESTAMP = "timestamp.txt"
TREE = "submitted"
SHORT = 1 << 10
# A learner's folder, and in it the assignment's.
LEVELS = 2
_INBOUND = re.compile(r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d [^+]*)(?:\+.*)?")
# Python's own form, and nbgrader's `%Y-%m-%d %H:%M:%S.%f %Z`.
_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$")


def recognises_inbound(download: Download, root: PurePosixPath) -> bool:
    """Return whether the folders are named after student, assignment and time."""
    return mostly(_INBOUND.fullmatch(name) for name in tops(download, root))


def recognises_tree(download: Download, root: PurePosixPath) -> bool:
    """Return whether assignments contain their times, or the tree has nbgrader's name and depth."""
    root = _tree(download, root)
    paths = [path for _, path in below(download, root)]
    timed = {path.parts[:LEVELS] for path in paths if path.parts[LEVELS:] == (TIMESTAMP,)}
    named = (root.name or download.name) == TREE
    assignments = {path.parts[:LEVELS] for path in paths if len(path.parts) > LEVELS}
    if named and all(len(path.parts) > LEVELS for path in paths if is_readable(path)):
        return bool(assignments)
    return mostly(one in timed for one in assignments)


def _tree(download: Download, root: PurePosixPath) -> PurePosixPath:
    """Return the folder with the students' folders."""
    return root / TREE if TREE in tops(download, root) else root


def sort_inbound(download: Download, root: PurePosixPath) -> Iterator[Piece | LeftOut]:
    """Yield the files of each student's assignments: of the last submission, and of the earlier ones."""
    pieces: dict[tuple[str, str], dict[str, list[Piece]]] = {}
    for member, path in below(download, root):
        entry = _INBOUND.fullmatch(path.parts[0])
        if entry is None:
            yield LeftOut(str(member.path), "its folder doesn't name a student, an assignment and a time")
        elif path.name != TIMESTAMP:
            student, assignment, stamp = entry["student"], entry["assignment"], entry["time"]
            place = PurePosixPath(*path.parts[1:])
            learner = Learner(id=student, login=student)
            piece = Piece(student, learner, member, place, time_in(stamp), assignment=assignment)
            # Times of one exchange have one form, so they are in order even if the zone isn't known.
            pieces.setdefault((student, assignment), {}).setdefault(stamp, []).append(piece)
    for attempts in pieces.values():
        for back, stamp in enumerate(sorted(attempts, reverse=True)):
            yield from (replace(one, back=back) for one in attempts[stamp])


def sort_tree(download: Download, root: PurePosixPath) -> Iterator[Piece | LeftOut]:
    """Yield the files of all of a student's assignments."""
    root = _tree(download, root)
    times = {
        path.parts[:LEVELS]: _written(download, member)
        for member, path in below(download, root)
        if path.parts[LEVELS:] == (TIMESTAMP,)
    }
    for member, path in below(download, root):
        if len(path.parts) <= LEVELS:
            yield LeftOut(str(member.path), "not in a student's folder of an assignment")
        elif path.name != TIMESTAMP:
            student, assignment = path.parts[:LEVELS]
            place, arrived = PurePosixPath(*path.parts[LEVELS:]), times.get((student, assignment))
            learner = Learner(id=student, login=student)
            yield Piece(student, learner, member, place, arrived, assignment=assignment)


def _written(download: Download, member: Member) -> datetime | None:
    try:
        return time_in(download.read(member, SHORT).decode("utf-8", "replace").strip())
    except GraderError:
        return None


def time_in(text: str) -> datetime | None:
    """Return the time in a text, in UTC if it names no zone, or None.

    The name of a zone, such as CET, isn't understood: several zones share a name.
    """
    try:
        found = datetime.fromisoformat(_ZONE.sub("", text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


INBOUND = Layout(
    "nbgrader-inbound", "nbgrader, the exchange's inbound folder", recognises_inbound, sort_inbound
)
LAYOUT = Layout("nbgrader", "nbgrader, the tree of collected submissions", recognises_tree, sort_tree)
