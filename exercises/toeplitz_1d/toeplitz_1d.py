"""Exercise: the Toeplitz matrix of a 1-D cross-correlation."""

from torch import Tensor


def build_toeplitz_1d(kernel: Tensor, n: int) -> Tensor:
    """Return the matrix T such that T @ x is the valid cross-correlation of x with the kernel.

    kernel: (k,), with 1 <= k <= n
    n: the length of the signals x
    returns: (n - k + 1, n), of the kernel's dtype and on its device
    raises ValueError: when the kernel is empty, isn't 1-D, or is longer than n
    """
    raise NotImplementedError("TODO: build the matrix")
