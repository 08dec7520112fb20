"""Exercise: the sliding window, which is the valid cross-correlation."""

from torch import Tensor


def cross_correlate(x: Tensor, kernel: Tensor) -> Tensor:
    """Return the valid cross-correlation of x with the kernel: y[i] = sum_j kernel[j] x[i + j].

    x: (n,), the signal
    kernel: (k,), with 1 <= k <= n
    returns: (n - k + 1,), of the inputs' dtype and on their device
    raises ValueError: when x or the kernel isn't 1-D, or the kernel is empty or longer than x
    """
    raise NotImplementedError("TODO: slide the kernel along the signal")
