"""What is known now, as the pages show it: written by the thread that judges, read by the one that serves."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator

from grader.reports.livepages import Known

# Seconds after which a page that has gone is noticed, though there is nothing new to tell it.
QUIET = 15.0
# Findings come in quick succession: what comes within so many seconds is one piece of news.
GATHER = 0.05


class Board:
    """What is known, and everybody who waits for news."""

    def __init__(self, known: Known) -> None:
        """Begin with what is known at first."""
        self.known = known
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._closed = False

    def show(self, known: Known) -> None:
        """Put up what is known now, from any thread."""
        with self._lock:
            self.known = known
            self._wake()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._lock:
            self._closed = True
            self._wake()

    async def news(self) -> AsyncIterator[bytes]:
        """Yield server-sent events: one at once, then one for each change, or for several together."""
        event = asyncio.Event()
        mine = (asyncio.get_running_loop(), event)
        with self._lock:
            self._waiting.add(mine)
        try:
            yield b"retry: 1000\ndata: now\n\n"
            while not self._closed:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), QUIET)
                changed = event.is_set()
                event.clear()
                yield b"data: now\n\n" if changed else b":\n\n"
                await asyncio.sleep(GATHER)
        finally:
            with self._lock:
                self._waiting.discard(mine)

    def _wake(self) -> None:
        for loop, event in self._waiting:
            # A loop that was closed has nobody left to wake.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)
