"""Convention: transposed matrix

Your matrix is the transpose: it has a row for each pixel, and multiplies row vectors from the right. The exercise asks for T x, with a row for each output.
Row r * ow + c belongs to output (r, c), so T is (oh * ow, height * width).
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
    return torch.kron(toeplitz(u, height), toeplitz(v, width)).T
