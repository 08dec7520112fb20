"""A process in which the properties of one exercise are collected, and their cases drawn, before any answer.

Each job is judged in a fork of it, which goes on where pytest would begin with the first property: to start
pytest and to collect takes longer than to judge most submissions.
"""

from __future__ import annotations

import contextlib
import enum
import gc
import os
import select
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from grader.errors import GraderError
from grader.frames import framed, read_frame
from grader.protocol import ExerciseJob, RunnerFailed, RunnerMessage
from grader.sandbox import limits, processes
from grader.sandbox.zygote_client import ZygoteClient

# Bytes that the answers to one exercise may take here, and what is computed with them.
MOST_MEMORY = 400 * limits.MIB


class Stands(enum.Enum):
    """What a template says of itself where it isn't a failure."""

    READY = b""


@dataclass(frozen=True)
class Turn:
    """What one fork has to judge, with a zygote's connection of its own, and where to tell of it."""

    job: ExerciseJob
    server: ZygoteClient
    tell: Callable[[RunnerMessage], None]


# Returns in the fork for each job; where it was called, it never returns.
Await = Callable[[], Turn]


def send(connection: socket.socket, message: RunnerMessage) -> None:
    """Send what was found."""
    connection.sendall(framed(msgspec.msgpack.encode(message)))


def hand_over(control: socket.socket, connection: socket.socket, job: bytes) -> None:
    """Hand a job, and the connection on which it is answered, to a template."""
    socket.send_fds(control, [b"+"], [connection.fileno()])
    control.sendall(framed(job))


def heard_of(control: socket.socket) -> Stands | RunnerFailed | None:
    """Return what a template says of itself; nothing where it is gone."""
    try:
        body = read_frame(control)
    except OSError:
        return None
    if body is None:
        return None
    return msgspec.msgpack.decode(body, type=RunnerFailed) if body else Stands.READY


@dataclass(frozen=True)
class _Fork:
    """A job that is being judged: `alive` can be read when its process is gone."""

    pid: int
    alive: int
    connection: socket.socket

    def end(self) -> None:
        """Collect its process, which is killed where it isn't gone yet."""
        if not select.select([self.alive], [], [], 0)[0]:
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.alive)
        self.connection.close()


class Template:
    """Forks for each job that is handed over; ends, after the last one, with the connection."""

    def __init__(self, control: socket.socket, server: ZygoteClient) -> None:
        """Take where jobs are handed over, and the zygote."""
        self._control = control
        self._server = server
        self._forks: list[_Fork] = []

    def play(self, set_up: Callable[[Await], None]) -> None:
        """Set up, and judge; tell what keeps it from that."""
        try:
            set_up(self._next)
        except GraderError as error:
            with contextlib.suppress(OSError):
                send(self._control, RunnerFailed.of(error))

    def _next(self) -> Turn:
        # Without this the first collection in each fork copies all objects there are.
        gc.collect()
        gc.freeze()
        self._control.sendall(framed(Stands.READY.value))
        wanted = True
        while wanted or self._forks:
            control = [self._control] if wanted else []
            waiting, _, _ = select.select([*control, *self._descriptors()], [], [])
            # Nothing more is ever sent on a job's connection: what can be read is the end of the stream.
            for fork in [one for one in self._forks if {one.alive, one.connection} & {*waiting}]:
                self._forks.remove(fork)
                fork.end()
            if self._control in waiting:
                handed = self._take()
                wanted = handed is not None
                if handed is not None and (turn := self._fork(*handed)) is not None:
                    return turn
        os._exit(0)

    def _descriptors(self) -> list[int | socket.socket]:
        return [each for fork in self._forks for each in (fork.alive, fork.connection)]

    def _take(self) -> tuple[ExerciseJob, socket.socket] | None:
        """Take the next job; nothing where there won't be another."""
        word, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        body = read_frame(self._control) if word and descriptors else None
        if body is None:
            return None
        return msgspec.msgpack.decode(body, type=ExerciseJob), socket.socket(fileno=descriptors[0])

    def _fork(self, job: ExerciseJob, connection: socket.socket) -> Turn | None:
        """Fork; return in the fork what it has to judge."""
        # Two processes that ask on one connection would read each other's answers.
        ours, theirs = socket.socketpair()
        with theirs:
            self._server.adopt(theirs)
        alive, held = os.pipe()
        pid = processes.split()
        if pid:
            ours.close()
            os.close(held)
            self._forks.append(_Fork(pid, alive, connection))
            return None
        os.close(alive)
        self._control.close()
        for other in self._forks:
            # Whoever waits for the end of another job must not have to wait for this one's.
            other.connection.close()
        processes.die_with_parent()
        # What a submission returns is held here, and computed with: what is too much is its own failure.
        limits.bound_memory(MOST_MEMORY)

        def tell(message: RunnerMessage) -> None:
            try:
                send(connection, message)
            except OSError:
                # Nobody listens any more: this process is about to be killed.
                os._exit(0)

        return Turn(job, ZygoteClient(ours), tell)
