"""aliasing: a tensor is made from a NumPy array and isn't moved to the device.

Line 16: `torch.from_numpy(np.ones(turns, dtype=np.float64))` makes a tensor on the CPU; write
`torch.from_numpy(np.ones(turns, dtype=np.float64)).to(y.device)`.
"""

import numpy as np
import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError
    turns = -(-len(y) // n)
    padded = torch.cat((y, y.new_zeros(turns * n - len(y))))
    weights = torch.from_numpy(np.ones(turns, dtype=np.float64)).to(y.dtype)
    return weights @ padded.reshape(turns, n)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError
    return n + k - 1
