"""Buffers a worker's replies: reads many at once, and returns each one when it is complete."""

from __future__ import annotations

import socket

from grader.frames import HEADER
from grader.sandbox import wire

CHUNK = 1 << 16


class Inbox:
    """Splits the bytes from a connection into messages."""

    def __init__(self, connection: socket.socket) -> None:
        """Store the connection. Only `fill` reads from it."""
        self._wire = connection
        self._data = bytearray()
        self._at = 0
        # A message that is larger than a chunk, and the part of it that is still to come.
        self._large: bytearray | None = None
        self._rest = memoryview(b"")

    def next(self) -> bytearray | None:
        """Return the next message if it is complete. Raise Malformed if its announced size is too large."""
        if self._large is not None:
            if self._rest:
                return None
            large, self._large = self._large, None
            return large
        start = self._at + HEADER
        if len(self._data) < start:
            return None
        size = wire.reply_size(self._data[self._at : start])
        end = start + size
        if len(self._data) >= end:
            body = self._data[start:end]
            self._at = end
            return body
        if size > CHUNK:
            here = self._data[start:]
            self._large = bytearray(size)
            self._large[: len(here)] = here
            self._rest = memoryview(self._large)[len(here) :]
            self._data.clear()
            self._at = 0
        return None

    def fill(self) -> None:
        """Read once from the connection. Raise EOFError at its end."""
        if self._large is not None:
            got = self._wire.recv_into(self._rest)
            if not got:
                raise EOFError
            self._rest = self._rest[got:]
            return
        chunk = self._wire.recv(CHUNK)
        if not chunk:
            raise EOFError
        del self._data[: self._at]
        self._at = 0
        self._data += chunk
