"""Build one matrix per kernel, arrange each group's in a grid, and put the grids on the diagonal."""

import torch


def gathered(kernel, n, m, stride, padding, dilation):
    offset = torch.arange(n, device=kernel.device) - (
        stride * torch.arange(m, device=kernel.device)[:, None] - padding
    )
    held = (offset >= 0) & (offset % dilation == 0) & (offset < dilation * len(kernel))
    return torch.where(held, kernel[torch.where(held, offset // dilation, 0)], 0)


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 3 or weight.numel() == 0:
        raise ValueError("no weight")
    if stride < 1 or dilation < 1 or padding < 0 or groups < 1 or len(weight) % groups > 0:
        raise ValueError("outside the domain")
    span = dilation * (weight.shape[2] - 1) + 1
    if span > n + 2 * padding:
        raise ValueError("no place for the kernel")
    m = (n + 2 * padding - span) // stride + 1
    of_groups = []
    for part in weight.split(len(weight) // groups):
        rows = [
            torch.hstack([gathered(h, n, m, stride, padding, dilation) for h in kernels]) for kernels in part
        ]
        of_groups.append(torch.vstack(rows))
    return torch.block_diag(*of_groups)
