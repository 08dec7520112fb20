import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) == 0:
        raise ValueError("h must be a vector with at least one entry")
    if n < 1:
        raise ValueError("the signal must have at least one entry")

    k = len(h)
    T = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    # every input starts a copy of h in its own column
    for i in range(n):
        for m in range(k):
            T[i + m, i] = h[m]
    return T
