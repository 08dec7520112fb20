"""Forks, ends and cleans up processes. Some of it works only on Linux."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LINUX = sys.platform == "linux"
MOST_DISPENSABLE = 1000

_libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def fork(child: Callable[[], None]) -> int:
    """Run a function in a forked process, and return the process id. The process ends with the function."""
    pid = split()
    if not pid:
        _leave_after(child)
    return pid


def split() -> int:
    """Fork a process that continues here. Return 0 in the child and its process id in the parent.

    Use it only in a process made by `fork`, so that both processes end with the function that they run.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Since 3.12 Python warns if there are threads. With one thread, torch keeps none that matter here.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _leave_after(child: Callable[[], None]) -> NoReturn:
    status = 70
    try:
        child()
        status = 0
    except BaseException:  # noqa: BLE001 - this process must never continue as its parent
        with contextlib.suppress(BaseException):
            sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def checked(result: int) -> int:
    """Return the result of a C library call. Raise OSError if it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def die_with_parent() -> None:
    """Make the kernel kill this process when its parent is gone."""
    if LINUX and _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def go_first(before: int = MOST_DISPENSABLE) -> None:
    """Make the kernel end this process before others when memory runs out."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(before), encoding="ascii")


def adopt_orphans() -> None:
    """Become the parent of processes that a child leaves behind, so that they can be found and ended."""
    if LINUX and _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reset_signals() -> None:
    """Reset the signal handling that a forked process inherits."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def children() -> list[int]:
    """Return this process's children, or an empty list if the kernel doesn't list them."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(pid) for pid in listed.split()]


def end_children() -> None:
    """Kill and reap all children, including adopted ones."""
    while True:
        for pid in children():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def close_all_but(*kept: int) -> None:
    """Close all descriptors of this process except these."""
    limit = os.sysconf("SC_OPEN_MAX")
    low = 0
    for descriptor in sorted({*kept}):
        # os.closerange would read an empty range as one without an end.
        if low < descriptor:
            os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, limit)
