"""a circulant matrix instead of the FFT

Your result is correct, but it takes n times n products: doubling the number of samples quadruples the work.
The circulant of a million samples doesn't even fit into memory; instead, transform, multiply and transform back.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    padded = torch.cat((h, h.new_zeros(n - len(h))))
    places = torch.arange(n, device=x.device)
    return padded[(places[:, None] - places) % n] @ x
