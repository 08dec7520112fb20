"""Convention: horizontal factor first

Your kernel is outer(v, u): the first factor filters along x, as in OpenCV's sepFilter2D. The exercise asks for outer(u, v).
u has a tap for each of the kernel's rows and goes down the image; v has a tap for each of its columns and goes to the right.
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
    return torch.kron(toeplitz(v, height), toeplitz(u, width))
