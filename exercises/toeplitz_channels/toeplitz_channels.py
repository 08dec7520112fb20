"""Exercise: the matrix of a 1-D layer with channels."""

from torch import Tensor


def build_toeplitz_channels(
    weight: Tensor, n: int, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Tensor:
    """Return the matrix T such that T @ x.flatten() is the flattened output of the layer for the signal x.

    weight: (C_out, C_in / groups, k), all at least 1
    n: the length of each channel of a signal x of shape (C_in, n), without padding
    stride: how far the kernels move from one output to the next
    padding: how many zeros are added at each end of each channel
    dilation: the distance between neighbouring taps
    groups: the number of groups of channels; an output channel reads only the inputs of its own group
    returns: (C_out * m, C_in * n) with m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1,
        with the weight's dtype and device; sample t of channel c is column c * n + t,
        output i of channel o is row o * m + i
    raises ValueError: when the weight is empty or isn't 3-D, or its dilated kernels are longer than the
        padded signal; when stride < 1, dilation < 1 or padding < 0;
        when groups is below 1 or doesn't divide C_out
    """
    raise NotImplementedError("TODO: build the matrix")
