"""Encodes the values that may be sent. Any other value raises an error that says what it is.

Allowed are None, bool, int of any size, float, complex, str, tuple, list, tensors and NumPy arrays.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from msgspec.msgpack import Ext
from torch import Tensor

from grader.sandbox import array_codec, message_limits
from grader.sandbox.array_codec import Malformed, Unsendable

ARRAY, COMPLEX, INTEGER, TUPLE = 1, 2, 3, 4
MAX_DEPTH = 16
MAX_ITEMS = 100_000
MAX_TEXT = 1 << 20
MAX_DIGITS = 1 << 20
SMALL = 1 << 63


def pack(value: object, *, as_it_lies: bool = False) -> Any:
    """Return a value in a form for msgpack. If it can't be sent, raise Unsendable and say what it is."""
    budget = [MAX_ITEMS]

    def walk(item: Any, depth: int) -> Any:
        budget[0] -= 1
        if depth > MAX_DEPTH or budget[0] < 0:
            raise Unsendable("a list or tuple that is too large or too deep")
        kind = type(item)
        if item is None or kind is bool or kind is float:
            return item
        if kind is int:
            return item if -SMALL <= item < SMALL else Ext(INTEGER, _digits(item))
        if kind is str:
            return _text(item)
        if kind is complex:
            return Ext(COMPLEX, struct.pack(">dd", item.real, item.imag))
        if isinstance(item, Tensor):
            return Ext(ARRAY, array_codec.pack_tensor(item, as_it_lies=as_it_lies))
        if isinstance(item, np.ndarray):
            return Ext(ARRAY, array_codec.pack_array(item))
        if kind is list:
            return [walk(part, depth + 1) for part in item]
        if kind is tuple:
            return Ext(TUPLE, msgspec.msgpack.encode([walk(part, depth + 1) for part in item]))
        if isinstance(item, np.generic):
            raise Unsendable(f"a NumPy scalar `{kind.__name__}` (int(...) or float(...) makes it plain)")
        raise Unsendable(f"{_article(kind.__name__)} `{kind.__name__}`")

    return walk(value, 0)


def hook_for(arrays: Callable[[memoryview], Any] = array_codec.unpack) -> Callable[[int, memoryview], Any]:
    """Return an extension hook for msgspec that checks what it unpacks."""

    def unpack(code: int, payload: memoryview) -> Any:
        if code == ARRAY:
            return arrays(payload)
        if code == COMPLEX and len(payload) == struct.calcsize(">dd"):
            return complex(*struct.unpack(">dd", payload))
        if code == INTEGER and len(payload) <= MAX_DIGITS:
            return _integer(bytes(payload))
        if code == TUPLE:
            message_limits.admit(payload)
            parts = decoder.decode(payload)
            if isinstance(parts, list):
                return tuple(parts)
        raise Malformed(f"extension {code} of {len(payload)} bytes")

    decoder = msgspec.msgpack.Decoder(Any, ext_hook=unpack)
    return unpack


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise Unsendable(f"a string of {len(text)} characters")
    return text.encode("utf-8", "replace").decode("utf-8")


def _digits(number: int) -> bytes:
    if number.bit_length() > 4 * MAX_DIGITS:
        raise Unsendable(f"an integer of {number.bit_length()} bits")
    return f"{number:x}".encode()


def _integer(digits: bytes) -> int:
    body = digits.removeprefix(b"-")
    if not body or body.strip(b"0123456789abcdef"):
        raise Malformed("an integer that isn't in hexadecimal digits")
    return int(digits, 16)


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"
