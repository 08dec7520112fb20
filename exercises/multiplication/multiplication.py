"""Exercise: multiplying polynomials and integers through the FFT."""

from torch import Tensor


def multiply_polynomials(p: Tensor, q: Tensor) -> Tensor:
    """Return the coefficients of the product of two polynomials, in O(n log n).

    p: (n,), real, with n >= 1; p[j] is the coefficient of t^j, so the lowest comes first
    q: (k,), real, with k >= 1, in the same order
    returns: (n + k - 1,), in the same order, of the inputs' dtype and on their device
    raises ValueError: when p or q is empty, or isn't 1-D
    """
    raise NotImplementedError("TODO: a product of polynomials is a convolution")


def multiply_integers(a: int, b: int) -> int:
    """Return a * b exactly, for integers of any size and sign, through torch.fft.

    a, b: ints of up to 2^20 bits each
    returns: an int
    raises TypeError or ValueError: when a or b isn't an int (a float, a bool)
    """
    raise NotImplementedError("TODO: multiply the digits as polynomials, then carry")
