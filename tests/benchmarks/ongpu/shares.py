"""How long each part of the work may take, so that all of it ends in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

# Less is not worth beginning: to import torch takes as long.
LEAST = 5.0


class Shares:
    """A total of seconds that parts share by weight; what one part leaves is for those after it."""

    def __init__(
        self, seconds: float, weights: Mapping[str, float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start the clock."""
        self._clock = clock
        self._end = clock() + seconds
        self._weights = dict(weights)

    def left(self) -> float:
        """Return the seconds that are left for all."""
        return max(self._end - self._clock(), 0.0)

    def take(self, part: str) -> float:
        """Return the seconds for a part, which is done then; nothing where it isn't worth beginning."""
        share = self._weights[part] / sum(self._weights.values())
        del self._weights[part]
        seconds = self.left() * share
        return seconds if seconds >= LEAST else 0.0
