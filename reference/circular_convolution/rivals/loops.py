"""Two loops over the outputs and the taps."""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("expected (n,) and (k,) with 1 <= k <= n")
    n, entries = len(x), []
    for i in range(n):
        entry = x.new_zeros(())
        for j in range(len(h)):
            entry = entry + h[j] * x[(i - j) % n]
        entries.append(entry)
    return torch.stack(entries)
