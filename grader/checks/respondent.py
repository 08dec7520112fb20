"""A submission that answers: it has a worker while it behaves, and a fresh one when that one is gone."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from grader.sandbox import values, wire
from grader.sandbox.client import Died, Worker
from grader.sandbox.forkserver import Demand, ForkServer
from grader.sandbox.wire import Loaded, Mode, Raised, Refused, Returned

LOAD_SECONDS = 10.0

Answer = Returned | Raised | Refused | Died


@dataclass(frozen=True)
class Source:
    """A submission's text, and the name that its frames bear."""

    text: str
    filename: str


@dataclass(frozen=True)
class Call:
    """One question: which function, with what, and in which mode."""

    function: str
    mode: Mode
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    cotangent: Any = None


class Budget:
    """The time that a whole submission has."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self.seconds = seconds
        self._deadline = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left."""
        return self._deadline - time.monotonic()


class Respondent:
    """One source text on one device."""

    def __init__(
        self,
        server: ForkServer,
        source: Source,
        *,
        device: str,
        isolation: Demand,
        seconds: float,
        budget: Budget,
    ) -> None:
        """Start without a worker; the first question forks one."""
        self._server = server
        self._source = source
        self._device = device
        self._isolation = isolation
        self._seconds = seconds
        self._budget = budget
        self._worker: Worker | None = None
        self._printed = bytearray()
        self.functions: list[str] = []

    def load(self) -> Loaded | Raised | Died:
        """Run the source in a fresh worker, and return how that went."""
        self.close()
        worker = Worker.fork(self._server, device=self._device, isolation=self._isolation)
        self._worker = worker
        request = wire.Load(self._source.text, self._source.filename, self._device)
        try:
            reply = worker.ask(request, seconds=min(LOAD_SECONDS, max(self._budget.left(), 0.001)))
        except Died as died:
            self._release()
            return died
        if isinstance(reply, Loaded):
            self.functions = reply.functions
            return reply
        self.close()
        return reply if isinstance(reply, Raised) else Died("error", "the worker answered out of turn")

    def ask(self, call: Call) -> Answer:
        """Return the answer to one call; the next call finds a worker again."""
        left = self._budget.left()
        if left <= 0:
            return Died("timeout", f"the submission's {self._budget.seconds:g} s are used up")
        if self._worker is None and not isinstance(loaded := self.load(), Loaded):
            return loaded
        assert self._worker is not None
        request = wire.Ask(
            call.function,
            call.mode,
            values.pack(list(call.args), as_it_lies=True),
            {name: values.pack(value, as_it_lies=True) for name, value in call.kwargs.items()},
            values.pack(call.cotangent, as_it_lies=True),
        )
        try:
            reply = self._worker.ask(request, seconds=min(self._seconds, left))
        except Died as died:
            self._release()
            return died
        if isinstance(reply, Returned | Raised | Refused):
            return reply
        return Died("error", "the worker answered out of turn")

    @property
    def printed(self) -> str:
        """Return the beginning of what the submission printed."""
        text = bytes(self._printed + (self._worker.printed if self._worker else b""))
        return text.decode("utf-8", "replace")

    def close(self) -> None:
        """Let the worker go."""
        if self._worker is not None:
            self._worker.close()
            self._release()

    def _release(self) -> None:
        assert self._worker is not None
        self._printed += self._worker.printed
        self._worker = None
