"""The Kronecker product of two Toeplitz matrices, each gathered from its taps."""

import torch


def toeplitz(taps, n):
    if taps.dim() != 1 or not 1 <= len(taps) <= n:
        raise ValueError("the taps must be a non-empty vector that fits")
    tap = torch.arange(n, device=taps.device) - torch.arange(n - len(taps) + 1, device=taps.device)[:, None]
    inside = (tap >= 0) & (tap < len(taps))
    return torch.where(inside, taps[tap.clamp(0, len(taps) - 1)], 0)


def build_separable(u, v, height, width):
    return torch.kron(toeplitz(u, height), toeplitz(v, width))
