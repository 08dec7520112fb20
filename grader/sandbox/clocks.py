"""How long a worker has worked, as the kernel counts it: other processes take none of its time."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from pathlib import Path
from typing import Literal

# Seconds between two looks at a worker that doesn't answer.
TICK = 0.1
SHORTEST = 0.005
# What is counted between two looks at the most.
LONGEST_LOOK = 1.0
# Seconds on the wall for each second of a limit, and some more: they end what waits, but not for a processor.
WALL_TIMES = 10.0
WALL_MORE = 10.0
# What is ready to compute and isn't let has as many times more: a machine is seldom as busy as that.
BUSIEST = 10.0
# The kernel's letters for threads that compute or could, and for such as sleep or were stopped.
READY, ASLEEP = "R", {"S", "T"}
CREDENTIALS = struct.Struct("iII")
PROCESSOR_TIME = 2
PROC = Path("/proc")
# Which number of a process, of those behind its name and counted from 0, says how many threads it has.
THREADS = 17


State = Literal["ready", "asleep", "stuck"]


def wall(seconds: float) -> float:
    """Return for how many seconds on the wall a worker may be stuck whose own limit is so many."""
    return WALL_TIMES * seconds + WALL_MORE


def longest(seconds: float) -> float:
    """Return after how many seconds on the wall everything ends whose own limit is so many."""
    return BUSIEST * wall(seconds)


def tell_sender(connection: socket.socket) -> None:
    """Have the kernel say which process has sent what is read from here."""
    if hasattr(socket, "SO_PASSCRED"):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)


def sender(connection: socket.socket) -> int:
    """Return the process that has sent what waits to be read, as it is numbered here; 0 where nobody says.

    The zygote's number for it is another one where only the server runs in namespaces.
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
    """The processor time of another process; where the system doesn't tell it, the clock on the wall."""

    def __init__(self, pid: int = 0) -> None:
        """Take the process's number, 0 where it isn't known."""
        self._pid = pid
        # https://github.com/torvalds/linux/blob/master/include/linux/posix-timers_types.h
        self._number = (~pid << 3) | PROCESSOR_TIME
        self._latest = 0.0
        self.exact = False
        with contextlib.suppress(OSError):
            self.exact = pid > 0 and time.clock_gettime(self._number) >= 0

    def computed(self) -> float:
        """Return the seconds that all its threads have computed, from a beginning that stays the same."""
        if not self.exact:
            return time.monotonic()
        # It may be gone, which its connection tells.
        with contextlib.suppress(OSError):
            self._latest = max(self._latest, time.clock_gettime(self._number))
        return self._latest

    def state(self) -> State:
        """Say whether one of its threads computes or could, all sleep, or it waits for a disk, say."""
        if not self.exact:
            return "ready"
        before = self.computed()
        try:
            threads = list((PROC / f"{self._pid}/task").iterdir())
            letters = {_letter((thread / "stat").read_text("latin-1")) for thread in threads}
        except OSError:
            return "stuck"
        # Threads are looked at one by one, and meanwhile one may wake another and fall asleep.
        if READY in letters or self.computed() != before:
            return "ready"
        return "asleep" if letters <= ASLEEP else "stuck"

    def threads(self) -> int:
        """Return how many threads it has; one where the system doesn't tell."""
        try:
            stat = (PROC / f"{self._pid}/stat").read_text("latin-1")
        except OSError:
            return 1
        return int(stat.rpartition(")")[2].split()[THREADS])

    def memory(self) -> int | None:
        """Return the pages of its own that it holds; nothing where the system doesn't tell."""
        try:
            _, resident, shared, *_ = (PROC / f"{self._pid}/statm").read_text("ascii").split()
        except (OSError, ValueError):
            return None
        return int(resident) - int(shared)


def _letter(stat: str) -> str:
    """Return a thread's state, which stands behind its name; that may hold any sign."""
    return stat.rpartition(")")[2].split()[0]


class Stopwatch:
    """The time of one call: it is over when the worker has computed, or slept, for so many seconds."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        """Start."""
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
        """The seconds that it has computed, or was seen to sleep or to be stuck."""
        return self.computed + self._slept + self._stuck

    def pause(self) -> float:
        """Return for how long to wait before the next look."""
        return min(max(self._seconds - self.computed, SHORTEST), TICK)

    def over(self) -> bool:
        """Look at the worker, which hasn't answered, and say whether its time is over."""
        now = time.monotonic()
        if now - self._looked >= min(TICK, self._seconds):
            self._look(now)
        late = self._stuck >= wall(self._seconds) or self._waited >= longest(self._seconds)
        return late or self._slept >= self._seconds or self.computed >= self._seconds

    def _look(self, now: float) -> None:
        computed, state = self._clock.computed(), self._clock.state()
        # Both may have been stopped for hours meanwhile, by Ctrl-Z or a scheduler of jobs.
        waited = min(now - self._looked, LONGEST_LOOK)
        # Whoever looks late sees for how long it slept only where it never woke.
        passed = waited if computed == self._seen else min(waited, TICK)
        self._waited += waited
        if state == "asleep":
            self._slept += passed
        elif state == "stuck":
            self._stuck += passed
        self._seen, self._looked = computed, now
