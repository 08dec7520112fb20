"""Exercise: circular convolution through the FFT."""

from torch import Tensor


def circular_convolve(x: Tensor, h: Tensor) -> Tensor:
    """Return the circular convolution of x and h in O(n log n), through their Fourier transforms.

    x: (n,), real, with n >= 1; n may be any integer, including a prime
    h: (k,), real, with 1 <= k <= n; if k < n, h is padded with zeros
    returns: (n,), of the inputs' dtype and on their device
    raises ValueError: when x or h is empty or isn't 1-D, or h is longer than x
    """
    raise NotImplementedError("TODO: transform, multiply, transform back")
