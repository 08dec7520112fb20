"""Exercise: the matrix of a whole 2-D layer."""

from torch import Tensor


def build_toeplitz_conv2d(
    weight: Tensor,
    height: int,
    width: int,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
) -> Tensor:
    """Return T such that T @ x.flatten() is the layer's flattened output for x of shape (C_in, H, W).

    weight: (C_out, C_in / groups, kh, kw), all at least 1
    height, width: the height H and width W of the images, without padding
    stride, padding, dilation: an int for both axes, or a (row, column) pair
    groups: the number of groups of channels; an output channel reads only the inputs of its own group
    returns: (C_out * oh * ow, C_in * H * W), with the weight's dtype and device;
        pixel (r, c) of input channel q is column (q * H + r) * W + c,
        output (i, j) of output channel o is row (o * oh + i) * ow + j; on each axis the output's size is
        (size + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    raises ValueError: when the weight is empty or isn't 4-D, or its dilated kernels are longer than the
        padded image on one axis; when a stride < 1, a dilation < 1 or a padding < 0;
        when groups is below 1 or doesn't divide C_out
    """
    raise NotImplementedError("TODO: build the matrix")
