"""no wrap-around

You cut off the linear convolution after n entries, so the rest is lost.
On a ring the rest comes back at the front: add it to the first entries, or take the index modulo n.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    n = len(c)
    entries = []
    for j in range(n):
        entry = c.new_zeros(())
        for m in range(j + 1):
            entry = entry + c[j - m] * d[m]
        entries.append(entry)
    return torch.stack(entries)
