"""Exercise: im2col, and a convolution layer as one matrix product."""

from torch import Tensor


def im2col(
    x: Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> Tensor:
    """Return the patches under the kernel, each one flattened into a column.

    x: (N, C, H, W), with C, H and W at least 1
    kernel_size, stride, padding, dilation: an int for both axes, or a (row, column) pair
    returns: (N, C * kh * kw, L), of x's dtype and on its device; L = oh * ow is the number of positions,
        row (c * kh + a) * kw + b is tap (a, b) of channel c, column i * ow + j is position (i, j);
        on each axis the number of positions is
        (size + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    raises ValueError: when x isn't 4-D or has no channel or no pixel; when a kernel size, a stride
        or a dilation is below 1, or a padding is negative; when the kernel (spread out) is longer
        than the padded image on one axis
    """
    raise NotImplementedError("TODO: collect the patches as columns")


def conv2d_via_im2col(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> Tensor:
    """Return the cross-correlation of x with the weight, computed as the weight times im2col's matrix.

    x: (N, C, H, W)
    weight: (C_out, C, kh, kw)
    bias: (C_out,), or None for no bias
    stride, padding, dilation: an int for both axes, or a (row, column) pair
    returns: (N, C_out, oh, ow), of x's dtype and on its device
    raises ValueError: when im2col does; when the weight isn't 4-D, is empty or has a different number
        of channels from x; when the bias doesn't have shape (C_out,)
    """
    raise NotImplementedError("TODO: multiply the weight with the columns")
