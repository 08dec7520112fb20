"""Sends calls to a worker before their answers are needed, and keeps the replies."""

from __future__ import annotations

from collections import deque

from grader.sandbox.client import AHEAD, Worker
from grader.sandbox.worker_end import Died


class AskedAhead:
    """A property's planned requests, how many of them were sent, and the replies not used yet."""

    def __init__(self) -> None:
        """Start without a plan."""
        self._frames: list[bytes] = []
        self._sent = self._taken = 0
        self.kept: deque[tuple[bytes, bytes | Died]] = deque()

    def plan(self, frames: list[bytes]) -> bool:
        """Replace the plan. Return whether a worker still has replies to send for the old plan."""
        owes = self._sent > self._taken
        self.kept.clear()
        self._frames, self._sent, self._taken = frames, 0, 0
        return owes

    def drop(self) -> None:
        """Forget the plan but keep the replies, because the worker is gone."""
        self._frames, self._sent, self._taken = [], 0, 0

    @property
    def is_over(self) -> bool:
        """Whether every planned request is answered."""
        return self._taken >= len(self._frames)

    @property
    def frame(self) -> bytes:
        """The request that the next reply answers."""
        return self._frames[self._taken]

    def take(self, worker: Worker, *, seconds: float) -> bytes:
        """Send as many requests as fit, and return the next reply. Keep the reply until a call needs it."""
        if self._sent == 0:
            worker.begin_ahead()
        self._sent += worker.send_ahead(self._frames[self._sent : self._sent + AHEAD], seconds=seconds)
        body = bytes(worker.take(seconds=seconds))
        self.kept.append((self.frame, body))
        self._taken += 1
        return body
