import torch
from torch import Tensor


def as_pair(value):
    if isinstance(value, int):
        return value, value
    return value[0], value[1]


def one_axis(k, side, stride, padding, dilation):
    """Where does tap a of output i land? Table of shape (outputs, k), padding included."""
    if stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("stride and dilation must be at least 1, padding at least 0")
    span = dilation * (k - 1) + 1
    if span > side + 2 * padding:
        raise ValueError("kernel doesn't fit into the padded image")
    outputs = (side + 2 * padding - span) // stride + 1
    return stride * torch.arange(outputs)[:, None] + dilation * torch.arange(k)[None, :]


def build_toeplitz_2d_strided(kernel: Tensor, height, width, stride=1, padding=0, dilation=1) -> Tensor:
    if kernel.dim() != 2 or kernel.numel() == 0:
        raise ValueError("kernel must be (kh, kw) and not empty")
    kh, kw = kernel.shape
    sh, sw = as_pair(stride)
    ph, pw = as_pair(padding)
    dh, dw = as_pair(dilation)
    r = one_axis(kh, height, sh, ph, dh).to(kernel.device)  # (oh, kh)
    c = one_axis(kw, width, sw, pw, dw).to(kernel.device)  # (ow, kw)
    oh, ow = len(r), len(c)

    # Fill a matrix for the padded image, as a 4-D tensor, all outputs and taps at once.
    big = kernel.new_zeros(oh, ow, height + 2 * ph, width + 2 * pw)
    i = torch.arange(oh, device=kernel.device)[:, None, None, None]
    j = torch.arange(ow, device=kernel.device)[None, :, None, None]
    big[i, j, r[:, None, :, None], c[None, :, None, :]] = kernel.expand(oh, ow, kh, kw)

    # The columns of the padding only ever meet zeros: drop them.
    return big[:, :, ph : ph + height, pw : pw + width].reshape(oh * ow, height * width)
