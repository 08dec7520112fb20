"""Run a command and write its cost, including all processes that it starts.

    python meter.py cpu RESULT.json COMMAND...       the CPU seconds
    python meter.py memory RESULT.json COMMAND...    the peak memory, in MiB

This is a separate process, so that it can adopt and wait for all processes that the command leaves.
The CPU time of a process is counted only if its parent waits for it.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
BETWEEN_SAMPLES = 0.02
PATIENCE = 10
LONGEST = 900


def cpu(command: list[str]) -> float:
    """Return the CPU seconds of a command and all its descendants."""
    process = subprocess.Popen(command)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime + _left_behind(PATIENCE)


def memory(command: list[str]) -> float:
    """Return the peak memory of a command and all its descendants."""
    process = subprocess.Popen(command)  # noqa: S603
    most = 0
    while process.poll() is None:
        most = max(most, _held())
        time.sleep(BETWEEN_SAMPLES)
    _left_behind(PATIENCE)
    return most / 2**20


def _held() -> int:
    """Return the memory of all descendants, counting shared memory once."""
    import psutil  # noqa: PLC0415 - only the memory measurement needs it

    total = 0
    for process in psutil.Process().children(recursive=True):
        try:
            total += process.memory_full_info().pss
        except psutil.AccessDenied:
            # Only root can see the pages of a worker. Otherwise its shared memory counts for each process.
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _left_behind(patience: float) -> float:
    """Wait for the processes that the command left, kill any that linger, and return their CPU time."""
    seconds, end = 0.0, time.monotonic() + patience
    while True:
        try:
            process, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return seconds
        if process:
            seconds += usage.ru_utime + usage.ru_stime
            continue
        if time.monotonic() > end:
            _end_children()
        time.sleep(BETWEEN_SAMPLES)


def _end_children() -> None:
    """Kill the children of this process, and adopt their children."""
    for process in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split():
        os.kill(int(process), signal.SIGKILL)


def _overdue(*_: object) -> None:
    raise TimeoutError(f"no end within {LONGEST} s")


def main() -> None:
    """Adopt all orphans of the command, run it, and write its cost."""
    what, result, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGALRM, _overdue)
    signal.alarm(LONGEST)
    try:
        taken = {"cpu": cpu, "memory": memory}[what](command)
    except TimeoutError as error:
        _left_behind(patience=0)
        raise SystemExit(f"{command[0]}: {error}") from error
    Path(result).write_text(json.dumps(taken), encoding="utf-8")


if __name__ == "__main__":
    main()
