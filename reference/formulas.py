"""The oracles: one loop nest for each formula, transcribed, so that a reader checks them by eye."""

from __future__ import annotations

import cmath

import torch
from torch import Tensor


def cross_correlate(x: Tensor, h: Tensor) -> Tensor:
    """y[i] = sum_j h[j] x[i + j], wherever the kernel lies inside the signal: (n,), (k,) -> (n - k + 1,)."""
    y = torch.zeros(len(x) - len(h) + 1, dtype=x.dtype)
    for i in range(len(y)):
        for j in range(len(h)):
            y[i] += h[j] * x[i + j]
    return y


def toeplitz_1d_gradient(g: Tensor, k: int) -> Tensor:
    """dh[j] = sum_i g[i, i + j]: the gradient of <g, T(h)>, (m, n) -> (k,)."""
    dh = torch.zeros(k, dtype=g.dtype)
    for j in range(k):
        for i in range(g.shape[0]):
            dh[j] += g[i, i + j]
    return dh


def toeplitz_1d(h: Tensor, n: int) -> Tensor:
    """T[i, i + j] = h[j], zero elsewhere: (k,), n -> (n - k + 1, n)."""
    matrix = torch.zeros(n - len(h) + 1, n, dtype=h.dtype)
    for i in range(n - len(h) + 1):
        for j in range(len(h)):
            matrix[i, i + j] = h[j]
    return matrix


def output_length(n: int, k: int, stride: int, padding: int, dilation: int) -> int:
    """m = how many i >= 0 have i s + d (k - 1) < n + 2 p: one for each place where the kernel fits."""
    m = 0
    while m * stride + dilation * (k - 1) < n + 2 * padding:
        m += 1
    return m


def cross_correlate_strided(x: Tensor, h: Tensor, stride: int, padding: int, dilation: int) -> Tensor:
    """y[i] = sum_j h[j] x[i s + j d - p], x being zero outside 0 .. n - 1: (n,), (k,) -> (m,)."""
    signal, taps = x.tolist(), h.tolist()
    y = [0.0] * output_length(len(signal), len(taps), stride, padding, dilation)
    for i in range(len(y)):
        for j in range(len(taps)):
            place = i * stride + j * dilation - padding
            if 0 <= place < len(signal):
                y[i] += taps[j] * signal[place]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_1d_strided_gradient(g: Tensor, k: int, stride: int, padding: int, dilation: int) -> Tensor:
    """dh[j] = sum_i g[i, i s + j d - p], wherever that column exists: (m, n) -> (k,)."""
    rows, n = g.tolist(), g.shape[1]
    dh = [0.0] * k
    for j in range(k):
        for i in range(len(rows)):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:
                dh[j] += rows[i][column]
    return torch.tensor(dh, dtype=g.dtype)


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


def convolve(x: Tensor, h: Tensor) -> Tensor:
    """y[i + j] += h[j] x[i], the coefficients of a product of polynomials: (n,), (k,) -> (n + k - 1,)."""
    signal, taps = x.tolist(), h.tolist()
    y = [0.0] * (len(signal) + len(taps) - 1)
    for i in range(len(signal)):
        for j in range(len(taps)):
            y[i + j] += taps[j] * signal[i]
    return torch.tensor(y, dtype=x.dtype)


def dft(x: Tensor, m: int) -> Tensor:
    """X[f] = sum_j x[j] exp(-2 pi i f j / m), x being zero from its end to m: (n,), m >= n -> (m,) complex."""
    signal = x.tolist()
    spectrum = [0j] * m
    for f in range(m):
        for j in range(len(signal)):
            spectrum[f] += signal[j] * cmath.exp(-2j * cmath.pi * f * j / m)
    return torch.tensor(spectrum, dtype=torch.promote_types(x.dtype, torch.complex64))


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
