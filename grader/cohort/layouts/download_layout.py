"""What a layout tells about a download: which file belongs to which learner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from grader.cohort.download import ZIP, Download, LeftOut, Member
from grader.report_model import Learner
from grader.submission.discovery import SUFFIXES

# The share of a download's entries that must look like a layout: a teacher may have added files.
MOST = 0.5
READABLE = (*SUFFIXES, ZIP)
# Mail programs and browsers add it to a Python file.
ADDED = ".txt"


@dataclass(frozen=True)
class Piece:
    """A file of one learner.

    `unit` is the submission's own name in the download, `place` the path below the learner's folder.
    `arrived` is when it was handed in, or None if the download doesn't tell. `late` is the platform's word.
    `back` counts from the last attempt, which is 0. `assignment` is the platform's name for what it answers.
    """

    unit: str
    learner: Learner
    member: Member
    place: PurePosixPath
    arrived: datetime | None = None
    late: bool = False
    back: int = 0
    assignment: str = ""


@dataclass(frozen=True)
class Sorted:
    """A download, sorted by learner."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Layout:
    """One arrangement: its name, a sentence about it, and how to recognise and sort it.

    Both functions get the download and the folder in it that contains everything.
    """

    name: str
    says: str
    recognises: Callable[[Download, PurePosixPath], bool]
    sort: Callable[[Download, PurePosixPath], Iterator[Piece | LeftOut]]


def below(download: Download, root: PurePosixPath) -> Iterator[tuple[Member, PurePosixPath]]:
    """Yield the files below a folder, each with its path from there."""
    for member in download.members:
        if member.path.is_relative_to(root):
            yield member, member.path.relative_to(root)


def tops(download: Download, root: PurePosixPath) -> dict[str, bool]:
    """Return the entries of a folder, and whether each is a folder."""
    return {path.parts[0]: len(path.parts) > 1 for _, path in below(download, root)}


def mostly(hits: Iterable[object]) -> bool:
    """Return whether at least half of the entries look like a layout, and at least one does."""
    found = [bool(hit) for hit in hits]
    return bool(found) and sum(found) >= MOST * len(found) and any(found)


def is_readable(path: PurePosixPath) -> bool:
    """Return whether a file can contain an answer."""
    return plain(path).suffix.lower() in READABLE


def plain(path: PurePosixPath) -> PurePosixPath:
    """Return a path without the `.txt` that a mail program added, and with the suffix in small letters."""
    if path.suffix.lower() == ADDED and PurePosixPath(path.stem).suffix.lower() in SUFFIXES:
        path = path.with_suffix("")
    return path.with_suffix(path.suffix.lower())


def sort_files(layout: Layout, download: Download, root: PurePosixPath) -> Sorted:
    """Return a download's files by learner, and those that can't contain an answer."""
    pieces: list[Piece] = []
    left_out = list(download.refused)
    for one in layout.sort(download, root):
        if isinstance(one, LeftOut):
            left_out.append(one)
        elif is_readable(one.place):
            pieces.append(replace(one, place=plain(one.place)))
        else:
            left_out.append(LeftOut(str(one.member.path), "not a .py, .ipynb or .zip file"))
    return Sorted(tuple(pieces), tuple(left_out))


def latest(pieces: Sequence[Piece], why: str) -> Iterator[Piece | LeftOut]:
    """Yield the last of several files at the same place, and the others as left out."""
    by_place: dict[PurePosixPath, Piece] = {}
    for piece in pieces:
        if (before := by_place.get(piece.place)) is not None:
            yield LeftOut(str(before.member.path), why)
        by_place[piece.place] = piece
    yield from by_place.values()
