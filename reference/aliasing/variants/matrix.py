"""Folding is linear: its matrix consists of identity matrices side by side, one for each turn."""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) < 1 or n < 1:
        raise ValueError("expected a non-empty vector and a positive length")
    turns = -(-len(y) // n)
    identity = torch.eye(n, dtype=y.dtype, device=y.device)
    return identity.repeat(1, turns)[:, : len(y)] @ y


def minimum_fft_length(n, k):
    for length in (n, k):
        if length < 1:
            raise ValueError(f"a length of {length}")
    last = (n - 1) + (k - 1)
    return last + 1
