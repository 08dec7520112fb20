"""The oracles: one loop nest for each formula, transcribed, so that a reader checks them by eye."""

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


def toeplitz_1d_gradient(g: Tensor, k: int) -> Tensor:
    """dh[j] = sum_i g[i, i + j]: the gradient of <g, T(h)>, (m, n) -> (k,)."""
    dh = torch.zeros(k, dtype=g.dtype)
    for j in range(k):
        for i in range(g.shape[0]):
            dh[j] += g[i, i + j]
    return dh
