"""Checks a message before it is decoded: how many values it holds, and how deeply they are nested.

One byte of msgpack can stand for a whole list, so a short message may need much memory. Strings, numbers and
extensions are skipped, so a tensor of any size costs one step.
"""

from __future__ import annotations

from grader.sandbox.array_codec import Malformed

MAX_ITEMS = 200_000
MAX_DEPTH = 24

# First byte: how many bytes of length follow, and what follows those.
_LENGTHS = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xC7: 1, 0xC8: 2, 0xC9: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}
_EXTENSIONS = {0xC7, 0xC8, 0xC9}
_CONTAINERS = {0xDC: (2, 1), 0xDD: (4, 1), 0xDE: (2, 2), 0xDF: (4, 2)}
_SIZES = {0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}
_SIZES |= {0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8, 0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17}


def admit(body: bytes | bytearray | memoryview) -> None:
    """Raise Malformed if a message has too many values, is nested too deeply, or is cut short."""
    at, items = 0, 0
    open_containers = [1]
    end = len(body)
    while open_containers:
        if open_containers[-1] == 0:
            open_containers.pop()
            continue
        open_containers[-1] -= 1
        items += 1
        if items > MAX_ITEMS or len(open_containers) > MAX_DEPTH:
            raise Malformed("a message with too many values, or nested too deeply")
        if at >= end:
            raise Malformed("a message that is cut short")
        at, inside = _step(body, at)
        if inside:
            open_containers.append(inside)


def _step(body: bytes | bytearray | memoryview, at: int) -> tuple[int, int]:
    """Return where the value at an offset (or a container's header) ends, and how many values it contains."""
    first = body[at]
    at += 1
    if first < 0x80 or first >= 0xE0:
        return at, 0
    if first < 0x90:
        return at, 2 * (first & 0x0F)
    if first < 0xA0:
        return at, first & 0x0F
    if first < 0xC0:
        return at + (first & 0x1F), 0
    if first in _CONTAINERS:
        width, each = _CONTAINERS[first]
        return at + width, each * int.from_bytes(body[at : at + width], "big")
    if first in _LENGTHS:
        width = _LENGTHS[first]
        length = int.from_bytes(body[at : at + width], "big")
        return at + width + length + (first in _EXTENSIONS), 0
    if first in _SIZES:
        return at + _SIZES[first], 0
    raise Malformed(f"a byte that can't begin a value ({first:#x})")
