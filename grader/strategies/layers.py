"""Layers: a kernel, the size of the input, and how the kernel moves."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from torch import Tensor

from grader.strategies.sizes import dilations, lengths, paddings, pair, pairs, strides
from grader.strategies.tensors import kernels, kernels_2d


class Layer1d(NamedTuple):
    """A kernel of shape (k,), a signal's length, and how the kernel moves. The kernel fits at least once."""

    kernel: Tensor
    n: int
    stride: int
    padding: int
    dilation: int


class Layer2d(NamedTuple):
    """A kernel (kh, kw), an image's size, and how the kernel moves: ints or (row, column) pairs."""

    kernel: Tensor
    height: int
    width: int
    stride: int | tuple[int, int]
    padding: int | tuple[int, int]
    dilation: int | tuple[int, int]


def layers_1d(
    *,
    max_kernel: int | None = None,
    max_stride: int | None = None,
    max_padding: int | None = None,
    max_dilation: int | None = None,
    max_extra: int | None = None,
    min_rows: int = 1,
) -> SearchStrategy[Layer1d]:
    """Draw 1-D layers, including kernels longer than the signal and strides that leave a remainder.

    Each layer has at least `min_rows` outputs. If `min_rows` is two, n is greater than the stride, so
    that rows can be compared.
    """
    geometry = st.tuples(strides(max_stride), paddings(max_padding), dilations(max_dilation))
    extra = lengths(0, 4, beyond=20) if max_extra is None else lengths(0, max_extra)
    return layers_1d_from(kernels(max_size=max_kernel), geometry, extra, min_rows)


@st.composite
def layers_1d_from(
    draw: DrawFn,
    drawn: SearchStrategy[Tensor],
    geometry: SearchStrategy[tuple[int, int, int]],
    extra: SearchStrategy[int],
    min_rows: int = 1,
) -> Layer1d:
    """Draw a layer using strategies for its kernel, its geometry, and the signal's extra length."""
    kernel = draw(drawn)
    stride, padding, dilation = draw(geometry)
    extent = dilation * (len(kernel) - 1) + 1 + (min_rows - 1) * stride
    n = max(extent - 2 * padding, 1 if min_rows == 1 else stride + 1) + draw(extra)
    return Layer1d(kernel, n, stride, padding, dilation)


def layers_2d(
    *,
    max_side: int | None = None,
    max_stride: int | None = None,
    max_padding: int | None = None,
    max_dilation: int | None = None,
    max_extra: int | None = None,
) -> SearchStrategy[Layer2d]:
    """Draw 2-D layers. Kernels and images are rarely square, and their two axes often differ in geometry."""
    geometry = st.tuples(
        pairs(strides(max_stride)), pairs(paddings(max_padding)), pairs(dilations(max_dilation))
    )
    extra = lengths(0, 2, beyond=4) if max_extra is None else lengths(0, max_extra)
    return layers_2d_from(kernels_2d(max_side=max_side), geometry, extra)


@st.composite
def layers_2d_from(
    draw: DrawFn,
    drawn: SearchStrategy[Tensor],
    geometry: SearchStrategy[tuple[Any, Any, Any]],
    extra: SearchStrategy[int],
) -> Layer2d:
    """Draw a layer using strategies for its kernel, its geometry, and the image's extra height and width."""
    kernel = draw(drawn)
    stride, padding, dilation = draw(geometry)
    height, width = (
        _fitting(side, p, d) + draw(extra)
        for side, p, d in zip(kernel.shape, pair(padding), pair(dilation), strict=True)
    )
    return Layer2d(kernel, height, width, stride, padding, dilation)


def _fitting(size: int, padding: int, dilation: int) -> int:
    """Return the shortest length in which a kernel fits once."""
    return max(1, dilation * (size - 1) + 1 - 2 * padding)
