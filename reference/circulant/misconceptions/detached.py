"""c detached from autograd

Your matrix is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches c.
Copy the entries as tensors: gradients flow through roll, indexing and stack.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    entries, n = c.tolist(), len(c)
    rows = [[entries[(i - j) % n] for j in range(n)] for i in range(n)]
    return torch.tensor(rows, dtype=c.dtype, device=c.device)
