"""Messages on a stream: each with its length before it."""

from __future__ import annotations

import socket

HEADER = 4


def framed(body: bytes) -> bytes:
    """Return a message with its length before it."""
    return len(body).to_bytes(HEADER, "big") + body


def read_frame(connection: socket.socket) -> bytes | None:
    """Return the next message, or None where the stream ends before or within it, in whatever way."""
    header = _read_exactly(connection, HEADER)
    return None if header is None else _read_exactly(connection, int.from_bytes(header, "big"))


def _read_exactly(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        try:
            got = connection.recv_into(view)
        except ConnectionError:
            # Whoever sent is gone, and had not read all that was sent to it.
            got = 0
        if not got:
            return None
        view = view[got:]
    return bytes(data)
