"""Where a submission prints to: as much as anybody reads, and not without end."""

from __future__ import annotations

import io
import threading

MAX_PRINTED = 16 << 20


class Printed(io.TextIOWrapper):
    """Standard output and error in one stream, which keeps the order of a learner's lines.

    More than `MAX_PRINTED` characters in one call raise OSError at the learner's own line. Only the thread
    that was called is counted: what another one prints depends on the machine, and so would the verdict.
    """

    def __init__(self, descriptor: int) -> None:
        """Write to a descriptor, which stays open."""
        super().__init__(
            open(descriptor, "wb", closefd=False),  # noqa: SIM115 - lives as long as the process
            encoding="utf-8",
            errors="backslashreplace",
        )
        self._called = threading.get_ident()
        self._left = MAX_PRINTED

    def begin(self) -> None:
        """Begin a call."""
        self._left = MAX_PRINTED

    def write(self, text: str, /) -> int:
        """Write a text; raise OSError where the call has printed too much."""
        if threading.get_ident() == self._called:
            self._left -= len(text)
            if self._left < 0:
                raise OSError(f"printed more than {MAX_PRINTED >> 20} MiB in one call")
        return super().write(text)
