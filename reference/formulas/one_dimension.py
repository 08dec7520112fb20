"""Oracles for signals and kernels: one loop nest for each formula, so that you can check it by eye."""

from __future__ import annotations

import torch
from torch import Tensor


def cross_correlate(x: Tensor, h: Tensor) -> Tensor:
    """y[i] = sum_j h[j] x[i + j], where the kernel lies inside the signal: (n,), (k,) -> (n - k + 1,)."""
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
    """Return how many i >= 0 have i s + d (k - 1) < n + 2 p: one for each position where the kernel fits."""
    m = 0
    while m * stride + dilation * (k - 1) < n + 2 * padding:
        m += 1
    return m


def cross_correlate_strided(x: Tensor, h: Tensor, stride: int, padding: int, dilation: int) -> Tensor:
    """y[i] = sum_j h[j] x[i s + j d - p], with x zero outside 0 .. n - 1: (n,), (k,) -> (m,)."""
    signal, taps = x.tolist(), h.tolist()
    y = [0.0] * output_length(len(signal), len(taps), stride, padding, dilation)
    for i in range(len(y)):
        for j in range(len(taps)):
            place = i * stride + j * dilation - padding
            if 0 <= place < len(signal):
                y[i] += taps[j] * signal[place]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_1d_strided_gradient(g: Tensor, k: int, stride: int, padding: int, dilation: int) -> Tensor:
    """dh[j] = sum_i g[i, i s + j d - p], where that column exists: (m, n) -> (k,)."""
    rows, n = g.tolist(), g.shape[1]
    dh = [0.0] * k
    for j in range(k):
        for i in range(len(rows)):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:
                dh[j] += rows[i][column]
    return torch.tensor(dh, dtype=g.dtype)


def toeplitz_1d_strided(h: Tensor, n: int, stride: int, padding: int, dilation: int) -> Tensor:
    """T[i, i s + j d - p] = h[j], where that column exists, zero elsewhere: (k,), n -> (m, n)."""
    taps = h.tolist()
    rows = [[0.0] * n for _ in range(output_length(n, len(taps), stride, padding, dilation))]
    for i in range(len(rows)):
        for j in range(len(taps)):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:
                rows[i][column] = taps[j]
    return torch.tensor(rows, dtype=h.dtype)


def cross_correlate_channels(
    x: Tensor, weight: Tensor, stride: int, padding: int, dilation: int, groups: int
) -> Tensor:
    """y[o, i] = sum_cj weight[o, c, j] x[g I + c, i s + j d - p], g = o // (C_out / G), with x zero outside.

    G groups of I = C_in / G input channels each: (C_in, n), (C_out, I, k) -> (C_out, m).
    """
    signal, taps, (out, into, k) = x.tolist(), weight.tolist(), weight.shape
    y = [[0.0] * output_length(x.shape[1], k, stride, padding, dilation) for _ in range(out)]
    for o in range(out):
        group = o // (out // groups)
        for i in range(len(y[o])):
            for c in range(into):
                for j in range(k):
                    place = i * stride + j * dilation - padding
                    if 0 <= place < x.shape[1]:
                        y[o][i] += taps[o][c][j] * signal[group * into + c][place]
    return torch.tensor(y, dtype=x.dtype)


def toeplitz_channels_gradient(
    g: Tensor,
    weight_shape: tuple[int, int, int],
    n: int,
    stride: int,
    padding: int,
    dilation: int,
    groups: int,
) -> Tensor:
    """dw[o, c, j] = sum_i g[o m + i, (o // (C_out / G) I + c) n + i s + j d - p], wherever that index is in range."""
    rows, (out, into, k) = g.tolist(), weight_shape
    m = len(rows) // out
    dw = [[[0.0] * k for _ in range(into)] for _ in range(out)]
    for o in range(out):
        for c in range(into):
            channel = o // (out // groups) * into + c
            for j in range(k):
                for i in range(m):
                    place = i * stride + j * dilation - padding
                    if 0 <= place < n:
                        dw[o][c][j] += rows[o * m + i][channel * n + place]
    return torch.tensor(dw, dtype=g.dtype)


def affine_bias_gradient(g: Tensor) -> Tensor:
    """db = sum_i g[i, n] over all rows but the last: the gradient of <g, [[T, b], [0, 1]]>, (m + 1, n + 1) -> ()."""
    rows, n = g.tolist(), g.shape[1] - 1
    db = 0.0
    for i in range(len(rows) - 1):
        db += rows[i][n]
    return torch.tensor(db, dtype=g.dtype)
