"""A near side that stays: it judges one job after the other, each in a fork of itself.

What a job leaves behind ends with its fork, and whoever asked may hang up at any moment.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
from collections.abc import Callable

import msgspec

from grader.frames import framed, read_frame
from grader.records import ExerciseJob, NearMessage
from grader.sandbox import processes
from grader.sandbox.forkserver import ForkServer

Tell = Callable[[NearMessage], None]
# Judges one job with a fork server's connection of its own, and tells what it finds.
Judge = Callable[[ExerciseJob, ForkServer, Tell], None]


def serve(to_grade: socket.socket, server: ForkServer, judge: Judge, rehearse: Callable[[str], None]) -> None:
    """Take jobs until the other end is closed; each comes on a connection of its own.

    The first job of an exercise is preceded by a rehearsal in this process, so that its forks find
    everything imported and warm.
    """
    rehearsed: set[str] = set()
    while (connection := _next(to_grade)) is not None:
        with connection:
            body = read_frame(connection)
            if body is None:
                continue
            job = msgspec.msgpack.decode(body, type=ExerciseJob)
            if job.exercise not in rehearsed:
                rehearse(job.exercise)
                rehearsed.add(job.exercise)
                # Without this the first collection in each fork copies all objects there are.
                gc.collect()
                gc.freeze()
            _judge_apart(job, connection, server, judge)


def send(connection: socket.socket, message: NearMessage) -> None:
    """Send what was found."""
    connection.sendall(framed(msgspec.msgpack.encode(message)))


def _next(to_grade: socket.socket) -> socket.socket | None:
    """Return the connection of the next job, or None at the end."""
    word, descriptors, _, _ = socket.recv_fds(to_grade, 1, 1)
    return socket.socket(fileno=descriptors[0]) if word and descriptors else None


def _judge_apart(job: ExerciseJob, connection: socket.socket, server: ForkServer, judge: Judge) -> None:
    """Fork, let the fork judge, and end it when it is done or nobody listens any more."""
    # Two processes that ask on one connection would read each other's answers.
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            server.adopt(theirs)

        alive, held = os.pipe()

        def child() -> None:
            os.close(alive)
            processes.die_with_parent()
            judge(job, ForkServer(ours), lambda message: send(connection, message))

        pid = processes.fork(child)
    os.close(held)
    _await(pid, alive, connection)


def _await(pid: int, alive: int, connection: socket.socket) -> None:
    """Wait until the fork has closed its end of `alive` by ending; kill it where its listener goes first."""
    try:
        poll = select.poll()
        poll.register(alive, select.POLLIN)
        # Nothing more is ever sent this way: what can be read is the end of the stream.
        poll.register(connection, select.POLLIN)
        if alive not in {descriptor for descriptor, _ in poll.poll()}:
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    finally:
        os.close(alive)
