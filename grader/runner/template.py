"""A process that has already collected the properties of one exercise and drawn their cases.

It forks for each job. The fork continues at the point where pytest runs the first property. This saves
time, because starting pytest and collecting takes longer than grading most submissions.
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
from dataclasses import dataclass, field

import msgspec

from grader.errors import GraderError
from grader.frames import framed, read_frame
from grader.protocol import ExerciseJob, RunnerFailed, RunnerOutput
from grader.sandbox import limits, processes
from grader.sandbox.zygote_client import ZygoteClient

# Bytes for the answers to one exercise and for the computations with them.
MOST_MEMORY = 400 * limits.MIB
# Bytes that are read at once of what a fork leaves, and at most in all.
CHUNK = 1 << 16
MOST_LEFT = 8 << 20


class Stands(enum.Enum):
    """A template's status messages, except failures."""

    READY = b""


@dataclass(frozen=True)
class Turn:
    """The job of one fork, the fork's own connection to the zygote, and a function that sends results."""

    job: ExerciseJob
    server: ZygoteClient
    tell: Callable[[RunnerOutput], None]
    is_first: bool
    # Leaves what later forks can use to the template.
    leave: Callable[[bytes], None] = lambda _: None


# Returns in the fork for each job. In the calling process it never returns, and passes on what forks leave.
Await = Callable[[Callable[[bytes], None]], Turn]


def send(connection: socket.socket, message: RunnerOutput) -> None:
    """Send a message preceded by its length."""
    connection.sendall(framed(msgspec.msgpack.encode(message)))


def hand_over(control: socket.socket, connection: socket.socket, job: bytes) -> None:
    """Send a job to a template, with the connection for the answers."""
    socket.send_fds(control, [b"+"], [connection.fileno()])
    control.sendall(framed(job))


def heard_of(control: socket.socket) -> Stands | RunnerFailed | None:
    """Return a template's status message, or None if the template is gone."""
    try:
        body = read_frame(control)
    except OSError:
        return None
    if body is None:
        return None
    return msgspec.msgpack.decode(body, type=RunnerFailed) if body else Stands.READY


@dataclass(frozen=True)
class _Fork:
    """A job that is being graded. The pipe `alive` carries data from the process and closes with it."""

    pid: int
    alive: int
    connection: socket.socket
    left: bytearray = field(default_factory=bytearray)

    def hears(self) -> bool:
        """Read some of the data from the process, and return whether more may follow."""
        chunk = os.read(self.alive, CHUNK)
        if len(self.left) <= MOST_LEFT:
            self.left.extend(chunk)
        return bool(chunk)

    def end(self) -> None:
        """Kill the process if it still runs, and reap it."""
        if os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        while self.hears():
            pass
        os.close(self.alive)
        self.connection.close()


class Template:
    """Forks for each job. Ends when the connection is closed and the last fork is done."""

    def __init__(self, control: socket.socket, server: ZygoteClient) -> None:
        """Store the connection for jobs and the client of the zygote."""
        self._control = control
        self._server = server
        self._forks: list[_Fork] = []
        self._has_forked = False

    def play(self, set_up: Callable[[Await], None]) -> None:
        """Set up, then grade each job in a fork. Report it if the setup fails."""
        try:
            set_up(self._next)
        except GraderError as error:
            with contextlib.suppress(OSError):
                send(self._control, RunnerFailed.of(error))

    def _next(self, learn: Callable[[bytes], None]) -> Turn:
        # Without this, the first garbage collection in each fork copies all objects.
        gc.collect()
        gc.freeze()
        self._control.sendall(framed(Stands.READY.value))
        wanted = True
        while wanted or self._forks:
            control = [self._control] if wanted else []
            waiting, _, _ = select.select([*control, *self._descriptors()], [], [])
            # Clients send nothing more on a job's connection: only the end of the stream is readable.
            for fork in [*self._forks]:
                if fork.connection in waiting or (fork.alive in waiting and not fork.hears()):
                    self._forks.remove(fork)
                    fork.end()
                    learn(bytes(fork.left))
            if self._control in waiting:
                handed = self._take()
                wanted = handed is not None
                if handed is not None and (turn := self._fork(*handed)) is not None:
                    return turn
        os._exit(0)

    def _descriptors(self) -> list[int | socket.socket]:
        return [each for fork in self._forks for each in (fork.alive, fork.connection)]

    def _take(self) -> tuple[ExerciseJob, socket.socket] | None:
        """Return the next job, or None if there are no more."""
        word, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        body = read_frame(self._control) if word and descriptors else None
        if body is None:
            return None
        return msgspec.msgpack.decode(body, type=ExerciseJob), socket.socket(fileno=descriptors[0])

    def _fork(self, job: ExerciseJob, connection: socket.socket) -> Turn | None:
        """Fork. Return the job in the fork, and None in the template."""
        # Two processes on one connection would read each other's answers.
        ours, theirs = socket.socketpair()
        with theirs:
            self._server.adopt(theirs)
        alive, held = os.pipe()
        is_first, self._has_forked = not self._has_forked, True
        pid = processes.split()
        if pid:
            ours.close()
            os.close(held)
            self._forks.append(_Fork(pid, alive, connection))
            return None
        os.close(alive)
        self._control.close()
        for other in self._forks:
            # Else other clients would not see the end of their stream before this job ends.
            other.connection.close()
        processes.die_with_parent()
        # This process computes with a submission's results. Results that are too large must fail alone.
        limits.bound_memory(MOST_MEMORY)

        def tell(message: RunnerOutput) -> None:
            try:
                send(connection, message)
            except OSError:
                # The client is gone, and this process will be killed.
                os._exit(0)

        def leave(what: bytes) -> None:
            # Before the result is told: then the client hangs up, and this process may be killed.
            view = memoryview(what)
            with contextlib.suppress(OSError):
                while view:
                    view = view[os.write(held, view) :]

        return Turn(job, ZygoteClient(ours), tell, is_first, leave)
