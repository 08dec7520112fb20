"""One call of a submission's function, and the time that all calls share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grader.sandbox import codec, wire
from grader.sandbox.wire import Mode, Raised, Refused, Returned
from grader.sandbox.worker_end import Died

Answer = Returned | Raised | Refused | Died


@dataclass(frozen=True)
class Call:
    """One question: which function, with what, and in which mode."""

    function: str
    mode: Mode
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    cotangent: Any = None

    @cached_property
    def frame(self) -> bytes:
        """The question as it goes over the wire."""
        return wire.frame(
            wire.Ask(
                self.function,
                self.mode,
                codec.pack(list(self.args), as_it_lies=True),
                {name: codec.pack(value, as_it_lies=True) for name, value in self.kwargs.items()},
                codec.pack(self.cotangent, as_it_lies=True),
            )
        )


class Budget:
    """The time that all workers of a submission have together, whoever waits for them and for how long."""

    def __init__(self, seconds: float, *, left: float | None = None) -> None:
        """Begin with so many seconds, or with what is `left` of them."""
        self.seconds = seconds
        self.spent = 0.0
        self._at_first = seconds if left is None else left

    def charge(self, seconds: float) -> None:
        """Take off what a worker has spent."""
        self.spent += seconds

    def left(self) -> float:
        """Return the seconds that are left."""
        return max(self._at_first - self.spent, 0.0)

    def used_up(self) -> Died:
        """Return why nothing more is answered."""
        return Died("timeout", f"the submission's {self.seconds:g} s are used up")
