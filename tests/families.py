"""Read /proc: descendants of a process, processes of a run, and facts about each."""

import contextlib
import os
from pathlib import Path

PROC = Path("/proc")
# Only a worker has a filter of system calls.
FILTERED = "Seccomp:\t2"


def family(root=None):
    """Return the descendants of a process, by default of this one, each with its parent."""
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
    """Return the processes that started with this text in their environment, such as a run's folder."""
    found = []
    for environment in PROC.glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark.encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found


def command_of(pid):
    """Return a process's command line as a list of words, or [''] if the process is gone."""
    try:
        return (PROC / f"{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]


def is_worker(pid):
    """Return whether a process is confined like a worker."""
    return FILTERED in _status(pid)


def memory_of(pid, field):
    """Return a process's `VmRSS` or `VmHWM` in MiB; NaN if the process is gone."""
    _, _, after = _status(pid).partition(f"{field}:")
    return int(after.split()[0]) / 1024 if after else float("nan")


def _status(pid):
    try:
        return (PROC / f"{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
