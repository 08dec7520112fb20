"""Reference: a zero matrix; row i of a strided view covers the kernel's entries in column i."""

from torch import Tensor


def build_toeplitz_full(h: Tensor, n: int) -> Tensor:
    """Write the kernel down the columns: T[i + m, i] is (n + 1) i + n m entries after T[0, 0]."""
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError(
            f"kernel of shape {tuple(h.shape)} for signals of length {n}: expected (k,) with k >= 1, and n >= 1"
        )
    k = len(h)
    matrix = h.new_zeros(n + k - 1, n)
    matrix.as_strided((n, k), (n + 1, n)).copy_(h)
    return matrix
