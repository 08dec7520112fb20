"""rows run together

You slide v along the whole vector, so it also covers the end of one image row and the beginning of the next.
Each image row has width - kw + 1 positions of its own: the outputs of a row depend only on that row.
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
    pixels = height * width
    along = toeplitz(v, pixels)
    spread = torch.zeros((len(u) - 1) * width + 1, dtype=u.dtype, device=u.device)
    spread[::width] = u
    return toeplitz(spread, len(along)) @ along
