"""sliding_window: the signal becomes a NumPy array.

Line 14: `x.detach().numpy()` is NumPy's, which reaches only the CPU's memory; compute it with torch
instead.
"""

import numpy as np
import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    windows = np.lib.stride_tricks.sliding_window_view(x.detach().numpy(), len(kernel))
    return torch.from_numpy(windows.copy()) @ kernel
