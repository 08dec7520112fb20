"""Read single keys from a terminal and restore the terminal afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
import tty
from collections.abc import Iterator

MOST = 64
ESCAPES = {
    b"\x1b[A": "up",
    b"\x1b[B": "down",
    b"\x1b[5~": "page up",
    b"\x1b[6~": "page down",
    b"\x1b[H": "home",
    b"\x1b[F": "end",
    b"\x1bOA": "up",
    b"\x1bOB": "down",
    b"\x1b": "back",
    b"\r": "back",
    b"\n": "back",
    b"\x7f": "back",
    b" ": "page down",
    b"\x04": "q",
}


class Keyboard:
    """A terminal that delivers each key at once. Ctrl-C still interrupts."""

    def __init__(self, descriptor: int) -> None:
        """Save the state of the terminal."""
        self._descriptor = descriptor
        self._before = termios.tcgetattr(descriptor)

    def fileno(self) -> int:
        """Return the descriptor that is readable after a key press."""
        return self._descriptor

    def grab(self) -> None:
        """Read keys one by one without echo. Call it again when a stopped process continues."""
        tty.setcbreak(self._descriptor, termios.TCSANOW)

    def release(self) -> None:
        """Restore the terminal."""
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

    def keys(self) -> list[str]:
        """Return the pressed keys. The end of the input means quit."""
        try:
            pressed = os.read(self._descriptor, MOST)
        except OSError:
            pressed = b""
        if not pressed:
            return ["q"]
        if pressed in ESCAPES:
            return [ESCAPES[pressed]]
        return [ESCAPES.get(bytes([byte]), chr(byte).lower()) for byte in pressed if byte != 0x1B]


@contextlib.contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Switch the terminal to single keys."""
    board = Keyboard(sys.stdin.fileno())
    board.grab()
    try:
        yield board
    finally:
        board.release()


@contextlib.contextmanager
def signals(*numbers: signal.Signals) -> Iterator[int]:
    """Yield a descriptor that receives a byte for each of these signals."""
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)
