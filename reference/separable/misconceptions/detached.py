"""taps detached from autograd

Your matrix is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches u and v.
Copy and multiply the taps as tensors: gradients flow through slices, outer and kron.
"""

import torch


def toeplitz(taps, n):
    taps = taps.detach()
    matrix = torch.zeros(max(n - len(taps) + 1, 0), n, dtype=taps.dtype, device=taps.device)
    for i in range(n - len(taps) + 1):
        matrix[i, i : i + len(taps)] = taps
    return matrix


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    return torch.kron(toeplitz(u, height), toeplitz(v, width))
