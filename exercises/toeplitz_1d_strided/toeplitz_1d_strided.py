"""Exercise: stride, padding and dilation in the Toeplitz matrix."""

from torch import Tensor


def build_toeplitz_1d_strided(
    kernel: Tensor, n: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Tensor:
    """Return the matrix T such that T @ x is the cross-correlation of x, with stride, padding and dilation.

    kernel: (k,), with k >= 1
    n: the length of the signals x, without the padding
    stride: how far the kernel moves from one output to the next
    padding: how many zeros are added at each end of the signal
    dilation: how far apart neighbouring taps of the kernel are
    returns: (m, n) with m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1,
        of the kernel's dtype and on its device
    raises ValueError: when the kernel is empty, isn't 1-D, or (spread out) is longer than the padded signal;
        when stride < 1, dilation < 1 or padding < 0
    """
    raise NotImplementedError("TODO: build the matrix")
