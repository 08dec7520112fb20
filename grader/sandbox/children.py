"""Starts, kills and reaps the zygote's workers.

Reports how each worker ended. Ends a worker when the runner asks for this or is gone, then removes
the processes that the worker started and the files that it wrote.
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
    """How a worker ended: its exit code or signal, CPU seconds, and peak memory in KiB."""

    code: int | None
    signal: int | None
    seconds: float
    memory: int


@dataclass(frozen=True)
class Ward:
    """A worker: the connection that reports its end, and its scratch folder."""

    pid: int
    control: socket.socket
    folder: str


def clear(folder: str) -> None:
    """Remove a folder with any content that a submission has put there."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if Path(folder).exists():
        # Folders nested too deeply for Python, or without permissions for their owner.
        for command in (["chmod", "-R", "u+rwX", folder], ["rm", "-rf", folder]):
            with contextlib.suppress(OSError):
                subprocess.run(command, capture_output=True, check=False)  # noqa: S603


class Wards:
    """The children of the zygote: workers, runners, and orphaned processes of dead workers."""

    def __init__(self, scratch: str) -> None:
        """Start without children. Workers' folders are created in `scratch`."""
        self._scratch = scratch
        self._workers: dict[int, Ward] = {}
        self._runners: set[int] = set()
        processes.adopt_orphans()

    def admit(self, control: socket.socket, worker: Callable[[str], None]) -> Ward:
        """Fork a worker that runs in its own scratch folder."""
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
        """Register a runner, so that it isn't mistaken for an orphan."""
        self._runners.add(pid)

    def end(self, ward: Ward) -> None:
        """Kill a worker. `collect` then handles its end like any other."""
        if ward.pid in self._workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(ward.pid, signal.SIGKILL)

    def collect(self) -> list[Ward]:
        """Reap every child that has ended, report how the workers ended, and return those workers."""
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
        """Kill the children that this process didn't fork. They are left over from dead workers."""
        for pid in processes.children():
            if pid not in self._workers and pid not in self._runners:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
