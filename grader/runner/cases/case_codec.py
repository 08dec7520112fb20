"""Encodes a drawn case as text and decodes it: the part `1.CASE` of `EXERCISE.PROPERTY.DEVICE.1.CASE`.

CASE is base64-encoded msgpack with the drawn inputs by name. A token may come from anyone, so all of it
is checked.
Decoding either returns plain values no larger than the text declares, or raises Malformed.
"""

from __future__ import annotations

import base64
import binascii
import inspect
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

import msgspec
import numpy as np
import torch
from torch import Tensor

from grader import strategies
from grader.runner.cases import tensor_codec
from grader.sandbox import message_limits
from grader.sandbox.array_codec import Malformed, Unsendable

FORMAT = "1"
MAX_TEXT = 16 << 10
SMALL = 1 << 63

NamedTuples = Mapping[str, type[Any]]


class Tag(IntEnum):
    """The first item of a list that encodes a value unknown to msgpack."""

    LIST = 0
    TUPLE = 1
    NAMED = 2
    TENSOR = 3
    ARRAY = 4
    DTYPE = 5
    COMPLEX = 6
    LARGE = 7


def case_text(inputs: Mapping[str, Any]) -> str | None:
    """Return drawn inputs as text, or None if they are too large or not plain values."""
    try:
        body = msgspec.msgpack.encode(packed(inputs))
    except (Unsendable, UnicodeEncodeError, RecursionError):
        return None
    text = f"{FORMAT}.{base64.urlsafe_b64encode(body).rstrip(b'=').decode()}"
    return text if len(text) <= MAX_TEXT else None


def inputs_of(text: str, named: NamedTuples) -> dict[str, Any]:
    """Return the inputs that a text encodes, using these named tuple classes, or raise Malformed."""
    if len(text) > MAX_TEXT:
        raise Malformed(f"a case of {len(text)} characters")
    form, _, digits = text.partition(".")
    if form != FORMAT or not digits:
        raise Malformed("a case of another format")
    body = _bytes(digits)
    message_limits.admit(body)
    try:
        drawn = msgspec.msgpack.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"a case that is cut short or not msgpack ({error})") from None
    return unpacked(drawn, named)


def packed(inputs: Mapping[str, Any], *, exactly: bool = False) -> dict[str, Any]:
    """Return drawn inputs as plain values for msgpack. Raise Unsendable if one is not a plain value.

    With `exactly`, the memory layout of tensors is also preserved.
    """
    return {name: _packed(value, exactly=exactly) for name, value in inputs.items()}


def unpacked(item: Any, named: NamedTuples) -> dict[str, Any]:
    """Return the inputs in `packed`, using the given named tuple classes, or raise Malformed."""
    if not isinstance(item, dict):
        raise Malformed("a case that doesn't name its inputs")
    return _mapping(item, named)


def named_tuples(test: Callable[..., Any]) -> dict[str, type[Any]]:
    """Return the named tuple classes that a property may draw, from the strategies and its own file."""
    names = {**vars(strategies), **getattr(inspect.unwrap(test), "__globals__", {})}
    return {
        kind.__name__: kind
        for kind in names.values()
        if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")
    }


def _bytes(digits: str) -> bytes:
    try:
        return base64.b64decode(digits + "=" * (-len(digits) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("a case that is cut short or not base64") from None


def _packed(value: Any, *, exactly: bool) -> Any:
    kind = type(value)
    if value is None or kind in {bool, float, str}:
        return value
    if kind is int:
        return value if -SMALL <= value < SMALL else [Tag.LARGE, f"{value:x}"]
    if kind is complex:
        return [Tag.COMPLEX, value.real, value.imag]
    if kind is torch.dtype and value in tensor_codec.DTYPES:
        return [Tag.DTYPE, tensor_codec.DTYPES.index(value)]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return [Tag.NAMED, kind.__name__, *(_packed(part, exactly=exactly) for part in value)]
    if kind is dict and all(type(name) is str for name in value):
        return {name: _packed(part, exactly=exactly) for name, part in value.items()}
    if kind in {list, tuple}:
        return [Tag.LIST if kind is list else Tag.TUPLE, *(_packed(part, exactly=exactly) for part in value)]
    if kind is Tensor:
        return [Tag.TENSOR, *tensor_codec.packed(value, exactly=exactly)]
    if kind is np.ndarray and value.dtype.name in tensor_codec.NAMES:
        return [Tag.ARRAY, *tensor_codec.packed(torch.from_numpy(np.array(value, order="C")))]
    raise Unsendable(f"a `{kind.__name__}`")


def _value(item: Any, named: NamedTuples) -> Any:
    if item is None or isinstance(item, bool | int | float | str):
        return item
    if isinstance(item, dict):
        return _mapping(item, named)
    tag: Any
    parts: list[Any]
    tag, *parts = item if isinstance(item, list) and item else [None]
    if tag == Tag.LIST:
        return [_value(part, named) for part in parts]
    if tag == Tag.TUPLE:
        return tuple(_value(part, named) for part in parts)
    if tag == Tag.NAMED:
        return _named(parts, named)
    if tag == Tag.TENSOR:
        return tensor_codec.unpacked(parts)
    if tag == Tag.ARRAY:
        return _array(tensor_codec.unpacked(parts))
    kinds = [type(part) for part in parts]
    if tag == Tag.DTYPE and kinds == [int] and 0 <= parts[0] < len(tensor_codec.DTYPES):
        return tensor_codec.DTYPES[parts[0]]
    if tag == Tag.COMPLEX and kinds == [float, float]:
        return complex(*parts)
    if tag == Tag.LARGE and kinds == [str]:
        return _large(parts[0])
    raise Malformed("a case with something other than plain values")


def _mapping(item: dict[Any, Any], named: NamedTuples) -> dict[str, Any]:
    if not all(isinstance(name, str) for name in item):
        raise Malformed("a case with an input name that is not text")
    return {name: _value(part, named) for name, part in item.items()}


def _named(parts: list[Any], named: NamedTuples) -> Any:
    name, *values = parts or [None]
    kind = named.get(name) if isinstance(name, str) else None
    if kind is None or len(kind._fields) != len(values):
        raise Malformed("a case with a named tuple that the test doesn't know")
    return kind(*(_value(part, named) for part in values))


def _array(tensor: Tensor) -> np.ndarray[Any, Any]:
    if tensor.dtype is torch.bfloat16:
        raise Malformed("a NumPy array of bfloat16")
    return tensor.numpy()


def _large(digits: str) -> int:
    body = digits.removeprefix("-")
    if not body or body.strip("0123456789abcdef"):
        raise Malformed("a whole number that is not in hexadecimal digits")
    return int(digits, 16)
