"""arguments not checked

u and v must each have one axis and at least one tap, and they must fit into the image's height and width.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

import torch


def toeplitz(taps, n):
    matrix = torch.zeros(max(n - len(taps) + 1, 0), n, dtype=taps.dtype, device=taps.device)
    for i in range(n - len(taps) + 1):
        matrix[i, i : i + len(taps)] = taps
    return matrix


def build_separable(u, v, height, width):
    return torch.kron(toeplitz(u, height), toeplitz(v, width))
