"""Exercise: linear convolution through the FFT."""

from torch import Tensor


def fft_convolve(x: Tensor, h: Tensor) -> Tensor:
    """Return the full linear convolution of x and h in O(n log n), through their Fourier transforms.

    x: (n,), real, with n >= 1
    h: (k,), real, with k >= 1; it may be longer than x
    returns: (n + k - 1,), of the inputs' dtype and on their device
    raises ValueError: when x or h is empty, or isn't 1-D
    """
    raise NotImplementedError("TODO: pad, transform, multiply, transform back")
