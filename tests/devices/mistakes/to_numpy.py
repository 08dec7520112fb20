"""sliding_window: the signal becomes a NumPy array.

Line 14: `x.detach().numpy()` uses NumPy's arrays, which work only on the CPU; compute it with
torch.
"""

import numpy as np
import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    windows = np.lib.stride_tricks.sliding_window_view(x.detach().numpy(), len(kernel))
    return torch.from_numpy(windows.copy()) @ kernel
