"""Reference: the Toeplitz matrix, written through a strided view of zeros, times the signal."""

from torch import Tensor


def convolve_via_matrix(x: Tensor, kernel: Tensor) -> Tensor:
    """Build the kernel's Toeplitz matrix and multiply the signal by it."""
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError(
            f"signal of shape {tuple(x.shape)} and kernel of shape {tuple(kernel.shape)}: "
            "expected (n,) and (k,) with 1 <= k <= n"
        )
    n, k = len(x), len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    matrix.as_strided((n - k + 1, k), (n + 1, 1)).copy_(kernel)
    return matrix @ x
