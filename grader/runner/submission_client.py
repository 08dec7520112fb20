"""Client of one submission: sends calls to its worker, and starts a new worker if the old one is gone."""

from __future__ import annotations

from functools import cached_property

from grader.runner.ask_ahead import AskedAhead
from grader.runner.call import Answer, Budget, Call
from grader.runner.loaded_submission import LOAD_SECONDS, LoadedSubmission
from grader.runner.worker_start import begin
from grader.sandbox import accelerators, wire
from grader.sandbox.array_codec import Malformed, TooMuch
from grader.sandbox.wire import Loaded, Raised, Refused, Returned
from grader.sandbox.worker_end import Died, Doubtful, Killed, Late
from grader.source_text import SourceText

# In bytes. A correct answer to any exercise of the course returns about a sixteenth of this.
MOST_RETURNED = 128 << 20
# How often in all a call is repeated after its worker was killed. When memory runs out, the kernel usually
# kills the largest process.
KILLED_GIVEN_UP = 8


class SubmissionClient(LoadedSubmission):
    """Calls a submission's functions. Sends planned calls in advance and keeps their replies."""

    # The bytes of the latest answer. They are empty if there was none.
    latest = b""
    _asked_twice = False
    _killed = 0
    _returned = 0

    @cached_property
    def _ahead(self) -> AskedAhead:
        return AskedAhead()

    def become(self, source: SourceText, budget: Budget) -> None:
        """Replace the text and keep the worker. Use this only for the course's own texts."""
        self._budget = budget
        if source == self._source:
            return
        self.plan([])
        self._source, self._returned = source, 0
        if self._worker is not None:
            began = not begin(self._worker, self._preparation())
            if not began or not isinstance(self._tell(wire.Load(), Budget(LOAD_SECONDS)), Loaded):
                self.close()

    def ask(self, call: Call) -> Answer:
        """Return the answer to one call. If the worker is lost, the next call starts a new one.

        Library imports during a first call don't count as the learner's time. If a call timed out and
        may have been importing, it is repeated once, on a worker that has already imported those
        libraries.
        """
        if self._ahead.kept and (kept := self._kept_for(call)) is not None:
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
        """Count a killed worker, and return whether a new worker may repeat the call."""
        self._killed += 1
        return self._killed <= KILLED_GIVEN_UP

    def plan(self, frames: list[bytes]) -> None:
        """Plan the next calls, in this order. Drop the previous plan."""
        if not self._ahead.plan(frames) or self._worker is None:
            return
        worker, before = self._worker, self._worker.spent
        try:
            worker.settle(seconds=min(self._seconds, max(self._budget.left(), 0.001)))
        except (Died, Doubtful):
            # The rest of the old plan isn't needed. The next call starts a new worker.
            self._release()
        finally:
            self._budget.charge(worker.spent - before)

    def is_planned(self, frames: list[bytes]) -> bool:
        """Return whether exactly these calls are planned, and none is used yet."""
        return self._ahead.is_planned(frames)

    def keep_up_with(self, other: SubmissionClient) -> None:
        """Ask planned calls while another client is asked its own, so that both workers compute at once.

        How many are asked depends only on how many replies the other client has used, not on the clock.
        """
        count = other._ahead.taken
        if not self._ahead.is_behind(count) or self._budget.left() <= 0:
            return
        if self._worker is None and not isinstance(self._loaded(), Loaded):
            self._ahead.drop()
            return
        worker = self._worker
        assert worker is not None
        before = worker.spent
        try:
            self._ahead.catch_up(worker, count, seconds=min(self._seconds, self._budget.left()))
        except (Died, Doubtful):
            # These calls are repeated when their answers are needed. Then a failure has consequences.
            self._release()
        finally:
            self._budget.charge(worker.spent - before)

    def matches(self, replies: list[bytes]) -> bool:
        """Return whether the next planned calls get exactly these replies, byte for byte.

        If one differs, the replies are kept for later identical calls.
        """
        same = bool(replies) and not self._ahead.kept
        for reply in replies if same else ():
            body = self._take()
            if body is None:
                return False
            same = same and body == reply
        if same:
            self._ahead.kept.clear()
        return same

    def _take(self) -> bytes | None:
        """Return the reply to the next planned call, or None if there is no reliable reply."""
        if self._ahead.is_over or self._budget.left() <= 0:
            return None
        if self._worker is None and not isinstance(self._loaded(), Loaded):
            return None
        worker, frame = self._worker, self._ahead.frame
        assert worker is not None
        before, left = worker.spent, self._budget.left()
        try:
            return self._ahead.take(worker, seconds=min(self._seconds, left))
        except Died as died:
            self._release()
            in_doubt = isinstance(died, Late) and (
                left < self._seconds or (died.imported and not self._asked_twice)
            )
            if not in_doubt and not isinstance(died, Killed):
                self._ahead.kept.append((frame, died))
            return None
        except Doubtful:
            self._release()
            return None
        finally:
            self._budget.charge(worker.spent - before)

    def _kept_for(self, call: Call) -> Answer | None:
        """Return the stored answer to a call, or None if the next stored answer belongs to another call."""
        frame, body = self._ahead.kept[0]
        if frame != call.frame:
            return None
        self._ahead.kept.popleft()
        if isinstance(body, Died):
            self.latest = b""
            return body
        return self._answer(body)

    def _ask(self, call: Call) -> Answer:
        self.latest = b""
        body = self._put(call.frame, self._seconds)
        return body if isinstance(body, Died) else self._answer(bytes(body))

    def _answer(self, body: bytes) -> Answer:
        """Decode a reply and return the answer."""
        self._returned += len(body)
        if self._returned > MOST_RETURNED:
            self.close()
            return Died("memory", f"returned more than {MOST_RETURNED >> 20} MiB in all")
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
        return Died("error", "unexpected reply of the worker")

    def _lost(self, raised: Raised) -> Died:
        """Close a worker that can no longer use its device, because its later calls would fail."""
        self.close()
        return Died("error", f"{raised.type}{raised.on_line}: {raised.message.partition(chr(10))[0]}")

    def _release(self) -> None:
        # The calls that were asked ahead are lost with the worker.
        self._ahead.drop()
        super()._release()
