"""A submission that answers: it has a worker while it behaves, and a fresh one when that one is gone."""

from __future__ import annotations

from collections import deque

from msgspec import structs

from grader.errors import GraderError
from grader.runner.call import Answer, Budget, Call
from grader.sandbox import accelerators, wire
from grader.sandbox.array_codec import Malformed, TooMuch
from grader.sandbox.client import AHEAD, Worker
from grader.sandbox.wire import Begun, Loaded, Raised, Refused, Returned
from grader.sandbox.worker_end import Died, Doubtful, Killed, Late, cannot_begin
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import SourceText

# Seconds of the worker's own time, like all here.
LOAD_SECONDS = 10.0
# Several workers may start a GPU at the same time, and wait for each other.
BEGIN_SECONDS = 120.0
BEGINNINGS = 2
CELLS_GIVEN_UP = 2
# Bytes, of which a right answer to any exercise of the course returns some sixteenth.
MOST_RETURNED = 128 << 20
# What is killed is asked once more, so many times in all: the largest process goes first, mostly.
KILLED_GIVEN_UP = 8


class SubmissionClient:
    """One source text on one device."""

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
        """Start without a worker; the first question forks one."""
        self._server = server
        self._source = source
        self._device = device
        self._isolation = isolation
        self._seconds = seconds
        self._budget = budget
        self._worker: Worker | None = None
        self._printed = bytearray()
        self._raised: dict[int, Raised] = {}
        self._unusable: GraderError | None = None
        self._asked_twice = False
        self._killed = 0
        # Questions that are asked ahead, how many of them were sent, and answers that came so.
        self._plan: list[bytes] = []
        self._sent = self._taken = 0
        self._kept: deque[tuple[bytes, bytes | Died]] = deque()
        # The latest answer as it came; nothing where there was none.
        self.latest = b""
        self._returned = 0
        self.functions: list[str] = []
        # The cells that ended a worker; who answers beside this one needn't try them again.
        self.ended: dict[int, Died] = {}

    @property
    def broken(self) -> dict[int, Raised | Died]:
        """The cells of a notebook that didn't run to their end, and why."""
        faults: dict[int, Raised | Died] = {**self._raised, **self.ended}
        return dict(sorted(faults.items()))

    def become(self, source: SourceText, budget: Budget) -> None:
        """Answer for another text, in the worker that is there: for texts of the course's own."""
        self._budget = budget
        if source == self._source:
            return
        self.plan([])
        self._source, self._returned = source, 0
        if self._worker is not None:
            began = not _began(self._worker, self._preparation())
            if not began or not isinstance(self._tell(wire.Load(), Budget(LOAD_SECONDS)), Loaded):
                self.close()

    def load(self) -> Loaded | Raised | Died:
        """Run the source in a fresh worker, and return how that went.

        Every cell of a notebook runs, whatever became of another; one that ended its worker is left out
        of the next.
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
            # The next worker prints it again.
            del self._printed[printed:]

    def _load(self, *, once_more: bool) -> Loaded | Raised | Died:
        self._raised.clear()
        self._worker = self._ready_worker()
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

    def _ready_worker(self) -> Worker:
        """Return a fresh worker, its device and the text ready: what fails here is no submission's fault.

        To start a GPU takes seconds, which aren't a submission's either.
        """
        trouble: GraderError | None = None
        for _ in range(0 if self._unusable else BEGINNINGS):
            worker = Worker.fork(self._server, device=self._device, isolation=self._isolation)
            trouble = self._trouble_with(worker)
            if trouble is None:
                return worker
            worker.close()
        self._unusable = self._unusable or trouble
        assert self._unusable is not None
        raise self._unusable

    def _trouble_with(self, worker: Worker) -> GraderError | None:
        """Have a worker begin, and return what kept it from that."""
        if accelerators.is_real(self._device) and (said := _began(worker, wire.Begin(self._device))):
            return GraderError(
                "device",
                found=f"a worker can't use the device: {said}",
                where=f"`{self._device}`; nothing of the submission was run on it",
                expected="a device that torch finds, with room for a few processes",
                remedy="see what else uses it (`nvidia-smi`), or judge without it: `--device cpu`",
            )
        said = _began(worker, self._preparation())
        return cannot_begin(said) if said else None

    def _run(self, cell: int, seconds: Budget, *, once_more: bool) -> Loaded | Raised | Died:
        reply = self._tell(wire.Run(cell), seconds)
        if isinstance(reply, Loaded) and reply.raised is not None:
            raised = self._placed(reply.raised)
            # A worker may claim any line, also one of another cell.
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
            # Together the cells have so many seconds; what was left of them for this one is no matter.
            return Died("timeout", f"no answer within {LOAD_SECONDS:g} s")
        if isinstance(reply, Raised):
            return self._placed(reply)
        return reply if isinstance(reply, Loaded | Died) else Died("error", "the worker answered out of turn")

    def _told(self, body: bytes | bytearray) -> wire.Reply | Died:
        """Return what a reply says about loading."""
        try:
            return wire.decode_reply(body)
        except Malformed as error:
            assert self._worker is not None
            died = self._worker.sent(error)
            self._release()
            return died

    def _put(self, frame: bytes, seconds: float) -> bytes | bytearray | Died:
        """Put a request to the worker, within its own seconds and what the whole submission has left."""
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
        """Return what was raised with its line as the learner counts it."""
        if raised.line is None:
            return structs.replace(raised, cell=None)
        place = self._source.place(raised.line)
        return structs.replace(raised, cell=place.cell, line=place.line)

    def ask(self, call: Call) -> Answer:
        """Return the answer to one call; the next call finds a worker again.

        What libraries import at a first call isn't the learner's time: once, where a call ran out of time and
        may have been importing, it is asked again of a worker that finds these imported.
        """
        if self._kept and (kept := self._kept_for(call)) is not None:
            return kept
        self.plan([])
        if self._worker is None and not isinstance(loaded := self._loaded(), Loaded):
            return loaded
        answer = self._ask(call)
        if isinstance(answer, Late) and answer.imported and not self._asked_twice:
            self._asked_twice = True
            self._server.import_the_rest()
        elif not isinstance(answer, Killed) or not self._may_ask_again():
            return answer
        return self._ask(call) if isinstance(loaded := self._loaded(), Loaded) else loaded

    def _may_ask_again(self) -> bool:
        """Say whether a worker that was killed gets a successor for the same question; some do."""
        self._killed += 1
        return self._killed <= KILLED_GIVEN_UP

    def plan(self, frames: list[bytes]) -> None:
        """Say what will be asked next, in this order; forget what was said before."""
        owes = self._sent > self._taken
        self._plan, self._sent, self._taken = frames, 0, 0
        self._kept.clear()
        if owes and self._worker is not None:
            before = self._worker.spent
            try:
                self._worker.settle(seconds=min(self._seconds, max(self._budget.left(), 0.001)))
            except (Died, Doubtful):
                # What it was asked too much is nobody's question: the next one finds a fresh worker.
                self._budget.charge(self._worker.spent - before)
                self._release()
            else:
                self._budget.charge(self._worker.spent - before)

    def matches(self, replies: list[bytes]) -> bool:
        """Say whether the next questions of the plan are answered byte for byte like this.

        Where one isn't, the answers are kept for whoever asks the same questions.
        """
        same = bool(replies) and not self._kept
        for reply in replies if same else ():
            body = self._take()
            if body is None:
                return False
            same = same and body == reply
        if same:
            self._kept.clear()
        return same

    def _take(self) -> bytes | None:
        """Return the next answer of the plan; None where there is none that could be taken for its answer."""
        if self._taken >= len(self._plan) or self._budget.left() <= 0:
            return None
        if self._worker is None and not isinstance(self._loaded(), Loaded):
            return None
        worker = self._worker
        assert worker is not None
        frame = self._plan[self._taken]
        before, left = worker.spent, self._budget.left()
        seconds = min(self._seconds, left)
        try:
            if self._sent == 0:
                worker.begin_ahead()
            ahead = self._plan[self._sent : self._sent + AHEAD]
            self._sent += worker.send_ahead(ahead, seconds=seconds)
            body = bytes(worker.take(seconds=seconds))
        except Died as died:
            self._release()
            in_doubt = isinstance(died, Late) and (
                left < self._seconds or (died.imported and not self._asked_twice)
            )
            if not in_doubt and not isinstance(died, Killed):
                self._kept.append((frame, died))
            return None
        except Doubtful:
            self._release()
            return None
        finally:
            self._budget.charge(worker.spent - before)
        self._taken += 1
        self._kept.append((frame, body))
        return body

    def _kept_for(self, call: Call) -> Answer | None:
        """Return the answer that is kept for a question, if it is the one that was asked ahead."""
        frame, body = self._kept[0]
        if frame != call.frame:
            return None
        self._kept.popleft()
        if isinstance(body, Died):
            self.latest = b""
            return body
        return self._answer(body)

    def _loaded(self) -> Loaded | Raised | Died:
        return self.load() if self._budget.left() > 0 else self._budget.used_up()

    def _ask(self, call: Call) -> Answer:
        self.latest = b""
        body = self._put(call.frame, self._seconds)
        return body if isinstance(body, Died) else self._answer(bytes(body))

    def _answer(self, body: bytes) -> Answer:
        """Return what a reply says."""
        self._returned += len(body)
        if self._returned > MOST_RETURNED:
            self.close()
            return Died("memory", f"what it returned takes more than {MOST_RETURNED >> 20} MiB in all")
        self.latest = body
        try:
            reply = wire.decode_reply(body)
        except Malformed as error:
            self.plan([])
            worker, self.latest = self._worker, b""
            if worker is None:
                return Died("memory" if isinstance(error, TooMuch) else "error", f"the worker sent {error}")
            died = worker.sent(error)
            self._release()
            return died
        if isinstance(reply, Raised):
            raised = self._placed(reply)
            return self._lost(raised) if accelerators.is_lost(self._device, raised) else raised
        if isinstance(reply, Returned | Refused | Died):
            return reply
        return Died("error", "the worker answered out of turn")

    def _lost(self, raised: Raised) -> Died:
        """Let a worker go that can't use its device any more: later calls would fail by what this one did."""
        self.close()
        return Died("error", f"{raised.type}{raised.on_line}: {raised.message.partition(chr(10))[0]}")

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
        # What it was asked ahead went with it.
        self._plan, self._sent, self._taken = [], 0, 0
        self._printed += self._worker.printed
        self._worker = None


def _began(worker: Worker, request: wire.Begin | wire.Prepare) -> str:
    """Have a worker do what comes before a submission runs; return what kept it from that, or nothing."""
    try:
        reply = worker.ask(request, seconds=BEGIN_SECONDS)
    except Died as died:
        return died.reason
    return reply.trouble if isinstance(reply, Begun) else "the worker answered out of turn"
