"""Reference: a zero matrix; for each tap, a strided view covers all the entries that hold it."""

from itertools import product

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
    """Write each tap, for all channels at once, wherever it lies on the image rather than on the padding."""
    if weight.dim() != 4 or not weight.numel():
        raise ValueError(
            f"weight of shape {tuple(weight.shape)}: expected (C_out, C_in / groups, kh, kw), all >= 1"
        )
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError(f"{weight.shape[0]} output channels in {groups} groups: expected groups of one size")
    (out, into, kh, kw), (sh, sw), (ph, pw), (dh, dw) = (
        weight.shape,
        _pair(stride),
        _pair(padding),
        _pair(dilation),
    )
    oh, ow = _places(height, kh, sh, ph, dh), _places(width, kw, sw, pw, dw)
    pixels, entries, each = height * width, groups * into * height * width, out // groups
    matrix = weight.new_zeros(out * oh * ow, entries)
    # A step to the next group goes down by its outputs and right by its inputs at the same time.
    group = each * oh * ow * entries + into * pixels
    steps = (group, oh * ow * entries, pixels, ow * entries + sh * width, entries + sw)
    taps = weight.reshape(groups, each, into, 1, 1, kh, kw)
    for a, b in product(range(kh), range(kw)):
        down, right = a * dh - ph, b * dw - pw
        (top, tall), (left, wide) = _inside(oh, height, sh, down), _inside(ow, width, sw, right)
        if tall > 0 and wide > 0:
            start = (top * ow + left) * entries + (top * sh + down) * width + left * sw + right
            matrix.as_strided((groups, each, into, tall, wide), steps, start).copy_(taps[..., a, b])
    return matrix


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    if isinstance(value, int):
        return value, value
    row, column = value
    return row, column


def _places(side: int, k: int, stride: int, padding: int, dilation: int) -> int:
    """Return the number of kernel positions along one axis."""
    if side < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError(
            f"side = {side}, stride = {stride}, padding = {padding}, dilation = {dilation}: "
            "expected a padding of at least 0 and the others at least 1"
        )
    span, padded = dilation * (k - 1) + 1, side + 2 * padding
    if span > padded:
        raise ValueError(f"kernels that span {span} places on {padded}: expected some that fit")
    return (padded - span) // stride + 1


def _inside(places: int, side: int, stride: int, shift: int) -> tuple[int, int]:
    """Return the first i with 0 <= i * stride + shift < side, and the number of such i."""
    first = max(0, -(shift // stride))
    return first, min(places, (side - 1 - shift) // stride + 1) - first
