"""A connection to a runner: the request, the runner's messages, and the errors if a runner fails."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from grader import case_cache
from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.frames import framed, read_frame
from grader.protocol import (
    ExerciseJob,
    RunnerDrew,
    RunnerFailed,
    RunnerMessage,
    RunnerOpened,
    RunnerOutput,
    RunnerRequest,
)
from grader.sandbox.zygote_client import ZygoteClient

RUNNER = "grader.runner.runner_process:main"
# The machine may have these again a moment later, so such an error decides no verdict.
PASSING = {"worker", "no-process", "no-room"}
# Made before any thread needs it: two threads that read the first message of a type crash the process.
_messages: msgspec.msgpack.Decoder[RunnerOutput] = msgspec.msgpack.Decoder(RunnerOutput)


@dataclass(frozen=True)
class RunOptions:
    """Options for grading a submission."""

    device: str = "auto"
    seed: str | None = None
    isolation: str = "process"
    withheld: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()


def request_for(
    course: Course,
    options: RunOptions,
    seed: int,
    jobs: Sequence[ExerciseJob] = (),
    *,
    stays: bool = False,
) -> RunnerRequest:
    """Return the request for a runner."""
    return RunnerRequest(
        course=str(course.root),
        seed=seed,
        device=options.device,
        isolation=options.isolation,
        withheld=list(options.withheld),
        seconds=course.settings.submission_seconds,
        jobs=list(jobs),
        stays=stays,
        cases=str(case_cache.folder() or ""),
    )


@contextlib.contextmanager
def forked_runner(server: ZygoteClient, request: RunnerRequest) -> Iterator[socket.socket]:
    """Make the zygote fork a runner, and yield the connection to it."""
    with contextlib.ExitStack() as stack:
        ours, theirs = (stack.enter_context(end) for end in socket.socketpair())
        to_server, servers = (stack.enter_context(end) for end in socket.socketpair())
        server.adopt(servers)
        server.runner(RUNNER, theirs, to_server)
        for end in (theirs, to_server, servers):
            end.close()
        with contextlib.suppress(ConnectionError):
            # If the runner is gone, the next read reports it.
            ours.sendall(framed(msgspec.msgpack.encode(request)))
        yield ours


def receive(connection: socket.socket) -> RunnerMessage:
    """Return the runner's next message. Save the cases that it drew. Raise an error if it is gone."""
    while (body := read_frame(connection)) is not None:
        message = _messages.decode(body)
        if not isinstance(message, RunnerDrew):
            return message
        case_cache.write(message.name, message.content)
    raise runner_lost()


def opening(connection: socket.socket) -> RunnerOpened:
    """Return the runner's description of this machine. Raise the error if it can't grade."""
    message = receive(connection)
    if isinstance(message, RunnerOpened):
        return message
    raise raised(message) if isinstance(message, RunnerFailed) else runner_lost()


def raised(message: RunnerFailed) -> GraderError:
    """Return the error that stopped a runner."""
    kind = UsageError if message.code == UsageError.exit_code else GraderError
    return kind(
        message.slug,
        found=message.found,
        where=message.where,
        expected=message.expected,
        remedy=message.remedy,
    )


def runner_lost() -> GraderError:
    """Return the error for a runner that ended too early."""
    return GraderError(
        "near-side",
        found="the process that grades ended too early",
        where="the runner",
        expected="a message for each exercise",
        remedy="free some memory and run again. `grade doctor` shows what this machine has",
    )
