"""Encodes tensors and arrays as bytes with a checked header. Never uses pickle."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import torch
from torch import Tensor

MAX_AXES = 16
MAX_BYTES = 32 << 20

DTYPES: dict[str, torch.dtype] = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.bool,
        torch.uint8,
        torch.int8,
        torch.int16,
        torch.int32,
        torch.int64,
        torch.float16,
        torch.bfloat16,
        torch.float32,
        torch.float64,
        torch.complex64,
        torch.complex128,
    )
}


class Unsendable(Exception):
    """A value that can't be sent. The message describes the value."""


class Malformed(Exception):
    """Bytes that our worker would never send."""


class TooMuch(Malformed):
    """Bytes that need more memory than is available, whether encoded or decoded."""


class Header(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """The header before an array's raw bytes. The bytes cover the storage that the strides reach."""

    kind: str
    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]


_headers = msgspec.msgpack.Decoder(Header)


def pack_tensor(value: Tensor, *, as_it_lies: bool = False) -> bytes:
    """Return a tensor's header and bytes. With `as_it_lies` the strides are kept."""
    plain = type(value) is Tensor or type(value) is torch.nn.Parameter
    if not plain:
        raise Unsendable(f"a `{type(value).__name__}`, which is a subclass of Tensor")
    if value.is_quantized:
        raise Unsendable("a quantized tensor (`.dequantize()` makes it plain)")
    if value.layout is not torch.strided:
        layout = str(value.layout).removeprefix("torch.")
        raise Unsendable(f"a tensor of layout {layout} (`.to_dense()` makes it plain)")
    if value.is_meta:
        raise Unsendable("a tensor on the device `meta`, which has no values")
    name = str(value.dtype).removeprefix("torch.")
    if name not in DTYPES:
        raise Unsendable(f"a tensor of dtype {name}")
    shape = tuple(value.shape)
    if value.numel() * value.element_size() > MAX_BYTES:
        raise Unsendable(f"a tensor of shape {shape}, more than {MAX_BYTES >> 20} MiB")
    value = value.detach().resolve_conj().resolve_neg().cpu()
    if as_it_lies and not value.is_contiguous() and value.numel():
        strides = value.stride()
    else:
        value, strides = value.contiguous(), _contiguous(shape)
    flat = value.as_strided((_span(shape, strides),), (1,))
    raw = flat.view(torch.uint8).numpy().tobytes() if value.numel() else b""
    return _join(Header("torch", name, shape, strides), raw)


def pack_array(value: np.ndarray[Any, Any]) -> bytes:
    """Return a NumPy array's header and bytes."""
    if type(value) is not np.ndarray:
        raise Unsendable(f"a `{type(value).__name__}`, which is a subclass of ndarray")
    if value.dtype.name not in DTYPES:
        raise Unsendable(f"an array of dtype {value.dtype.name}")
    shape = value.shape
    if value.size * value.itemsize > MAX_BYTES:
        raise Unsendable(f"an array of shape {shape}, more than {MAX_BYTES >> 20} MiB")
    header = Header("numpy", value.dtype.name, shape, _contiguous(shape))
    return _join(header, np.ascontiguousarray(value).tobytes())


def unpack(payload: bytes | memoryview) -> Tensor | np.ndarray[Any, Any]:
    """Return the packed value, after checking each length, dtype and shape."""
    payload = memoryview(payload)
    size = int.from_bytes(payload[:4], "big")
    try:
        header = _headers.decode(payload[4 : 4 + size])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"array header: {error}") from None
    raw = payload[4 + size :]
    dtype = DTYPES.get(header.dtype)
    shape, strides = header.shape, header.strides
    if dtype is None or header.kind not in {"torch", "numpy"}:
        raise Malformed(f"array of kind {header.kind!r} and dtype {header.dtype!r}")
    if len(shape) > MAX_AXES or len(strides) != len(shape) or min((*shape, *strides, 0)) < 0:
        raise Malformed(f"array of shape {shape} and strides {strides}")
    if math.prod(shape) * dtype.itemsize > MAX_BYTES:
        raise Malformed(f"array of shape {shape} is too large")
    if header.kind == "numpy" and strides != _contiguous(shape):
        raise Malformed(f"array of shape {shape} and strides {strides}")
    if _span(shape, strides) * dtype.itemsize != len(raw):
        raise Malformed(f"{len(raw)} bytes for an array of shape {shape} and strides {strides}")
    if header.kind == "numpy":
        return np.frombuffer(bytearray(raw), dtype=np.dtype(header.dtype)).reshape(shape)
    if not raw:
        return torch.empty(shape, dtype=dtype, device="cpu")
    flat = torch.frombuffer(bytearray(raw), dtype=torch.uint8).view(dtype)
    return flat.as_strided(shape, strides)


def _join(header: Header, raw: bytes) -> bytes:
    head = msgspec.msgpack.encode(header)
    return b"".join((len(head).to_bytes(4, "big"), head, raw))


def _span(shape: tuple[int, ...], strides: tuple[int, ...]) -> int:
    """Return the number of elements from the first to the last in storage."""
    if 0 in shape:
        return 0
    return 1 + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))


def _contiguous(shape: tuple[int, ...]) -> tuple[int, ...]:
    strides = [1] * len(shape)
    for axis in range(len(shape) - 2, -1, -1):
        strides[axis] = strides[axis + 1] * max(shape[axis + 1], 1)
    return tuple(strides)
