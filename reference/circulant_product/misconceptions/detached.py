"""inputs detached from autograd

You use NumPy, .item(), .tolist() or .detach(), so no gradient reaches either column.
Gradients flow through products and sums of tensors, and through torch's Fourier transforms.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    first, second, n = c.tolist(), d.tolist(), len(c)
    y = [sum(first[(j - m) % n] * second[m] for m in range(n)) for j in range(n)]
    return torch.tensor(y, dtype=c.dtype, device=c.device)
