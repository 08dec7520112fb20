"""`grade cohort`: read a download, grade each submission once, and write what a lecturer needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from rich.console import Console

from grader.cohort import cohort_summary, deliverables, dry_run, marking
from grader.cohort.cohort_summary import CohortResult
from grader.cohort.download import ZIP
from grader.cohort.grade_all import Cohort, judge, survey
from grader.cohort.intake import Intake, take_in
from grader.cohort.layouts import plain_folders
from grader.cohort.marking import Marking, MarkingOptions
from grader.cohort.overrides import KnownNames, read_overrides
from grader.cohort.progress_bar import Rate
from grader.cohort.report_store import Shelf
from grader.cohort.roster import read_roster
from grader.course import Course
from grader.course_settings import Assignment
from grader.errors import GraderError, UsageError
from grader.report_model import Learner
from grader.service.executors import pool
from grader.service.grading import RANDOM, choose_seed
from grader.service.runner_connection import RunOptions
from grader.service.task import TaskSettings

# Changes by hand, beside the reports. No command writes or deletes this file.
OVERRIDES = "overrides.csv"


@dataclass(frozen=True)
class CohortOptions:
    """How to read the folder, where to write, how many jobs, what is worth how much, and what else to write.

    `force` ignores valid reports. `feedback` is the format of the pages for learners.
    """

    out: Path | None = None
    jobs: int | None = None
    scheduler: str | None = None
    force: bool = False
    exit_zero: bool = False
    layout: str | None = None
    only: str | None = None
    roster: Path | None = None
    dry_run: bool = False
    marking: MarkingOptions = field(default_factory=MarkingOptions)
    overrides: Path | None = None
    feedback: Literal["html", "md"] | None = None
    similar: bool = False
    measure: bool = False


def cohort(
    folder: Path | None, course: Course, options: RunOptions, chosen: CohortOptions, console: Console
) -> int:
    """Grade the submissions without a valid report, write the summary, and return the exit code."""
    if folder is None:
        raise UsageError(
            "no-cohort",
            found="no folder given",
            where="grade cohort",
            expected="DIR, a folder with one submission per entry; or --diff OLD NEW",
            remedy="give the folder where you unpacked the platform's download",
        )
    plan = _planned(folder, course, options, chosen)
    if chosen.dry_run:
        return dry_run.dry_run(plan.intake, course, plan.options.exercises, console)
    if plan.intake.layout is not plain_folders.LAYOUT or chosen.roster:
        dry_run.show_intake(plan.intake, console, due=plan.marking is not None and plan.marking.rules.due)
    shelf = Shelf(plan.out)
    one = _graded(course, plan, shelf, chosen, console)
    entries = plan.intake.entries
    result = CohortResult(course, entries, shelf, one.troubles, one.key, plan.intake.absent, plan.marking)
    layout = plan.intake.layout.name
    with console.status("measuring correct answers ..." if chosen.measure else "writing ..."):
        summary = deliverables.deliver(
            result,
            plan.out,
            layout,
            feedback=chosen.feedback,
            compare=chosen.similar,
            measured=replace(plan.options, device="cpu") if chosen.measure else None,
        )
    gone = shelf.set_aside(entries)
    cohort_summary.show(summary, plan.out, plan.intake.left_out, gone, console)
    if any(trouble.code != UsageError.exit_code for trouble in one.troubles.values()):
        return GraderError.exit_code
    submitted = [row for row in summary.submissions if row.report or row.trouble]
    return 0 if chosen.exit_zero or all(row.status == "met" for row in submitted) else 1


@dataclass(frozen=True)
class Plan:
    """What will be graded, how it is marked, and where the files go."""

    out: Path
    options: RunOptions
    intake: Intake
    marking: Marking | None


def _planned(folder: Path, course: Course, options: RunOptions, chosen: CohortOptions) -> Plan:
    """Read the settings, the roster, the download and the changes by hand. Nothing is graded yet."""
    out = chosen.out or _beside(folder)
    rules = marking.chosen(course, chosen.marking)
    if rules is not None and not options.exercises:
        options = replace(options, exercises=rules.exercises)
    intake = take_in(
        folder,
        out=out,
        layout=chosen.layout,
        roster=read_roster(chosen.roster) if chosen.roster else None,
        every_attempt=rules is not None and rules.attempts == "best",
        only=chosen.only,
    )
    overrides = chosen.overrides or _kept_overrides(out)
    return Plan(out, options, intake, _marking(intake, course, rules, overrides))


def _graded(course: Course, plan: Plan, shelf: Shelf, chosen: CohortOptions, console: Console) -> Cohort:
    """Grade the submissions that have no valid report."""
    seed = _seed(course, plan.options, shelf, chosen)
    bench = TaskSettings.of(course, plan.options, seed)
    lanes = pool(chosen.jobs, chosen.scheduler)
    try:
        with console.status("importing torch ..."):
            opened = survey(lanes, bench)
        one = Cohort(course, plan.options, seed, shelf, opened, chosen.force)
        with Rate(len(plan.intake.entries), console) as rate:
            judge(one, plan.intake.entries, lanes, bench, rate)
    finally:
        lanes.close()
    return one


def _seed(course: Course, options: RunOptions, shelf: Shelf, chosen: CohortOptions) -> int:
    # A random seed: with a known one, a submission could look up the drawn cases in a table.
    asked = RANDOM if options.seed is None else options.seed
    drawn = shelf.seed() if asked == RANDOM and not chosen.force else None
    return choose_seed(asked, course) if drawn is None else drawn


def _marking(intake: Intake, course: Course, rules: Assignment | None, path: Path | None) -> Marking | None:
    """Return how to mark, or None if the points of the reports stand as they are."""
    if rules is None and path is None:
        return None
    rules = rules or Assignment(exercises=course.settings.required)
    if path is None:
        return Marking(rules, {})
    known = KnownNames.of([*((one.key, one.learner) for one in intake.entries), *_keyed(intake.absent)])
    return Marking(rules, read_overrides(path, known, rules.exercises or tuple(course.exercises)))


def _keyed(learners: Iterable[Learner]) -> Iterable[tuple[str, Learner]]:
    return ((one.shown, one) for one in learners)


def _kept_overrides(out: Path) -> Path | None:
    """Return the changes by hand that lie with the reports, if there are any."""
    path = out / OVERRIDES
    return path if path.exists() else None


def _beside(folder: Path) -> Path:
    """Return the default folder for the reports. `.` and `..` are resolved to their names."""
    named = folder if folder.name not in {"", ".."} else folder.resolve()
    return named.parent / f"{named.name.removesuffix(ZIP)}-reports"
