"""Resource limits of a worker."""

from __future__ import annotations

import contextlib
import resource
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """A worker's rlimits: sizes in bytes, times in seconds.

    `memory` is added to the amount that Python and torch have already mapped.
    """

    memory: int = 2048 * MIB
    cpu_seconds: int = 600
    file_size: int = 16 * MIB
    open_files: int = 64
    stack: int = 64 * MIB


def apply(limits: Limits, *, accelerator: bool) -> None:
    """Set the limits of this process."""
    # CUDA reserves address space by the terabyte, so there only data pages can be limited.
    memory = resource.RLIMIT_DATA if accelerator else resource.RLIMIT_AS
    wanted = {
        memory: limits.memory * 8 if accelerator else mapped() + limits.memory,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files * (16 if accelerator else 1),
        resource.RLIMIT_STACK: limits.stack,
        resource.RLIMIT_CORE: 0,
    }
    for which, size in wanted.items():
        # macOS refuses some of these. The runner's limits hold there too.
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(which)[1]
            size = size if hard == resource.RLIM_INFINITY else min(size, hard)  # noqa: PLW2901
            resource.setrlimit(which, (size, size))


def bound_memory(more: int) -> None:
    """Limit how much more memory this process may write to.

    A limit on address space would include what the allocator reserves for each thread, which depends on the
    machine.
    """
    most = _pages(5) + more
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard == resource.RLIM_INFINITY or most < hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def mapped() -> int:
    """Return this process's address space in bytes. torch's CUDA libraries alone map several GiB."""
    return _pages(0)


def _pages(field: int) -> int:
    """Return a field of `/proc/self/statm` in bytes, or 0 if there is none."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[field]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()
