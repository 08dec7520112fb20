"""Exercise: translation equivariance."""

from torch import Tensor


def shift(x: Tensor, s: int) -> Tensor:
    """Return x shifted by s places; entries that leave at the end come back at the front.

    x: (n,), with n >= 1
    s: any int; it may be negative, or larger than n
    returns: (n,), with entry i = x[(i - s) mod n], of x's dtype and on its device
    raises ValueError: when x is empty, or isn't 1-D
    """
    raise NotImplementedError("TODO: move the samples round")


def is_translation_equivariant(matrix: Tensor) -> bool:
    """Return whether matrix @ shift(x, s) is shift(matrix @ x, s), up to rounding, for every x and s.

    matrix: (n, n), with n >= 1
    returns: True or False, a Python bool
    raises ValueError: when the matrix is empty, isn't square, or doesn't have two axes
    """
    raise NotImplementedError("TODO: compare the matrix with a shifted one")
