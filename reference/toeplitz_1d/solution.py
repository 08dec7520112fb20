"""Reference: a matrix of zeros, written through a strided view with a row stride of n + 1."""

from torch import Tensor


def build_toeplitz_1d(kernel: Tensor, n: int) -> Tensor:
    """Write the kernel into a strided view of zeros: row i of the view starts at T[i, i]."""
    shape = kernel.shape
    if len(shape) != 1 or not 1 <= shape[0] <= n:
        raise ValueError(f"kernel of shape {tuple(shape)} for signals of length {n}: expected 1 <= k <= n")
    k = shape[0]
    m = n - k + 1
    matrix = kernel.new_zeros((m, n))
    matrix.as_strided((m, k), (n + 1, 1)).copy_(kernel)
    return matrix
