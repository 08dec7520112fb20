"""A near side that stays: it judges each job in a fork of itself, as many side by side as are handed in.

What a job leaves behind ends with its fork, and whoever asked may hang up at any moment.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import msgspec

from grader.frames import framed, read_frame
from grader.records import ExerciseJob, NearMessage
from grader.sandbox import processes
from grader.sandbox.forkserver import ForkServer

Tell = Callable[[NearMessage], None]
# Judges one job with a fork server's connection of its own, and tells what it finds.
Judge = Callable[[ExerciseJob, ForkServer, Tell], None]


def send(connection: socket.socket, message: NearMessage) -> None:
    """Send what was found."""
    connection.sendall(framed(msgspec.msgpack.encode(message)))


def _tell(connection: socket.socket, message: NearMessage) -> None:
    try:
        send(connection, message)
    except OSError:
        # Nobody listens any more: this process is about to be killed.
        os._exit(0)


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


class Resident:
    """Takes jobs until the other end is closed; each comes on a connection of its own."""

    def __init__(
        self, to_grade: socket.socket, server: ForkServer, judge: Judge, rehearse: Callable[[str], None]
    ) -> None:
        """Take what judges one job, and what has one exercise judged in this process.

        The first job of an exercise is preceded by a rehearsal here, so that its forks find everything
        imported, drawn and warm.
        """
        self._to_grade = to_grade
        self._server = server
        self._judge = judge
        self._rehearse = rehearse
        self._rehearsed: set[str] = set()
        self._forks: list[_Fork] = []

    def serve(self) -> None:
        """Go on until nobody asks any more."""
        try:
            while True:
                waiting, _, _ = select.select([self._to_grade, *self._descriptors()], [], [])
                # Nothing more is ever sent on a job's connection: what can be read is the end of the stream.
                for fork in [one for one in self._forks if {one.alive, one.connection} & {*waiting}]:
                    self._forks.remove(fork)
                    fork.end()
                if self._to_grade in waiting and not self._take():
                    return
        finally:
            for fork in self._forks:
                fork.end()

    def _descriptors(self) -> list[int | socket.socket]:
        return [each for fork in self._forks for each in (fork.alive, fork.connection)]

    def _take(self) -> bool:
        """Take the next job; say whether there may be more."""
        word, descriptors, _, _ = socket.recv_fds(self._to_grade, 1, 1)
        if not word or not descriptors:
            return False
        connection = socket.socket(fileno=descriptors[0])
        body = read_frame(connection)
        if body is None:
            connection.close()
            return True
        job = msgspec.msgpack.decode(body, type=ExerciseJob)
        if job.exercise not in self._rehearsed:
            self._rehearse(job.exercise)
            self._rehearsed.add(job.exercise)
            # Without this the first collection in each fork copies all objects there are.
            gc.collect()
            gc.freeze()
        self._forks.append(self._fork(job, connection))
        return True

    def _fork(self, job: ExerciseJob, connection: socket.socket) -> _Fork:
        # Two processes that ask on one connection would read each other's answers.
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._server.adopt(theirs)
            alive, held = os.pipe()

            def child() -> None:
                os.close(alive)
                for other in self._forks:
                    # Whoever waits for the end of another job must not have to wait for this one's.
                    other.connection.close()
                processes.die_with_parent()
                self._judge(job, ForkServer(ours), partial(_tell, connection))

            pid = processes.fork(child)
        os.close(held)
        return _Fork(pid, alive, connection)
