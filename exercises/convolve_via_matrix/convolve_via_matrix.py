"""Exercise: the cross-correlation as one product of a matrix and a vector."""

from torch import Tensor


def convolve_via_matrix(x: Tensor, kernel: Tensor) -> Tensor:
    """Return the valid cross-correlation of x with the kernel, computed as a matrix times a vector.

    x: (n,), the signal
    kernel: (k,), with 1 <= k <= n
    returns: (n - k + 1,), of the inputs' dtype and on their device
    raises ValueError: when x or the kernel isn't 1-D, or the kernel is empty or longer than x

    Convolution functions and Fourier transforms aren't allowed, from any library.
    """
    raise NotImplementedError("TODO: build the matrix and multiply")
