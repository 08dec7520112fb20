"""Reference: zeros of shape (C_out, m, C_in, padded n), with a strided view of just the taps."""

from torch import Tensor


def build_toeplitz_channels(
    weight: Tensor, n: int, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Tensor:
    """Write the weight into a strided view of zeros, then cut off the padding columns and flatten."""
    if weight.dim() != 3 or not weight.numel():
        raise ValueError(
            f"weight of shape {tuple(weight.shape)}: expected (C_out, C_in / groups, k), all >= 1"
        )
    if n < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError(
            f"n = {n}, stride = {stride}, padding = {padding}, dilation = {dilation}: "
            "expected a padding of at least 0 and the others at least 1"
        )
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError(f"{weight.shape[0]} output channels in {groups} groups: expected groups of one size")
    (out, into, k), padded = weight.shape, n + 2 * padding
    span = dilation * (k - 1) + 1
    if span > padded:
        raise ValueError(f"a kernel that spans {span} places on {padded}: expected one that fits")
    m, channels, each = (padded - span) // stride + 1, groups * into, out // groups
    canvas = weight.new_zeros(out, m, channels, padded)
    row = channels * padded
    # A step to the next group goes down by its outputs and right by its inputs at the same time.
    steps = (each * m * row + into * padded, m * row, row + stride, padded, dilation)
    canvas.as_strided((groups, each, m, into, k), steps).copy_(weight.reshape(groups, each, 1, into, k))
    return canvas[..., padding : padding + n].reshape(out * m, channels * n)
