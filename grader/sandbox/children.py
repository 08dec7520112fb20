"""The zygote's care for its workers.

It knows how each ended, ends it in the runner's word or when the runner is gone,
and clears away whatever the worker started or wrote.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.sandbox import processes


class Ended(msgspec.Struct, frozen=True):
    """How a worker ended: its exit code, or the signal; CPU seconds and peak memory in KiB."""

    code: int | None
    signal: int | None
    seconds: float
    memory: int


@dataclass(frozen=True)
class Ward:
    """A worker: the connection on which its end is told, and its scratch folder."""

    pid: int
    control: socket.socket
    folder: str


def clear(folder: str) -> None:
    """Remove a folder, whatever a submission has put there."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if Path(folder).exists():
        # Folders nested deeper than Python follows, or closed to their owner.
        for command in (["chmod", "-R", "u+rwX", folder], ["rm", "-rf", folder]):
            with contextlib.suppress(OSError):
                subprocess.run(command, capture_output=True, check=False)  # noqa: S603


class Wards:
    """The children of the zygote: workers, runners, and orphans that workers left to it."""

    def __init__(self, scratch: str) -> None:
        """Start without any; workers' folders are made in `scratch`."""
        self._scratch = scratch
        self._workers: dict[int, Ward] = {}
        self._runners: set[int] = set()
        processes.adopt_orphans()

    def admit(self, control: socket.socket, worker: Callable[[str], None]) -> Ward:
        """Fork a worker that runs in a scratch folder of its own."""
        folder = tempfile.mkdtemp(dir=self._scratch)
        try:
            pid = processes.fork(lambda: worker(folder))
        except OSError:
            clear(folder)
            raise
        ward = Ward(pid, control, folder)
        self._workers[ward.pid] = ward
        return ward

    def admit_near(self, pid: int) -> None:
        """Know a runner, so that it isn't taken for an orphan."""
        self._runners.add(pid)

    def end(self, ward: Ward) -> None:
        """Kill a worker; its end is noticed like any other."""
        if ward.pid in self._workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(ward.pid, signal.SIGKILL)

    def collect(self) -> list[Ward]:
        """Take note of every child that has ended, tell of it, and return the workers among them."""
        gone = []
        reaped = False
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if not pid:
                break
            reaped = True
            self._runners.discard(pid)
            if (ward := self._workers.pop(pid, None)) is not None:
                ended = Ended(
                    code=os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
                    signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
                    seconds=usage.ru_utime + usage.ru_stime,
                    memory=usage.ru_maxrss,
                )
                with contextlib.suppress(OSError):
                    ward.control.send(msgspec.msgpack.encode(ended))
                clear(ward.folder)
                gone.append(ward)
        if reaped:
            self._end_orphans()
        return gone

    def finish(self) -> None:
        """End every child and wait until the last is gone."""
        processes.end_children()

    def _end_orphans(self) -> None:
        """Kill what is a child of this process without having been forked by it: a dead worker left it."""
        for pid in processes.children():
            if pid not in self._workers and pid not in self._runners:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
