"""The oracles of signals and kernels: one loop nest for each formula, transcribed, so that a reader checks them by eye."""

from __future__ import annotations

import torch
from torch import Tensor


def cross_correlate(x: Tensor, h: Tensor) -> Tensor:
    """y[i] = sum_j h[j] x[i + j], wherever the kernel lies inside the signal: (n,), (k,) -> (n - k + 1,)."""
    y = torch.zeros(len(x) - len(h) + 1, dtype=x.dtype)
    for i in range(len(y)):
        for j in range(len(h)):
            y[i] += h[j] * x[i + j]
    return y


def toeplitz_1d(h: Tensor, n: int) -> Tensor:
    """T[i, i + j] = h[j], zero elsewhere: (k,), n -> (n - k + 1, n)."""
    matrix = torch.zeros(n - len(h) + 1, n, dtype=h.dtype)
    for i in range(n - len(h) + 1):
        for j in range(len(h)):
            matrix[i, i + j] = h[j]
    return matrix


def toeplitz_1d_gradient(g: Tensor, k: int) -> Tensor:
    """dh[j] = sum_i g[i, i + j]: the gradient of <g, T(h)>, (m, n) -> (k,)."""
    dh = torch.zeros(k, dtype=g.dtype)
    for j in range(k):
        for i in range(g.shape[0]):
            dh[j] += g[i, i + j]
    return dh


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
