"""Index tables give the padded pixel for each entry of the columns. One gather reads all of them."""

import torch
from torch.nn.functional import pad


def both(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def table(side, k, stride, padding, dilation, device):
    room = side + 2 * padding - dilation * (k - 1)
    if min(k, stride, dilation, room) < 1 or padding < 0:
        raise ValueError("a number is out of range, or the kernel doesn't fit")
    return dilation * torch.arange(k, device=device)[:, None] + torch.arange(0, room, stride, device=device)


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    if x.ndim != 4 or x.shape[1:].numel() == 0:
        raise ValueError("x must be (N, C, H, W)")
    axes = list(zip(x.shape[2:], *map(both, (kernel_size, stride, padding, dilation)), strict=True))
    rows, columns = (table(*axis, x.device) for axis in axes)
    vertical, horizontal = both(padding)
    padded = pad(x, (horizontal, horizontal, vertical, vertical))
    places = rows[:, None, :, None] * padded.shape[3] + columns[None, :, None, :]
    taken = padded.flatten(2)[:, :, places]
    return taken.flatten(4).flatten(1, 3)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.ndim != 4 or weight.ndim != 4 or weight.numel() == 0 or x.shape[1] != weight.shape[1]:
        raise ValueError("the weight doesn't fit the images")
    if bias is not None and (bias.ndim != 1 or len(bias) != len(weight)):
        raise ValueError("one bias per output channel")
    u = im2col(x, tuple(weight.shape[2:]), stride, padding, dilation)
    y = torch.einsum("or,nrl->nol", weight.flatten(1), u)
    room = x.shape[2] + 2 * both(padding)[0] - both(dilation)[0] * (weight.shape[2] - 1)
    y = y.unflatten(2, (-(-room // both(stride)[0]), -1))
    return y if bias is None else y + bias.reshape(-1, 1, 1)
