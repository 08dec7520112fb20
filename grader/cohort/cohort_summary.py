"""Write the cohort's summary, gradebook and overview, and print the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cohort.folder_scan import CohortEntry
from grader.cohort.report_store import ASIDE, REPORTS, Key, Shelf
from grader.course import Course
from grader.errors import UsageError
from grader.protocol import RunnerFailed
from grader.report_model import CourseRecord
from grader.reports import report_json
from grader.reports.cohort_page import overview
from grader.reports.gradebook import gradebook
from grader.reports.statistics import Row, Summary, Tally, most_made, most_missed
from grader.service import commits

SUMMARY, GRADEBOOK, OVERVIEW = "summary.json", "gradebook.csv", "index.html"
SHOWN = 5


def summarise(
    course: Course,
    found: Sequence[CohortEntry],
    shelf: Shelf,
    troubles: Mapping[str, RunnerFailed],
    key: Key,
) -> Summary:
    """Return the summary of all stored reports."""
    tally = Tally(list(course.exercises))
    for entry in found:
        trouble = troubles.get(entry.slug)
        report = None if trouble else shelf.report(entry)
        if report is None:
            tally.add_trouble(entry.name, trouble or _gone(shelf.place(entry)))
        else:
            tally.add(entry.name, f"{REPORTS}/{entry.slug}.json", report)
    record = CourseRecord(
        title=course.settings.title, sha256=course.sha256, commit=commits.commit_of(course.root)
    )
    return tally.summary(commits.tool(), record, key.seed, dict(key.devices))


def write(summary: Summary, out: Path) -> None:
    """Write the summary, the gradebook and the overview."""
    report_json.write(report_json.to_json(summary), out / SUMMARY, option="--json-dir")
    # Without this mark, spreadsheets assume the local encoding.
    report_json.write(gradebook(summary).encode("utf-8-sig"), out / GRADEBOOK, option="--json-dir")
    report_json.write(overview(summary).encode(), out / OVERVIEW, option="--json-dir")


def show(summary: Summary, out: Path, others: Sequence[str], gone: Sequence[str], console: Console) -> None:
    """Print the results, the skipped entries, the moved reports, and the paths of all files."""
    counts = dict.fromkeys(("met", "not met", "not judged"), 0)
    for row in summary.submissions:
        counts[row.status] += 1
    total = len(summary.submissions)
    plural = "" if total == 1 else "s"
    console.print(
        f"{total} submission{plural}: {counts['met']} all correct, "
        f"{counts['not met']} with something wrong, {counts['not judged']} not tested",
        highlight=False,
        soft_wrap=True,
    )
    for trouble, names in _troubles(summary.submissions):
        # The last line of pytest's output is the error.
        *_, last = ["", *trouble.found.splitlines()]
        console.print(Text(f"  {_some(names)}: {last.strip()} ({trouble.where})"), soft_wrap=True)
    for row in summary.submissions:
        if row.missing:
            count = f"{len(row.exercises) - len(row.missing)} of {len(row.exercises)}"
            console.print(Text(f"  {row.name}: {count} exercises submitted"), soft_wrap=True)
    if broken := [row.name for row in summary.submissions if row.broken]:
        console.print(Text(f"  These don't run: {_some(broken)}"), soft_wrap=True)
    if gone:
        said = f"Reports moved to {ASIDE}/, because the submission is gone: {_some(gone)}"
        console.print(Text(said), soft_wrap=True)
    if others:
        said = f"Skipped, not a folder, .py or .ipynb file: {_some(others)}"
        console.print(Text(said), soft_wrap=True)
    _table(
        console,
        "Tests that failed most often",
        [
            (f"{law.not_met} of {exercise.answered}", f"{exercise.id}: {law.id}", law.says)
            for exercise, law in most_missed(summary, SHOWN)
        ],
    )
    _table(
        console,
        "Most frequent mistakes",
        [
            (f"{one.submissions} of {exercise.answered}", exercise.id, one.name)
            for exercise, one in most_made(summary, SHOWN)
        ],
    )
    console.print(Text(f"\n{out / OVERVIEW}, {GRADEBOOK}, {SUMMARY}, {REPORTS}/"), soft_wrap=True)


def _troubles(rows: Iterable[Row]) -> list[tuple[RunnerFailed, list[str]]]:
    """Return each error with the submissions that it affects. A broken exercise counts as one error."""
    found: dict[RunnerFailed, list[str]] = {}
    for row in rows:
        if row.trouble is not None:
            found.setdefault(row.trouble, []).append(row.name)
    return [*found.items()]


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _table(console: Console, title: str, rows: Sequence[tuple[str, str, str]]) -> None:
    if not rows:
        return
    console.print(f"\n{title}", style="bold", highlight=False)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*(Text(one) for one in row))
    console.print(table)


def _gone(place: Path) -> RunnerFailed:
    return RunnerFailed.of(
        UsageError(
            "lost-report",
            found="the report was removed while the cohort was graded",
            where=str(place),
            expected="a folder that only `grade cohort` writes to",
            remedy="run the same command again",
        )
    )
