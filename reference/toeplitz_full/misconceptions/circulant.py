"""circular instead of linear

In your columns, the part beyond the end of the signal wraps around to the top: that is a circulant matrix.
The full convolution continues beyond the end, in k - 1 more rows.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        for m in range(k):
            matrix[(i + m) % n, i] += h[m]
    return matrix
