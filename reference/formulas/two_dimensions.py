"""The oracles of images and 2-D kernels: one loop nest for each formula, transcribed."""

from __future__ import annotations

import torch
from torch import Tensor

from reference.formulas.one_dimension import output_length


def cross_correlate_2d(x: Tensor, h: Tensor) -> Tensor:
    """y[r, c] = sum_ab h[a, b] x[r + a, c + b], wherever h lies inside x: (H, W), (kh, kw) -> (oh, ow)."""
    image, taps = x.tolist(), h.tolist()
    kh, kw = h.shape
    y = [[0.0] * (x.shape[1] - kw + 1) for _ in range(x.shape[0] - kh + 1)]
    for r in range(len(y)):
        for c in range(len(y[r])):
            for a in range(kh):
                for b in range(kw):
                    y[r][c] += taps[a][b] * image[r + a][c + b]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_2d_gradient(g: Tensor, kernel_shape: tuple[int, int], image_shape: tuple[int, int]) -> Tensor:
    """dh[a, b] = sum_rc g[r ow + c, (r + a) W + c + b]: the gradient of <g, T(h)>, (oh ow, H W) -> (kh, kw)."""
    rows = g.tolist()
    (kh, kw), (height, width) = kernel_shape, image_shape
    oh, ow = height - kh + 1, width - kw + 1
    dh = [[0.0] * kw for _ in range(kh)]
    for a in range(kh):
        for b in range(kw):
            for r in range(oh):
                for c in range(ow):
                    dh[a][b] += rows[r * ow + c][(r + a) * width + c + b]
    return torch.tensor(dh, dtype=g.dtype)


def kronecker(left: Tensor, right: Tensor) -> Tensor:
    """K[i p + r, j q + s] = A[i, j] B[r, s]: (m, n), (p, q) -> (m p, n q)."""
    first, second = left.tolist(), right.tolist()
    p, q = right.shape
    rows = [[0.0] * (left.shape[1] * q) for _ in range(left.shape[0] * p)]
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            rows[i][j] = first[i // p][j // q] * second[i % p][j % q]
    return torch.tensor(rows, dtype=left.dtype)


def output_sides(
    image_shape: tuple[int, int],
    kernel_shape: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> tuple[int, int]:
    """(oh, ow): the output length of the rows' axis, and that of the columns'."""
    axes = zip(image_shape, kernel_shape, stride, padding, dilation, strict=True)
    oh, ow = (output_length(*axis) for axis in axes)
    return oh, ow


def cross_correlate_2d_strided(
    x: Tensor, h: Tensor, stride: tuple[int, int], padding: tuple[int, int], dilation: tuple[int, int]
) -> Tensor:
    """y[i, j] = sum_ab h[a, b] x[i s0 + a d0 - p0, j s1 + b d1 - p1], x being zero outside the image."""
    image, taps = x.tolist(), h.tolist()
    (height, width), (kh, kw) = x.shape, h.shape
    oh, ow = output_sides((height, width), (kh, kw), stride, padding, dilation)
    y = [[0.0] * ow for _ in range(oh)]
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                for b in range(kw):
                    row = i * stride[0] + a * dilation[0] - padding[0]
                    column = j * stride[1] + b * dilation[1] - padding[1]
                    if 0 <= row < height and 0 <= column < width:
                        y[i][j] += taps[a][b] * image[row][column]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_2d_strided_gradient(
    g: Tensor, kh: int, kw: int, stride: tuple[int, int], padding: tuple[int, int], dilation: tuple[int, int]
) -> Tensor:
    """dh[a, b] = sum_ij g[i, j, i s0 + a d0 - p0, j s1 + b d1 - p1]: (oh, ow, H, W) -> (kh, kw)."""
    entries, (oh, ow, height, width) = g.tolist(), g.shape
    dh = [[0.0] * kw for _ in range(kh)]
    for a in range(kh):
        for b in range(kw):
            for i in range(oh):
                for j in range(ow):
                    row = i * stride[0] + a * dilation[0] - padding[0]
                    column = j * stride[1] + b * dilation[1] - padding[1]
                    if 0 <= row < height and 0 <= column < width:
                        dh[a][b] += entries[i][j][row][column]
    return torch.tensor(dh, dtype=g.dtype)
