"""Convention: column-major vec

Your matrix is kron(T(v), T(u)), which is for images read column by column. The exercise asks for row-major vec.
One step down the image moves by a whole block, so the outer factor is T(u): kron(T(u), T(v)).
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
    return torch.kron(toeplitz(v, width), toeplitz(u, height))
