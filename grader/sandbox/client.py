"""Handle to one worker process, for the runner."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Self

from grader.sandbox import clocks, wire
from grader.sandbox.array_codec import Malformed, TooMuch
from grader.sandbox.children import Ended
from grader.sandbox.clocks import Clock, Stopwatch
from grader.sandbox.inbox import CHUNK, Inbox
from grader.sandbox.worker_end import Died, Doubtful, Late, TooManyThreads, ended_by_zygote, how_it_died
from grader.sandbox.zygote_client import Demand, ZygoteClient

KEPT_OUTPUT = 4 << 10
CHUNKS = 256
# The limit in seconds while nothing of a submission runs. Only a machine that hangs needs all of them.
PATIENCE = 60.0
# The most requests, and the most bytes of requests, that are sent ahead of their replies. If the number
# depended on the clock, the same submission could print more in one run than in another.
AHEAD = 16
WINDOW = 64 << 10
# The seconds in which replies gather. Waking up for each reply takes longer than answering it.
GATHERING = 0.0003
# The part of a call's time that may pass unseen. If more has passed, an earlier call may have used the time.
UNSEEN = 0.02
# Each thread takes an entry in the machine's table of processes. Starting more than this many takes at least
# the seconds below.
MOST_THREADS = 256
MANY_THREADS_TAKE = 0.005
# In pages: a call that only loops takes fewer, a call that imports a library takes more.
IMPORTED = 1 << 10


class Worker:
    """One worker process, as the runner sees it."""

    def __init__(self, connection: socket.socket, control: socket.socket, output: int) -> None:
        """Take over the runner's ends of the worker's connections."""
        self._wire = connection
        self._control = control
        self._output = output
        os.set_blocking(output, False)
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)
        self._poll.register(output, select.POLLIN)
        self._alive = True
        self._confined: wire.Confined | None = None
        # Reads the worker's time and memory from outside.
        self.clock = Clock()
        self._inbox = Inbox(connection)
        # The sizes of unanswered requests that were sent ahead, and the clock when it was last read.
        self._owed: deque[int] = deque()
        self._mark = 0.0
        self._ahead_since: tuple[int, int | None] = (0, None)
        # The seconds that the worker has computed or slept during requests.
        self.spent = 0.0
        self.printed = bytearray()
        self.printed_bytes = 0

    @classmethod
    def fork(cls, server: ZygoteClient, *, device: str = "cpu", isolation: Demand = Demand()) -> Self:  # noqa: B008
        """Make the zygote fork a worker."""
        wires, controls = socket.socketpair(), socket.socketpair()
        clocks.tell_sender(wires[0])
        read, write = os.pipe()
        try:
            server.fork_worker(
                [wires[1].fileno(), controls[1].fileno(), write], device=device, isolation=isolation
            )
        except BaseException:
            wires[0].close()
            controls[0].close()
            os.close(read)
            raise
        finally:
            wires[1].close()
            controls[1].close()
            os.close(write)
        return cls(wires[0], controls[0], read)

    def confined(self) -> wire.Confined:
        """Return the worker's confinement. The worker sends it before anything else."""
        if self._confined is None:
            watch = Stopwatch(Clock(), PATIENCE)
            try:
                self._await(select.POLLIN, watch)
                self.clock = Clock(clocks.sender(self._wire))
                reply = wire.decode_reply(self._receive(watch))
            except (TimeoutError, Malformed, ConnectionError, EOFError):
                raise how_it_died(self._end()) from None
            if not isinstance(reply, wire.Confined):
                raise Died("error", "unexpected reply of the worker")
            self._confined = reply
        return self._confined

    def ask(self, request: wire.Request, *, seconds: float) -> wire.Reply:
        """Send a request and return the reply. Raise Died if the reply is late or doesn't come.

        Only the time in which the worker computes or sleeps counts. A `Stopwatch` also ends a worker
        that does neither.
        """
        body = self.exchange(wire.frame(request), seconds=seconds)
        try:
            return wire.decode_reply(body)
        except Malformed as error:
            raise self.sent(error) from None

    def exchange(self, frame: bytes, *, seconds: float) -> bytearray:
        """Send an encoded request and return the encoded reply, as `ask` does."""
        self.confined()
        mark, memory, before = len(self.printed), self.clock.memory(), self.spent
        with self._told(mark, memory, seconds):
            body = self._exchange(frame, seconds)
            self._count_threads(self.spent - before)
            self._drain()
            return body

    def sent(self, error: Malformed) -> Died:
        """End a worker that sent an invalid reply, and return the error."""
        self._end()
        return Died("memory" if isinstance(error, TooMuch) else "error", f"the worker sent {error}")

    def begin_ahead(self) -> None:
        """Prepare to send requests before the replies to earlier ones are read."""
        self.confined()
        self._mark = self.clock.computed()
        self._ahead_since = (len(self.printed), self.clock.memory())

    def send_ahead(self, frames: Sequence[bytes], *, seconds: float) -> int:
        """Send as many of the next requests as fit, and return how many were sent.

        Take their replies later, in the same order. If too many were sent,
        both processes would wait forever.
        """
        if 2 * len(self._owed) > AHEAD:
            return 0
        size, chosen = sum(self._owed), 0
        for frame in frames[: AHEAD - len(self._owed)]:
            size += len(frame)
            if size > WINDOW and (chosen or self._owed):
                break
            chosen += 1
        if chosen:
            with self._told(*self._ahead_since, seconds):
                self._send(b"".join(frames[:chosen]), Stopwatch(self.clock, seconds))
            self._owed.extend(map(len, frames[:chosen]))
        return chosen

    def take(self, *, seconds: float) -> bytearray:
        """Return the next reply to a request that was sent ahead. Raise Died as `ask` does, or Doubtful."""
        with self._told(*self._ahead_since, seconds):
            body = self._inbox.next()
            if body is None:
                body = self._await_ahead(seconds)
        self._owed.popleft()
        return body

    def _await_ahead(self, seconds: float) -> bytearray:
        """Wait for a reply, and also read the replies that follow immediately."""
        watch = Stopwatch(self.clock, seconds)
        # The worker may have computed for several calls since replies were last read.
        unseen = self.clock.computed() - self._mark
        try:
            body = self._receive(watch, gathers=len(self._owed) > 1)
        except TimeoutError:
            if unseen > UNSEEN * seconds:
                raise self._doubtful() from None
            raise
        finally:
            now = self.clock.computed()
            passed = max(now - self._mark, watch.spent)
            self.spent += passed
            self._mark = now
        if passed >= seconds:
            raise self._doubtful()
        self._count_threads(passed)
        return body

    def settle(self, *, seconds: float) -> None:
        """Read and discard the replies that aren't needed any more."""
        while self._owed:
            self.take(seconds=seconds)
        self._drain()

    def _count_threads(self, passed: float) -> None:
        """Raise an error if the worker has too many threads, unless the call was too short for that."""
        if passed >= MANY_THREADS_TAKE and self.clock.threads() > MOST_THREADS:
            raise TooManyThreads

    def _doubtful(self) -> Doubtful:
        del self.printed[self._ahead_since[0] :]
        self._end()
        return Doubtful()

    @contextlib.contextmanager
    def _told(self, mark: int, memory: int | None, seconds: float) -> Iterator[None]:
        """Turn any reason for a missing reply into an exception that says how the worker ended."""
        try:
            yield
        except TimeoutError:
            # The output so far depends on the machine's speed, so it is left out.
            del self.printed[mark:]
            now = self.clock.memory()
            self._end()
            imported = memory is None or now is None or now - memory >= IMPORTED
            raise Late("timeout", f"did not finish within {seconds:g} s", imported) from None
        except Malformed as error:
            raise self.sent(error) from None
        except MemoryError:
            raise self.sent(TooMuch("more than fits into memory")) from None
        except TooManyThreads:
            self._end()
            raise Died("forbidden", f"started more than {MOST_THREADS} threads") from None
        except (ConnectionError, EOFError):
            raise how_it_died(self._end()) from None

    def close(self) -> None:
        """Close the connections. The zygote then ends the worker, and this call doesn't wait for it."""
        if self._alive:
            self._alive = False
            self._drain()
            self._wire.close()
            self._control.close()
            os.close(self._output)

    def _exchange(self, data: bytes, seconds: float) -> bytearray:
        watch = Stopwatch(self.clock, seconds)
        try:
            self._send(data, watch)
            body = self._receive(watch)
            if watch.computed >= seconds:
                # The reply came too late, but the clock wasn't checked meanwhile.
                raise TimeoutError
            return body
        finally:
            self.spent += watch.spent

    def _send(self, data: bytes, watch: Stopwatch) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._wire.send(view, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                self._await(select.POLLOUT, watch)

    def _receive(self, watch: Stopwatch, *, gathers: bool = False) -> bytearray:
        while (body := self._inbox.next()) is None:
            has_waited = self._await(select.POLLIN, watch)
            if gathers and has_waited:
                time.sleep(GATHERING)
            self._inbox.fill()
        return body

    def _await(self, event: int, watch: Stopwatch) -> bool:
        """Wait until the wire can be read or written, and read the output. Return whether it had to wait."""
        self._poll.modify(self._wire, event)
        pause = 0.0
        while True:
            ready = [descriptor for descriptor, _ in self._poll.poll(pause * 1000)]
            if self._output in ready:
                self._drain()
            if self._wire.fileno() in ready:
                return pause > 0
            if watch.over():
                raise TimeoutError
            self._count_threads(pause)
            pause = watch.pause()

    def _drain(self) -> None:
        """Read the output pipe, a limited part at a time. Keep the beginning and count the rest."""
        for _ in range(CHUNKS):
            try:
                chunk = os.read(self._output, CHUNK)
            except BlockingIOError:
                return
            if not chunk:
                with contextlib.suppress(KeyError):
                    self._poll.unregister(self._output)
                return
            self.printed += chunk[: max(KEPT_OUTPUT - len(self.printed), 0)]
            self.printed_bytes += len(chunk)

    def _end(self) -> Ended | None:
        """Make the zygote end the worker, and return how it ended."""
        self._alive = False
        ended = ended_by_zygote(self._control, PATIENCE)
        self._wire.close()
        self._control.close()
        self._drain()
        os.close(self._output)
        return ended
