"""The oracles of convolutions and Fourier transforms: one loop nest for each formula, transcribed."""

from __future__ import annotations

import cmath

import torch
from torch import Tensor


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
