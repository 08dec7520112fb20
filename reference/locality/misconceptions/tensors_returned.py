"""tensors instead of ints

You return two tensors with one entry each.
int(...) turns such a tensor into an int, and .tolist() turns a longer one into a list of ints.
"""

import torch


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    rows, columns = matrix.nonzero(as_tuple=True)
    diagonals = torch.cat((columns - rows, torch.zeros(1, dtype=torch.int64, device=matrix.device)))
    return -diagonals.min(), diagonals.max()


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
