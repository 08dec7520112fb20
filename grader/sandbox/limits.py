"""What a worker may use at most."""

from __future__ import annotations

import contextlib
import os
import resource
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """A worker's rlimits; sizes in bytes, times in seconds."""

    memory: int = 2048 * MIB
    cpu_seconds: int = 600
    file_size: int = 64 * MIB
    open_files: int = 64
    stack: int = 64 * MIB


def occupied() -> int:
    """Return the bytes of address space that this process has; 0 where the system doesn't tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def apply(limits: Limits, *, accelerator: bool, beyond: int = 0) -> None:
    """Set the limits of this process; what libraries occupy `beyond` the usual is given on top."""
    # CUDA reserves address space by the terabyte, so there only data pages can be limited.
    memory = resource.RLIMIT_DATA if accelerator else resource.RLIMIT_AS
    wanted = {
        memory: limits.memory * (8 if accelerator else 1) + beyond,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files * (16 if accelerator else 1),
        resource.RLIMIT_STACK: limits.stack,
        resource.RLIMIT_CORE: 0,
    }
    for which, size in wanted.items():
        # macOS refuses some of these; the near side's own limits hold there too.
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(which)[1]
            size = size if hard == resource.RLIM_INFINITY else min(size, hard)  # noqa: PLW2901
            resource.setrlimit(which, (size, size))
