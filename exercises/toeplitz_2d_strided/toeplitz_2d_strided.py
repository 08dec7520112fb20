"""Exercise: stride, padding and dilation in two dimensions."""

from torch import Tensor


def build_toeplitz_2d_strided(
    kernel: Tensor,
    height: int,
    width: int,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> Tensor:
    """Return the matrix T such that T @ x.flatten() is the flattened cross-correlation of the image x.

    kernel: (kh, kw), with kh >= 1 and kw >= 1
    height, width: the height H and width W of the images x, without the padding
    stride, padding, dilation: an int for both axes, or a (row, column) pair
    returns: (oh * ow, H * W), of the kernel's dtype and on its device; pixel (r, c) is column r * W + c,
        output (i, j) is row i * ow + j; on each axis the output's size is
        (size + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    raises ValueError: when the kernel is empty, isn't 2-D, or (spread out) is longer than the padded image
        on one axis; when a stride < 1, a dilation < 1 or a padding < 0
    """
    raise NotImplementedError("TODO: build the matrix")
