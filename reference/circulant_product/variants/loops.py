"""Two loops over the formula."""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or d.dim() != 1 or len(c) != len(d) or len(c) == 0:
        raise ValueError("two columns of one length were expected")
    n = len(c)
    entries = []
    for j in range(n):
        entry = c.new_zeros(())
        for m in range(n):
            entry = entry + c[(j - m) % n] * d[m]
        entries.append(entry)
    return torch.stack(entries)
