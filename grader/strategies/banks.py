"""Layers with channels and groups."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from torch import Tensor

from grader.strategies.layers import layers_1d_from, layers_2d_from
from grader.strategies.sizes import dilations, lengths, paddings, pairs, strides, usual_or_large
from grader.strategies.tensors import tensors


class Bank1d(NamedTuple):
    """A signal (C_in, n), and a whole 1-D layer with a weight of shape (C_out, C_in / groups, k)."""

    x: Tensor
    weight: Tensor
    stride: int
    padding: int
    dilation: int
    groups: int


class Bank2d(NamedTuple):
    """A batch of images (N, C_in, H, W), and a 2-D layer with a weight (C_out, C_in / groups, kh, kw)."""

    x: Tensor
    weight: Tensor
    stride: int | tuple[int, int]
    padding: int | tuple[int, int]
    dilation: int | tuple[int, int]
    groups: int


# Kernels with several channels stay short. Large cases have more channels instead.
TAPS = usual_or_large(1, 3, 2, 4)
OF_BANKS_1D = layers_1d_from(
    tensors(st.tuples(TAPS)), st.tuples(strides(), paddings(), dilations()), lengths(0, 3, beyond=12)
)
OF_BANKS_2D = layers_2d_from(
    tensors(st.tuples(TAPS, TAPS)),
    st.tuples(pairs(strides()), pairs(paddings()), pairs(dilations())),
    lengths(0, 2, beyond=5),
)


@st.composite
def banks_1d(draw: DrawFn, *, max_groups: int | None = None, max_channels: int | None = None) -> Bank1d:
    """Draw 1-D layers with channels. C_out and C_in are rarely equal, and they don't depend on k.

    There are up to 2 groups, each with up to 2 input and 3 output channels. A large case has up to 6
    groups, or groups with up to 5 input and 6 output channels.
    """
    layer = draw(OF_BANKS_1D)
    groups, c_in, weight = _channels(draw, max_groups, max_channels, tuple(layer.kernel.shape))
    x = draw(tensors(st.just((c_in, layer.n))))
    return Bank1d(x, weight, layer.stride, layer.padding, layer.dilation, groups)


@st.composite
def banks_2d(
    draw: DrawFn,
    *,
    max_groups: int | None = None,
    max_channels: int | None = None,
    max_batch: int | None = 1,
) -> Bank2d:
    """Draw 2-D layers with channels. C_out and C_in are rarely equal, and they don't depend on kh and kw.

    Groups and channels are like those of `banks_1d`. With `max_batch=None` there are up to 2 images, or
    up to 5 in a large case.
    """
    layer = draw(OF_BANKS_2D)
    groups, c_in, weight = _channels(draw, max_groups, max_channels, tuple(layer.kernel.shape))
    batch = draw(lengths(1, 2, beyond=5) if max_batch is None else lengths(1, max_batch))
    x = draw(tensors(st.just((batch, c_in, layer.height, layer.width))))
    return Bank2d(x, weight, layer.stride, layer.padding, layer.dilation, groups)


def _channels(
    draw: DrawFn, max_groups: int | None, max_channels: int | None, kernel_shape: tuple[int, ...]
) -> tuple[int, int, Tensor]:
    """Draw the number of groups, the total number of input channels, and a matching weight."""
    groups = draw(usual_or_large(1, 2, 1, 6) if max_groups is None else lengths(1, max_groups))
    into, out = draw(_channels_of(2, max_channels)), draw(_channels_of(3, max_channels and max_channels + 1))
    if groups > 2:
        # Many groups of many channels would be slow and show nothing new.
        into, out = 1, 1 + out % 2
    weight = draw(tensors(st.just((groups * out, into, *kernel_shape))))
    return groups, groups * into, weight


def _channels_of(usual: int, most: int | None) -> SearchStrategy[int]:
    return usual_or_large(1, usual, 1, usual + 3) if most is None else lengths(1, most)
