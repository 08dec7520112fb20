"""The current state that the pages show. The grading thread writes it, and the web server reads it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator

from grader.reports.livepages import Known

# Seconds between keep-alive messages, which detect closed pages.
QUIET = 15.0
# Results come in quick succession: those within so many seconds make one event.
GATHER = 0.05


class Board:
    """The current state and the pages that wait for changes."""

    def __init__(self, known: Known) -> None:
        """Store the first state."""
        self.known = known
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._closed = False

    def show(self, known: Known) -> None:
        """Publish a new state. Any thread may call this."""
        with self._lock:
            self.known = known
            self._wake()

    def close(self) -> None:
        """End the stream of every waiting page."""
        with self._lock:
            self._closed = True
            self._wake()

    async def news(self) -> AsyncIterator[bytes]:
        """Yield server-sent events: one at once, then one for each change or group of changes."""
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
            # A closed event loop has no waiting page.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)
