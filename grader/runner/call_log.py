"""The calls of one property and their answers, grouped by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from grader.runner.call import Answer, Call
from grader.runner.matchers import Difference

# Limit for the reply bytes kept for a property. Later answers are compared with them.
MOST_RECORDED = 8 << 20


@dataclass(frozen=True)
class Exchange:
    """One call, its answer, and the bytes of the reply, if there was one."""

    call: Call
    answer: Answer
    reply: bytes = b""


@dataclass(frozen=True)
class Comparison:
    """A false comparison: both sides, and where they differ."""

    obtained: Any
    expected: Any
    difference: Difference


@dataclass
class Case:
    """One generated case: the drawn inputs, and the calls made with them."""

    inputs: dict[str, Any] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    comparison: Comparison | None = None


class CallLog:
    """All cases of one property on one device, in the order in which they were tried."""

    def __init__(self) -> None:
        """Start with one open case, which is used if the property draws nothing."""
        self.cases: list[Case] = [Case()]

    @property
    def last(self) -> Case:
        """The current case, or the smallest failing case after a failure."""
        return self.cases[-1]

    def open_case(self, inputs: dict[str, Any]) -> None:
        """Begin the next case."""
        self.cases.append(Case(inputs))

    def clear(self) -> None:
        """Forget all cases."""
        self.cases[:] = [Case()]

    def exchanges(self) -> Iterator[Exchange]:
        """Yield every call with its answer."""
        for case in self.cases:
            yield from case.exchanges
