"""The whole Toeplitz matrix, mostly zeros, times the signal."""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("expected (n,) and (k,) with 1 <= k <= n")
    n, k = len(x), len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    matrix.as_strided((n - k + 1, k), (n + 1, 1)).copy_(kernel)
    return matrix @ x
