"""`grade run`: judge a submission and report what was found."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console

from grader.commands import commits, lab_address
from grader.commands.state import progress, remembered_cases
from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.frames import framed, read_frame
from grader.protocol import (
    ExerciseJob,
    ReplayedCase,
    RunnerFailed,
    RunnerFinished,
    RunnerFound,
    RunnerMessage,
    RunnerOpened,
    RunnerRequest,
)
from grader.report_model import CourseRecord, ExerciseResult, Report, Submission
from grader.reports import report_json, terminal
from grader.reports.laboratory_links import Laboratory
from grader.sandbox.zygote_client import ZygoteClient
from grader.submission.discovery import SubmissionText, SubmittedFile, read_submission

Tell = Callable[[str], object]
RUNNER = "grader.runner.runner_process:main"
JOBS_WORTH_A_HAND = 3
LARGEST_SEED = 2**32
# What a machine lacked a moment ago may be there again: nobody's answer is judged by it.
PASSING = {"worker", "no-process", "no-room"}
RANDOM = "random"
# Made before any thread asks for it: two that read the first message of a type at once crash the process.
_messages: msgspec.msgpack.Decoder[RunnerMessage] = msgspec.msgpack.Decoder(RunnerMessage)


@dataclass(frozen=True)
class RunOptions:
    """How a submission is to be judged."""

    device: str = "auto"
    seed: str | None = None
    isolation: str = "process"
    withheld: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()


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
    """Judge, print for people, write the report where it was asked for, and return the exit code."""
    seed = choose_seed(options.seed, course)
    # A platform wants a report of whatever there is; whoever sits at a terminal wants to know what to do.
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
                terminal.show_exercise(message.result, console, file.source, asides)
                results.append(message.result)
            waiting = [file.exercise for file in text.files[len(results) :]]
            status.update(f"judging {waiting[0]} ..." if waiting else "done")
    if opened is None:
        raise runner_lost()
    report = assemble(course, text, seed, opened, results)
    terminal.summary(report, console)
    progress.remember(course, submission, text.files, results)
    remembered_cases.keep(course, submission, results, tried=not reports)
    if json is not None:
        report_json.deliver(report, json)
    if html is not None:
        beside = lab_address.laboratory(course, site, beside=html.parent)
        report_json.write(_page(report, course, text, beside), html, option="--html")
    all_met = all(result.status == "met" for result in results)
    return 0 if all_met or exit_zero else 1


def _page(report: Report, course: Course, text: SubmissionText, laboratory: Laboratory | None) -> bytes:
    """Return the report as a page, with the course's formulas and the learner's lines."""
    from grader.reports import html  # noqa: PLC0415 - its templates cost a tenth of a second, and few ask for it

    sources = {file.exercise: file.source for file in text.files}
    return html.page(
        report, formulas=html.formulas_of(course), sources=sources, laboratory=laboratory
    ).encode()


def job_of(file: SubmittedFile) -> ExerciseJob:
    """Return what the runner is asked about one file."""
    return ExerciseJob(
        exercise=file.exercise,
        source=file.source,
        trouble=file.trouble,
        handed_in=file.handed_in,
    )


def choose_seed(asked: str | None, course: Course) -> int:
    """Return the seed: the course's own, the one asked for, or a fresh one that nobody knows beforehand."""
    if asked is None:
        return course.settings.seed
    if asked == RANDOM:
        return secrets.randbelow(LARGEST_SEED)
    if asked.isdecimal() and int(asked) < LARGEST_SEED:
        return int(asked)
    raise UsageError(
        "seed",
        found=f"`{asked}`",
        where="--seed",
        expected=f"a whole number below {LARGEST_SEED}, or `random`",
        remedy="leave it out for the course's own seed",
    )


def judge(
    course: Course,
    text: SubmissionText,
    options: RunOptions,
    seed: int,
    *,
    replay: ReplayedCase | None = None,
    tried_first: Mapping[str, list[ReplayedCase]] | None = None,
) -> Iterator[RunnerOpened | RunnerFinished]:
    """Yield what the runners find, file by file; raise what keeps them from judging one."""
    first = tried_first or {}
    jobs = [
        msgspec.structs.replace(job_of(file), replay=replay, remembered=first.get(file.exercise, []))
        for file in text.files
    ]
    for message in _judged(course, jobs, options, seed):
        if isinstance(message, RunnerFailed):
            raise raised(message)
        if not isinstance(message, RunnerFound):
            yield message


def examine() -> RunnerOpened:
    """Return what the runner finds on this machine, without judging anything."""
    request = RunnerRequest(
        course="", seed=0, device="auto", isolation="process", withheld=[], seconds=1.0, jobs=[]
    )
    with ZygoteClient.start() as server, forked_runner(server, request) as runner:
        return opening(runner)


def _judged(
    course: Course, jobs: Sequence[ExerciseJob], options: RunOptions, seed: int
) -> Iterator[RunnerMessage]:
    """Yield what one runner says at its beginning, then a message for each job, in their order.

    All begin with all of the submission's seconds. What has then spent more than those before have left is
    judged again with what is left, so that a verdict is the same however many there are.

    torch is imported once, in the zygote; from it are forked as many runners as there are
    processors, where each has enough to do to pay for importing pytest and the course once more.
    """
    hands = max(1, min(os.cpu_count() or 1, len(jobs) // JOBS_WORTH_A_HAND))
    with ZygoteClient.start(withheld=options.withheld) as server, contextlib.ExitStack() as stack:
        requests = (request_for(course, options, seed, jobs[hand::hands]) for hand in range(hands))
        runners = [stack.enter_context(forked_runner(server, request)) for request in requests]
        first, *_ = [receive(runner) for runner in runners]
        yield first
        if isinstance(first, RunnerFailed):
            return
        seconds = left = course.settings.submission_seconds
        for place, job in enumerate(jobs):
            message = receive(runners[place % hands])
            lost = isinstance(message, RunnerFailed) and message.slug in PASSING
            if lost or (isinstance(message, RunnerFinished) and left < min(message.spent, seconds)):
                request = request_for(course, options, seed, [msgspec.structs.replace(job, seconds=left)])
                with forked_runner(server, request) as runner:
                    opening(runner)
                    message = receive(runner)
            left = max(left - (message.spent if isinstance(message, RunnerFinished) else 0.0), 0.0)
            yield message


def request_for(
    course: Course,
    options: RunOptions,
    seed: int,
    jobs: Sequence[ExerciseJob] = (),
    *,
    stays: bool = False,
) -> RunnerRequest:
    """Return what a runner is asked for."""
    return RunnerRequest(
        course=str(course.root),
        seed=seed,
        device=options.device,
        isolation=options.isolation,
        withheld=list(options.withheld),
        seconds=course.settings.submission_seconds,
        jobs=list(jobs),
        stays=stays,
    )


@contextlib.contextmanager
def forked_runner(server: ZygoteClient, request: RunnerRequest) -> Iterator[socket.socket]:
    """Have the zygote fork a runner, and hand over the connection to it."""
    with contextlib.ExitStack() as stack:
        ours, theirs = (stack.enter_context(end) for end in socket.socketpair())
        to_server, servers = (stack.enter_context(end) for end in socket.socketpair())
        server.adopt(servers)
        server.runner(RUNNER, theirs, to_server)
        for end in (theirs, to_server, servers):
            end.close()
        with contextlib.suppress(ConnectionError):
            # One that is gone already is found so by whoever reads from it.
            ours.sendall(framed(msgspec.msgpack.encode(request)))
        yield ours


def receive(connection: socket.socket) -> RunnerMessage:
    """Return the next message of a runner; raise where it has gone."""
    body = read_frame(connection)
    if body is None:
        raise runner_lost()
    message: RunnerMessage = _messages.decode(body)
    return message


def opening(connection: socket.socket) -> RunnerOpened:
    """Return what a runner finds on this machine before it judges; raise what keeps it from that."""
    message = receive(connection)
    if isinstance(message, RunnerOpened):
        return message
    raise raised(message) if isinstance(message, RunnerFailed) else runner_lost()


def raised(message: RunnerFailed) -> GraderError:
    """Return the error that kept a runner from judging."""
    kind = UsageError if message.code == UsageError.exit_code else GraderError
    return kind(
        message.slug,
        found=message.found,
        where=message.where,
        expected=message.expected,
        remedy=message.remedy,
    )


def assemble(
    course: Course,
    text: SubmissionText,
    seed: int,
    opened: RunnerOpened,
    results: list[ExerciseResult],
    *,
    learner: str | None = None,
) -> Report:
    """Return the score report of a run."""
    return Report(
        format=1,
        tool=commits.tool(),
        submission=described(text, learner),
        course=CourseRecord(
            title=course.settings.title,
            sha256=course.digest(result.id for result in results),
            commit=commits.commit_of(course.root),
        ),
        seed=seed,
        environment=opened.environment,
        isolation=opened.isolation,
        devices=opened.devices,
        score=round(sum(result.score for result in results), 6),
        max_score=round(sum(result.max_score for result in results), 6),
        exercises=results,
        judged_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def described(text: SubmissionText, learner: str | None = None) -> Submission:
    """Return what a report says of its submission."""
    return Submission(name=text.name, sha256=text.sha256, unread=list(text.unread), learner=learner)


def runner_lost() -> GraderError:
    """Return the error for a runner that ended before it was done."""
    return GraderError(
        "near-side",
        found="the process that judges ended before it was done",
        where="the runner",
        expected="a message for each exercise",
        remedy="free some memory and run again; `grade doctor` shows what this machine has",
    )
