"""`grade export`: convert score reports to the formats of other platforms."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.cohort.folder_scan import learner_of
from grader.errors import UsageError
from grader.report_model import Report, Submission
from grader.reports import report_json
from grader.reports.exports.formats import FORMATS
from grader.reports.exports.run_context import Occasion
from grader.reports.statistics import Summary

STANDARD = "-"
# `grade cohort` writes this file beside the reports.
NO_REPORT = "summary.json"


@dataclass(frozen=True)
class Read:
    """A report and the time at which it was written."""

    report: Report
    written: float


def export(paths: Sequence[str], to: str, output: Path | None, variables: Mapping[str, str]) -> int:
    """Write the reports in the format `to`, to a file or to standard output."""
    form = FORMATS[to]
    found = [one for path in paths for one in read(path)]
    if not form.several and len(found) != 1:
        raise UsageError(
            "one-report",
            found=f"{len(found)} reports",
            where="grade export",
            expected=f"one report: a `{to}` file holds only one",
            remedy="export each report separately. `canvas-csv` and `moodle-csv` take many",
        )
    occasion = Occasion(variables, max((one.written for one in found), default=0.0))
    reports = [one.report for one in found]
    if form.several:
        reports += [blank for path in paths for blank in _not_judged(Path(path), reports[0])]
    content = form.write(reports, occasion).encode()
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        report_json.write(content, output, option="--output")
    return 0


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


def _not_judged(folder: Path, like: Report) -> Iterator[Report]:
    """Yield a blank report for each ungraded submission of a cohort, so that its learner also gets a row."""
    for place in (folder / NO_REPORT, folder.parent / NO_REPORT):
        try:
            summary = msgspec.json.decode(place.read_bytes(), type=Summary)
        except (OSError, msgspec.DecodeError):
            continue
        for row in summary.submissions:
            if row.trouble is not None:
                submission = Submission(name=row.name, sha256="", learner=learner_of(row.name))
                yield msgspec.structs.replace(
                    like, submission=submission, score=0.0, max_score=0.0, exercises=[]
                )
        return


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
