"""The cases that failed in the learner's own folder. They run first next time.

One case per test and device is stored until the submission passes it or the course changes. A run that
writes a report doesn't use them: the same submission must give the same report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from grader.course import Course
from grader.learner import learn
from grader.learner.state import progress, state_files
from grader.protocol import ReplayedCase
from grader.report_model import ExerciseResult, Property, Record
from grader.reports.laboratory_links import Laboratory
from grader.reports.terminal_finding import Aside

FILE = "cases.json"
LONGEST = 4 << 10
WIDEST = 100


class Cases(Record, frozen=True):
    """The content of `.grader/cases.json` (format 1): cases by exercise, for one version of the course."""

    format: Literal[1]
    course: str
    cases: dict[str, list[ReplayedCase]]


def recall(course: Course, submission: Path) -> Mapping[str, list[ReplayedCase]]:
    """Return the cases to run first, by exercise. Only the learner's own folder has such cases."""
    if not progress.is_learners(submission, course):
        return {}
    try:
        noted = msgspec.json.decode(state_files.read(course.learners_folder, FILE), type=Cases)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return noted.cases if noted.course == course.sha256 else {}


def keep(course: Course, submission: Path, results: Iterable[ExerciseResult], *, tried: bool) -> None:
    """Store the failed cases. Delete those that were tried again and are now met."""
    if not progress.is_learners(submission, course):
        return
    before = recall(course, submission)
    known = {name: before[name] for name in course.exercises if name in before}
    for result in results:
        known[result.id] = _kept(known.get(result.id, []), result, tried=tried)
    cases = Cases(format=1, course=course.sha256, cases={name: kept for name, kept in known.items() if kept})
    if cases.cases != before:
        content = msgspec.json.format(msgspec.json.encode(cases), indent=2)
        state_files.write(course.learners_folder, FILE, content + b"\n")


def asides(
    course: Course,
    submission: Path,
    result: ExerciseResult,
    tried: Iterable[ReplayedCase],
    laboratory: Laboratory | None = None,
) -> dict[str, Aside]:
    """Return remarks on each case: whether it failed before, how to replay it, and where to view it."""
    own = progress.is_learners(submission, course)
    said = {}
    for one in result.properties:
        trial = trial_of(one)
        if one.replay is None or trial is None:
            continue
        name = f"{result.id}.{one.id}" + (
            f".{one.device}" if one.device != result.properties[0].device else ""
        )
        command = f"grade replay {name if own else one.replay}"
        command += "" if own else f" --submission {learn.shown(submission)}"
        before = "this case also failed last time" if trial in tried else ""
        see = laboratory.case(result.id, one.counterexample) if laboratory else ""
        said[one.replay] = Aside(before, command if len(command) <= WIDEST else "", see)
    return said


def trial_of(one: Property) -> ReplayedCase | None:
    """Return the failed case, or None if there is none or it is too long to store."""
    _, _, case = (one.replay or "").partition(f".{one.id}.{one.device}.")
    return ReplayedCase(property=one.id, case=case, device=one.device) if 0 < len(case) <= LONGEST else None


def _kept(before: Iterable[ReplayedCase], result: ExerciseResult, *, tried: bool) -> list[ReplayedCase]:
    kept = {(one.property, one.device): one for one in before}
    for one in result.properties:
        trial = trial_of(one) if one.verdict == "not met" else None
        if trial is not None:
            kept[one.id, one.device] = trial
        elif one.verdict == "met" and tried:
            kept.pop((one.id, one.device), None)
    return list(kept.values())
