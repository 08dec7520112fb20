"""The roles are swapped: the signal's windows are the matrix rows, and the kernel is the vector."""

import torch


def convolve_via_matrix(x, kernel):
    if x.ndim != 1 or kernel.ndim != 1 or kernel.numel() < 1 or kernel.numel() > x.numel():
        raise ValueError("no valid place")
    k = kernel.numel()
    windows = torch.stack([x[i : i + k] for i in range(x.numel() - k + 1)])
    return torch.mv(windows, kernel)
