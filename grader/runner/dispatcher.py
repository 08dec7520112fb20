"""A long-lived runner that hands each job to its exercise's template. The first job sets up the template.

A job leaves nothing behind after its process ends. A client may close its connection at any time.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from grader.frames import read_frame
from grader.protocol import ExerciseJob, RunnerFailed
from grader.runner.template import Await, Stands, Template, hand_over, heard_of, send
from grader.sandbox import processes
from grader.sandbox.zygote_client import ZygoteClient

# Each holds about 40 MiB, including its exercise's cases. A course has fewer exercises than this.
MOST_TEMPLATES = 32

# Collects the exercise's properties. Each forked child then judges one job.
SetUp = Callable[[ExerciseJob, ZygoteClient, Await], None]
# Returns the devices of a job.
DevicesOf = Callable[[ExerciseJob], tuple[str, ...]]
TemplateKey = tuple[str, int | None, tuple[str, ...]]


@dataclass
class _Standing:
    """A template as seen by the dispatcher. Jobs wait until it is ready."""

    pid: int
    control: socket.socket
    ready: bool = False
    waiting: list[tuple[socket.socket, bytes]] = field(default_factory=list)

    def take(self, connection: socket.socket, job: bytes) -> None:
        """Hand over a job, or keep it until the template is ready."""
        self.waiting.append((connection, job))
        if self.ready:
            self.hand_over()

    def hand_over(self) -> None:
        """Hand over the waiting jobs. If the template is gone, clients see their connection close."""
        for connection, job in self.waiting:
            with connection, contextlib.suppress(OSError):
                hand_over(self.control, connection, job)
        self.waiting.clear()

    def fail(self, failure: RunnerFailed) -> None:
        """Tell waiting clients why nothing can be graded."""
        for connection, _ in self.waiting:
            with connection, contextlib.suppress(OSError):
                send(connection, failure)
        self.waiting.clear()


class Dispatcher:
    """Takes jobs until the other end closes. Each job has its own connection."""

    def __init__(
        self, to_grade: socket.socket, server: ZygoteClient, set_up: SetUp, devices_of: DevicesOf
    ) -> None:
        """Keep the connection for jobs, the zygote, and the function that sets up a template."""
        self._to_grade = to_grade
        self._server = server
        self._set_up = set_up
        self._devices_of = devices_of
        self._standing: OrderedDict[TemplateKey, _Standing] = OrderedDict()
        self._retired: list[_Standing] = []

    def serve(self) -> None:
        """Serve until the connection closes. Templates and their jobs end with this process."""
        while True:
            templates = {one.control: one for one in [*self._standing.values(), *self._retired]}
            waiting, _, _ = select.select([self._to_grade, *templates], [], [])
            for control in waiting:
                if control is not self._to_grade:
                    self._hear(templates[control])
            if self._to_grade in waiting and not self._take():
                return

    def _take(self) -> bool:
        """Take the next job. Return False if there are no more."""
        word, descriptors, _, _ = socket.recv_fds(self._to_grade, 1, 1)
        if not word or not descriptors:
            return False
        connection = socket.socket(fileno=descriptors[0])
        body = read_frame(connection)
        if body is None:
            connection.close()
            return True
        job = msgspec.msgpack.decode(body, type=ExerciseJob)
        kind = self._kind(job)
        if kind not in self._standing:
            self._standing[kind] = self._template(job, connection)
        self._standing.move_to_end(kind)
        self._standing[kind].take(connection, body)
        if len(self._standing) > MOST_TEMPLATES:
            _, oldest = self._standing.popitem(last=False)
            self._retired.append(oldest)
            if oldest.ready:
                oldest.control.shutdown(socket.SHUT_WR)
        return True

    def _kind(self, job: ExerciseJob) -> TemplateKey:
        """Return the key of a job's template.

        A template for several devices can also serve a job that needs only the first of them.
        """
        devices = self._devices_of(job)
        for exercise, seed, there in self._standing:
            if (exercise, seed, there[: len(devices)]) == (job.exercise, job.seed, devices):
                return exercise, seed, there
        return job.exercise, job.seed, devices

    def _hear(self, template: _Standing) -> None:
        """Handle a template that is ready, failed to set up, or is gone."""
        message = heard_of(template.control)
        if message is Stands.READY:
            template.ready = True
            template.hand_over()
            if template in self._retired:
                template.control.shutdown(socket.SHUT_WR)
            return
        if isinstance(message, RunnerFailed):
            template.fail(message)
        for connection, _ in template.waiting:
            connection.close()
        template.control.close()
        os.waitpid(template.pid, 0)
        self._standing = OrderedDict(
            (kind, one) for kind, one in self._standing.items() if one is not template
        )
        self._retired = [one for one in self._retired if one is not template]

    def _template(self, job: ExerciseJob, asked_on: socket.socket) -> _Standing:
        ours, theirs = socket.socketpair()
        # Two processes on one connection would read each other's answers.
        to_server, at_server = socket.socketpair()
        with at_server:
            self._server.adopt(at_server)

        def child() -> None:
            # Else clients would not see the end of their stream before this template ends.
            others = [*self._standing.values(), *self._retired]
            jobs = [connection for other in others for connection, _ in other.waiting]
            for each in (ours, self._to_grade, asked_on, *(other.control for other in others), *jobs):
                each.close()
            processes.die_with_parent()
            server = ZygoteClient(to_server)
            Template(theirs, server).play(lambda turns: self._set_up(job, server, turns))

        with theirs, to_server:
            pid = processes.fork(child)
        return _Standing(pid, ours)
