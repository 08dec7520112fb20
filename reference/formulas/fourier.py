"""Oracles for convolutions and Fourier transforms: one loop nest for each formula."""

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
    """X[f] = sum_j x[j] exp(-2 pi i f j / m), with zeros from x's end to m: (n,), m >= n -> (m,) complex."""
    signal, roots = x.tolist(), roots_of_unity(m)
    spectrum = [0j] * m
    for f in range(m):
        for j in range(len(signal)):
            spectrum[f] += signal[j] * roots[f * j % m]
    return torch.tensor(spectrum, dtype=torch.promote_types(x.dtype, torch.complex64))


def roots_of_unity(n: int) -> list[complex]:
    """w[r] = exp(-2 pi i r / n): w^(f j) is entry f j mod n, so its angle is at most one turn."""
    return [cmath.exp(-2j * cmath.pi * r / n) for r in range(n)]


def toeplitz_product(column: Tensor, row: Tensor, x: Tensor) -> Tensor:
    """y[i] = sum_j T[i, j] x[j]; T[i, j] is column[i - j], or row[j - i] where j > i: (m,), (n,), (n,) -> (m,)."""
    below, above, vector = column.tolist(), row.tolist(), x.tolist()
    y = [0.0] * len(below)
    for i in range(len(below)):
        for j in range(len(above)):
            y[i] += (below[i - j] if i >= j else above[j - i]) * vector[j]
    return torch.tensor(y, dtype=x.dtype)


def convolve_circular(x: Tensor, h: Tensor) -> Tensor:
    """y[i] = sum_j h[j] x[(i - j) mod n]: (n,), (k,) with k <= n -> (n,)."""
    signal, taps = x.tolist(), h.tolist()
    y = [0.0] * len(signal)
    for i in range(len(y)):
        for j in range(len(taps)):
            y[i] += taps[j] * signal[(i - j) % len(signal)]
    return torch.tensor(y, dtype=x.dtype)


def correlate_circular(x: Tensor, h: Tensor) -> Tensor:
    """y[i] = sum_j h[j] x[(i + j) mod n]: (n,), (k,) with k <= n -> (n,)."""
    signal, taps = x.tolist(), h.tolist()
    y = [0.0] * len(signal)
    for i in range(len(y)):
        for j in range(len(taps)):
            y[i] += taps[j] * signal[(i + j) % len(signal)]
    return torch.tensor(y, dtype=x.dtype)


def circulant(c: Tensor) -> Tensor:
    """C[i, j] = c[(i - j) mod n]: (n,) -> (n, n)."""
    column = c.tolist()
    n = len(column)
    rows = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            rows[i][j] = column[(i - j) % n]
    return torch.tensor(rows, dtype=c.dtype)


def circulant_gradient(g: Tensor) -> Tensor:
    """dc[k] = sum_j g[(j + k) mod n, j]: the gradient of <g, C(c)>, (n, n) -> (n,)."""
    rows = g.tolist()
    n = len(rows)
    dc = [0.0] * n
    for k in range(n):
        for j in range(n):
            dc[k] += rows[(j + k) % n][j]
    return torch.tensor(dc, dtype=g.dtype)


def dft_matrix(n: int) -> Tensor:
    """F[f, j] = exp(-2 pi i f j / n): n -> (n, n), complex128."""
    rows, roots = [[0j] * n for _ in range(n)], roots_of_unity(n)
    for f in range(n):
        for j in range(n):
            rows[f][j] = roots[f * j % n]
    return torch.tensor(rows, dtype=torch.complex128)


def fold(y: Tensor, n: int) -> Tensor:
    """z[j mod n] += y[j]: (m,), n -> (n,)."""
    signal, z = y.tolist(), [0.0] * n
    for j in range(len(signal)):
        z[j % n] += signal[j]
    return torch.tensor(z, dtype=y.dtype)


def count_sums(n: int, k: int) -> int:
    """Return how many different sums i + j there are, with 0 <= i < n and 0 <= j < k."""
    sums = set()
    for i in range(n):
        for j in range(k):
            sums.add(i + j)
    return len(sums)


def dft_2d(x: Tensor, sides: tuple[int, int]) -> Tensor:
    """X[p, q] = sum_ij x[i, j] exp(-2 pi i (p i / M + q j / N)), with zeros up to M x N: (H, W) -> (M, N)."""
    image, (m, n) = x.tolist(), sides
    down, right = roots_of_unity(m), roots_of_unity(n)
    spectrum = [[0j] * n for _ in range(m)]
    for p in range(m):
        for q in range(n):
            for i in range(x.shape[0]):
                for j in range(x.shape[1]):
                    spectrum[p][q] += image[i][j] * down[p * i % m] * right[q * j % n]
    return torch.tensor(spectrum, dtype=torch.promote_types(x.dtype, torch.complex64))


def wave_2d(p: int, q: int, sides: tuple[int, int]) -> Tensor:
    """w[i, j] = exp(2 pi i (p i / H + q j / W)): (H, W), complex128."""
    height, width = sides
    down, right = roots_of_unity(height), roots_of_unity(width)
    wave = [[0j] * width for _ in range(height)]
    for i in range(height):
        for j in range(width):
            wave[i][j] = (down[p * i % height] * right[q * j % width]).conjugate()
    return torch.tensor(wave, dtype=torch.complex128)


def evaluate(p: Tensor, t: int) -> Tensor:
    """Return p(t) = sum_j p[j] t^j: (n,), t -> ()."""
    value = 0.0
    for j, coefficient in enumerate(p.tolist()):
        value += coefficient * t**j
    return torch.tensor(value, dtype=p.dtype)
