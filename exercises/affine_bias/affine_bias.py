"""Exercise: the matrix of a cross-correlation with a bias."""

from torch import Tensor


def build_affine(kernel: Tensor, bias: Tensor, n: int) -> Tensor:
    """Return the matrix [[T, b], [0, 1]], which maps (x, 1) to (y + bias, 1); y is the cross-correlation.

    kernel: (k,), with 1 <= k <= n
    bias: (), a single number as a tensor without axes, of the kernel's dtype
    n: the length of the signals x
    returns: (n - k + 2, n + 1), of the kernel's dtype and on its device
    raises ValueError: when the kernel is empty, isn't 1-D, or is longer than n, or when the bias has an axis
    """
    raise NotImplementedError("TODO: build the matrix")
