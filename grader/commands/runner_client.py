"""A runner that waits for work: torch and the course are loaded once for many verdicts."""

from __future__ import annotations

import contextlib
import socket
from types import TracebackType
from typing import Self

import msgspec

from grader.commands.grade import (
    RunOptions,
    forked_runner,
    opening,
    raised,
    receive,
    request_for,
    runner_lost,
)
from grader.course import Course
from grader.frames import framed
from grader.protocol import ExerciseJob, RunnerFailed, RunnerFinished, RunnerFound, RunnerOpened
from grader.sandbox.zygote_client import ZygoteClient


class Verdicts:
    """What is found about one job, as it is found; whoever has heard enough hangs up."""

    def __init__(self, connection: socket.socket) -> None:
        """Take over the connection on which the job was handed in."""
        self._connection = connection

    def fileno(self) -> int:
        """Return the descriptor that has something to read when there is something to hear."""
        return self._connection.fileno()

    def hear(self) -> RunnerFound | RunnerFinished:
        """Return what was found next; raise what keeps the runner from judging."""
        try:
            message = receive(self._connection)
        except OSError:
            raise runner_lost() from None
        if isinstance(message, RunnerFound | RunnerFinished):
            return message
        assert isinstance(message, RunnerFailed)
        raise raised(message)

    def hang_up(self) -> None:
        """Have the runner drop the job, where it isn't finished."""
        self._connection.close()


class WarmGrader:
    """A zygote and a runner that stays."""

    def __init__(self, course: Course, options: RunOptions, seed: int) -> None:
        """Begin to load; `opened` waits until that is done."""
        self.seconds = course.settings.submission_seconds
        self._seed, self._device = seed, options.device
        self._stack = contextlib.ExitStack()
        with contextlib.ExitStack() as begun:
            server = begun.enter_context(ZygoteClient.start(withheld=options.withheld, lasting=True))
            request = request_for(course, options, seed, stays=True)
            self._runner = begun.enter_context(forked_runner(server, request))
            self._stack = begun.pop_all()

    def opened(self) -> RunnerOpened:
        """Return what the runner found on this machine."""
        return opening(self._runner)

    def judge(self, job: ExerciseJob) -> Verdicts:
        """Hand in a job; jobs that mean the same seed and device are judged by the same cases, drawn once."""
        job = msgspec.structs.replace(
            job,
            seed=self._seed if job.seed is None else job.seed,
            device=self._device if job.device is None else job.device,
        )
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._runner, [b"+"], [theirs.fileno()])
            ours.sendall(framed(msgspec.msgpack.encode(job)))
        except OSError:
            ours.close()
            raise runner_lost() from None
        return Verdicts(ours)

    def __enter__(self) -> Self:
        """Be closed at the end of a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the runner and the zygote go."""
        self.close()

    def close(self) -> None:
        """Let the runner and the zygote go."""
        self._stack.close()
