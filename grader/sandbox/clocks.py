"""Measures a worker's time with the kernel's counters, so that other processes don't affect it."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from pathlib import Path
from typing import Literal

# Seconds between two checks of a worker that doesn't answer.
TICK = 0.1
SHORTEST = 0.005
# The most seconds that count between two checks.
LONGEST_LOOK = 1.0
# Wall seconds for each second of a limit, and some more. They end a worker that waits for anything but a
# processor.
WALL_TIMES = 10.0
WALL_MORE = 10.0
# A worker that waits for a processor gets this many times more. A machine is seldom so busy.
BUSIEST = 10.0
# The kernel's letters for threads that compute or could, and for threads that sleep or were stopped.
READY, ASLEEP = "R", {"S", "T"}
CREDENTIALS = struct.Struct("iII")
PROCESSOR_TIME = 2
PROC = Path("/proc")
# The index of the number of threads among the fields after a process's name, counted from 0.
THREADS = 17
# More bytes than a line of seven numbers.
LINE = 256


State = Literal["ready", "asleep", "stuck"]


def wall(seconds: float) -> float:
    """Return how many wall-clock seconds a worker with this limit may be stuck."""
    return WALL_TIMES * seconds + WALL_MORE


def longest(seconds: float) -> float:
    """Return the wall-clock seconds after which a worker with this limit is always ended."""
    return BUSIEST * wall(seconds)


def tell_sender(connection: socket.socket) -> None:
    """Make the kernel report the sender of the bytes on this connection."""
    if hasattr(socket, "SO_PASSCRED"):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)


def sender(connection: socket.socket) -> int:
    """Return the process id of the sender of the waiting bytes, or 0 if it is unknown.

    The id is valid in this process. The zygote sees another id if only it runs in namespaces.
    """
    if not hasattr(socket, "SO_PASSCRED"):
        return 0
    _, ancillary, _, _ = connection.recvmsg(1, socket.CMSG_SPACE(CREDENTIALS.size), socket.MSG_PEEK)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
    for level, kind, content in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            return int(CREDENTIALS.unpack(content)[0])
    return 0


class Clock:
    """The processor time of another process, or wall time if the system doesn't report it."""

    def __init__(self, pid: int = 0) -> None:
        """Store the process id, or 0 if it is unknown."""
        self._pid = pid
        # https://github.com/torvalds/linux/blob/master/include/linux/posix-timers_types.h
        self._number = (~pid << 3) | PROCESSOR_TIME
        self._latest = 0.0
        self.exact = False
        with contextlib.suppress(OSError):
            self.exact = pid > 0 and time.clock_gettime(self._number) >= 0

    def computed(self) -> float:
        """Return the CPU seconds of all its threads since a fixed starting point."""
        if not self.exact:
            return time.monotonic()
        # The process may be gone. Its connection shows that.
        with contextlib.suppress(OSError):
            self._latest = max(self._latest, time.clock_gettime(self._number))
        return self._latest

    def state(self) -> State:
        """Return `ready` if a thread runs or can run, `asleep` if all sleep, else `stuck` (on a disk)."""
        if not self.exact:
            return "ready"
        before = self.computed()
        try:
            threads = list((PROC / f"{self._pid}/task").iterdir())
            letters = {_letter((thread / "stat").read_text("latin-1")) for thread in threads}
        except OSError:
            return "stuck"
        # Threads are read one by one. Meanwhile one may wake another and fall asleep.
        if READY in letters or self.computed() != before:
            return "ready"
        return "asleep" if letters <= ASLEEP else "stuck"

    def threads(self) -> int:
        """Return how many threads it has, or 1 if unknown."""
        try:
            stat = (PROC / f"{self._pid}/stat").read_text("latin-1")
        except OSError:
            return 1
        return int(stat.rpartition(")")[2].split()[THREADS])

    def memory(self) -> int | None:
        """Return how many private pages it holds, or None if unknown."""
        # Asked before each call, so without the overhead of Path and of a text file.
        try:
            with open(f"{PROC}/{self._pid}/statm", "rb", buffering=0) as file:  # noqa: PTH123
                _, resident, shared, *_ = file.read(LINE).split()
        except (OSError, ValueError):
            return None
        return int(resident) - int(shared)

    def peak(self) -> tuple[int, int] | None:
        """Return how many bytes it holds, and the most that it has ever held, or None if unknown."""
        try:
            status = (PROC / f"{self._pid}/status").read_text("latin-1")
        except OSError:
            return None
        sizes = {
            name: rest.split() for name, _, rest in (line.partition(":") for line in status.splitlines())
        }
        if not {"VmRSS", "VmHWM"} <= sizes.keys():
            return None
        return int(sizes["VmRSS"][0]) << 10, int(sizes["VmHWM"][0]) << 10


def _letter(stat: str) -> str:
    """Return a thread's state, which follows the thread's name. The name may contain any character."""
    return stat.rpartition(")")[2].split()[0]


class Stopwatch:
    """The time limit of one call. It is reached when the worker has computed or slept for `seconds`."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        """Start the stopwatch."""
        self._clock = clock
        self._seconds = seconds
        self._begun = self._seen = clock.computed()
        self._looked = time.monotonic()
        self._waited = self._slept = self._stuck = 0.0

    @property
    def computed(self) -> float:
        """The seconds that the worker has computed so far."""
        return self._clock.computed() - self._begun

    @property
    def spent(self) -> float:
        """The seconds that the worker has computed, slept or been stuck."""
        return self.computed + self._slept + self._stuck

    def pause(self) -> float:
        """Return how long to wait before the next check."""
        return min(max(self._seconds - self.computed, SHORTEST), TICK)

    def over(self) -> bool:
        """Check a worker that hasn't answered, and return whether its time is up."""
        now = time.monotonic()
        if now - self._looked >= min(TICK, self._seconds):
            self._look(now)
        late = self._stuck >= wall(self._seconds) or self._waited >= longest(self._seconds)
        return late or self._slept >= self._seconds or self.computed >= self._seconds

    def _look(self, now: float) -> None:
        computed, state = self._clock.computed(), self._clock.state()
        # Both may have been stopped for hours by Ctrl-Z or a job scheduler.
        waited = min(now - self._looked, LONGEST_LOOK)
        # After a late check, the sleeping time is known only if the worker never woke.
        passed = waited if computed == self._seen else min(waited, TICK)
        self._waited += waited
        if state == "asleep":
            self._slept += passed
        elif state == "stuck":
            self._stuck += passed
        self._seen, self._looked = computed, now
