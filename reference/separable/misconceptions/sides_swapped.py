"""Convention: width before height

Your matrix is for an image given as (width, height), like (x, y). The exercise asks for (height, width).
The height comes first: u goes down the image, along its height, and v to the right, along its width.
"""

import torch


def toeplitz(taps, n):
    matrix = torch.zeros(max(n - len(taps) + 1, 0), n, dtype=taps.dtype, device=taps.device)
    for i in range(n - len(taps) + 1):
        matrix[i, i : i + len(taps)] = taps
    return matrix


def build_separable(u, v, width, height):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    return torch.kron(toeplitz(u, height), toeplitz(v, width))
