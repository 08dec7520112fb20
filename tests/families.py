"""The processes that come from this one, as /proc tells of them."""

import contextlib
import os
from pathlib import Path


def family(root=None):
    """Return a process's descendants, this one's where none is named, each with its parent."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            text = (folder / "stat").read_text(encoding="ascii", errors="replace")
            parents[int(folder.name)] = int(text.rpartition(")")[2].split()[1])
    ours, more = {root or os.getpid()}, True
    while more:
        more = {pid for pid, parent in parents.items() if parent in ours} - ours
        ours |= more
    return {pid: parents[pid] for pid in ours if pid in parents}
