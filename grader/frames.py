"""Messages on a stream, each preceded by its length."""

from __future__ import annotations

import socket

HEADER = 4


def framed(body: bytes) -> bytes:
    """Return a message preceded by its length."""
    return len(body).to_bytes(HEADER, "big") + body


def read_frame(connection: socket.socket) -> bytes | None:
    """Return the next message, or None if the stream ends before the message is complete."""
    header = _read_exactly(connection, HEADER)
    return None if header is None else _read_exactly(connection, int.from_bytes(header, "big"))


def _read_exactly(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        try:
            got = connection.recv_into(view)
        except ConnectionError:
            # The sender is gone and left data unread.
            got = 0
        if not got:
            return None
        view = view[got:]
    return bytes(data)
