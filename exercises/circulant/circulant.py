"""Exercise: the circulant matrix."""

from torch import Tensor


def build_circulant(c: Tensor) -> Tensor:
    """Return the circulant matrix whose first column is c: entry (i, j) is c[(i - j) mod n].

    c: (n,), real or complex, with n >= 1
    returns: (n, n), of c's dtype and on its device
    raises ValueError: when c is empty, or isn't 1-D
    """
    raise NotImplementedError("TODO: build the matrix")
