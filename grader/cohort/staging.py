"""Writes one learner's files from a download into a plain folder, and reads them like any submission."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.cohort.download import ZIP, Download, LeftOut, unpacked
from grader.cohort.layouts.download_layout import Piece, plain
from grader.course import Course
from grader.errors import GraderError, UsageError, legible_name, unexpected
from grader.submission.discovery import SUFFIXES, SubmissionText, read_submission

# More than any learner's folder of exercises has.
MOST_FILES = 2000
MOST_BYTES = 256 << 20
MOST_NAMED = 3
# The name of the folder appears in no report: it is replaced by the submission's name in the download.
PREFIX = "grade-submission-"


@dataclass(frozen=True)
class Staged:
    """A submission in a download: its name there, and its files."""

    name: str
    download: Download
    pieces: tuple[Piece, ...]

    @property
    def shown(self) -> str:
        """The name in reports and errors: the download and the submission in it."""
        return f"{self.download.name}/{self.name}"

    def read(self, course: Course, wanted: tuple[str, ...]) -> SubmissionText:
        """Return the submission's texts. They are unpacked for this moment only."""
        refused: list[LeftOut] = []
        with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
            try:
                self._write(Path(folder), refused)
                text = read_submission(self._whole(Path(folder)), course, wanted)
            except GraderError as error:
                raise self._renamed(error, folder, refused) from None
            except Exception as error:  # noqa: BLE001 - no learner's file may end the others' grading
                raise self._renamed(unexpected(error), folder, refused) from None
        unread = (*text.unread, *(one.shown for one in refused))
        return SubmissionText(self.shown, text.files, unread)

    def _whole(self, folder: Path) -> Path:
        """Return the folder, or the file if the submission is one file: it may have any name."""
        (piece, *others) = self.pieces
        alone = not others and piece.place.suffix in SUFFIXES and len(piece.member.path.parts) == 1
        return folder / piece.place if alone and piece.unit == piece.place.name else folder

    def _write(self, folder: Path, refused: list[LeftOut]) -> None:
        size = 0
        written: dict[PurePosixPath, tuple[str, bytes]] = {}
        for origin, path, content in self._files(refused):
            size += len(content)
            if len(written) >= MOST_FILES or size > MOST_BYTES:
                raise self._error(f"more than {MOST_FILES} files or {MOST_BYTES >> 20} MiB")
            if path in written and written[path][1] != content:
                raise self._error(f"`{path}` is in `{written[path][0]}` and different in `{origin}`")
            written[path] = origin, content
            place = folder / path
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                raise self._error(f"a file and a folder of the same name, `{path}`") from None

    def _files(self, refused: list[LeftOut]) -> Iterator[tuple[str, PurePosixPath, bytes]]:
        """Yield each file: what it came from, its place in the learner's folder, and its content."""
        for piece in self.pieces:
            # What a zip file contains lies where the zip file lay.
            is_zip = piece.place.suffix == ZIP
            for path, content in unpacked(self.download, piece.member, SUFFIXES, refused):
                place = piece.place.parent / plain(path) if is_zip else piece.place
                if place.suffix in SUFFIXES:
                    yield legible_name(piece.member.path.name), place, content

    def _renamed(self, error: GraderError, folder: str, refused: Sequence[LeftOut]) -> GraderError:
        """Return an error that names the submission in the download, not the folder for this moment."""
        left_out = ", ".join(one.shown for one in refused[:MOST_NAMED])
        return type(error)(
            error.slug,
            found=error.found.replace(folder, self.shown) + (f"; left out: {left_out}" if left_out else ""),
            where=error.where.replace(folder, self.shown),
            expected=error.expected,
            remedy=error.remedy.replace(folder, self.shown),
        )

    def _error(self, found: str) -> UsageError:
        return UsageError(
            "unreadable-submission",
            found=found,
            where=self.shown,
            expected="the Python files or notebooks of one learner",
            remedy="ask the learner for these files, or give the points by hand (overrides.csv)",
        )
