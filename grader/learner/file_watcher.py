"""File watcher exposed as a selectable descriptor.

It keeps working when the folder is replaced by another of the same name, as `git checkout` does.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import watch

# Milliseconds: the quiet time after a change, and the longest time for which changes are collected.
STEP = 10
DEBOUNCE = 100
# Milliseconds: how often to look whether the folder was replaced or is back.
LOOK = 500
PATIENCE = 2.0


@contextlib.contextmanager
def saves(folder: Path) -> Iterator[int]:
    """Yield a descriptor that receives a byte when something in the folder changes."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    stop = threading.Event()

    def tell() -> None:
        # A full pipe already carries the message.
        with contextlib.suppress(BlockingIOError):
            os.write(writer, b"+")

    def listen() -> None:
        again = False
        while not stop.is_set():
            # Reading the folder reports that it is gone, or any other error.
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
    """Call `tell` for each change until the folder is replaced.

    With `again`, also call it at the start, because an earlier save may have been missed.
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
    """Yield the identity of a folder. An open descriptor keeps its inode from being reused."""
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
