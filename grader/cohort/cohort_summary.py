"""Write the cohort's summary, gradebook and overview, and print the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cohort.download import LeftOut
from grader.cohort.dry_run import few
from grader.cohort.folder_scan import CohortEntry
from grader.cohort.marking import Marking
from grader.cohort.report_store import ASIDE, REPORTS, Key, Shelf
from grader.course import Course
from grader.errors import UsageError, legible_name
from grader.protocol import RunnerFailed
from grader.report_model import CourseRecord, Learner, Report
from grader.reports import report_json
from grader.reports.cohort_page import overview
from grader.reports.gradebook import gradebook
from grader.reports.statistics import Row, Summary, Tally, most_made, most_missed
from grader.service import commits

SUMMARY, GRADEBOOK, OVERVIEW = "summary.json", "gradebook.csv", "index.html"
SHOWN = 5
FEEDBACK = "feedback"


@dataclass(frozen=True)
class CohortResult:
    """What a run over a cohort found: the submissions, their reports, and why some have none.

    `absent` are the learners who handed in nothing. Without `marking`, a submission's points are those of its
    report.
    """

    course: Course
    entries: Sequence[CohortEntry]
    shelf: Shelf
    troubles: Mapping[str, RunnerFailed]
    key: Key
    absent: Sequence[Learner] = ()
    marking: Marking | None = None

    def report(self, entry: CohortEntry) -> Report | None:
        """Return the report of a submission, or None if it has none."""
        return None if entry.slug in self.troubles else self.shelf.report(entry)


def summarise(result: CohortResult) -> Summary:
    """Return the summary of all stored reports. Of several attempts, only the best is in it."""
    entries = _best_attempts(result)
    tally = Tally(list(result.course.exercises))
    for entry in entries:
        report = result.report(entry)
        if report is None:
            trouble = result.troubles.get(entry.slug)
            tally.add_trouble(entry.name, trouble or _gone(result.shelf.place(entry)))
        else:
            tally.add(entry.name, place_of(entry), report)
    course = result.course
    record = CourseRecord(
        title=course.settings.title, sha256=course.sha256, commit=commits.commit_of(course.root)
    )
    summary = tally.summary(commits.tool(), record, result.key.seed, dict(result.key.devices))
    return structs.replace(summary, submissions=[*_rows(result, entries, summary), *_absent(result.absent)])


def place_of(entry: CohortEntry) -> str:
    """Return the path of a submission's report in the output folder."""
    return f"{REPORTS}/{entry.slug}.json"


def _rows(result: CohortResult, entries: Sequence[CohortEntry], summary: Summary) -> Iterator[Row]:
    """Yield each submission's row, with its learner and its marks."""
    own = {one.id: one.max_score for one in summary.exercises}
    for entry, row in zip(entries, summary.submissions, strict=True):
        marks = result.marking and result.marking.of(entry, result.report(entry), own)
        yield structs.replace(row, learner=entry.learner, marks=marks)


def _absent(learners: Iterable[Learner]) -> Iterator[Row]:
    """Yield a row for each learner who handed in nothing."""
    for one in learners:
        yield Row(
            name=one.shown,
            sha256=None,
            report=None,
            status="not judged",
            score=0.0,
            exercises={},
            learner=one,
        )


def _best_attempts(result: CohortResult) -> list[CohortEntry]:
    """Return one attempt of each learner: the best, and of equally good ones the last."""
    attempts: dict[str, list[CohortEntry]] = {}
    for entry in result.entries:
        attempts.setdefault(entry.key, []).append(entry)
    return [max(several, key=lambda one: _rank(result, one)) for several in attempts.values()]


def _rank(result: CohortResult, entry: CohortEntry) -> tuple[float, int]:
    """Return how good an attempt is. An attempt that couldn't be tested is worth nothing."""
    report = result.report(entry)
    if report is None or result.marking is None:
        return 0.0, -entry.back
    own = {one.id: one.max_score for one in report.exercises}
    return result.marking.of(entry, report, own).total, -entry.back


def write(summary: Summary, out: Path, *, similar: int | None = None) -> None:
    """Write the summary, the gradebook and the overview. `similar` is how many pairs look alike, if known."""
    report_json.write(report_json.to_json(summary), out / SUMMARY, option="--json-dir")
    # Without this mark, spreadsheets assume the local encoding.
    report_json.write(gradebook(summary).encode("utf-8-sig"), out / GRADEBOOK, option="--json-dir")
    report_json.write(overview(summary, similar=similar).encode(), out / OVERVIEW, option="--json-dir")


def show(
    summary: Summary, out: Path, left_out: Sequence[LeftOut], gone: Sequence[str], console: Console
) -> None:
    """Print the results, the files that were left out, the moved reports, and the paths of all files."""
    counts = dict.fromkeys(("met", "not met", "not judged"), 0)
    submitted = [row for row in summary.submissions if row.report or row.trouble]
    for row in submitted:
        counts[row.status] += 1
    total = len(submitted)
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
        console.print(Text(f"  {few(names, SHOWN)}: {last.strip()} ({trouble.where})"), soft_wrap=True)
    for reason, names in _untested(summary.submissions).items():
        console.print(Text(f"  Not tested: {few(names, SHOWN)}: {reason}"), soft_wrap=True)
    for row in summary.submissions:
        if row.missing:
            count = f"{len(row.exercises) - len(row.missing)} of {len(row.exercises)}"
            console.print(Text(f"  {_named(row)}: {count} exercises submitted"), soft_wrap=True)
    if broken := [_named(row) for row in summary.submissions if row.broken]:
        console.print(Text(f"  These don't run: {few(broken, SHOWN)}"), soft_wrap=True)
    if gone:
        said = f"Reports moved to {ASIDE}/, because the submission is gone: {few(gone, SHOWN)}"
        console.print(Text(said), soft_wrap=True)
    if left_out:
        console.print(Text(_left_out(left_out)), soft_wrap=True)
    for line in _doubts(summary, out):
        console.print(Text(line, "yellow"), soft_wrap=True)
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
            found.setdefault(row.trouble, []).append(_named(row))
    return [*found.items()]


def _doubts(summary: Summary, out: Path) -> Iterator[str]:
    """Yield what a lecturer should know before giving grades back."""
    if (out / FEEDBACK).is_dir() and not any(row.page for row in summary.submissions):
        yield f"{FEEDBACK}/ is from an earlier run. To write it again, add --feedback"
    for row in summary.submissions:
        for change in row.marks.overrides if row.marks else ():
            if row.marks and change.exercise not in row.marks.exercises:
                yield f"Without effect: {_named(row)}, {change.exercise} by hand: it doesn't count here"
            elif row.marks and change.points > row.marks.out_of:
                yield f"{_named(row)}: {change.points:g} points by hand are more than all points together"


def _untested(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Return each reason why an exercise wasn't tested, with the submissions that it affects."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for reason in dict.fromkeys(row.untested.values()):
            found.setdefault(reason, []).append(_named(row))
    return found


def _named(row: Row) -> str:
    """Return the submission's name, and the learner's if the roster or the download tells it."""
    learner = row.learner
    return row.name if learner is None or not learner.name else f"{learner.name} ({row.name})"


def _left_out(left_out: Sequence[LeftOut]) -> str:
    """Return how many files were left out for each reason. A single one is named."""
    if len(left_out) == 1:
        return f"Left out: {legible_name(left_out[0].path)}, {left_out[0].why}"
    reasons = Counter(one.why for one in left_out)
    counts = "; ".join(f"{count} ({why})" for why, count in reasons.most_common())
    return f"Left out, --dry-run lists them: {counts}"


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
