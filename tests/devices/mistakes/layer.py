"""sliding_window: a layer makes its weights on the CPU.

Line 13: `torch.nn.Conv1d(1, 1, len(kernel), bias=False, dtype=x.dtype)` makes weights on the CPU;
write `torch.nn.Conv1d(1, 1, len(kernel), bias=False, dtype=x.dtype, device=x.device)`.
"""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    layer = torch.nn.Conv1d(1, 1, len(kernel), bias=False, dtype=x.dtype)
    parameters = {"weight": kernel[None, None] + 0 * layer.weight.detach()}
    return torch.func.functional_call(layer, parameters, (x[None, None],))[0, 0]
