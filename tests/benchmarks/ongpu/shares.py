"""Divide the time among the parts so that they all finish on time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

# A shorter share is useless: importing torch takes as long.
LEAST = 5.0


class Shares:
    """A time budget that parts share by weight. Unused time goes to the later parts."""

    def __init__(
        self, seconds: float, weights: Mapping[str, float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start the clock."""
        self._clock = clock
        self._end = clock() + seconds
        self._weights = dict(weights)

    def left(self) -> float:
        """Return the remaining seconds."""
        return max(self._end - self._clock(), 0.0)

    def take(self, part: str) -> float:
        """Return the seconds for a part and count it as done. Return 0 if the share is too short."""
        share = self._weights[part] / sum(self._weights.values())
        del self._weights[part]
        seconds = self.left() * share
        return seconds if seconds >= LEAST else 0.0
