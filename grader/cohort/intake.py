"""From a folder or a platform's download to the submissions of a cohort, with their learners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from grader.cohort import folder_scan
from grader.cohort.download import ZIP, Download, FolderDownload, LeftOut, open_download
from grader.cohort.folder_scan import CohortEntry, FileNames
from grader.cohort.layouts import known_layouts, plain_folders
from grader.cohort.layouts.download_layout import Layout, Piece, Sorted, sort_files
from grader.cohort.roster import Roster
from grader.cohort.staging import Staged
from grader.errors import UsageError, legible_name
from grader.report_model import Learner

EARLIER = "an earlier attempt"
MOST_NAMED = 3


@dataclass(frozen=True)
class Intake:
    """The submissions found, the files that are left out, and how the roster fits.

    `absent` are the learners of the roster without a submission, `strangers` the submissions that fit
    nobody in it, `doubles` those that fit a learner who has another one.
    """

    layout: Layout
    entries: tuple[CohortEntry, ...]
    left_out: tuple[LeftOut, ...]
    absent: tuple[Learner, ...] = ()
    strangers: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()


def take_in(
    path: Path,
    *,
    out: Path,
    layout: str | None = None,
    roster: Roster | None = None,
    every_attempt: bool = False,
    only: str | None = None,
) -> Intake:
    """Return the submissions of a folder or a zip file, in the order of their names.

    Of a download with several assignments, `only` names the one to read. Raise UsageError if there are no
    submissions.
    """
    download = open_download(path, without=out)
    found, root = known_layouts.choose(download, layout)
    if found is plain_folders.LAYOUT and isinstance(download, FolderDownload):
        intake = _plain(path, out, download)
    else:
        told = _of_one_assignment(download, sort_files(found, download, root), only)
        counted = [one for one in told.pieces if every_attempt or not one.back]
        earlier = [
            LeftOut(str(one.member.path), EARLIER) for one in told.pieces if one.back and not every_attempt
        ]
        intake = Intake(found, tuple(_entries(download, counted)), (*told.left_out, *earlier))
    if not intake.entries:
        raise _no_submission(download, found, intake.left_out)
    return intake if roster is None else _with_names(intake, roster)


def _plain(path: Path, out: Path, download: FolderDownload) -> Intake:
    """Return the entries of a folder on this disk. They are read where they are, except zip files."""
    listed = folder_scan.search(path, out=out)
    zips = tuple(
        Piece(member.top, Learner(id=member.path.stem), member, member.path)
        for member in download.members
        if len(member.path.parts) == 1 and member.path.suffix.lower() == ZIP
    )
    known = {piece.unit for piece in zips}
    others = [LeftOut(name, "not a folder, .py, .ipynb or .zip file") for name in listed.others]
    unpacked = _entries(download, zips)
    return Intake(
        plain_folders.LAYOUT,
        tuple(sorted([*listed.entries, *unpacked], key=lambda entry: entry.name)),
        tuple(one for one in others if one.path not in known),
    )


def _entries(download: Download, pieces: Iterable[Piece]) -> Iterator[CohortEntry]:
    """Yield a submission for each learner's files, and one for each attempt."""
    units: dict[tuple[str, int, str], list[Piece]] = defaultdict(list)
    for piece in pieces:
        units[piece.unit, piece.back, piece.learner.id].append(piece)
    slug_of = FileNames()
    for unit, back, learner in sorted(units):
        found = units[unit, back, learner]
        name = f"{unit} ({back} before the last)" if back else unit
        arrived = [piece.arrived for piece in found if piece.arrived is not None]
        yield CohortEntry(
            legible_name(name),
            slug_of(name),
            _legible(found[0].learner),
            Staged(legible_name(unit), download, tuple(found)),
            arrived=max(arrived, default=None),
            late=any(piece.late for piece in found),
            members=tuple(str(piece.member.path) for piece in found),
            back=back,
            unit=legible_name(unit),
        )


def _of_one_assignment(download: Download, told: Sorted, only: str | None) -> Sorted:
    """Return the files of one assignment, and the others as left out."""
    names = sorted({one.assignment for one in told.pieces if one.assignment})
    if only not in {None, *names} or (only is None and len(names) > 1):
        listed = ", ".join(names) or "none with a name"
        raise UsageError(
            "several-assignments",
            found=f"these assignments in the download: {listed}",
            where=download.name,
            expected="one assignment: files of the same name would replace each other",
            remedy=f"choose one: --only {names[0]}" if names else "omit --only",
        )
    pieces = tuple(one for one in told.pieces if only in {None, one.assignment})
    others = [one for one in told.pieces if only not in {None, one.assignment}]
    left_out = [LeftOut(str(one.member.path), f"of the assignment {one.assignment}") for one in others]
    return Sorted(pieces, (*told.left_out, *left_out))


def _legible(learner: Learner) -> Learner:
    """Return a learner without control characters: the names come from strangers' file names."""
    return Learner(**{name: legible_name(value) for name, value in structs.asdict(learner).items()})


def _with_names(intake: Intake, roster: Roster) -> Intake:
    """Return the submissions with the learners of the roster, and what doesn't fit."""
    entries, strangers, doubles = [], [], []
    taken: set[str] = set()
    for entry in intake.entries:
        learner = roster.find(entry.learner)
        if learner is None:
            strangers.append(entry.name)
        elif learner.id in taken and not entry.back:
            doubles.append(f"{entry.name} ({learner.shown})")
        entries.append(entry if learner is None else replace(entry, learner=learner))
        taken |= {learner.id} if learner and not entry.back else set()
    return replace(
        intake,
        entries=tuple(entries),
        strangers=tuple(strangers),
        doubles=tuple(doubles),
        absent=tuple(_absent(roster, taken)),
    )


def _absent(roster: Roster, taken: Iterable[str]) -> Iterator[Learner]:
    handed_in = set(taken)
    return (one for one in roster.learners if one.id not in handed_in)


def _no_submission(download: Download, layout: Layout, left_out: Sequence[LeftOut]) -> UsageError:
    some = ", ".join(one.shown for one in left_out[:MOST_NAMED])
    return UsageError(
        "no-cohort",
        found=f"no submission in this download, read as {layout.says}"
        + (f"; left out: {some}" if some else ""),
        where=download.name,
        expected="at least one learner's .py, .ipynb or .zip file",
        remedy="`--layout NAME` reads it in another way",
    )
