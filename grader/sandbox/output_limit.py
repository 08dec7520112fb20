"""A submission's standard output, with a limit on its length."""

from __future__ import annotations

import io
import threading

MAX_PRINTED = 16 << 20


class Printed(io.TextIOWrapper):
    """Standard output and error in one stream, which keeps the order of the lines.

    Printing more than `MAX_PRINTED` characters in one call raises OSError at the learner's line. Only
    the called thread's output counts, because the output of other threads depends on the machine and
    the verdict must not.
    """

    def __init__(self, descriptor: int) -> None:
        """Write to a descriptor, and leave it open."""
        super().__init__(
            open(descriptor, "wb", closefd=False),  # noqa: SIM115 - lives as long as the process
            encoding="utf-8",
            errors="backslashreplace",
        )
        self._called = threading.get_ident()
        self._left = MAX_PRINTED

    def begin(self) -> None:
        """Reset the count before a call."""
        self._left = MAX_PRINTED

    def write(self, text: str, /) -> int:
        """Write a text. Raise OSError if the call has printed too much."""
        if threading.get_ident() == self._called:
            self._left -= len(text)
            if self._left < 0:
                raise OSError(f"printed more than {MAX_PRINTED >> 20} MiB in one call")
        return super().write(text)
