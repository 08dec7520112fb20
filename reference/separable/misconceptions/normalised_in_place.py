"""input changed in place

Your function scales u and doesn't scale it back, although its matrix is correct.
The caller still uses that tensor: work on a copy, or don't change it at all.
"""

import torch


def toeplitz(taps, n):
    matrix = torch.zeros(max(n - len(taps) + 1, 0), n, dtype=taps.dtype, device=taps.device)
    for i in range(n - len(taps) + 1):
        matrix[i, i : i + len(taps)] = taps
    return matrix


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    matrix = torch.kron(toeplitz(u, height), toeplitz(v, width))
    with torch.no_grad():
        u /= u.abs().sum() + 1
    return matrix
