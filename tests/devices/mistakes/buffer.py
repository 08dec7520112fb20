"""sliding_window: a constant is made when the file is loaded, before the input's device is known.

Line 9: `torch.zeros(1, 1)` makes a tensor on the CPU; make it in a function that has an input, on
its `device`.
"""

import torch

ZERO = torch.zeros(1, 1)


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    padded = torch.cat((x, ZERO[0].to(x.dtype)))
    return padded.unfold(0, len(kernel), 1)[:-1] @ kernel
