"""The reports of a cohort on disk. A report is valid until something that it depends on changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.cohort.folder_scan import CohortEntry
from grader.course import Course
from grader.errors import GraderError
from grader.report_model import Environment, Report, Tool
from grader.reports import report_json

REPORTS = "reports"
ASIDE = "set-aside"


@dataclass(frozen=True)
class Key:
    """Everything that a verdict depends on, except the submission."""

    tool: Tool
    course: Course
    seed: int
    devices: Mapping[str, str]
    isolation: str
    environment: Environment

    def fits(self, report: Report) -> bool:
        """Return whether a report was made with the same key."""
        return (
            report.tool == self.tool
            and report.course.sha256 == self.course.digest(one.id for one in report.exercises)
            and report.seed == self.seed
            and report.devices == self.devices
            and report.isolation.required == self.isolation
            and report.environment == self.environment
        )


class Shelf:
    """The folder `reports` in the output of a cohort."""

    def __init__(self, out: Path) -> None:
        """Create the folder."""
        self._folder = out / REPORTS
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self._folder, f"the folder can't be created: {error.strerror}") from None

    def place(self, entry: CohortEntry) -> Path:
        """Return the path of a submission's report."""
        return self._folder / f"{entry.slug}.json"

    def report(self, entry: CohortEntry) -> Report | None:
        """Return the stored report, or None if it is missing or unreadable."""
        return read(self.place(entry))

    def put(self, entry: CohortEntry, report: Report) -> None:
        """Store a report."""
        report_json.write(report_json.to_json(report), self.place(entry), option="--json-dir")

    def remove(self, entry: CohortEntry) -> None:
        """Delete the report of a submission that can no longer be graded."""
        place = self.place(entry)
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(place, f"this old report can't be deleted: {error.strerror}") from None

    def seed(self) -> int | None:
        """Return the seed of the stored reports, or None if there are none. A resumed run reuses it."""
        return next((report.seed for path in self._kept() if (report := read(path)) is not None), None)

    def set_aside(self, found: Iterable[CohortEntry]) -> list[str]:
        """Move the reports of removed submissions to a separate folder. Return their names."""
        places = {self.place(entry) for entry in found}
        gone = [path for path in self._kept() if path not in places]
        aside = self._folder.with_name(ASIDE)
        try:
            for path in gone:
                aside.mkdir(exist_ok=True)
                path.replace(aside / path.name)
        except OSError as error:
            raise unwritable(aside, f"an old report can't be moved here: {error.strerror}") from None
        return [path.stem for path in gone]

    def _kept(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"))


def unwritable(place: Path, found: str) -> GraderError:
    """Return the error for a place in the output folder that can't be changed."""
    return GraderError(
        "unwritable-cohort",
        found=found,
        where=str(place),
        expected="a writable folder that contains only output of `grade cohort`",
        remedy="choose another folder with --json-dir",
    )


def read(path: Path) -> Report | None:
    """Return the report, or None if it is missing or unreadable."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except (OSError, msgspec.DecodeError):
        return None
