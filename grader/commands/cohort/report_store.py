"""The reports of a cohort on disk: each is good until something changes that it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.commands.cohort.folder_scan import CohortEntry
from grader.course import Course
from grader.errors import GraderError
from grader.report_model import Environment, Report, Tool
from grader.reports import report_json

REPORTS = "reports"
ASIDE = "set-aside"


@dataclass(frozen=True)
class Key:
    """What a verdict depends on besides the submission."""

    tool: Tool
    course: Course
    seed: int
    devices: Mapping[str, str]
    isolation: str
    environment: Environment

    def fits(self, report: Report) -> bool:
        """Say whether a report was made with the same."""
        return (
            report.tool == self.tool
            and report.course.sha256 == self.course.digest(one.id for one in report.exercises)
            and report.seed == self.seed
            and report.devices == self.devices
            and report.isolation.required == self.isolation
            and report.environment == self.environment
        )


class Shelf:
    """The folder `reports` of a cohort's output."""

    def __init__(self, out: Path) -> None:
        """Make the folder."""
        self._folder = out / REPORTS
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self._folder, f"no folder can be made there: {error.strerror}") from None

    def place(self, entry: CohortEntry) -> Path:
        """Return where the report of a submission is."""
        return self._folder / f"{entry.slug}.json"

    def report(self, entry: CohortEntry) -> Report | None:
        """Return the report that is kept, if there is one that can be read."""
        return read(self.place(entry))

    def put(self, entry: CohortEntry, report: Report) -> None:
        """Keep a report."""
        report_json.write(report_json.to_json(report), self.place(entry), option="--json-dir")

    def remove(self, entry: CohortEntry) -> None:
        """Forget the report of a submission that can't be judged any more."""
        place = self.place(entry)
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(place, f"an old report that can't be taken away: {error.strerror}") from None

    def seed(self) -> int | None:
        """Return the seed of the reports that are kept, None where there are none: a run goes on with it."""
        return next((report.seed for path in self._kept() if (report := read(path)) is not None), None)

    def set_aside(self, found: Iterable[CohortEntry]) -> list[str]:
        """Move the reports of submissions that are no longer there to a folder of their own; name them."""
        places = {self.place(entry) for entry in found}
        gone = [path for path in self._kept() if path not in places]
        aside = self._folder.with_name(ASIDE)
        try:
            for path in gone:
                aside.mkdir(exist_ok=True)
                path.replace(aside / path.name)
        except OSError as error:
            raise _unwritable(aside, f"an old report that can't be moved: {error.strerror}") from None
        return [path.stem for path in gone]

    def _kept(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"))


def _unwritable(place: Path, found: str) -> GraderError:
    return GraderError(
        "unwritable-cohort",
        found=found,
        where=str(place),
        expected="a folder that can be written, and holds nothing but what `grade cohort` wrote",
        remedy="name another place with --json-dir",
    )


def read(path: Path) -> Report | None:
    """Return a report, or None where there is none or what is there is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except (OSError, msgspec.DecodeError):
        return None
