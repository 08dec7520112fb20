"""Word of files that were saved, on a descriptor that can be waited for beside others."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

# Milliseconds: how long quiet must last after a change, and how long changes may go on before they count.
STEP = 10
DEBOUNCE = 100
PATIENCE = 2.0


@contextlib.contextmanager
def saves(folder: Path) -> Iterator[int]:
    """Yield a descriptor that gets a byte whenever something in the folder has changed."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    stop = threading.Event()

    def listen() -> None:
        changes = watch(
            folder,
            stop_event=stop,
            step=STEP,
            debounce=DEBOUNCE,
            rust_timeout=500,
            recursive=False,
            raise_interrupt=False,
        )
        for _ in changes:
            # A full pipe says already what there is to say.
            with contextlib.suppress(BlockingIOError):
                os.write(writer, b"+")

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield reader
    finally:
        stop.set()
        thread.join(PATIENCE)
        os.close(reader)
        if not thread.is_alive():
            os.close(writer)
