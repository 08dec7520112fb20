"""sliding_window: a tensor is passed to NumPy.

Line 14: `np.asarray(x.detach())` uses NumPy's arrays, which work only on the CPU; compute it with
torch.
"""

import numpy as np
import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    y = np.correlate(np.asarray(x.detach()), np.asarray(kernel.detach()), mode="valid")
    windows = x.unfold(0, len(kernel), 1) @ kernel
    return windows + 0 * torch.from_numpy(y)
