"""A matrix of zeros and ones for each axis picks the rows and the columns under each tap."""

import torch


def selection(side, k, stride, padding, dilation, like):
    # (k, places, side): a 1 where tap a of place i meets that row; a tap on the padding meets none.
    room = side + 2 * padding - dilation * (k - 1) - 1
    if k < 1 or stride < 1 or dilation < 1 or padding < 0 or room < 0:
        raise ValueError(f"side {side}: kernel {k}, stride {stride}, padding {padding}, dilation {dilation}")
    taps, places, pixels = (torch.arange(size, device=like.device) for size in (k, room // stride + 1, side))
    met = dilation * taps[:, None, None] + stride * places[:, None] - padding
    return (met == pixels).to(like.dtype)


def spread(x, kernel_size, stride, padding, dilation):
    if x.dim() != 4 or x[:1].numel() == 0 < x.shape[0]:
        raise ValueError(f"images of shape {tuple(x.shape)}")
    numbers = [(v, v) if isinstance(v, int) else v for v in (kernel_size, stride, padding, dilation)]
    rows = selection(x.shape[2], *(v[0] for v in numbers), x)
    columns = selection(x.shape[3], *(v[1] for v in numbers), x)
    return torch.einsum("nchw,aih,bjw->ncabij", x, rows, columns)


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    return spread(x, kernel_size, stride, padding, dilation).flatten(4).flatten(1, 3)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if weight.dim() != 4 or weight.numel() < 1 or x.dim() != 4 or x.shape[1] != weight.shape[1]:
        raise ValueError(f"weight of shape {tuple(weight.shape)}")
    offsets = weight.new_zeros(len(weight)) if bias is None else bias
    if offsets.shape != (len(weight),):
        raise ValueError(f"bias of shape {tuple(offsets.shape)}")
    u = spread(x, tuple(weight.shape[2:]), stride, padding, dilation)
    return torch.einsum("ncabij,ocab->noij", u, weight) + offsets[:, None, None]
