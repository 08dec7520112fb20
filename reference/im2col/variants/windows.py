"""Tensor.unfold makes windows along the row axis, then along the column axis. Dilation skips entries."""

import torch
from torch.nn.functional import pad


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def windows(x, axis, k, stride, dilation):
    span = dilation * (k - 1) + 1
    if k < 1 or stride < 1 or dilation < 1 or span > x.shape[axis]:
        raise ValueError(
            f"axis {axis}: kernel {k}, stride {stride}, dilation {dilation} on {x.shape[axis]} pixels"
        )
    return x.unfold(axis, span, stride)[..., ::dilation]


def patches(x, kernel_size, stride, padding, dilation):
    vertical, horizontal = pair(padding)
    if x.dim() != 4 or min(x.shape[1:]) < 1 or min(vertical, horizontal) < 0:
        raise ValueError(f"images of shape {tuple(x.shape)}, padding {padding}")
    rows, columns = zip(pair(kernel_size), pair(stride), pair(dilation), strict=True)
    padded = pad(x, (horizontal, horizontal, vertical, vertical))
    return windows(windows(padded, 2, *rows), 3, *columns)  # (N, C, oh, ow, kh, kw)


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    u = patches(x, kernel_size, stride, padding, dilation).permute(0, 1, 4, 5, 2, 3)  # (N, C, kh, kw, oh, ow)
    n, c, kh, kw, oh, ow = u.shape
    return u.reshape(n, c * kh * kw, oh * ow)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if weight.dim() != 4 or 0 in weight.shape or x.dim() != 4 or weight.shape[1] != x.shape[1]:
        raise ValueError("weight")
    if bias is not None and bias.shape != (weight.shape[0],):
        raise ValueError("bias")
    u = patches(x, tuple(weight.shape[2:]), stride, padding, dilation)  # (N, C, oh, ow, kh, kw)
    y = torch.tensordot(u, weight, dims=([1, 4, 5], [1, 2, 3]))
    if bias is not None:
        y = y + bias
    return y.movedim(3, 1)
