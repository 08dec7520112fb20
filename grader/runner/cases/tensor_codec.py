"""Encodes a tensor compactly: whole-number entries as integers, others as raw bytes.

A decoded tensor is never larger than its text, because strides can't turn a few entries into many.
"""

from __future__ import annotations

import math
from typing import Annotated, Any

import msgspec
import torch
from msgspec import Meta
from torch import Tensor

from grader.sandbox import array_codec
from grader.sandbox.array_codec import Malformed, Unsendable

# The order is part of the format: add new dtypes at the end.
NAMES = (
    *("float32", "float64", "complex64", "complex128", "bool", "uint8", "int8"),
    *("int16", "int32", "int64", "float16", "bfloat16"),
)
DTYPES = tuple(array_codec.DTYPES[name] for name in NAMES)
EXACT = 1 << 53

Side = Annotated[int, Meta(ge=0, le=1 << 20)]
Sides = Annotated[tuple[Side, ...], Meta(max_length=array_codec.MAX_AXES)]


class Laid(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A tensor. `entries` holds its memory, including gaps if there are `strides`."""

    dtype: Annotated[int, Meta(ge=0, lt=len(NAMES))]
    shape: Sides
    entries: list[int] | bytes
    strides: Sides | None = None


def packed(value: Tensor, *, exactly: bool = False) -> list[Any]:
    """Return a tensor as plain values for msgpack. Raise Unsendable if, for example, it is not on the CPU.

    With `exactly`, even strides that have no effect are kept, and entries are kept as bytes if possible.
    This takes more space but is faster to decode.
    """
    if value.layout is not torch.strided or value.device.type != "cpu" or value.dtype not in DTYPES:
        raise Unsendable("a tensor of a kind that strategies never draw")
    value = value.detach().resolve_conj().resolve_neg()
    head = [DTYPES.index(value.dtype), list(value.shape)]
    if not exactly and (value.is_contiguous() or not value.numel()):
        return [*head, _numbers(value.reshape(-1))]
    strides = value.stride()
    memory = value.as_strided((_span(value.shape, strides),), (1,))
    is_raw = exactly and (value.is_floating_point() or value.is_complex())
    return [*head, _raw(memory) if is_raw else _numbers(memory), list(strides)]


def unpacked(parts: list[Any]) -> Tensor:
    """Return the packed tensor. Raise Malformed for anything else."""
    try:
        laid = msgspec.convert(parts, Laid)
    except msgspec.ValidationError as error:
        raise Malformed(f"not a tensor: {error}") from None
    shape, strides, size = laid.shape, laid.strides, math.prod(laid.shape)
    span = size if strides is None else _span(shape, strides)
    if (strides is not None and len(strides) != len(shape)) or size > span:
        raise Malformed(f"a tensor of shape {shape} and strides {strides}")
    flat = _flat(laid.entries, DTYPES[laid.dtype])
    if len(flat) != span:
        raise Malformed(f"{len(flat)} entries for a tensor of shape {shape} and strides {strides}")
    return flat.reshape(shape) if strides is None else flat.as_strided(shape, strides)


def _numbers(flat: Tensor) -> list[int] | bytes:
    if flat.is_complex():
        flat = torch.view_as_real(flat).reshape(-1)
    if not flat.is_floating_point():
        return [int(one) for one in flat.tolist()]
    numbers = flat.double()
    is_whole = (numbers == numbers.round()) & (numbers.abs() <= EXACT)
    is_whole &= ~((numbers == 0) & numbers.signbit())
    if bool(is_whole.all()):
        return [int(one) for one in numbers.tolist()]
    return _raw(flat)


def _raw(flat: Tensor) -> bytes:
    # A single entry counts as contiguous with any stride, but a long stride can't be viewed as bytes.
    return flat.contiguous().as_strided((len(flat),), (1,)).view(torch.uint8).numpy().tobytes()


def _flat(entries: list[int] | bytes, dtype: torch.dtype) -> Tensor:
    """Return entries as a 1-D tensor. Raise Malformed for a whole number that the dtype can't hold."""
    if isinstance(entries, bytes):
        if len(entries) % dtype.itemsize or not (dtype.is_floating_point or dtype.is_complex):
            raise Malformed(f"{len(entries)} bytes of {dtype}")
        raw = torch.frombuffer(bytearray(entries), dtype=torch.uint8) if entries else torch.empty(0)
        return raw.view(dtype) if entries else raw.to(dtype)
    try:
        whole = torch.tensor(entries, dtype=torch.int64)
    except (RuntimeError, OverflowError, ValueError):
        raise Malformed("a whole number too large for an entry") from None
    numbers = whole.to(dtype.to_real())
    if not torch.equal(numbers.to(torch.int64), whole) or (dtype.is_complex and len(whole) % 2):
        raise Malformed(f"entries that are not of {dtype}")
    return torch.view_as_complex(numbers.reshape(-1, 2)) if dtype.is_complex else numbers


def _span(shape: tuple[int, ...], strides: tuple[int, ...]) -> int:
    """Return the number of entries from the first to the last in memory."""
    if 0 in shape:
        return 0
    return 1 + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=False))
