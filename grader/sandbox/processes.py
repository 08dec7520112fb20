"""Forking, dying together and cleaning up behind: what Linux offers, with what stands in for it elsewhere."""

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
    """Run a function in a forked process that ends with it, and return its number."""
    pid = split()
    if not pid:
        _leave_after(child)
    return pid


def split() -> int:
    """Fork a process that goes on from here, too: there 0 is returned, here its number.

    For a process that was forked by `fork` itself, so that each of the two ends with the function it runs.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Since 3.12 Python warns where threads exist; torch at one thread keeps none that matter here.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _leave_after(child: Callable[[], None]) -> NoReturn:
    status = 70
    try:
        child()
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it was, this process must not go on as its parent
        with contextlib.suppress(BaseException):
            sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def checked(result: int) -> int:
    """Return what a call of the C library came to; raise OSError where that says it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it is gone."""
    if LINUX and _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def go_first(before: int = MOST_DISPENSABLE) -> None:
    """Have the kernel end this process before others where memory runs out."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(before), encoding="ascii")


def adopt_orphans() -> None:
    """Become the parent of whatever a child leaves behind, so that it can be found and ended."""
    if LINUX and _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reset_signals() -> None:
    """Forget in a forked process the signal handling of the one that forked it."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def children() -> list[int]:
    """Return the processes whose parent is this one; nothing where the kernel doesn't list them."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(pid) for pid in listed.split()]


def end_children() -> None:
    """Kill and collect every child, adopted ones too, until none is left."""
    while True:
        for pid in children():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def close_all_but(*kept: int) -> None:
    """Close every descriptor of this process but these."""
    limit = os.sysconf("SC_OPEN_MAX")
    low = 0
    for descriptor in sorted({*kept}):
        # An empty range would be read as one without an end.
        if low < descriptor:
            os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, limit)
