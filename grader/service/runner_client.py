"""Client of a long-lived runner. It loads torch and the course once and grades many jobs."""

from __future__ import annotations

import contextlib
import socket
from types import TracebackType
from typing import Self

import msgspec

from grader.course import Course
from grader.frames import framed
from grader.protocol import ExerciseJob, RunnerFailed, RunnerFinished, RunnerFound, RunnerOpened
from grader.sandbox.zygote_client import ZygoteClient
from grader.service.runner_connection import (
    RunOptions,
    forked_runner,
    opening,
    raised,
    receive,
    request_for,
    runner_lost,
)


class Verdicts:
    """The stream of results of one job. Call `hang_up` to stop it early."""

    def __init__(self, connection: socket.socket) -> None:
        """Take over the job's connection."""
        self._connection = connection

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when a message arrives."""
        return self._connection.fileno()

    def hear(self) -> RunnerFound | RunnerFinished:
        """Return the next message. Raise an error if the runner failed."""
        try:
            message = receive(self._connection)
        except OSError:
            raise runner_lost() from None
        if isinstance(message, RunnerFound | RunnerFinished):
            return message
        assert isinstance(message, RunnerFailed)
        raise raised(message)

    def hang_up(self) -> None:
        """Make the runner drop the job if it isn't finished."""
        self._connection.close()


class WarmGrader:
    """A zygote and a runner that stay alive between jobs."""

    def __init__(self, course: Course, options: RunOptions, seed: int) -> None:
        """Start loading. `opened` waits for it to finish."""
        self.seconds = course.settings.submission_seconds
        self._seed, self._device = seed, options.device
        self._stack = contextlib.ExitStack()
        with contextlib.ExitStack() as begun:
            server = begun.enter_context(ZygoteClient.start(withheld=options.withheld, lasting=True))
            request = request_for(course, options, seed, stays=True)
            self._runner = begun.enter_context(forked_runner(server, request))
            self._stack = begun.pop_all()

    def opened(self) -> RunnerOpened:
        """Return the runner's description of this machine."""
        return opening(self._runner)

    def judge(self, job: ExerciseJob) -> Verdicts:
        """Submit a job. Jobs with the same seed and device share their cases, which are drawn only once."""
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
        """Return self. The `with` statement closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the runner and the zygote."""
        self.close()

    def close(self) -> None:
        """Close the runner and the zygote."""
        self._stack.close()
