"""dtype fixed to float32

torch.zeros(rows, columns) is always float32, so float64 taps lose half of their digits.
Make the matrices with dtype=u.dtype, device=u.device, or with u.new_zeros(...).
"""

import torch


def toeplitz(taps, n):
    matrix = torch.zeros(max(n - len(taps) + 1, 0), n)
    for i in range(n - len(taps) + 1):
        matrix[i, i : i + len(taps)] = taps
    return matrix


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    return torch.kron(toeplitz(u, height), toeplitz(v, width))
