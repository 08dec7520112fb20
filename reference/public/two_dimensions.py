"""Public replacements for the image oracles: torch's own operators."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from reference.formulas.one_dimension import output_length


def unvec(vector: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Fold a flattened tensor back into `shape`. A vector of a different length is returned unchanged."""
    return vector.reshape(shape) if vector.numel() == math.prod(shape) else vector


def cross_correlate_2d(x: Tensor, h: Tensor) -> Tensor:
    """The valid cross-correlation, computed by torch: (H, W), (kh, kw) -> (oh, ow)."""
    return F.conv2d(x[None, None], h[None, None])[0, 0]


def kronecker(left: Tensor, right: Tensor) -> Tensor:
    """The Kronecker product, computed by torch: (m, n), (p, q) -> (m p, n q)."""
    return torch.kron(left.contiguous(), right.contiguous())


def output_sides(
    image_shape: tuple[int, int],
    kernel_shape: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> tuple[int, int]:
    """Return (oh, ow), the output lengths along the row axis and the column axis."""
    axes = zip(image_shape, kernel_shape, stride, padding, dilation, strict=True)
    oh, ow = (output_length(*axis) for axis in axes)
    return oh, ow


def cross_correlate_2d_strided(
    x: Tensor, h: Tensor, stride: tuple[int, int], padding: tuple[int, int], dilation: tuple[int, int]
) -> Tensor:
    """The cross-correlation with stride, padding and dilation, using torch: (H, W), (kh, kw) -> (oh, ow)."""
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return F.conv2d(x[None, None], h[None, None], **options)[0, 0]
