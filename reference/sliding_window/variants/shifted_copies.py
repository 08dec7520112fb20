"""Shift the signal once for each tap, multiply each copy by its tap, and add the copies."""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= kernel.shape[0] <= x.shape[0]:
        raise ValueError("expected (n,) and (k,) with 1 <= k <= n")
    rows = len(x) - len(kernel) + 1
    return sum(tap * x[j : j + rows] for j, tap in enumerate(kernel))
