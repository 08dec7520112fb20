"""Reference: a zero canvas seen through a view whose rows are one longer than the matrix's."""

from torch import Tensor


def build_toeplitz_1d(kernel: Tensor, n: int) -> Tensor:
    """Write the kernel into a strided view of zeros: row i of the view starts at T[i, i]."""
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError(
            f"kernel of shape {tuple(kernel.shape)} for signals of length {n}: expected 1 <= k <= n"
        )
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    matrix.as_strided((n - k + 1, k), (n + 1, 1)).copy_(kernel)
    return matrix
