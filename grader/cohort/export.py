"""`grade export`: convert score reports to the formats of other platforms."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.cohort.folder_scan import learner_of
from grader.cohort.report_store import REPORTS
from grader.errors import UsageError
from grader.report_model import Learner, Report
from grader.reports import report_json
from grader.reports.exports import gradebooks
from grader.reports.exports.formats import FORMATS
from grader.reports.exports.gradebooks import Graded
from grader.reports.exports.run_context import Occasion
from grader.reports.statistics import Row, Summary

STANDARD = "-"
# `grade cohort` writes this file beside the reports.
NO_REPORT = "summary.json"
# What a submission's error is called if nothing was handed in.
NOTHING = {"empty-submission", "no-answer"}


@dataclass(frozen=True)
class Read:
    """A report and the time at which it was written."""

    report: Report
    written: float


def export(
    paths: Sequence[str],
    to: str,
    output: Path | None,
    variables: Mapping[str, str],
    column: str | None = None,
) -> int:
    """Write the reports in the format `to`, to a file or to standard output.

    With `column`, a gradebook has one column with the total and this title.
    """
    form = FORMATS[to]
    if form.several:
        rows = gradebooks.in_order(row for path in paths for row in graded(path))
        content = form.gradebook(rows, column)
    else:
        content = _converted(paths, to, variables)
    if output is None:
        sys.stdout.buffer.write(content.encode())
        sys.stdout.flush()
    else:
        report_json.write(content.encode(), output, option="--output")
    return 0


def _converted(paths: Sequence[str], to: str, variables: Mapping[str, str]) -> str:
    """Return the only report in a format that holds one."""
    found = [one for path in paths for one in read(path)]
    if len(found) != 1:
        raise UsageError(
            "one-report",
            found=f"{len(found)} reports",
            where="grade export",
            expected=f"one report: a `{to}` file holds only one",
            remedy="export each report separately. `canvas-csv` and `moodle-csv` take many",
        )
    return FORMATS[to].write([found[0].report], Occasion(variables, found[0].written))


def read(path: str) -> Iterator[Read]:
    """Yield the report of a file, all reports of a folder, or for `-` the report on standard input."""
    if path == STANDARD:
        yield Read(_report(sys.stdin.buffer.read(), "standard input"), time.time())
        return
    place = Path(path)
    try:
        files = _in_folder(place) if place.is_dir() else [place]
        for file in files:
            yield Read(_report(file.read_bytes(), str(file)), file.stat().st_mtime)
    except OSError as error:
        raise UsageError(
            "no-report",
            found=f"no report can be read here: {error.strerror}",
            where=path,
            expected="a score report or a folder of score reports",
            remedy="`grade run SUBMISSION --json PATH` writes one",
        ) from None


def graded(path: str) -> Iterator[Graded]:
    """Yield the rows of a cohort, if there is one at this path. Otherwise yield a row for each report."""
    if path != STANDARD and (found := _summary(Path(path))):
        out, summary = found
        yield from (_row(out, row) for row in summary.submissions)
    else:
        yield from gradebooks.of_reports(one.report for one in read(path))


def _summary(path: Path) -> tuple[Path, Summary] | None:
    """Return a cohort's folder and summary, or None. The path is that folder, or the reports in it."""
    for out in (path, path.parent) if path.name == REPORTS else (path,):
        try:
            return out, msgspec.json.decode((out / NO_REPORT).read_bytes(), type=Summary)
        except (OSError, msgspec.DecodeError):
            continue
    return None


def _row(out: Path, row: Row) -> Graded:
    """Return the gradebook's row for a row of the summary."""
    missing = row.trouble is None or row.trouble.slug in NOTHING
    return Graded(
        learner=row.learner or Learner(id=learner_of(row.name)),
        where=row.name,
        report=next(read(str(out / row.report))).report if row.report else None,
        marks=row.marks,
        trouble=gradebooks.ABSENT if missing else "could not be tested",
    )


def _in_folder(folder: Path) -> list[Path]:
    files = sorted(one for one in folder.glob("*.json") if one.name != NO_REPORT)
    if not files:
        raise UsageError(
            "no-report",
            found="this folder has no .json file",
            where=str(folder),
            expected="a score report for each submission",
            remedy="`grade run SUBMISSION --json PATH` writes one",
        )
    return files


def _report(content: bytes, where: str) -> Report:
    try:
        return msgspec.json.decode(content, type=Report)
    except msgspec.DecodeError as error:
        raise UsageError(
            "not-a-report",
            found=f"not a score report of format 1: {error}",
            where=where,
            expected="a report of `grade run --json`; `grade schema` describes it",
            remedy="give the report itself, not an export of it",
        ) from None
