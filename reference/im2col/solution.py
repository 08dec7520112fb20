"""Reference: all patches of the padded images as one strided view, copied once into columns."""

from torch import Tensor
from torch.nn.functional import pad

Sides = int | tuple[int, int]


def im2col(
    x: Tensor, kernel_size: Sides, stride: Sides = 1, padding: Sides = 0, dilation: Sides = 1
) -> Tensor:
    """Take a view (N, C, kh, kw, oh, ow) of the padded images and join its axes, which copies the patches."""
    if x.dim() != 4 or 0 in x.shape[1:]:
        raise ValueError(
            f"images of shape {tuple(x.shape)}: expected (N, C, H, W) with a channel and a pixel at least"
        )
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = map(_pair, (kernel_size, stride, padding, dilation))
    rows = _places("rows", x.shape[2], kh, sh, ph, dh)
    columns = _places("columns", x.shape[3], kw, sw, pw, dw)
    padded = pad(x, (pw, pw, ph, ph)).contiguous()
    item, channel, row, column = padded.stride()
    view = padded.as_strided(
        (*x.shape[:2], kh, kw, rows, columns),
        (item, channel, dh * row, dw * column, sh * row, sw * column),
    )
    return view.reshape(len(x), x.shape[1] * kh * kw, rows * columns)


def conv2d_via_im2col(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Sides = 1,
    padding: Sides = 0,
    dilation: Sides = 1,
) -> Tensor:
    """Multiply the flattened kernels by the patches, and reshape the kernel positions to rows and columns."""
    if x.dim() != 4 or weight.dim() != 4 or not weight.numel() or weight.shape[1] != x.shape[1]:
        raise ValueError(
            f"weight of shape {tuple(weight.shape)} for images of shape {tuple(x.shape)}: "
            "expected (C_out, C, kh, kw) for (N, C, H, W), nothing empty"
        )
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError(
            f"bias of shape {tuple(bias.shape)}: expected ({len(weight)},), one per output channel"
        )
    kh, kw = weight.shape[2:]
    patches = im2col(x, (kh, kw), stride, padding, dilation)
    y = weight.flatten(1) @ patches
    if bias is not None:
        y = y + bias[:, None]
    height = _places("rows", x.shape[2], kh, _pair(stride)[0], _pair(padding)[0], _pair(dilation)[0])
    return y.unflatten(2, (height, -1))


def _pair(value: Sides) -> tuple[int, int]:
    """Turn an int into a pair with the same number for both axes."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def _places(axis: str, side: int, k: int, stride: int, padding: int, dilation: int) -> int:
    """Count the kernel's positions along one axis."""
    if k < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError(
            f"{axis}: kernel {k}, stride {stride}, padding {padding}, dilation {dilation}: "
            "expected a padding of at least 0 and the others at least 1"
        )
    span, padded = dilation * (k - 1) + 1, side + 2 * padding
    if span > padded:
        raise ValueError(f"{axis}: a kernel that spans {span} places on {padded}: expected one that fits")
    return (padded - span) // stride + 1
