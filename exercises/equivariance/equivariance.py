"""Exercise: translation equivariance."""

from torch import Tensor


def shift(x: Tensor, s: int) -> Tensor:
    """Return x moved s places on; what leaves at the end comes in again at the front.

    x: (n,), with n >= 1
    s: any int, also negative, also larger than n
    returns: (n,), entry i being x[(i - s) mod n], of x's dtype and on its device
    raises ValueError: when x is empty, or isn't 1-D
    """
    raise NotImplementedError("TODO: move the samples round")


def is_translation_equivariant(matrix: Tensor) -> bool:
    """Say whether matrix @ shift(x, s) is shift(matrix @ x, s), up to rounding, for every x and every s.

    matrix: (n, n), with n >= 1
    returns: True or False, a Python bool
    raises ValueError: when the matrix is empty, isn't square, or hasn't two axes
    """
    raise NotImplementedError("TODO: compare the matrix with a shifted one")
