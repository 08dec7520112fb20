"""Put n zeros after each kernel copy and cut rows one entry shorter, so each copy shifts by one."""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or h.numel() < 1 or n < 1:
        raise ValueError("no kernel or no signal")
    length = h.numel() + n - 1
    rows = torch.cat((h, h.new_zeros(n))).repeat(n)
    return rows[: n * length].reshape(n, length).T
