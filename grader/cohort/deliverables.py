"""Writes what a lecturer needs after a cohort: summary, gradebook, overview, and on request more pages."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Literal

from msgspec import structs

from grader.cohort import cohort_summary, fastest, similar
from grader.cohort import feedback as learners_pages
from grader.cohort.cohort_summary import CohortResult
from grader.cohort.folder_scan import CohortEntry
from grader.errors import GraderError
from grader.reports import report_json, similar_page
from grader.reports.statistics import AnswerTime, Summary
from grader.service.runner_connection import RunOptions
from grader.source_text import SourceText

SIMILAR = "similar.html"
Format = Literal["html", "md"]


def deliver(
    result: CohortResult,
    out: Path,
    layout: str,
    *,
    feedback: Format | None,
    compare: bool,
    measured: RunOptions | None,
) -> Summary:
    """Write all files of a cohort except the reports. Return the summary.

    `measured` are the options for timing the correct answers, or None to time nothing.
    """
    summary = cohort_summary.summarise(result)
    if measured is not None:
        summary = _with_times(result, summary, measured)
    if feedback is not None:
        summary = _with_pages(result, summary, out, layout, feedback)
    pairs = _write_similar(result, out) if compare else None
    if pairs is None:
        # It would show an earlier state of the submissions.
        (out / SIMILAR).unlink(missing_ok=True)
    cohort_summary.write(summary, out, similar=pairs)
    return summary


def _with_pages(result: CohortResult, summary: Summary, out: Path, layout: str, form: Format) -> Summary:
    """Write the learners' pages. Return the summary with a link to each."""
    entries = _counted(result, summary)
    pages = learners_pages.write(entries, summary, result.report, out, form, result.course, layout)
    rows = [structs.replace(row, page=pages.get(row.name)) for row in summary.submissions]
    return structs.replace(summary, submissions=rows)


def _with_times(result: CohortResult, summary: Summary, options: RunOptions) -> Summary:
    """Time the correct answers, one after another. Return the summary with the times."""
    times: dict[str, list[AnswerTime]] = defaultdict(list)
    for name, one in fastest.times(result.course, _counted(result, summary), result.report, options):
        times[name].append(one)
    rows = [structs.replace(row, times=tuple(times.get(row.name, ()))) for row in summary.submissions]
    return structs.replace(summary, submissions=rows)


def _counted(result: CohortResult, summary: Summary) -> list[CohortEntry]:
    """Return the submissions that are in the summary: of several attempts, the one that counts."""
    reports = {row.report for row in summary.submissions}
    return [one for one in result.entries if cohort_summary.place_of(one) in reports]


def _write_similar(result: CohortResult, out: Path) -> int:
    """Compare the submissions that were graded, and write the page. Return the number of pairs."""
    answers: dict[str, dict[str, SourceText]] = defaultdict(dict)
    names: dict[str, str] = {}
    # The members of a group have the same files.
    files: set[tuple[str, ...]] = set()
    for entry in result.entries:
        if entry.back or (entry.members and entry.members in files):
            continue
        files.add(entry.members)
        names[entry.name] = entry.learner.shown
        try:
            text = entry.read(result.course, ())
        except GraderError:
            continue
        for file in text.files:
            if file.handed_in and not file.trouble:
                answers[file.exercise][entry.name] = file.source
    background = {one: similar.background(result.course, one) for one in answers}
    found = similar.compare(answers, background)
    page = similar_page.page(found, names, result.course.settings.title)
    report_json.write(page.encode(), out / SIMILAR, option="--json-dir")
    return len(found.pairs)
