"""Exercise: the Toeplitz matrix of the full convolution."""

from torch import Tensor


def build_toeplitz_full(h: Tensor, n: int) -> Tensor:
    """Return the matrix T such that T @ x is the full convolution of x and h: T[j, i] = h[j - i].

    h: (k,), with k >= 1; it may be longer than the signals
    n: the length of the signals x, with n >= 1
    returns: (n + k - 1, n), with the kernel's dtype and device
    raises ValueError: when h is empty or isn't 1-D, or when n < 1
    """
    raise NotImplementedError("TODO: build the matrix")
