"""A polynomial in the cyclic shift: the powers of P are the identity with its rows rolled."""

import torch


def build_circulant(c):
    if len(c.shape) != 1 or c.shape[0] == 0:
        raise ValueError("no first column")
    power = torch.eye(len(c), dtype=c.dtype, device=c.device)
    matrix = torch.zeros_like(power)
    for entry in c:
        matrix = matrix + entry * power
        power = power.roll(1, 0)
    return matrix
