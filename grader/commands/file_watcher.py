"""Word of files that were saved, on a descriptor that can be waited for beside others.

A folder that is replaced by another of its name, as `git checkout` does, is watched on.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import watch

# Milliseconds: how long quiet must last after a change, and how long changes may go on before they count.
STEP = 10
DEBOUNCE = 100
# How long it takes at most until it is seen that the folder is another one, or is there again.
LOOK = 500
PATIENCE = 2.0


@contextlib.contextmanager
def saves(folder: Path) -> Iterator[int]:
    """Yield a descriptor that gets a byte whenever something in the folder has changed."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    stop = threading.Event()

    def tell() -> None:
        # A full pipe says already what there is to say.
        with contextlib.suppress(BlockingIOError):
            os.write(writer, b"+")

    def listen() -> None:
        again = False
        while not stop.is_set():
            # Whether the folder is gone, and what else is wrong with it, is said when it is read.
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                _watch(folder, stop, tell, again=again)
            again = True
            stop.wait(LOOK / 1000)

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


def _watch(folder: Path, stop: threading.Event, tell: Callable[[], None], *, again: bool) -> None:
    """Tell of each change until the folder isn't the one that it was.

    What was saved before it is watched `again` nobody has heard of.
    """
    with _held(folder) as mine:
        changes = watch(
            folder,
            stop_event=stop,
            step=STEP,
            debounce=DEBOUNCE,
            rust_timeout=LOOK,
            recursive=False,
            raise_interrupt=False,
            yield_on_timeout=True,
        )
        for found in changes:
            if found or again:
                tell()
                again = False
            if not _is(mine, folder):
                tell()
                return


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[os.stat_result]:
    """Yield what a folder is; meanwhile its number goes to no other."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _is(mine: os.stat_result, folder: Path) -> bool:
    try:
        return os.path.samestat(mine, folder.stat())
    except OSError:
        return False
