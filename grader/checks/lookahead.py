"""Several processes judge the properties of one job: one in order, as ever, others ahead of it from the end.

What those find counts only where they met everything that is left. Otherwise the first judges the rest
itself, so that whatever is said of a failure is what it would have said alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence

from grader.errors import GraderError
from grader.sandbox import processes
from grader.sandbox.forkserver import ForkServer

MOST = 4
MET, NOT_MET = b"+", b"-"


class Board:
    """Who has taken which property, and what it came to: a file, and locks that end with their holder."""

    def __init__(self) -> None:
        """Make a file that has no name."""
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as this object
        self._number = self._file.fileno()

    def take(self, place: int) -> bool:
        """Take a property, unless another process has it or is done with it."""
        try:
            fcntl.lockf(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return False
        if is_settled := os.pread(self._number, 1, place) in {MET, NOT_MET}:
            self.leave(place)
        return not is_settled

    def wait(self, place: int) -> None:
        """Take a property when whoever has it is done with it, or gone."""
        fcntl.lockf(self._number, fcntl.LOCK_EX, 1, place)

    def settle(self, place: int, *, met: bool) -> None:
        """Say what a property came to."""
        os.pwrite(self._number, MET if met else NOT_MET, place)

    def leave(self, place: int) -> None:
        """Let others have it."""
        fcntl.lockf(self._number, fcntl.LOCK_UN, 1, place)

    def close(self) -> None:
        """Let the file go, and with it all that this process has taken."""
        self._file.close()

    def is_met(self, place: int) -> bool:
        """Say whether it was judged, and met."""
        return os.pread(self._number, 1, place) == MET


class Alone:
    """A process that shares its properties with nobody."""

    def arrange(self, names: Sequence[str]) -> Sequence[str]:
        """Return the names of the properties in the order in which they are to be judged."""
        return names

    def spares(self, name: str) -> bool:
        """Say whether a property needn't be judged here."""
        del name
        return False

    def judged(self, name: str, *, met: bool) -> None:
        """Hear what a property came to."""


class _Shared(Alone):
    def __init__(self, board: Board) -> None:
        self.board = board
        self.places: dict[str, int] = {}

    def arrange(self, names: Sequence[str]) -> Sequence[str]:
        self.places = {name: place for place, name in enumerate(names)}
        return names


class First(_Shared):
    """Judges in order until it meets the others, and waits for what they find."""

    def __init__(self, board: Board) -> None:
        """Rely on nothing yet."""
        super().__init__(board)
        self._rest_is_met: bool | None = None

    def spares(self, name: str) -> bool:
        """Say whether the others met this property, and all that follow it."""
        place = self.places[name]
        if self._rest_is_met is None and not self.board.take(place):
            self._rest_is_met = all(self._came_to_be_met(one) for one in range(place, len(self.places)))
        return self._rest_is_met is True

    def _came_to_be_met(self, place: int) -> bool:
        self.board.wait(place)
        return self.board.is_met(place)


class Ahead(_Shared):
    """Judges from the end what nobody has taken."""

    def arrange(self, names: Sequence[str]) -> Sequence[str]:
        """Return the names from the last to the first."""
        return list(reversed(super().arrange(names)))

    def spares(self, name: str) -> bool:
        """Say whether another process has it, or is done with it."""
        return not self.board.take(self.places[name])

    def judged(self, name: str, *, met: bool) -> None:
        """Tell the others."""
        place = self.places[name]
        self.board.settle(place, met=met)
        self.board.leave(place)


@contextlib.contextmanager
def beside(server: ForkServer, judge: Callable[[ForkServer, Alone], object]) -> Iterator[Alone]:
    """Have forks of this process judge ahead of it, one for each spare core; they end with the block."""
    with contextlib.closing(Board()) as board:
        forked: list[int] = []
        try:
            # Where the machine gives no more processes, one is enough.
            with contextlib.suppress(GraderError, OSError):
                while len(forked) < min(_cores(), MOST) - 1:
                    forked.append(_ahead(server, judge, board))
            yield First(board) if forked else Alone()
        finally:
            for pid in forked:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _ahead(server: ForkServer, judge: Callable[[ForkServer, Alone], object], board: Board) -> int:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            server.adopt(theirs)

        def child() -> None:
            processes.die_with_parent()
            # What keeps it from judging keeps the first process from it too, and that one says so.
            with contextlib.suppress(Exception):
                judge(ForkServer(ours), Ahead(board))

        return processes.fork(child)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
