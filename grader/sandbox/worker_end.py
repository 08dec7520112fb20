"""How a worker ends, in the report's terms and in words."""

from __future__ import annotations

import contextlib
import signal
import socket
from dataclasses import dataclass
from typing import Literal

import msgspec

from grader.errors import GraderError
from grader.sandbox.children import Ended

# Bytes of what the zygote says of a worker, at most.
LONGEST_WORD = 1 << 16

Cause = Literal["error", "timeout", "memory", "forbidden"]


@dataclass(frozen=True)
class Died(Exception):
    """A worker is gone: why, in the report's terms, and in words."""

    cause: Cause
    reason: str


@dataclass(frozen=True)
class Late(Died):
    """A worker that didn't answer in time; it may have been importing a library meanwhile."""

    imported: bool


@dataclass(frozen=True)
class Killed(Died):
    """A worker that was killed, and not by us: the kernel may have needed its memory for others."""


ENDED_BY = {
    "SIGXCPU": Died("timeout", "used up the worker's CPU time"),
    "SIGSYS": Died("forbidden", "asked the system for what a submission may not do"),
    "SIGSEGV": Died("error", "crashed its process (SIGSEGV: often a recursion that is too deep)"),
    "SIGKILL": Killed(
        "error", "its process was ended by SIGKILL: it took more memory than there was, or killed itself"
    ),
}


class TooManyThreads(Exception):
    """A worker has started more threads than it may have."""


class Doubtful(Exception):
    """A worker was let go that had computed for long: of several calls, it isn't known for which."""


def ended_by_zygote(control: socket.socket, seconds: float) -> Ended | None:
    """Have the zygote end a worker, and return how it ended; None if the zygote doesn't say."""
    with contextlib.suppress(OSError):
        control.send(b"\0")
    control.settimeout(seconds)
    body = control.recv(LONGEST_WORD)
    return msgspec.msgpack.decode(body, type=Ended) if body else None


def how_it_died(ended: Ended | None) -> Died:
    """Return how a worker ended, from what the zygote says."""
    if ended is None:
        return Killed("error", "the worker is gone")
    if ended.signal is None:
        return Died("error", f"ended its process with exit code {ended.code}")
    name = signal.Signals(ended.signal).name if ended.signal in set(signal.Signals) else str(ended.signal)
    return ENDED_BY.get(name, Died("error", f"its process was ended by {name}"))


def cannot_begin(reason: str) -> GraderError:
    """Return the error for a worker that failed before anything of a submission ran in it."""
    return GraderError(
        "worker",
        found=f"a worker can't begin: {reason}",
        where="the process in which a submission runs; nothing of it was run",
        expected="room on the disk of temporary files, memory and processes",
        remedy="free some room, or name another folder with TMPDIR, and run again",
    )
