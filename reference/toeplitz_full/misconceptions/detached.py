"""kernel detached from autograd

Your matrix is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches the kernel.
Copy the kernel's entries as tensors: slicing, indexing and torch.stack preserve the gradient.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    taps = h.tolist()
    columns = [[0.0] * i + taps + [0.0] * (n - 1 - i) for i in range(n)]
    return torch.tensor(columns, dtype=h.dtype, device=h.device).T
