"""`grade replay`: run one case again with the current submission."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from rich.console import Console

from grader.course import Course
from grader.errors import UsageError, suggestion
from grader.exercises import Exercise
from grader.learner.state import remembered_cases
from grader.protocol import ReplayedCase, RunnerOpened
from grader.report_model import DEVICE, CourseRecord, ExerciseResult, Property, Replay, Submission
from grader.reports import report_json, terminal
from grader.sanitize import clean
from grader.service import commits, grading, runner_connection
from grader.service.runner_connection import RunOptions
from grader.submission.discovery import SubmissionText, read_submission

ADDRESS = re.compile(r"(\w{1,80})\.(\w{1,80})(?:\.(\w{1,16})(?:\.(.+))?)?", re.ASCII | re.DOTALL)
SHOWN = 60


def replay(
    token: str,
    course: Course,
    submission: Path | None,
    console: Console,
    *,
    device: str | None = None,
    isolation: str = "process",
    json: str | None = None,
) -> int:
    """Run a case and show the result. Return 0 if the case is correct now."""
    exercise, trial = _found(token, course)
    text = read_submission(submission or course.learners_folder, course, [exercise.id])
    options = RunOptions(device=device or trial.device or "auto", isolation=isolation)
    opened, result = _tried(course, text, options, trial)
    terminal.show_replay(result, console, text.files[0].source)
    if json is not None:
        whole = f"{exercise.id}.{trial.property}.{trial.device}.{trial.case}"
        report_json.deliver(_report(whole, course, text, opened, result), json)
    return 0 if result.status == "met" else 1


def _found(token: str, course: Course) -> tuple[Exercise, ReplayedCase]:
    """Return the exercise and the case of a token, or the remembered case."""
    match = ADDRESS.fullmatch(token.strip())
    if match is None:
        raise UsageError(
            "replay-token",
            found=f"`{_short(token)}`",
            where="TOKEN",
            expected="a token from a report's `replay` field, or EXERCISE.TEST",
            remedy="copy the whole token, from the name of the exercise to the last letter",
        )
    name, law, device, case = match.groups()
    exercise = course.exercise(name, where="TOKEN")
    # `device` draws no cases. The case that it shows is remembered under another test.
    _check_names(exercise, law, device, [DEVICE] if case is None else [])
    if case is None:
        return exercise, _remembered(course, exercise, law, device)
    return exercise, ReplayedCase(property=law, case=case, device=device)


def _check_names(exercise: Exercise, law: str, device: str | None, others: list[str]) -> None:
    laws = [one.id for one in exercise.laws]
    if law not in {*laws, *others}:
        raise UsageError(
            "unknown-property",
            found=f"{exercise.id} has no test `{law}`",
            where="TOKEN",
            expected=f"one of {', '.join(laws)}",
            remedy=suggestion(law, laws, f"`grade show {exercise.id}` shows what is checked"),
        )
    devices = exercise.settings.devices
    if device is not None and not exercise.settings.runs_on(device):
        raise UsageError(
            "unknown-device",
            found=f"`{device}`",
            where="TOKEN",
            expected=f"a device for {exercise.id}: {', '.join(devices)}",
            remedy=suggestion(device, devices, "copy the token from a report of this course"),
        )


def _remembered(course: Course, exercise: Exercise, law: str, device: str | None) -> ReplayedCase:
    noted = remembered_cases.recall(course, course.learners_folder).get(exercise.id, [])
    known = [trial for trial in noted if trial.device is not None and exercise.settings.runs_on(trial.device)]
    # Without a device: the first graded device, as `grade run` prints it.
    for trial in sorted(known, key=lambda one: one.device != "cpu"):
        if _is_meant(trial, law) and device in {None, trial.device}:
            return trial
    others = ", ".join(dict.fromkeys(f"{exercise.id}.{trial.property}" for trial in known))
    raise UsageError(
        "nothing-remembered",
        found=f"the last check of your folder has no failed case of `{law}`",
        where=str(course.learners_folder),
        expected=f"one of {others}" if others else "a checked folder with a failed case",
        remedy=f"`grade run {course.settings.submission} -e {exercise.id}` looks for one",
    )


def _is_meant(trial: ReplayedCase, law: str) -> bool:
    return trial.property == law or (law == DEVICE and trial.device != "cpu")


def _tried(
    course: Course, text: SubmissionText, options: RunOptions, trial: ReplayedCase
) -> tuple[RunnerOpened, ExerciseResult]:
    opened: RunnerOpened | None = None
    seed = course.settings.seed
    for message in grading.judge(
        course, text, options, seed, replay=msgspec.structs.replace(trial, device=None)
    ):
        if isinstance(message, RunnerOpened):
            opened = message
        elif opened is not None:
            return opened, message.result
    raise runner_connection.runner_lost()


def _report(
    token: str, course: Course, text: SubmissionText, opened: RunnerOpened, result: ExerciseResult
) -> Replay:
    return Replay(
        format=1,
        tool=commits.tool(),
        token=token,
        submission=Submission(name=text.name, sha256=text.sha256),
        course=CourseRecord(
            title=course.settings.title,
            sha256=course.sha256,
            commit=commits.commit_of(course.root),
        ),
        environment=opened.environment,
        isolation=opened.isolation,
        devices=opened.devices,
        exercise=result.id,
        properties=[_without_case(one) for one in result.properties],
        cases=[one.counterexample for one in result.properties],
    )


def _without_case(one: Property) -> Property:
    """Return the property as shown in a report: without a counterexample if it is met."""
    return msgspec.structs.replace(one, counterexample=None) if one.verdict == "met" else one


def _short(token: str) -> str:
    token = clean(token)
    return token if len(token) <= SHOWN else f"{token[:SHOWN]}..."
