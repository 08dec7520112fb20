"""A smaller matrix: its rows are the n - k + 1 windows of the signal, times the kernel."""


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("expected (n,) and (k,) with 1 <= k <= n")
    return x.unfold(0, len(kernel), 1) @ kernel
