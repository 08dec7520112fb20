"""A logarithmic axis: where a value lies on it, and which values get a label."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MARGIN = 0.03
STEPS = (1, 2, 5)
# With fewer powers of ten than this, the axis also labels their doubles and fives.
FEW = 3


@dataclass(frozen=True)
class LogAxis:
    """An axis from `low` to `high`, which are logarithms to the base 10. It spans a decade or more."""

    low: float
    high: float

    @classmethod
    def around(cls, values: Iterable[float]) -> LogAxis:
        """Return an axis for these positive values, with a small margin on both sides."""
        logs = [math.log10(one) for one in values]
        middle, span = (min(logs) + max(logs)) / 2, max(max(logs) - min(logs), 1.0)
        reach = span * (0.5 + MARGIN)
        return cls(middle - reach, middle + reach)

    def share(self, value: float) -> float:
        """Return where a value lies: 0 at the low end, 1 at the high end. Values outside are moved there."""
        return min(max((math.log10(value) - self.low) / (self.high - self.low), 0.0), 1.0)

    def ticks(self, most: int) -> list[float]:
        """Return at most `most` round values for labels: powers of ten, or more on a short axis."""
        exponents = range(math.floor(self.low), math.ceil(self.high) + 1)
        tens = self._inside(10.0**one for one in exponents)
        if len(tens) < FEW:
            finer = self._inside(step * 10.0**one for one in exponents for step in STEPS)
            return finer if len(finer) <= most else tens
        return tens[:: math.ceil(len(tens) / most)]

    def _inside(self, values: Iterable[float]) -> list[float]:
        return [one for one in values if self.low <= math.log10(one) <= self.high]
