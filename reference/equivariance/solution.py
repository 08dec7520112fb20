"""Reference: a matrix commutes with all shifts if moving rows and columns together doesn't change it."""

from torch import Tensor

TOLERANCE = 1e-4


def shift(x: Tensor, s: int) -> Tensor:
    """Reduce s first (it may be larger than the length of any tensor), then roll the signal."""
    if x.dim() != 1 or x.numel() == 0:
        raise ValueError(f"signal of shape {tuple(x.shape)}: expected (n,) with n >= 1")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix: Tensor) -> bool:
    """Compare the matrix with P T P^-1 for the shift P by one place, which generates all others."""
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or matrix.numel() == 0:
        raise ValueError(f"matrix of shape {tuple(matrix.shape)}: expected (n, n) with n >= 1")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= TOLERANCE * matrix.abs().max())
