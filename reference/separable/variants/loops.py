"""Loops over the outputs and the taps, one product at a time."""

import torch


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or 0 in (len(u), len(v)) or len(u) > height or len(v) > width:
        raise ValueError("no valid position")
    ow = width - len(v) + 1
    matrix = torch.zeros((height - len(u) + 1) * ow, height * width, dtype=u.dtype, device=u.device)
    for r in range(height - len(u) + 1):
        for c in range(ow):
            for a in range(len(u)):
                for b in range(len(v)):
                    matrix[r * ow + c, (r + a) * width + c + b] = u[a] * v[b]
    return matrix
