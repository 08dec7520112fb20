"""Kronecker product the wrong way round

Your product has the blocks of T(u) inside the pattern of T(v), and so it belongs to images that are read column by column.
vec is row-major here: a step down moves by a whole block, so the outer factor is T(u), as in kron(T(u), T(v)).
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
