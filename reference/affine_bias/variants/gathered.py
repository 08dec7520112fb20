"""Use one table of indices into (kernel, bias, 0, 1)."""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or kernel.numel() == 0 or n < kernel.numel():
        raise ValueError("no matrix for these")
    k, device = kernel.numel(), kernel.device
    values = torch.cat((kernel, bias.reshape(1), kernel.new_tensor([0, 1])))
    rows = torch.arange(n - k + 2, device=device)[:, None]
    columns = torch.arange(n + 1, device=device)
    tap = columns - rows
    index = torch.where((tap >= 0) & (tap < k) & (rows <= n - k) & (columns < n), tap, k + 1)
    index[:-1, n] = k
    index[-1, n] = k + 2
    return values[index]
