"""Values are sent and received unchanged; the error for an unsupported value names its type."""

import contextlib
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.frames import HEADER
from grader.sandbox import array_codec, codec, message_limits, wire
from grader.sandbox.array_codec import DTYPES, Header, Malformed, Unsendable

numbers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"])),
)
trees = st.recursive(
    numbers, lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner), max_leaves=10
)


def there_and_back(value, *, as_it_lies=False):
    body = wire.frame(wire.Returned(codec.pack(value, as_it_lies=as_it_lies)))[HEADER:]
    reply = wire.decode_reply(body)
    assert isinstance(reply, wire.Returned)
    return reply.value


@given(trees)
def test_plain_values_come_back(value):
    """None, bool, int of any size, float, complex, str, tuple and list keep their value and kind."""
    assert repr(there_and_back(value)) == repr(value)


@pytest.mark.parametrize("name", DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (1,), (3,), (2, 3), (2, 0, 3)])
def test_tensors_come_back(name, shape):
    """Tensors of every dtype and shape survive bit for bit."""
    tensor = torch.arange(math.prod(shape)).to(DTYPES[name]).reshape(shape)
    back = there_and_back(tensor)
    assert back.dtype == tensor.dtype
    assert back.shape == tensor.shape
    assert torch.equal(back, tensor)


@pytest.mark.parametrize(
    "tensor",
    [
        torch.arange(6.0)[::2],
        torch.arange(6.0).reshape(2, 3).T,
        torch.ones(1).expand(4),
        torch.arange(9.0).as_strided((3, 3), (1, 1)),
        torch.ones(2, requires_grad=True) * 2,
        torch.nn.Parameter(torch.ones(2)),
        torch.tensor([1 + 2j]).conj(),
        torch.tensor([1 + 2j]).conj().imag,
    ],
    ids=["strided", "transposed", "expanded", "overlapping", "grad", "parameter", "conjugate", "negative"],
)
@pytest.mark.parametrize("as_it_lies", [False, True])
def test_odd_tensors_come_back(tensor, as_it_lies):
    """A tensor in any memory layout keeps its values; inputs keep their strides."""
    back = there_and_back(tensor, as_it_lies=as_it_lies)
    assert torch.equal(back, tensor.detach())
    if as_it_lies:
        assert back.stride() == tensor.stride() or tensor.is_contiguous()
    else:
        assert back.is_contiguous()


def test_arrays_come_back():
    """A NumPy array stays a NumPy array."""
    array = np.arange(6, dtype=np.float64).reshape(2, 3)[:, ::2]
    back = there_and_back(array)
    assert isinstance(back, np.ndarray)
    assert (back == array).all()


class Sub(torch.Tensor):
    pass


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({}, "a `dict`"),
        (object(), "an `object`"),
        (iter([]), "a `list_iterator`"),
        (torch.ones(2).as_subclass(Sub), "a `Sub`, which is a subclass of Tensor"),
        (torch.eye(2).to_sparse(), "a tensor of layout sparse_coo"),
        (torch.ones(2, device="meta"), "a tensor on the device `meta`"),
        (torch.ones(1).expand(1 << 40), "a tensor of shape (1099511627776,)"),
        (np.ma.array([1.0]), "a `MaskedArray`"),
        (np.array(["x"]), "an array of dtype str"),
        (np.float64(1.0), "a NumPy scalar `float64`"),
        ("x" * (1 << 21), "a string of 2097152 characters"),
        ([0] * 200_000, "too large or too deep"),
    ],
)
def test_everything_else_is_refused(value, found):
    """A value that isn't plain data is refused, and the error names its type."""
    with pytest.raises(Unsendable) as caught:
        codec.pack(value)
    assert found in str(caught.value)


def test_endless_lists_are_refused():
    """Packing a list that contains itself stops at the depth limit."""
    endless = []
    endless.append(endless)
    with pytest.raises(Unsendable):
        codec.pack(endless)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_no_reply(body):
    """Any bytes from a worker decode to a reply or to an error."""
    with contextlib.suppress(Malformed):
        wire.decode_reply(body)


@given(st.binary(max_size=64), st.integers(0, 5))
def test_arbitrary_extensions_are_refused(payload, code):
    """A msgpack extension that the grader never writes is refused."""
    import msgspec

    message = {"op": "returned", "value": msgspec.msgpack.Ext(code, payload)}
    with contextlib.suppress(Malformed):
        wire.decode_reply(msgspec.msgpack.encode(message))


@pytest.mark.parametrize(
    ("header", "size"),
    [
        (Header("torch", "float32", (1 << 40,), (1,)), 4),
        (Header("torch", "float32", (2,), (1,)), 4),
        (Header("torch", "float32", (2,), (1, 1)), 8),
        (Header("torch", "float32", (-1,), (1,)), 0),
        (Header("torch", "float32", (2,), (-1,)), 8),
        # With these lengths and strides, only the number of bytes would be right.
        (Header("torch", "float32", (2,), (-1,)), 0),
        (Header("torch", "float32", (-1,), (0,)), 4),
        (Header("torch", "object", (1,), (1,)), 8),
        (Header("pickle", "float32", (1,), (1,)), 4),
        (Header("numpy", "float32", (2, 2), (0, 0)), 4),
        (Header("torch", "float32", (1,) * 20, (1,) * 20), 4),
    ],
)
def test_headers_that_lie(header, size):
    """Length, dtype, shape and strides are checked against each other before a tensor is made."""
    with pytest.raises(Malformed):
        array_codec.unpack(array_codec._join(header, b"\0" * size))


def test_an_announced_size_is_capped():
    """A frame can't make the runner reserve more than the limit."""
    with pytest.raises(Malformed):
        wire.reply_size(b"\xff\xff\xff\xff")


def test_a_short_message_may_not_ask_for_much_memory():
    """A list may take only one byte, so lists are counted before any is created."""
    with pytest.raises(Malformed, match="too many values"):
        message_limits.admit(b"\xdd\x00\x0f\xff\xff" + b"\x90" * 0x0FFFFF)


def test_a_deep_message_is_refused_before_it_is_decoded():
    """Nesting depth is checked before decoding."""
    with pytest.raises(Malformed, match="too deep"):
        message_limits.admit(b"\x91" * 1000 + b"\xc0")


@given(st.binary(max_size=100))
def test_any_bytes_can_be_looked_at(body):
    """Inspecting a message terminates for any bytes."""
    with contextlib.suppress(Malformed):
        message_limits.admit(body)


@given(trees)
def test_what_we_send_is_admitted(value):
    """Every message that the grader sends passes the inspection."""
    message_limits.admit(wire.frame(wire.Returned(codec.pack(value)))[HEADER:])


def test_a_tensor_is_one_step():
    """Inspecting a large tensor costs no more than inspecting a small one."""
    message_limits.admit(wire.frame(wire.Returned(codec.pack(torch.zeros(1 << 20))))[HEADER:])
