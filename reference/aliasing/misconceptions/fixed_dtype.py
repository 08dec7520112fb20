"""dtype fixed to float32

torch.zeros(n) is always float32, so a float64 signal loses half of its digits.
Make it with dtype=y.dtype, device=y.device, or with y.new_zeros(n).
"""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    out = torch.zeros(n)
    for start in range(0, len(y), n):
        turn = y[start : start + n]
        out[: len(turn)] += turn
    return out


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
