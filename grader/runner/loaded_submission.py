"""Loads a submission's text in a worker on one device. Starts a new worker if the old one is gone."""

from __future__ import annotations

from msgspec import structs

from grader.errors import GraderError
from grader.runner.call import Budget
from grader.runner.worker_start import start_worker
from grader.sandbox import wire
from grader.sandbox.array_codec import Malformed
from grader.sandbox.client import Worker
from grader.sandbox.wire import Loaded, Raised
from grader.sandbox.worker_end import Died, Killed, Late
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import SourceText

# In seconds of the worker's own time, like all times in this module.
LOAD_SECONDS = 10.0
CELLS_GIVEN_UP = 2


class LoadedSubmission:
    """Starts workers and loads the text in them. Keeps the output and the failed cells."""

    def __init__(
        self,
        server: ZygoteClient,
        source: SourceText,
        *,
        device: str,
        isolation: Demand,
        seconds: float,
        budget: Budget,
    ) -> None:
        """Start without a worker. The first call forks one. `seconds` is the time limit of a call."""
        self._server = server
        self._source = source
        self._device = device
        self._isolation = isolation
        self._seconds = seconds
        self._budget = budget
        self._worker: Worker | None = None
        self._unusable: GraderError | None = None
        self._printed = bytearray()
        self._raised: dict[int, Raised] = {}
        # The cells that ended a worker. The replica shares them and doesn't run them again.
        self.ended: dict[int, Died] = {}
        self.functions: list[str] = []

    @property
    def broken(self) -> dict[int, Raised | Died]:
        """The cells of a notebook that failed, each with its error."""
        faults: dict[int, Raised | Died] = {**self._raised, **self.ended}
        return dict(sorted(faults.items()))

    def load(self) -> Loaded | Raised | Died:
        """Run the source in a fresh worker and return the outcome.

        Every cell of a notebook runs, even if another cell failed. If a cell ends its worker, the next
        worker skips that cell.
        """
        self.close()
        printed, once_more = len(self._printed), True
        while True:
            ended = len(self.ended)
            reply = self._load(once_more=once_more)
            again = once_more and isinstance(reply, Killed)
            if not again and (len(self.ended) == ended or len(self.ended) > CELLS_GIVEN_UP):
                return reply
            once_more = once_more and not again
            # The next worker prints the same again.
            del self._printed[printed:]

    def _load(self, *, once_more: bool) -> Loaded | Raised | Died:
        self._raised.clear()
        self._worker = self._fresh_worker()
        seconds = Budget(LOAD_SECONDS)
        reply = self._tell(wire.Load(), seconds)
        for cell in range(1, len(self._source.starts) + 1):
            if isinstance(reply, Loaded) and cell not in self.ended:
                reply = self._run(cell, seconds, once_more=once_more)
        if isinstance(reply, Loaded):
            self.functions = reply.functions
        else:
            self.close()
        return reply

    def _preparation(self) -> wire.Prepare:
        return wire.Prepare(self._source, self._device)

    def _fresh_worker(self) -> Worker:
        if self._unusable is not None:
            raise self._unusable
        try:
            return start_worker(self._server, self._preparation(), self._isolation)
        except GraderError as error:
            self._unusable = error
            raise

    def _run(self, cell: int, seconds: Budget, *, once_more: bool) -> Loaded | Raised | Died:
        reply = self._tell(wire.Run(cell), seconds)
        if isinstance(reply, Loaded) and reply.raised is not None:
            raised = self._placed(reply.raised)
            # A worker may claim any line, even one of another cell.
            line = raised.line if raised.cell == cell else None
            self._raised[cell] = structs.replace(raised, cell=cell, line=line)
        elif (
            isinstance(reply, Died)
            and self._budget.left() > 0
            and not (once_more and isinstance(reply, Killed))
        ):
            self.ended[cell] = reply
            reply = Died(reply.cause, f"cell {cell}: {reply.reason}")
        return reply

    def _tell(self, request: wire.Load | wire.Run, seconds: Budget) -> Loaded | Raised | Died:
        before = self._budget.spent
        body = self._put(wire.frame(request), seconds.left())
        seconds.charge(self._budget.spent - before)
        reply = body if isinstance(body, Died) else self._told(body)
        if isinstance(reply, Late):
            # The limit is for all cells together. The time that was left for this cell doesn't matter.
            return Died("timeout", f"did not finish within {LOAD_SECONDS:g} s")
        if isinstance(reply, Raised):
            return self._placed(reply)
        return reply if isinstance(reply, Loaded | Died) else Died("error", "unexpected reply of the worker")

    def _told(self, body: bytearray) -> wire.Reply | Died:
        """Decode the reply to a load request."""
        try:
            return wire.decode_reply(body)
        except Malformed as error:
            assert self._worker is not None
            died = self._worker.sent(error)
            self._release()
            return died

    def _put(self, frame: bytes, seconds: float) -> bytearray | Died:
        """Send a request. Its limit is `seconds`, or the submission's remaining time if that is less."""
        worker, left = self._worker, self._budget.left()
        assert worker is not None
        if left <= 0:
            return self._budget.used_up()
        before = worker.spent
        try:
            return worker.exchange(frame, seconds=min(seconds, left))
        except Died as died:
            self._release()
            return self._budget.used_up() if isinstance(died, Late) and left < seconds else died
        finally:
            self._budget.charge(worker.spent - before)

    def _placed(self, raised: Raised) -> Raised:
        """Return the exception with the line number that the learner sees."""
        if raised.line is None:
            return structs.replace(raised, cell=None)
        place = self._source.place(raised.line)
        return structs.replace(raised, cell=place.cell, line=place.line)

    def _loaded(self) -> Loaded | Raised | Died:
        return self.load() if self._budget.left() > 0 else self._budget.used_up()

    @property
    def printed(self) -> str:
        """Return the beginning of the submission's output."""
        text = bytes(self._printed + (self._worker.printed if self._worker else b""))
        return text.decode("utf-8", "replace")

    def close(self) -> None:
        """Close the worker."""
        if self._worker is not None:
            self._worker.close()
            self._release()

    def _release(self) -> None:
        assert self._worker is not None
        self._printed += self._worker.printed
        self._worker = None
