"""Exercise: circular convolution through the FFT."""

from torch import Tensor


def circular_convolve(x: Tensor, h: Tensor) -> Tensor:
    """Return the circular convolution of x and h in O(n log n), by way of their Fourier transforms.

    x: (n,), real, with n >= 1; n may be any number, a prime for example
    h: (k,), real, with 1 <= k <= n; zeros stand in for the taps that it lacks
    returns: (n,), of the inputs' dtype and on their device
    raises ValueError: when x or h is empty or isn't 1-D, or h is longer than x
    """
    raise NotImplementedError("TODO: transform, multiply, transform back")
