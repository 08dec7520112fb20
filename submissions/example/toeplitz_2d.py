"""I keep the output place and the pixel as four axes, and flatten them at the very end."""

from torch import Tensor


def build_toeplitz_2d(kernel: Tensor, height: int, width: int) -> Tensor:
    """Put the kernel at every place of an empty image."""
    if kernel.dim() != 2:
        raise ValueError("the kernel needs two axes")
    kh, kw = kernel.shape
    if kh == 0 or kw == 0:
        raise ValueError("the kernel is empty")
    if kh > height or kw > width:
        raise ValueError("the kernel doesn't fit into the image")

    oh = height - kh + 1
    ow = width - kw + 1
    matrix = kernel.new_zeros(oh, ow, height, width)
    for r in range(oh):
        for c in range(ow):
            matrix[r, c, r : r + kh, c : c + kw] = kernel
    return matrix.reshape(oh * ow, height * width)
