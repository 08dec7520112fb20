"""Exercise: the product of two circulants."""

from torch import Tensor


def multiply_circulants(c: Tensor, d: Tensor) -> Tensor:
    """Return the first column of C D, where C and D are the circulants with first columns c and d.

    c: (n,), real or complex, with n >= 1
    d: (n,), as long as c and of the same dtype
    returns: (n,), of the inputs' dtype and on their device
    raises ValueError: when c or d is empty or isn't 1-D, or when their lengths differ
    """
    raise NotImplementedError("TODO: convolve the columns cyclically")
