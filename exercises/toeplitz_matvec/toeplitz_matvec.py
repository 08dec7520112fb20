"""Exercise: a Toeplitz matrix times a vector, without the matrix."""

from torch import Tensor


def toeplitz_matvec(column: Tensor, row: Tensor, x: Tensor) -> Tensor:
    """Return T @ x in O((m + n) log(m + n)) for the Toeplitz matrix T with the given column and row.

    column: (m,), real, with m >= 1; the first column of T
    row: (n,), real, with n >= 1 and row[0] == column[0]; the first row of T
    x: (n,), real
    returns: (m,), with the inputs' dtype and device
    raises ValueError: when an argument is empty or isn't 1-D, when x isn't as long as the row,
        or when column[0] != row[0]
    """
    raise NotImplementedError("TODO: embed T in a circulant matrix, and multiply by that one")
