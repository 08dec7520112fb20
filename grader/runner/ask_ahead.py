"""Sends calls to a worker before their answers are needed, and keeps the replies."""

from __future__ import annotations

from collections import deque

from grader.sandbox.client import AHEAD, Worker
from grader.sandbox.worker_end import Died

# How many replies a worker may be behind another one whose calls it repeats.
BEHIND = AHEAD // 2


class AskedAhead:
    """A property's planned requests, how many of them were sent, and the replies not used yet."""

    def __init__(self) -> None:
        """Start without a plan."""
        self._frames: list[bytes] = []
        self._sent = self._received = self.taken = 0
        # Replies that were received before `take` asked for them.
        self._early: deque[bytes] = deque()
        self.kept: deque[tuple[bytes, bytes | Died]] = deque()

    def plan(self, frames: list[bytes]) -> bool:
        """Replace the plan. Return whether a worker still has replies to send for the old plan."""
        owes = self._sent > self._received
        self.kept.clear()
        self._begin(frames)
        return owes

    def is_planned(self, frames: list[bytes]) -> bool:
        """Return whether these requests are the plan, and none of their replies is taken yet."""
        return self._frames == frames and self.taken == 0

    def drop(self) -> None:
        """Forget the plan but keep the replies, because the worker is gone."""
        self._begin([])

    @property
    def is_over(self) -> bool:
        """Whether every planned request is answered."""
        return self.taken >= len(self._frames)

    @property
    def frame(self) -> bytes:
        """The request that the next reply answers."""
        return self._frames[self.taken]

    def take(self, worker: Worker, *, seconds: float) -> bytes:
        """Return the next reply. Keep it until a call needs it."""
        if not self._early:
            self._receive(worker, seconds=seconds)
        body = self._early.popleft()
        self.kept.append((self.frame, body))
        self.taken += 1
        return body

    def is_behind(self, count: int) -> bool:
        """Return whether more requests should be sent to stay close behind a plan with `count` replies."""
        return self._received < min(count - BEHIND, len(self._frames))

    def catch_up(self, worker: Worker, count: int, *, seconds: float) -> None:
        """Receive replies until the worker is close behind another one that has given `count` replies."""
        while self.is_behind(count):
            self._receive(worker, seconds=seconds)

    def _receive(self, worker: Worker, *, seconds: float) -> None:
        """Send as many requests as fit, and receive the next reply."""
        if self._sent == 0:
            worker.begin_ahead()
        self._sent += worker.send_ahead(self._frames[self._sent : self._sent + AHEAD], seconds=seconds)
        self._early.append(bytes(worker.take(seconds=seconds)))
        self._received += 1

    def _begin(self, frames: list[bytes]) -> None:
        self._frames = frames
        self._sent = self._received = self.taken = 0
        self._early.clear()
