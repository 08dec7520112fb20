"""Convention: mode full

Your matrix uses mode 'full': it also has rows for positions where part of the kernel lies outside the image. The exercise asks for mode 'valid'.
Valid means that the whole kernel lies inside the image: there are height - kh + 1 by width - kw + 1 positions.
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
    rows, columns = toeplitz(u, height + 2 * (len(u) - 1)), toeplitz(v, width + 2 * (len(v) - 1))
    down, right = len(u) - 1, len(v) - 1
    return torch.kron(rows[:, down : down + height], columns[:, right : right + width])
