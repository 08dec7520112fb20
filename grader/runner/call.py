"""One call of a submission's function, and the time budget that all calls share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from msgspec import structs

from grader.sandbox import codec, wire
from grader.sandbox.wire import Mode, Raised, Refused, Returned
from grader.sandbox.worker_end import Died

Answer = Returned | Raised | Refused | Died


@dataclass(frozen=True)
class Call:
    """One call: the function, its arguments, and the mode."""

    function: str
    mode: Mode
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    cotangent: Any = None

    @cached_property
    def frame(self) -> bytes:
        """The call as it is sent to the worker."""
        return wire.frame(
            wire.Ask(
                self.function,
                self.mode,
                codec.pack(list(self.args), as_it_lies=True),
                {name: codec.pack(value, as_it_lies=True) for name, value in self.kwargs.items()},
                codec.pack(self.cotangent, as_it_lies=True),
            )
        )


def answer_of_course(reply: bytes) -> Returned | Raised | Refused | None:
    """Return the answer in a reply of the course's own code, or None for another kind of reply.

    That code is a file, not a notebook, so an exception has no cell.
    """
    answer = wire.decode_reply(reply)
    if isinstance(answer, Raised):
        return structs.replace(answer, cell=None)
    return answer if isinstance(answer, Returned | Refused) else None


class Budget:
    """The seconds that all workers of a submission may use in total.

    Only the workers' own time counts, not the time spent waiting for them.
    """

    def __init__(self, seconds: float, *, left: float | None = None) -> None:
        """Start with all the seconds, or with `left` if it is given."""
        self.seconds = seconds
        self.spent = 0.0
        self._at_first = seconds if left is None else left

    def charge(self, seconds: float) -> None:
        """Subtract the seconds that a worker has spent."""
        self.spent += seconds

    def left(self) -> float:
        """Return the remaining seconds."""
        return max(self._at_first - self.spent, 0.0)

    def used_up(self) -> Died:
        """Return the reason why further calls get no answer."""
        return Died("timeout", f"the submission's {self.seconds:g} s are used up")
