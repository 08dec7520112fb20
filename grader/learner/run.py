"""`grade run`: grade a submission and report the result."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from grader.course import Course
from grader.learner import lab_address, next_step
from grader.learner.state import progress, remembered_cases
from grader.protocol import RunnerOpened
from grader.report_model import ExerciseResult, Report
from grader.reports import report_json, terminal
from grader.reports.laboratory_links import Laboratory
from grader.service.grading import choose_seed, judge
from grader.service.report_assembly import assemble
from grader.service.runner_connection import RunOptions, runner_lost
from grader.submission.discovery import SubmissionText, read_submission

# With more exercises than this, a correct one is shown on one line.
FEW = 3


def run(
    submission: Path,
    course: Course,
    options: RunOptions,
    console: Console,
    *,
    json: str | None = None,
    html: Path | None = None,
    site: str | None = None,
    exit_zero: bool = False,
) -> int:
    """Grade, print for people, write the requested reports, and return the exit code."""
    seed = choose_seed(options.seed, course)
    # A platform wants a report even without an answer. A person at a terminal wants to know what to do.
    text = read_submission(submission, course, options.exercises, may_be_empty=exit_zero)
    laboratory = lab_address.laboratory(course, site)
    # A report must not depend on what happened before.
    reports = json is not None or html is not None
    known = {} if reports else remembered_cases.recall(course, submission)
    results: list[ExerciseResult] = []
    opened: RunnerOpened | None = None
    with console.status("importing torch ...") as status:
        for message in judge(course, text, options, seed, tried_first=known):
            if isinstance(message, RunnerOpened):
                opened = message
            else:
                file = text.files[len(results)]
                asides = remembered_cases.asides(
                    course, submission, message.result, known.get(message.result.id, ()), laboratory
                )
                many = len(text.files) > FEW
                if many and results and message.result.status == "met" != results[-1].status:
                    console.print()
                terminal.show_exercise(message.result, console, file.source, asides, is_one_of_many=many)
                results.append(message.result)
            waiting = [file.exercise for file in text.files[len(results) :]]
            status.update(f"judging {waiting[0]} ..." if waiting else "done")
    if opened is None:
        raise runner_lost()
    report = assemble(course, text, seed, opened, results)
    terminal.summary(report, console)
    progress.remember(course, submission, text.files, results)
    remembered_cases.keep(course, submission, results, tried=not reports)
    own = progress.is_learners(submission, course)
    console.print(next_step.line_after(course, results, is_learners=own), style="dim", soft_wrap=True)
    if json is not None:
        report_json.deliver(report, json)
    if html is not None:
        beside = lab_address.laboratory(course, site, beside=html.parent)
        report_json.write(_page(report, course, text, beside), html, option="--html")
    all_met = all(result.status == "met" for result in results)
    return 0 if all_met or exit_zero else 1


def _page(report: Report, course: Course, text: SubmissionText, laboratory: Laboratory | None) -> bytes:
    """Return the report as a page, with the course's formulas and the learner's lines."""
    from grader.reports import html  # noqa: PLC0415 - loading its templates takes a tenth of a second

    sources = {file.exercise: file.source for file in text.files}
    return html.page(
        report, formulas=html.formulas_of(course), sources=sources, laboratory=laboratory
    ).encode()
