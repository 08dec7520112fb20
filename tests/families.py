"""What /proc tells of processes: which come from this one, which belong to a run, and what each of them is."""

import contextlib
import os
from pathlib import Path

PROC = Path("/proc")
# Only a worker has a filter of system calls.
FILTERED = "Seccomp:\t2"


def family(root=None):
    """Return a process's descendants, this one's where none is named, each with its parent."""
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            text = (folder / "stat").read_text(encoding="ascii", errors="replace")
            parents[int(folder.name)] = int(text.rpartition(")")[2].split()[1])
    ours, more = {root or os.getpid()}, True
    while more:
        more = {pid for pid, parent in parents.items() if parent in ours} - ours
        ours |= more
    return {pid: parents[pid] for pid in ours if pid in parents}


def bearing(mark):
    """Return the processes that began with a text in their environment, such as a run's folder."""
    found = []
    for environment in PROC.glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark.encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found


def command_of(pid):
    """Return a process's command line, word by word; one empty word where it is gone."""
    try:
        return (PROC / f"{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]


def is_worker(pid):
    """Say whether a process is confined as workers are."""
    return FILTERED in _status(pid)


def memory_of(pid, field):
    """Return what the kernel counts as a process's `VmRSS` or `VmHWM`, in MiB; NaN where it is gone."""
    _, _, after = _status(pid).partition(f"{field}:")
    return int(after.split()[0]) / 1024 if after else float("nan")


def _status(pid):
    try:
        return (PROC / f"{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
