"""Describes how a worker ended, both as the report's cause and in words."""

from __future__ import annotations

import contextlib
import signal
import socket
from dataclasses import dataclass
from typing import Literal

import msgspec

from grader.errors import GraderError
from grader.sandbox.children import Ended

# The most bytes that are read of the zygote's message about a worker.
LONGEST_WORD = 1 << 16

Cause = Literal["error", "timeout", "memory", "forbidden"]


@dataclass(frozen=True)
class Died(Exception):
    """A worker is gone: the cause for the report, and the reason in words."""

    cause: Cause
    reason: str


@dataclass(frozen=True)
class Late(Died):
    """A worker that didn't answer in time. It may have been importing a library."""

    imported: bool


@dataclass(frozen=True)
class Killed(Died):
    """A worker that was killed from outside. The kernel may have needed its memory."""


ENDED_BY = {
    "SIGXCPU": Died("timeout", "used up the worker's CPU time"),
    "SIGSYS": Died("forbidden", "made a system call that a submission may not make"),
    "SIGSEGV": Died("error", "crashed (SIGSEGV: often a recursion that is too deep)"),
    "SIGKILL": Killed(
        "error", "its process was ended by SIGKILL: it took more memory than there was, or killed itself"
    ),
}


class TooManyThreads(Exception):
    """A worker has started more threads than it may have."""


class Doubtful(Exception):
    """A worker computed for too long and was ended. Any of several calls may be the cause."""


def ended_by_zygote(control: socket.socket, seconds: float) -> Ended | None:
    """Make the zygote end a worker. Return how it ended, or None if the zygote doesn't report it."""
    with contextlib.suppress(OSError):
        control.send(b"\0")
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        control.settimeout(seconds)
        body = control.recv(LONGEST_WORD)
        return msgspec.msgpack.decode(body, type=Ended) if body else None
    return None


def how_it_died(ended: Ended | None) -> Died:
    """Return the error for a worker that ended, based on the zygote's report."""
    if ended is None:
        return Killed("error", "the worker is gone")
    if ended.signal is None:
        return Died("error", f"ended its process with exit code {ended.code}")
    name = signal.Signals(ended.signal).name if ended.signal in set(signal.Signals) else str(ended.signal)
    return ENDED_BY.get(name, Died("error", f"its process was ended by {name}"))


def cannot_begin(reason: str) -> GraderError:
    """Return the error for a worker that failed before it ran any part of a submission."""
    return GraderError(
        "worker",
        found=f"a worker can't start: {reason}",
        where="the worker, before the submission ran",
        expected="enough disk space for temporary files, memory and processes",
        remedy="free some space, or set TMPDIR to another folder. Then run again",
    )
