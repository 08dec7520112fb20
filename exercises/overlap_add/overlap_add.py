"""Exercise: overlap-add, a long convolution in blocks."""

from torch import Tensor


def overlap_add(x: Tensor, h: Tensor, block: int) -> Tensor:
    """Return the full linear convolution of x and h, transforming `block` samples of x at a time.

    x: (n,), real, with n >= 1; it may be shorter than a block
    h: (k,), real, with k >= 1; it may be longer than a block, and longer than x
    block: how many samples of x each block takes, at least 1; the last block may have fewer
    returns: (n + k - 1,), of the inputs' dtype and on their device; the same for every block size
    raises ValueError: when x or h is empty or isn't 1-D, or when block < 1
    """
    raise NotImplementedError("TODO: convolve each block, and add the answers where they overlap")
