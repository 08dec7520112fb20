"""How long a worker has worked, as the kernel counts it: other processes take none of its time."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from pathlib import Path

# Seconds between two looks at a worker that doesn't answer.
TICK = 0.1
SHORTEST = 0.005
# Seconds on the wall for each second of a limit, and some more: they end what neither computes nor sleeps.
WALL_TIMES = 10.0
WALL_MORE = 10.0
# Of the kernel's states of a thread: it sleeps, or was stopped. One that waits for a disk is in another.
IDLE = {"S", "T"}
CREDENTIALS = struct.Struct("iII")
PROCESSOR_TIME = 2


def wall(seconds: float) -> float:
    """Return after how many seconds on the wall a limit ends what its own clock doesn't end."""
    return WALL_TIMES * seconds + WALL_MORE


def tell_sender(connection: socket.socket) -> None:
    """Have the kernel say which process has sent what is read from here."""
    if hasattr(socket, "SO_PASSCRED"):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)


def sender(connection: socket.socket) -> int:
    """Return the process that has sent what waits to be read, as it is numbered here; 0 where nobody says.

    The fork server's number for it is another one where only the server runs in namespaces.
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

    def idle(self) -> bool:
        """Say whether none of its threads computes, or waits for a processor or a disk."""
        if not self.exact:
            return False
        before = self.computed()
        try:
            threads = list(Path(f"/proc/{self._pid}/task").iterdir())
            states = {_state((thread / "stat").read_text("latin-1")) for thread in threads}
        except OSError:
            return False
        # Threads are looked at one by one, and meanwhile one may wake another and fall asleep.
        return states <= IDLE and self.computed() == before

    def memory(self) -> int | None:
        """Return the pages of its own that it holds; nothing where the system doesn't tell."""
        try:
            _, resident, shared, *_ = Path(f"/proc/{self._pid}/statm").read_text("ascii").split()
        except (OSError, ValueError):
            return None
        return int(resident) - int(shared)


def _state(stat: str) -> str:
    """Return a thread's state, which stands behind its name; that may hold any sign."""
    return stat.rpartition(")")[2].split()[0]


class Stopwatch:
    """The time of one call: it is over when the worker has computed, or slept, for so many seconds."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        """Start."""
        self._clock = clock
        self._seconds = seconds
        self._begun = self._seen = clock.computed()
        self._started = self._looked = time.monotonic()
        self._slept = 0.0

    @property
    def computed(self) -> float:
        """The seconds that the worker has computed so far."""
        return self._clock.computed() - self._begun

    @property
    def spent(self) -> float:
        """The seconds that it has computed or was seen to sleep."""
        return self.computed + self._slept

    def pause(self) -> float:
        """Return for how long to wait before the next look."""
        return min(max(self._seconds - self.computed, SHORTEST), TICK)

    def over(self) -> bool:
        """Look at the worker, which hasn't answered, and say whether its time is over."""
        now = time.monotonic()
        if now - self._looked >= min(TICK, self._seconds):
            self._look(now)
        late = now - self._started >= wall(self._seconds)
        return late or self._slept >= self._seconds or self.computed >= self._seconds

    def _look(self, now: float) -> None:
        computed = self._clock.computed()
        if self._clock.idle():
            passed = now - self._looked
            # Whoever looks may come late, and then sees for how long it slept only where it never woke.
            self._slept += passed if computed == self._seen else min(passed, TICK)
        self._seen, self._looked = computed, now
