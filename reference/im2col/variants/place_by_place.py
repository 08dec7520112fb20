"""Loop over the kernel positions: cut out each patch, flatten it, and stack it as one more column."""

import torch
from torch.nn.functional import pad


def layout(x, kernel_size, stride, padding, dilation):
    kernel_size, stride, padding, dilation = (
        (v, v) if isinstance(v, int) else v for v in (kernel_size, stride, padding, dilation)
    )
    if min(*kernel_size, *stride, *dilation) < 1 or min(padding) < 0:
        raise ValueError("kernel, stride and dilation begin at 1, padding at 0")
    starts = []
    for axis in (0, 1):
        last = x.shape[2 + axis] + 2 * padding[axis] - dilation[axis] * (kernel_size[axis] - 1) - 1
        if last < 0:
            raise ValueError("the kernel is longer than the padded image")
        starts.append(range(0, last + 1, stride[axis]))
    return kernel_size, padding, dilation, starts


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    if x.dim() != 4 or not all(x.shape[1:]):
        raise ValueError("expected (N, C, H, W)")
    (kh, kw), (ph, pw), (dh, dw), (tops, lefts) = layout(x, kernel_size, stride, padding, dilation)
    image = pad(x, (pw, pw, ph, ph))
    patches = [
        image[:, :, top : top + dh * kh : dh, left : left + dw * kw : dw].flatten(1)
        for top in tops
        for left in lefts
    ]
    return torch.stack(patches, dim=2)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.dim() != 4 or weight.dim() != 4 or not all(weight.shape) or x.shape[1] != weight.shape[1]:
        raise ValueError("weight and images don't fit")
    if bias is not None and tuple(bias.shape) != (weight.shape[0],):
        raise ValueError("the bias has one number for each output channel")
    *_, (tops, lefts) = layout(x, tuple(weight.shape[2:]), stride, padding, dilation)
    u = im2col(x, tuple(weight.shape[2:]), stride, padding, dilation)
    kernels = weight.reshape(len(weight), -1).expand(len(x), -1, -1)
    if bias is None:
        y = torch.bmm(kernels, u)
    else:
        y = torch.baddbmm(bias[None, :, None], kernels, u)
    return y.reshape(len(x), len(weight), len(tops), len(lefts))
