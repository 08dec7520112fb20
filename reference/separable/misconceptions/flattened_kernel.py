"""flattened kernel slid along the vector

You flatten the kernel and slide its taps along the vector as one piece.
Neighbouring rows of the kernel are `width` entries apart in vec(x), not kw, and the kernel never crosses the end of a row.
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
    return toeplitz(torch.outer(u, v).flatten(), height * width)
