"""T is the sum, over all taps, of the Kronecker product of a tap's weights and its position selection."""

import torch


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 3 or not weight.numel() or min(stride, dilation, groups) < 1 or padding < 0:
        raise ValueError("outside the domain")
    room = n + 2 * padding - dilation * (weight.shape[2] - 1)
    if room < 1 or weight.shape[0] % groups:
        raise ValueError("outside the domain")
    mixing = torch.stack([torch.block_diag(*weight[:, :, j].chunk(groups)) for j in range(weight.shape[2])])
    taps = torch.arange(weight.shape[2], device=weight.device)[:, None, None]
    outputs = torch.arange((room - 1) // stride + 1, device=weight.device)[:, None]
    selection = taps * dilation + outputs * stride - padding == torch.arange(n, device=weight.device)
    blocks = torch.einsum("joc,jit->oict", mixing, selection.to(weight.dtype))
    return blocks.reshape(mixing.shape[1] * len(outputs), mixing.shape[2] * n)
