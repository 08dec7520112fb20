"""Exercise: folding a signal onto a circle, and the transform length that avoids folding."""

from torch import Tensor


def alias(y: Tensor, n: int) -> Tensor:
    """Return y folded modulo n: entry i is the sum of y[i], y[i + n], y[i + 2 n], ...

    y: (m,), with m >= 1; it may be shorter than n, or many times as long
    n: the length of the circle, at least 1
    returns: (n,), of y's dtype and on its device
    raises ValueError: when y is empty or isn't 1-D, or n < 1
    """
    raise NotImplementedError("TODO: add the entries that are n apart")


def minimum_fft_length(n: int, k: int) -> int:
    """Return the smallest transform length at which a linear convolution doesn't fold.

    n: how many samples the signal has, at least 1
    k: how many taps the kernel has, at least 1
    raises ValueError: when n < 1 or k < 1
    """
    raise NotImplementedError("TODO: count the entries of the linear convolution")
