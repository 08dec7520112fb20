"""off by one where it wraps

Your entries are right before the wrap and off by one after it: a negative index j - m becomes n - 1 + (j - m).
It should become n + (j - m), as with % n.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    n = len(c)
    entries = []
    for j in range(n):
        entry = c.new_zeros(())
        for m in range(n):
            place = j - m if j >= m else max(n - 1 + j - m, 0)
            entry = entry + c[place] * d[m]
        entries.append(entry)
    return torch.stack(entries)
