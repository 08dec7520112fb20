"""Exercise: the doubly block Toeplitz matrix of a 2-D cross-correlation."""

from torch import Tensor


def build_toeplitz_2d(kernel: Tensor, height: int, width: int) -> Tensor:
    """Return the matrix T such that T @ x.flatten() is the valid cross-correlation of x, flattened.

    kernel: (kh, kw), with 1 <= kh <= height and 1 <= kw <= width
    height, width: the size of the images x
    returns: (oh * ow, height * width) with oh = height - kh + 1 and ow = width - kw + 1,
        of the kernel's dtype and on its device; pixel (r, c) is entry r * width + c
    raises ValueError: when the kernel is empty, isn't 2-D, or is taller or wider than the image
    """
    raise NotImplementedError("TODO: build the matrix")
